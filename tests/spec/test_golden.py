"""The worked cases of the method, row by row, through `./monitor golden` and the rules of production."""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from resolution_monitor.errors import InboxError
from resolution_monitor.pipeline.golden import run_golden
from resolution_monitor.score.worked_cases.compare import TABLES, Difference, differences, is_same

GOLDEN = Path(__file__).parent / "golden"
# A column of each table that a wrong expected value is planted into.
PLANTED = {
    "targets": "VT",
    "attainment": "flags",
    "lag": "lag_days",
    "status_score": "status",
    "submission": "days_late",
    "composite": "C_low",
    "parents": "colour",
    "forecast": "p_short",
    "reference_class": "p_late",
    "tiers": "agencies_json",
}


def read(table: str) -> list[dict[str, str]]:
    with (GOLDEN / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def run_command(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "plugins"), "COLUMNS": "400"}
    command = [sys.executable, "-m", "resolution_monitor", "golden", str(folder)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_worked_cases(table):
    """
    Every row of every table is what the rules give, all rows of a table at once.
    """
    assert [] == differences(table, read(table.name))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_rows_stand_alone(table):
    """
    A row gives the same alone as among others, and no row gives nothing.
    """
    assert [] == differences(table, [])
    assert [] == [difference for row in read(table.name) for difference in differences(table, [row])]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_planted_value_is_found(table):
    """
    A wrong expected value is told by case and column, and nothing else is.
    """
    rows = read(table.name)
    rows[0][PLANTED[table.name]] = "12345"

    found = differences(table, rows)

    assert [(rows[0]["id"], PLANTED[table.name], "12345")] == [(one.case, one.column, one.expected) for one in found]


def test_command_ends_with_0_when_all_is_met():
    """
    The copied tables are met, and each is counted.
    """
    done = run_command(GOLDEN)

    assert 0 == done.returncode, done.stdout + done.stderr
    assert [f"{name}: {len(read(name))} rows, 0 differ ({name}.csv)" for name in sorted(PLANTED)] == (
        done.stdout.splitlines()
    )


def test_command_ends_with_1_and_names_what_differs(tmp_path: Path):
    """
    One wrong cell: one line with case, column, expected and got, and exit code 1; other files are named.
    """
    rows = read("lag")
    rows[1]["lag_days"] = "36.402"
    write(tmp_path / "renamed.csv", rows)
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")

    done = run_command(tmp_path)

    assert 1 == done.returncode, done.stderr
    assert [
        "other.csv: no table of worked cases, left out",
        "LAG002  lag_days  expected 36.402  got 36.4",
        "lag: 29 rows, 1 differ (renamed.csv)",
    ] == done.stdout.splitlines()


def test_row_that_cannot_be_read_is_a_difference(tmp_path: Path):
    """
    A broken row is told as such; the others of its table are still compared.
    """
    rows = read("tiers")
    rows[1]["group_json"] = "[{"
    write(tmp_path / "tiers.csv", rows)

    [result] = run_golden(tmp_path)

    assert [("TIE002", "row")] == [(one.case, one.column) for one in result.differences]
    assert result.differences[0].got.startswith("cannot be read")


def test_folder_without_worked_cases(tmp_path: Path):
    """
    A folder without any table is an error of the caller, not a pass.
    """
    shutil.copy(GOLDEN / "NOTICE.md", tmp_path)

    with pytest.raises(InboxError, match="holds no table"):
        run_golden(tmp_path)


@pytest.mark.parametrize(
    ("expected", "got", "tolerance", "same"),
    [
        ("36.4", 36.4009, 1e-3, True),
        ("36.4", 36.402, 1e-3, False),
        ("", float("nan"), 1e-6, True),
        ("0", float("nan"), 1e-6, False),
        ("", 0.0, 1e-6, False),
        ("RED", "AMBER", 1e-6, False),
        ("", "RED", 1e-6, False),
        ("n/a", 1.0, 1e-6, False),
        ('[["2026-12-31", 1.0]]', [["2026-12-31", 1.0000001]], 1e-6, True),
        ('[["2026-12-31", 1.0]]', [["2026-12-30", 1.0]], 1e-6, False),
        ('[{"name": "A", "rank": 1}]', [{"name": "A", "rank": 1, "more": 2}], 1e-6, False),
    ],
)
def test_tolerance(expected: str, got: object, tolerance: float, same: bool):
    """
    Numbers within the tolerance, text exactly, empty for null and never for zero.
    """
    assert same == is_same(expected, got, tolerance)


def test_difference_shows_null():
    """
    A null that was not expected is printed as such.
    """
    rows = [read("submission")[6] | {"report_score": "0"}]
    table = next(each for each in TABLES if each.name == "submission")

    assert [Difference(case="SUB007", column="report_score", expected="0", got="(null)")] == differences(table, rows)
