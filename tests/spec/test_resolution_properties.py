"""What must hold of a month of resolutions whatever is reported: silence never pays, order and units do not matter."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tree_case import MONTHS, indicator, ledger_of, october, report, small, task, value

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.score.month.frames import ResolutionScores
from resolution_monitor.score.month.scores import score_resolutions

ITEMS = (
    indicator("91.01", "BTC"),
    indicator("91.02", "BYT", baseline=None),
    indicator("92.01", "BYT", kind="cumulative"),
    task("91-T01", "VPTW", date(2026, 9, 30), coordinating=("BTC",)),
    task("92-T02", "BTC", date(2026, 6, 30), is_due_assumed=True),
)
NAMES = [month.name for month in MONTHS]
LOW = ["progress_low", "timeliness_low"]
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

amounts = st.lists(st.integers(0, 300), min_size=18, max_size=18)
gaps = st.sets(st.tuples(st.integers(0, 2), st.integers(0, 5)), max_size=6)


def told(amounts_: list[int], gaps_: set[tuple[int, int]], done: int) -> dict[str, Any]:
    """Figures of three indicators and six months without the gaps, two tasks of which the first is done in a month."""
    values = [
        value(ITEMS[item], name, amounts_[item * 6 + number])
        for item in range(3)
        for number, name in enumerate(NAMES)
        if (item, number) not in gaps_
    ]
    ready = {"state": "done", "done_on": date(2026, 8, 15), "product": "1/BC"}
    reports = [
        report(one, name, **(ready if one is ITEMS[3] and number >= done else {}))
        for one in ITEMS[3:]
        for number, name in enumerate(NAMES)
    ]
    return {"values": values, "reports": reports}


def scored(catalogue: Catalogue, rows: dict[str, Any], missing: Any = (), items: Any = ITEMS) -> ResolutionScores:
    chosen = replace(small(catalogue, items), ledger_begins_on=date(2026, 6, 1))
    return score_resolutions(october(chosen, ledger_of(chosen, missing=missing), **rows))


def owing(gaps_: set[tuple[int, int]]) -> list[tuple[str, str, str]]:
    return [(str(ITEMS[item].lead), str(ITEMS[item].indicator_id), NAMES[number]) for item, number in gaps_]  # type: ignore[union-attr]


def lows(frame: pandas.DataFrame, columns: list[str]) -> np.ndarray:
    """Numbers that may not rise; null, which stays outside every mean, counts above all."""
    return frame[columns].to_numpy(dtype=np.float64, na_value=np.inf)


@few
@given(amounts, gaps, st.tuples(st.integers(0, 2), st.integers(0, 5)), st.integers(0, 6))
def test_a_missing_figure_never_pays(catalogue: Catalogue, amounts_: Any, gaps_: Any, gap: Any, done: int):
    """
    Who leaves out one more figure has no more points: no assignment, body or resolution gains at its low end, nor does
    the nation.
    """
    more = gaps_ | {gap}
    before = scored(catalogue, told(amounts_, gaps_, done), owing(gaps_))
    after = scored(catalogue, told(amounts_, more, done), owing(more))
    columns = ["low", "composite_low", "progress_low", "timeliness_low"]

    assert (lows(after.assignments, LOW) <= lows(before.assignments, LOW) + 1e-9).all()
    assert (lows(after.nodes, columns) <= lows(before.nodes, columns) + 1e-9).all()


@few
@given(st.sets(st.integers(0, 5), max_size=4), st.integers(0, 5), st.sampled_from([3, 4]), st.integers(0, 6))
def test_a_missing_task_report_never_pays(catalogue: Catalogue, silent: set[int], month: int, which: int, done: int):
    """
    A task not reported is no better than one reported as it is: claimed or not, verified deadline or not.
    """

    def with_gaps(months: set[int]) -> ResolutionScores:
        rows = told([1] * 18, set(), done)
        one, names = ITEMS[which], {NAMES[number] for number in months}
        ends = {period.end for period in MONTHS if period.name in names}
        rows["reports"] = [
            row
            for row in rows["reports"]
            if row["task_id"] != one.task_id or row["period_end"] not in ends  # type: ignore[union-attr]
        ]
        return scored(catalogue, rows, [(str(one.lead), one.task_id, name) for name in names])  # type: ignore[union-attr]

    before, after = with_gaps(silent), with_gaps(silent | {month})

    assert (lows(after.assignments, LOW) <= lows(before.assignments, LOW) + 1e-9).all()
    assert (lows(after.nodes, ["low", "composite_low"]) <= lows(before.nodes, ["low", "composite_low"]) + 1e-9).all()


@few
@given(amounts, gaps, st.randoms(use_true_random=False))
def test_order_does_not_matter(catalogue: Catalogue, amounts_: Any, gaps_: Any, shuffle: Any):
    """
    The same rows in another order, and the same catalogue in another order, give the same tables.
    """
    rows, items = told(amounts_, gaps_, 3), list(ITEMS)
    first = scored(catalogue, rows, owing(gaps_))
    for part in (rows["values"], rows["reports"], items):
        shuffle.shuffle(part)
    second = scored(catalogue, rows, owing(gaps_), items)

    pandas.testing.assert_frame_equal(first.assignments, second.assignments)
    pandas.testing.assert_frame_equal(first.nodes, second.nodes)


@few
@given(amounts, gaps, st.sampled_from([0.01, 3.0, 1000.0]))
def test_weights_have_no_unit(catalogue: Catalogue, amounts_: Any, gaps_: Any, factor: float):
    """
    Only how weights compare counts: a thousand times all of them changes no score.
    """
    rows = told(amounts_, gaps_, 3)
    scaled = [replace(one, weight=one.weight * factor) for one in ITEMS]
    first, second = scored(catalogue, rows, owing(gaps_)), scored(catalogue, rows, owing(gaps_), scaled)

    pandas.testing.assert_frame_equal(first.nodes, second.nodes)
