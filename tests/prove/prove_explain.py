"""Part of `make prove`: workbooks of explain, recalculated by LibreOffice, are held against the stored scores."""

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import psycopg2

from resolution_monitor.ask.explain_workbook import month_workbook
from resolution_monitor.ask.resolution_scores import scores_as_stored
from resolution_monitor.period import parse_period
from resolution_monitor.pipeline import Context, open_context, prepare
from resolution_monitor.pipeline.sample import write_sample
from resolution_monitor.pipeline.sample_walk import walk_sample
from resolution_monitor.pipeline.score import score
from resolution_monitor.settings import Settings, from_environment
from resolution_monitor.store import embedded, score_rows

ROOT = Path(__file__).resolve().parents[2]
REPORT, FIRST, LAST = "resolutions_month", parse_period("2026-05"), parse_period("2026-10")
TITLE = "## Scores recalculated"
FIGURES = {
    "D_low": "progress_low",
    "D_high": "progress_high",
    "S_low": "timeliness_low",
    "S_high": "timeliness_high",
    "R": "reporting",
    "C_low": "composite_low",
    "C_high": "composite_high",
    "n_eff": "effective_assignments",
    "low": "low",
    "high": "high",
}
POINTS = {
    "E": "expected_fraction",
    "lag": "lag_days",
    "overdue": "overdue_days",
    "P_low": "progress_low",
    "P_high": "progress_high",
    "S_low": "timeliness_low",
    "S_high": "timeliness_high",
}
MOST = 1e-6


@dataclass(frozen=True, slots=True)
class Held:
    """What became of one body's workbook."""

    agency_id: str
    assignments: int
    formulas: int
    errors: int
    statuses_apart: int
    assignment_difference: float
    figure_difference: float

    @property
    def is_equal(self) -> bool:
        worst = max(self.assignment_difference, self.figure_difference)
        return not self.errors and not self.statuses_apart and worst <= MOST


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agency", action="append", help="body to export; default BCT, BTC and BVHTTDL")
    parser.add_argument("--home", type=Path, help="state folder of a demonstration; default: a new one is walked")
    parser.add_argument("--proof", type=Path, default=ROOT / "docs" / "proof.md", help="page that the table goes into")
    asked = parser.parse_args()
    office = shutil.which("soffice")
    if office is None:
        _say("LibreOffice (soffice) is not installed: nothing was recalculated")
        return 0
    agencies = asked.agency or ["BCT", "BTC", "BVHTTDL"]
    with contextlib.ExitStack() as stack:
        context = stack.enter_context(_of_home(asked.home) if asked.home else _walked())
        run = score_rows.latest_run(context.database, REPORT, LAST)
        if run is None:
            _say(f"{LAST.name} was not scored in {asked.home}")
            return 1
        held = [_hold(context, run, agency_id, office) for agency_id in agencies]
    table = _table(held)
    _say("\n".join(table))
    _write(asked.proof, table)
    return int(not all(one.is_equal for one in held))


@contextlib.contextmanager
def _of_home(home: Path) -> Iterator[Context]:
    with open_context(
        from_environment({**os.environ, "RESOLUTION_MONITOR_HOME": str(home)}), datetime.now(UTC)
    ) as context:
        yield context


@contextlib.contextmanager
def _walked() -> Iterator[Context]:
    """A road behind the demonstration of seed 1, with October scored."""
    with tempfile.TemporaryDirectory(prefix="prove-explain-") as name:
        home = Path(name)
        home.chmod(0o755)  # the server's own account must come through
        with embedded.serving(home, None) as place:
            settings = _settings(place, home)
            manifest = write_sample(settings, FIRST, LAST, seed=1, folder=home / "sample")
            prepare(settings, manifest.begins_at)
            with open_context(settings, manifest.begins_at) as context:
                walk_sample(context, home / "sample" / "inbox", manifest)
                score(context, REPORT, LAST)
                yield context


def _settings(place: embedded.ServerPlace, home: Path) -> Settings:
    connection = psycopg2.connect(embedded.url_of(place, "postgres"))
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute("create database proof")
    base = from_environment({"RESOLUTION_MONITOR_HOME": str(home / "state")})
    return replace(base, database_url=embedded.url_of(place, "proof"))


def _hold(context: Context, run: dict[str, Any], agency_id: str, office: str) -> Held:
    """Export as known to the stored run, recalculate, compare with what that run stored."""
    content = month_workbook(context.database, context.catalogue, LAST, agency_id=agency_id, known_at=run["known_at"])
    stored = scores_as_stored(context.database, int(run["scoring_run_id"]))
    book = _recalculated(content, office)
    assignments = {(row["item_id"], row["agency_id"]): row for row in stored.assignments.to_dict("records")}
    nodes = stored.nodes[(stored.nodes["node_kind"] == "agency") & (stored.nodes["node_id"] == agency_id)]
    figures = _by_head(book["Tóm tắt"], 5, len(FIGURES))
    items = [row for row in _by_head(book["Tính toán"], 5, 10_000) if row["Mã"]]
    pairs = [(row, _stored_assignment(assignments, str(row["Mã"]))) for row in items]
    return Held(
        agency_id=agency_id,
        assignments=len(items),
        formulas=sum(cell.data_type == "f" for page in _read(content) for row in page.rows for cell in row),
        errors=sum(
            str(cell.value).startswith(("#", "Err:")) for page in book for row in page.iter_rows() for cell in row
        ),
        statuses_apart=sum(row["status"] != assignment["status"] for row, assignment in pairs),
        assignment_difference=max(
            _apart(row[name], assignment[column]) for row, assignment in pairs for name, column in POINTS.items()
        ),
        figure_difference=max(_apart(row["Bảng tính"], nodes.iloc[0][FIGURES[str(row["Mã"])]]) for row in figures),
    )


def _stored_assignment(assignments: dict[tuple[str, str], Any], item_id: str) -> Any:
    return next(row for (item, _), row in assignments.items() if item == item_id)


def _apart(made: Any, stored: Any) -> float:
    """How far apart two figures are; what only one side knows is infinitely apart."""
    known = [value is not None and value != "" and value == value for value in (made, stored)]
    if not all(known):
        return float("inf") if any(known) else 0.0
    return abs(float(made) - float(stored))


def _recalculated(content: bytes, office: str) -> Any:
    with tempfile.TemporaryDirectory(prefix="prove-office-") as name:
        folder = Path(name)
        (folder / "month.xlsx").write_bytes(content)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [office, "--headless", profile, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
        done = [str(folder / "out"), str(folder / "month.xlsx")]
        subprocess.run([*command, *done], check=True, capture_output=True, timeout=300)
        return openpyxl.load_workbook(folder / "out" / "month.xlsx", data_only=True)


def _read(content: bytes) -> Any:
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        Path(file.name).write_bytes(content)
        return openpyxl.load_workbook(file.name)


def _by_head(page: Any, first: int, count: int) -> list[dict[str, Any]]:
    """Rows by the last line of their heads."""
    heads = [str(cell.value or "").rpartition("\n")[2] for cell in page[first - 1]]
    rows = page.iter_rows(min_row=first, max_row=first + count - 1, values_only=True)
    return [dict(zip(heads, row, strict=False)) for row in rows]


def _table(held: Sequence[Held]) -> list[str]:
    rows = [
        f"| {one.agency_id} | {one.assignments} | {one.formulas} | {one.errors} | {one.statuses_apart} | "
        f"{one.assignment_difference:.1e} | {one.figure_difference:.1e} |"
        for one in held
    ]
    return [
        "| body | indicators and tasks | formulas | errors | statuses apart | points apart | body's figures apart |",
        "|---|--:|--:|--:|--:|--:|--:|",
        *rows,
    ]


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _write(page: Path, table: Sequence[str]) -> None:
    """Put the table under its heading; what other parts wrote stays."""
    text = page.read_text(encoding="utf-8") if page.exists() else "# What was proved\n\nWritten by `make prove`.\n"
    before, _, rest = text.partition(f"\n{TITLE}\n")
    after = rest[rest.index("\n## ") :] if "\n## " in rest else ""
    words = (
        f"October 2026 of the demonstration, `./monitor explain --xlsx`, recalculated by LibreOffice without a screen, "
        f"against the stored scores of the same run; equal means within {MOST:g}."
    )
    lines = "\n".join(table)
    page.write_text(f"{before.rstrip()}\n\n{TITLE}\n{words}\n\n{lines}\n{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
