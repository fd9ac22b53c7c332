"""Where one obligation stands: the month of October 2026, open 1 November, due 10, cut off 11 November."""

import time
from datetime import UTC, date, datetime, timedelta

import pandas
import pytest

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.ledger.items import Item, ItemKind
from resolution_monitor.ledger.obligations import KEY, obligations_of
from resolution_monitor.ledger.states import (
    FILE_COLUMNS,
    VALUE_COLUMNS,
    ObligationState,
    states_at,
)
from resolution_monitor.period import TIME_ZONE, parse_period, periods_between

OCTOBER = parse_period("2026-10")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}" if len(text) < 12 else text).replace(tzinfo=TIME_ZONE)


def frame(columns: tuple[str, ...], rows: list[tuple[object, ...]]) -> pandas.DataFrame:
    return pandas.DataFrame(rows, columns=list(columns), dtype=object)


def state_of(
    catalogue: Catalogue,
    *,
    kind: ItemKind = ItemKind.REPORT,
    at: str,
    files: list[tuple[str, str]] = [],  # noqa: B006 - never changed
    values: list[str] = [],  # noqa: B006
    waived: bool = False,
) -> str:
    item = Item(kind=kind, item_id="x", agency_ids=("BYT",), calendar="month")
    owed = obligations_of(catalogue, [item], [OCTOBER])
    key = ("BYT", kind.value, "x", "2026-10")
    result = states_at(
        owed,
        files=frame(FILE_COLUMNS, [("BYT", "2026-10", state, moment(when)) for state, when in files]),
        values=frame(VALUE_COLUMNS, [(*key, moment(when)) for when in values]),
        waivers=frame(KEY, [key] if waived else []),
        as_of=moment(at).astimezone(UTC),
    )
    return str(result["state"].item())


@pytest.mark.parametrize(
    ("at", "state"),
    [
        ("10-31T23:59", "not_due"),
        ("11-01T00:00", "due"),
        ("11-11T00:00", "due"),  # past the due time, before the cut-off: still taken, as late
        ("11-11T23:59", "due"),
        ("11-12T00:00", "missing"),
        ("2027-12-31T00:00", "missing"),
    ],
)
def test_nothing_came(catalogue: Catalogue, at: str, state: str):
    """
    What has not opened is not due, and what is not cut off is not missing.
    """
    assert state == state_of(catalogue, at=at)


@pytest.mark.parametrize(
    ("files", "state"),
    [
        ([("accepted", "10-20T09:00")], "received_on_time"),  # before it opened: early is on time
        ([("accepted", "11-11T00:00")], "received_on_time"),  # 24:00 of the 10th
        ([("accepted", "11-11T00:01")], "late"),
        ([("accepted", "11-12T00:01")], "late"),  # after the cut-off: too late for the briefing, not for the ledger
        ([("received", "11-05T00:00")], "received_on_time"),  # not read yet: it has come all the same
        ([("accepted_in_part", "11-05T00:00")], "accepted_in_part"),
        ([("rejected", "11-05T00:00")], "rejected"),
        ([("rejected", "11-05T00:00"), ("accepted", "11-11T09:00")], "late"),  # mended after the due time
        ([("accepted_in_part", "11-05T00:00"), ("accepted", "11-11T09:00")], "late"),
        ([("accepted", "11-05T00:00"), ("rejected", "11-11T09:00")], "received_on_time"),  # a bad correction
        ([("accepted", "11-05T00:00"), ("accepted", "11-11T09:00")], "received_on_time"),  # a good correction
        ([("accepted", "2027-11-11T23:59")], "late"),  # years later; what a closed period takes, the database decides
        ([("accepted", "2028-02-01T00:00")], "missing"),  # later than the instant that is asked for
    ],
)
def test_what_came(catalogue: Catalogue, files: list[tuple[str, str]], state: str):
    """
    One good file outweighs the others; the time it was received decides whether it is late.
    """
    assert state == state_of(catalogue, at="2028-01-01T00:00", files=files)


def test_what_comes_later_is_not_seen(catalogue: Catalogue):
    """
    On the day of the briefing the file of the next day does not exist.
    """
    files = [("accepted", "11-13T00:00")]

    assert "missing" == state_of(catalogue, at="11-12T07:00", files=files)
    assert "late" == state_of(catalogue, at="11-13T00:00", files=files)


@pytest.mark.parametrize("files", [[], [("rejected", "11-05T00:00")], [("accepted", "11-05T00:00")]])
def test_waived(catalogue: Catalogue, files: list[tuple[str, str]]):
    """
    What is waived is waived, whatever came.
    """
    assert "waived" == state_of(catalogue, at="11-20T00:00", files=files, waived=True)


@pytest.mark.parametrize(
    ("kind", "files", "values", "state"),
    [
        ("indicator", [("accepted", "11-05T00:00")], [], "missing"),  # the workbook came without it
        ("indicator", [("accepted", "11-05T00:00")], ["11-05T00:00"], "received_on_time"),
        ("indicator", [("accepted_in_part", "11-05T00:00")], ["11-05T00:00"], "received_on_time"),
        ("indicator", [("rejected", "11-05T00:00")], [], "rejected"),
        ("indicator", [("rejected", "11-05T00:00")], ["11-11T08:00"], "late"),
        ("task", [("accepted", "11-05T00:00")], [], "missing"),
        ("task", [], ["11-05T00:00"], "received_on_time"),
    ],
)
def test_items_inside_a_workbook(
    catalogue: Catalogue, kind: str, files: list[tuple[str, str]], values: list[str], state: str
):
    """
    An indicator or task is received when its own row came, not when its workbook did; a rejected workbook held none.
    """
    assert state == state_of(catalogue, kind=ItemKind(kind), at="11-20T00:00", files=files, values=values)


def test_every_state_is_in_the_tables():
    """
    A state that is added is added here.
    """
    states = ["not_due", "due", "received_on_time", "late", "accepted_in_part", "rejected", "missing", "waived"]

    assert states == [state.value for state in ObligationState]


def test_six_months_of_everything_are_quick(catalogue: Catalogue):
    """
    233 bodies by 400 items by 6 months, half of them answered, take seconds and lose no row.
    """
    bodies = tuple(catalogue.reporting_bodies)
    items = [Item(kind=ItemKind.INDICATOR, item_id=f"i{n}", agency_ids=bodies, calendar="month") for n in range(400)]
    months = periods_between("month", date(2026, 5, 1), date(2026, 10, 31))
    started = time.perf_counter()
    owed = obligations_of(catalogue, items, months)
    values = owed[list(KEY)].iloc[::2].assign(received_at=owed["due_at"].iloc[::2] - timedelta(days=1))
    result = states_at(
        owed,
        files=frame(FILE_COLUMNS, []),
        values=values,
        waivers=frame(KEY, []),
        as_of=moment("12-01T00:00"),
    )
    seconds = time.perf_counter() - started

    assert 233 * 400 * 6 == len(result)
    assert {"received_on_time": 233 * 400 * 3, "missing": 233 * 400 * 3} == result["state"].value_counts().to_dict()
    assert seconds < 20
