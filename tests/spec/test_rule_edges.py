"""Edges of the method, each decided by hand from its clauses: one row of tests/spec/edges a case."""

import csv
from pathlib import Path

import numpy as np
import pandas
import pytest

from resolution_monitor.method.attainment import FLAG_NAMES, PROBLEMS, Reading
from resolution_monitor.score.month.report_history import History
from resolution_monitor.score.outlook.reference_class import time_left_class
from resolution_monitor.score.rules.history import known_at, without_cases
from resolution_monitor.score.rules.kinds import attain, frame_of
from resolution_monitor.score.rules.report_score import mean_per_agency
from resolution_monitor.score.rules.targets import is_lowered_twice, is_revised_late
from resolution_monitor.score.worked_cases.compare import TABLES, differences

EDGES = Path(__file__).parent / "edges"
WRITTEN = {path.stem for path in EDGES.glob("*.csv")}
NAN = np.nan


def read(table: str) -> list[dict[str, str]]:
    with (EDGES / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("table", [each for each in TABLES if each.name in WRITTEN], ids=lambda table: table.name)
def test_edges(table):
    """
    Every row is what the rules give, together and alone.
    """
    rows = read(table.name)

    assert [] == differences(table, rows)
    assert [] == [difference for row in rows for difference in differences(table, [row])]


def test_every_problem_and_flag_is_shown():
    """
    The rows of attainment show each problem and each flag at least once.
    """
    shown = {flag for row in read("attainment") for flag in row["flags"].split("|")}

    assert set() == {*PROBLEMS, *FLAG_NAMES} - {"DONE_NO_EVIDENCE"} - shown


@pytest.mark.parametrize(
    ("fractions", "last", "missed", "achieved"),
    [
        ([0.2, 0.4], 0.4, 0, NAN),
        ([0.2, NAN, NAN], 0.2, 2, NAN),
        ([NAN, NAN, 0.3], 0.3, 0, NAN),
        ([NAN, NAN], NAN, 2, NAN),
        ([0.9, 1.0, 1.1], 1.1, 0, 60.0),  # the second period's end
        ([1.0, 0.9, 1.0], 1.0, 0, 90.0),  # lost between: the run starts again
        ([1.0, NAN, 1.0], 1.0, 0, 90.0),  # a missed report breaks the run
        ([1.0, 1.0, NAN], 1.0, 1, NAN),  # and while it is missing nothing is achieved
        ([], NAN, 0, NAN),
    ],
)
def test_known_at(fractions: list[float], last: float, missed: int, achieved: float):
    """
    Periods end on days 30, 60, 90: the last fraction, the reports missed in a row, the day achieved.
    """
    given = np.array([fractions], dtype=np.float64)

    known = known_at(given, 30.0 * np.arange(1, given.shape[1] + 1)[None, :])

    np.testing.assert_equal([last, missed, achieved], [known.fraction[0], known.missed[0], known.achieved_day[0]])


def test_only_the_first_due_report_makes_a_baseline():
    """
    A first report that is missing is not replaced by the second.
    """
    history = History(
        size=2,
        row=np.array([0, 0, 1, 1]),
        day=np.array([30.0, 60.0, 30.0, 60.0]),
        is_owed=np.ones(4, dtype=bool),
        entries=pandas.DataFrame(index=range(4)),
    )

    np.testing.assert_equal([50.0, NAN], history.first_owed(np.array([50.0, 60.0, NAN, 60.0])))


def test_period_without_cases():
    """
    Right after a value it keeps that value's fraction; after another such period, or at the start, it is missing.
    """
    fractions = np.array([[0.5, NAN, NAN, 0.7], [NAN, 0.4, NAN, NAN]])
    is_den_zero = np.array([[False, True, True, False], [True, False, False, True]])

    kept = without_cases(fractions, is_den_zero)

    np.testing.assert_equal([[0.5, 0.5, NAN, 0.7], [NAN, 0.4, NAN, NAN]], kept)


def test_revisions_that_are_told():
    """
    Late: after 75 % of the time. Lowered twice: 80 to 70 to 60, or 4 to 5 to 6 where less is better.
    """
    shares = np.array([[0.2, 0.75], [0.2, 0.76], [NAN, NAN]])
    original, revised = np.array([80.0, 80.0, 4.0]), np.array([[70.0, 60.0], [70.0, 75.0], [5.0, 6.0]])

    assert [False, True, False] == is_revised_late(shares).tolist()
    assert [True, False, True] == is_lowered_twice(original, revised, np.array([1.0, 1.0, -1.0])).tolist()


@pytest.mark.parametrize(("days", "number"), [(0, 0), (180, 0), (181, 1), (365, 1), (366, 2), (730, 2), (731, 3)])
def test_time_left(days: int, number: int):
    """
    Up to 180, 365, 730 days, and beyond.
    """
    assert number == time_left_class(np.array([float(days)]))[0]


def test_reporting_counts_what_was_due_in_the_window():
    """
    (100 + 50) / 2 for the first agency: one report is not due yet, one lies before the window; the second owed none.
    """
    points = np.array([100.0, 50.0, NAN, 0.0, NAN])
    agency = np.array([0, 0, 0, 0, 1])
    is_in_window = np.array([True, True, True, False, True])

    np.testing.assert_equal([75.0, NAN], mean_per_agency(points, agency, 2, is_in_window))


def test_kinds_together_and_frame_without_a_value():
    """
    Mixed kinds keep their order; class, e0 and δ stand before any value has come, and an unknown kind is refused.
    """
    kinds = np.array(["disbursement", "level", "band", "level", "cumulative"])
    reading = Reading.of(
        5,
        observed=np.array([50.0, 60.0, 4.0, NAN, NAN]),
        target=np.array([100.0, 80.0, NAN, 95.0, 200.0]),
        baseline=np.array([NAN, 40.0, 5.5, 95.0, NAN]),
        low=np.array([NAN, NAN, 3.5, NAN, NAN]),
        high=np.array([NAN, NAN, 4.5, NAN, NAN]),
        min_step=np.array([NAN, 1.0, 0.1, 0.1, 1.0]),
    )

    found, frame = attain(kinds, reading), frame_of(kinds, reading)

    np.testing.assert_equal([0.5, 0.5, 1.0, NAN, NAN], found.fraction)
    assert ["", "", "", "NO_VALUE", "NO_VALUE"] == found.flags()
    assert ["lag", "lag", "nolag", "nolag", "lag"] == frame.judged_as.tolist()
    np.testing.assert_allclose([0, 0, 0, 1, 0], frame.floor)
    np.testing.assert_allclose([0, 1 / 40, 0.1 / 1, 0.1 / 9.5, 1 / 200], frame.tolerance)
    with pytest.raises(KeyError, match="guess"):
        attain(np.array(["guess"] * 5), reading)
