"""Records of kinds and of trajectories: what one lacks is told by name before anything is read or scored."""

import csv
from pathlib import Path

import pytest
from conftest import ROOT
from spec.kind_case import kind_entry, walk_of, with_records

from resolution_monitor.errors import CatalogueError
from resolution_monitor.method.registry import kinds, trajectories

SPEC = ROOT / "tests" / "spec"
KIND = SPEC / "stranger" / "kinds" / "geometric.py"
PATH = SPEC / "stranger" / "trajectories" / "late_start.py"


def rows_of(table: str) -> list[dict[str, str]]:
    with (SPEC / "golden" / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_record_has_worked_cases():
    """
    A kind or a path without a row in the tables of worked cases has no spec.
    """
    written = {row["kind"] for row in rows_of("attainment")}
    walked = {row["trajectory"] for row in rows_of("lag")}

    assert [] == [name for name, kind in kinds().items() if not written & set(kind.worked_names)]
    assert set() == trajectories().keys() - walked


@pytest.mark.parametrize(
    ("module", "old", "new", "told"),
    [
        (KIND, "    made_up=as_it_is,\n", "", r"kinds/geometric.py: .*'made_up'"),
        (KIND, "    worked=by_value(geometric),\n", "", r"kinds/geometric.py: .*'worked'"),
        (KIND, "    rule=geometric,\n", "", r"kinds/geometric.py: .*'rule'"),
        (KIND, '        "nolag": Formula("0"),\n', "", r"kind 'geometric': formulas lack nolag"),
        (KIND, "        **NOT_SPENT,\n", "", r"kind 'geometric': formulas lack over, mu"),
        (KIND, 'words={"times": ("Số lần phải tăng", "how many times over")}', "words={}", "words lack times"),
        (KIND, 'planned=Formula("V0*EXP(E*D)", ("E", "D"))', "planned=None", "give both or neither"),
        (KIND, 'worked_names=("geo",)', "worked_names=()", "worked_names is empty"),
        (KIND, 'name="geometric"', 'name="geo"', r"kinds/geometric.py: calls itself 'geo'"),
        (KIND, "KIND = Kind(", "RECORD = Kind(", r"kinds/geometric.py: has no KIND"),
        (PATH, '    expected_formula=lambda points: "u^2",\n', "", r"late_start.py: .*'expected_formula'"),
        (PATH, 'on_curve_formulas("N*w^0.5")', "lambda points: {}", "earned_formulas lack lag_open"),
        (PATH, "lag=None", "lag=lambda path, fraction: fraction", "give either earned or"),
    ],
    ids=str,
)
def test_what_a_record_lacks_is_told(tmp_path: Path, module: Path, old: str, new: str, told: str):
    """
    No fallback: the kind or the path is named with what it lacks.
    """
    text = module.read_text(encoding="utf-8")
    folder = tmp_path / module.parent.name
    folder.mkdir()
    (folder / module.name).write_text(text.replace(old, new), encoding="utf-8")

    with with_records(tmp_path), pytest.raises(CatalogueError, match=told):
        assert kinds().keys() | trajectories().keys()

    assert old in text


def test_record_is_refused_with_the_catalogue(tmp_path: Path):
    """
    Whoever loads the catalogue learns it, before a file is read or a month is scored.
    """
    (tmp_path / "kinds").mkdir()
    (tmp_path / "kinds" / "empty.py").write_text("", encoding="utf-8")

    with with_records(tmp_path), pytest.raises(CatalogueError, match=r"kinds/empty\.py: has no KIND"):
        walk_of({}, tmp_path)


def test_entries_against_their_records(tmp_path: Path):
    """
    An entry that its kind cannot score is refused with the catalogue, not when the month is scored.
    """
    wrong = {
        "growth": {"frequency": "quarter"},
        "binary": {"unit": "tổ chức"},
        "cumulative": {"direction": "down"},
    }
    with pytest.raises(CatalogueError) as refused:
        walk_of({name: kind_entry(kinds()[name]) | change for name, change in wrong.items()}, tmp_path)

    found = [problem.partition("kind ")[2] for problem in refused.value.problems if "kind " in problem]
    assert [
        "'growth' by the quarter; its figures are by the year",
        "'binary' in unit 'tổ chức'; write 'có/không' or another kind",
        "'cumulative' with direction 'down': its direction is up; correct one",
    ] == found


def test_names_without_a_record(tmp_path: Path):
    """
    A product in steps is a task and no kind of indicator; the path's name is the one that the rules know.
    """
    level = kind_entry(kinds()["level"])
    with pytest.raises(CatalogueError) as refused:
        walk_of({"kind": level | {"kind": "milestones"}, "path": level | {"trajectory": "s_curve"}}, tmp_path)

    assert [("kind", "'milestones' is not one of"), ("trajectory", "'s_curve' is not one of")] == [
        (problem.split(": ")[1].rpartition(", ")[2], problem.split(": ")[2].partition(" [")[0])
        for problem in refused.value.problems
    ]
