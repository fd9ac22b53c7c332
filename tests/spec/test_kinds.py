"""Every record of a kind and of a trajectory goes the whole way."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from formula_case import differences
from kind_case import SLOW, Walk, all_entries, walk_of, with_records
from test_score_workbook import reckoner

from resolution_monitor.normalise.notes import WAITING
from resolution_monitor.sample.indicator_values import indicator_entries
from resolution_monitor.score.formulas.build import formulas_of
from resolution_monitor.score.formulas.words import words_of
from resolution_monitor.score.worked_cases.compare import TABLES
from resolution_monitor.score.worked_cases.compare import differences as worked_differences

HERE = Path(__file__).parent
# What a stranger adds: one module for a kind, one for a trajectory, and the rows of their spec.
STRANGER = HERE / "stranger"
STRANGERS = ["geometric", "path late_start"]
NAMES = [*all_entries(), *STRANGERS]
COMPARED = 8


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """The house with two modules more; no other file of it is touched."""
    with with_records(STRANGER):
        yield walk_of(all_entries(), tmp_path_factory.mktemp("kinds"))


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def table_of(name: str):
    return next(table for table in TABLES if table.name == name)


@pytest.mark.parametrize("name", NAMES)
def test_sample_template_and_check(walk: Walk, name: str):
    """
    What is made up is the same again, goes into the body's workbook, and passes every check as it was written.
    """
    made_up = walk.made_up(name)
    reading = walk.readings[walk.indicators[name].frequency]

    assert made_up == indicator_entries(walk.indicators[name], walk.periods(name), SLOW)
    assert made_up[-1] == walk.read_back(name)
    assert [] == [finding.check for finding in reading.findings if finding.severity in WAITING]


@pytest.mark.parametrize("name", NAMES)
def test_score_and_explain(walk: Walk, name: str):
    """
    It is rated, and every formula that explain prints gives what the rule found, by the kind's and the path's own text.
    """
    assignment, explained, steps = walk.assignment(name), walk.explained(name), walk.steps(name)
    formulas = formulas_of(explained.form)
    own = explained.form.rules.formulas

    assert assignment["status"] in ("ON_TARGET", "GREEN", "AMBER", "RED")
    assert [] == differences(explained, walk.worked.month.limits)
    assert own.items() <= formulas.items()
    assert all(all(words_of(each)) for each in formulas)
    assert {"P_low", "S_low", "E"} <= steps.keys()


@pytest.mark.parametrize("name", NAMES)
def test_workbook_of_explain(walk: Walk, name: str):
    """
    The workbook of `explain --xlsx`, reckoned, gives every figure that the system stored.
    """
    value, sheet = workbook_of(walk)
    (row,) = [cell.row for cell in sheet["A"] if cell.value == walk.indicators[name].indicator_id]

    apart = [value(sheet.title, sheet.cell(row, 5 + 3 * number).coordinate) for number in range(COMPARED)]

    assert max(apart) < 1e-9


def workbook_of(walk: Walk):
    book = openpyxl.load_workbook(io.BytesIO(walk.workbook))
    (sheet,) = [page for page in book if str(page.cell(4, 3).value).endswith("bảng tính")]
    return reckoner(walk.workbook), sheet


@pytest.mark.parametrize("name", STRANGERS)
def test_stranger_is_explained_by_its_own_formula(walk: Walk, name: str):
    """
    ln(V / V0) over ln(VT / V0), and the square of the time: nobody else's formula in silence.
    """
    steps = walk.steps(name)
    expected = {"geometric": ("a_raw", "LN(V/V0)/D"), "path late_start": ("E_path", "u^2")}

    assert expected[name][1] == steps[expected[name][0]]["formula"]


@pytest.mark.parametrize("table", ["attainment", "lag"])
def test_stranger_has_worked_cases(walk: Walk, table: str):
    """
    Its spec rows are read by its own reader, among rows of the others.
    """
    rows = [*rows_of(STRANGER / f"{table}.csv"), *rows_of(HERE / "golden" / f"{table}.csv")]

    assert [] == worked_differences(table_of(table), rows)
