"""Tasks as the Government Office counts them: its own published figures, parts that add up, tasks counted once."""

from datetime import date
from typing import Any

import numpy as np
import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolution_monitor.ask.official import ASSIGNMENTS, DISTINCT, LEVELS, official_tables
from resolution_monitor.score.month.frames import scores_of
from resolution_monitor.score.month.official import (
    LACKING,
    Counts,
    Level,
    counts_of,
    distinct_tasks,
    level_at_most,
    official_tasks,
    rates_of,
)

PARTS = ["done_on_time", "done_late", "open_in_time", "open_overdue"]
DUE = date(2026, 9, 30)


def counts(assigned: int, on_time: int, late: int, in_time: int, overdue: int) -> Counts:
    numbers = [np.array([number]) for number in (assigned, on_time, late, in_time, overdue, 0, 0)]
    return Counts(*numbers)


def assignment(item_id: str, agency_id: str, **changed: Any) -> dict[str, Any]:
    parent, is_member, _ = item_id.partition("/")
    row = {
        "item_kind": "task",
        "item_id": item_id,
        "agency_id": agency_id,
        "resolution": "57",
        "parent_task": parent if is_member else None,
        "block": "government",
        "as_at": date(2026, 10, 31),
        "value_on": date(2026, 10, 31),
        "due_on": DUE,
        "task_state": "under_way",
    }
    return {**row, **changed}


def done(on: date | None, product: str = "1/QĐ") -> dict[str, Any]:
    return {"task_state": "done", "done_on": on, "product": product}


def tasks_of(*rows: dict[str, Any]) -> pandas.DataFrame:
    return official_tasks(scores_of(rows, []).assignments)


def lacking(printed: Counts) -> int:
    """What was given less the four parts that a publication prints."""
    parts = printed.done_on_time + printed.done_late + printed.open_in_time + printed.open_overdue
    return int((printed.assigned - parts)[0])


def test_published_shares_are_recomputed():
    """
    2017: 16,051 of 16,274 due are 98.63 % (printed 98.62); on time 14,068 of 16,051.

    2025: 7,892 of 9,831 are 80.28 %; the printed parts lack 18 tasks.
    """
    of_2017, of_2025 = counts(21_914, 14_068, 1_983, 5_640, 223), counts(9_831, 7_892, 0, 1_602, 319)

    assert pytest.approx(98.63, abs=0.005) == rates_of(of_2017).done_of_due_pct[0]
    assert pytest.approx(1.37, abs=0.005) == rates_of(of_2017).overdue_of_due_pct[0]
    assert pytest.approx(100 * 14_068 / 16_051) == rates_of(of_2017).on_time_of_done_pct[0]
    assert 0 == lacking(of_2017)
    assert pytest.approx(80.28, abs=0.005) == rates_of(of_2025).done_of_assigned_pct[0]
    assert pytest.approx(3.24, abs=0.01) == rates_of(of_2025).overdue_of_assigned_pct[0]
    assert 18 == lacking(of_2025)


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        (done(date(2026, 9, 30)), "done_on_time"),
        (done(date(2026, 10, 1)), "done_late"),
        ({**done(None), "value_on": date(2026, 9, 30)}, "done_on_time"),
        ({**done(None), "value_on": date(2026, 10, 31)}, "done_late"),
        ({}, "open_overdue"),
        ({"task_state": None}, "open_overdue"),
        ({"due_on": date(2026, 10, 31)}, "open_in_time"),
        ({"is_due_assumed": True}, "open_in_time"),
        ({"due_on": None}, "open_in_time"),
        ({**done(date(2026, 12, 1)), "is_due_assumed": True}, "done_on_time"),
    ],
)
def test_two_by_two(changed: dict[str, Any], status: str):
    """
    On the deadline is on time; a deadline nobody verified is never late; silence is open.
    """
    assert [status] == tasks_of(assignment("57-T01", "BYT", **changed))["status"].tolist()


def test_done_without_a_product_is_counted_and_shown():
    """
    The official count takes the lead's word; beside it stands that no product is named.
    """
    rows = tasks_of(assignment("57-T01", "BYT", **done(DUE, product=" ")), assignment("57-T02", "BYT", **done(DUE)))

    assert [True, False] == rows["is_unproven"].tolist()
    assert ["done_on_time"] * 2 == rows["status"].tolist()


def test_a_task_of_many_bodies_is_counted_once():
    """
    Three ministries with one task, one of them late and one overdue: three assignments, one task, overdue.
    """
    rows = tasks_of(
        assignment("57-T01/BYT", "BYT", **done(DUE)),
        assignment("57-T01/BTC", "BTC", **done(date(2026, 10, 2))),
        assignment("57-T01/BCA", "BCA"),
        assignment("57-T02", "BCA", **done(DUE)),
    )
    assignments, distinct = official_tables(rows, "nation")

    assert [4, 2, 1, 0, 1] == assignments[["assigned", *PARTS]].iloc[0].tolist()
    assert [2, 1, 0, 0, 1] == distinct[["assigned", *PARTS]].iloc[0].tolist()
    assert [ASSIGNMENTS, DISTINCT] == [assignments["counted"][0], distinct["counted"][0]]


def test_done_late_by_one_is_done_late():
    """
    A task is done when every lead is, and late when one was.
    """
    rows = tasks_of(
        assignment("57-T01/BYT", "BYT", **done(DUE)), assignment("57-T01/BTC", "BTC", **done(date(2026, 10, 2)))
    )

    assert ["done_late"] == distinct_tasks(rows, None)["status"].tolist()


states = st.sampled_from([{}, done(DUE), done(date(2026, 10, 2)), {"is_due_assumed": True}, {"task_state": None}])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["BYT", "BTC", "BCA"]), states), min_size=1, max_size=25))
def test_parts_always_add_up(drawn: list[tuple[int, str, dict[str, Any]]]):
    """
    At every level the four parts make the whole; assignments of groups add up to the nation's, tasks are never more.
    """
    blocks = {"BYT": "government", "BTC": "government", "BCA": "party"}
    unique = {(number, agency): changed for number, agency, changed in drawn}
    rows = tasks_of(
        *(assignment(f"57-T0{number}/{key}", key, block=blocks[key], **told) for (number, key), told in unique.items())
    )
    whole = len(rows)
    for level in LEVELS:
        assignments, distinct = official_tables(rows, level)
        for table in (assignments, distinct):
            assert table["assigned"].tolist() == table[PARTS].sum(axis=1).tolist()
            assert ((table["done_of_due_pct"].isna()) | table["done_of_due_pct"].between(0, 100)).all()
        assert whole == assignments["assigned"].sum()
        assert (distinct["assigned"].to_numpy() <= assignments["assigned"].to_numpy()).all()


@pytest.mark.parametrize(
    ("parts", "level"),
    [
        ((10, 10, 0, 0, 0), Level.GOOD.value),
        ((10, 8, 2, 0, 0), Level.COMPLETED.value),
        ((10, 7, 3, 0, 0), Level.NOT_COMPLETED.value),
        ((10, 9, 0, 0, 1), Level.NOT_COMPLETED.value),
        ((10, 5, 0, 5, 0), Level.GOOD.value),
        ((10, 0, 0, 10, 0), ""),
    ],
)
def test_gates_of_366(parts: tuple[int, ...], level: str):
    """
    All in time leaves "good" open, a fifth late "completed"; one overdue task leaves neither. Never more than "good".
    """
    assert [level] == level_at_most(counts(*parts))


def test_ratios_of_decree_335_say_what_they_lack():
    """
    a = 9/10, c = 6/10, a delay costs a quarter: (6 + .75 x 3)/10; each row says that it is indicative.
    """
    rates = rates_of(counts(10, 6, 3, 0, 1))
    table = official_tables(tasks_of(assignment("57-T01", "BYT")), "agency")[0]

    assert (90.0, 60.0) == (rates.quantity_pct[0], rates.progress_pct[0])
    assert pytest.approx(82.5) == rates.progress_less_delays_pct[0]
    assert [LACKING] == table["note"].tolist()
    assert LACKING.startswith("tham khảo, còn thiếu:")


def test_counting_nothing_gives_nothing():
    """
    A month without tasks has no member and no share, and no division by zero.
    """
    empty = tasks_of(assignment("57-T01", "BYT")).iloc[:0]
    rates = rates_of(counts_of(empty, np.array([], dtype=np.int64), 1))

    assert np.isnan(rates.done_of_due_pct[0])
    assert 0 == len(official_tables(empty, "agency")[0])
