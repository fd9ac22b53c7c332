"""Who owes what for which period; succession never loses or doubles a body."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolution_monitor.catalogue.entries import Body, Catalogue, Succession
from resolution_monitor.ledger.closings import Closings, Told
from resolution_monitor.ledger.items import Item, ItemKind, items_of
from resolution_monitor.ledger.obligations import KEY, Holders, obligations_of, periods_owed
from resolution_monitor.period import parse_period

MAY, OCTOBER = date(2026, 5, 1), date(2026, 10, 31)


def owing(catalogue: Catalogue, item: Item, period: str) -> list[str]:
    """Who owes it, in a ledger that reaches back as far as one likes."""
    catalogue = replace(catalogue, ledger_begins_on=date(2000, 1, 1))
    return list(obligations_of(catalogue, [item], [parse_period(period)])["agency_id"])


def report(catalogue: Catalogue) -> Item:
    return next(item for item in items_of(catalogue) if item.kind is ItemKind.REPORT)


def test_every_body_owes_its_report(catalogue: Catalogue):
    """
    63 central bodies and five bodies of each of 34 provinces owe the workbook of a month.
    """
    agencies = owing(catalogue, report(catalogue), "2026-10")

    assert 63 + 5 * 34 == len(agencies) == len(set(agencies))
    assert set(catalogue.reporting_bodies) == set(agencies)


def test_bodies_owe_only_while_they_exist(catalogue: Catalogue):
    """
    The Ministry of Planning ended on 28 February 2025: it owes January; for March the Ministry of Finance owes once.
    """
    item = Item(kind=ItemKind.INDICATOR, item_id="x", agency_ids=("BKHDT", "BTC"), calendar="month")

    assert ["BKHDT", "BTC"] == owing(catalogue, item, "2025-01")
    assert ["BTC"] == owing(catalogue, item, "2025-03")


def test_a_body_that_does_not_exist_yet_owes_nothing(catalogue: Catalogue):
    """
    A lead that was founded later is not asked for the time before.
    """
    founded = next(body for body in catalogue.reporting_bodies.values() if body.valid_from)
    assert founded.valid_from is not None
    day = founded.valid_from
    holders = Holders(catalogue.bodies, catalogue.successions)

    assert founded.agency_id == holders.on(founded.agency_id, day)
    assert holders.on(founded.agency_id, day - timedelta(days=1)) is None


def test_six_months_of_the_catalogue(catalogue: Catalogue):
    """
    From May to October 2026 a monthly item is owed six times, a quarterly twice, a daily on 184 days.
    """
    items = items_of(catalogue)
    owed = obligations_of(catalogue, items, periods_owed(catalogue, items, MAY, OCTOBER))
    counts = owed["item_kind"].value_counts()
    by_frequency = {one.indicator_id: one.frequency for one in catalogue.indicators.values()}
    of_indicators = owed[owed["item_kind"] == "indicator"]
    times = of_indicators.groupby(["agency_id", "item_id"]).size()

    assert 233 * 6 == counts["report"]
    assert 182 * 6 == counts["task"] == 6 * sum(task.lead is not None for task in catalogue.tasks.values())
    assert {"month": {6}, "quarter": {2}, "half_year": {1}, "day": {184}} == {
        frequency: {count for (_, item_id), count in times.items() if by_frequency[item_id] == frequency}
        for frequency in ("month", "quarter", "half_year", "day")
    }
    assert not owed.duplicated(list(KEY)).any()
    assert {"NS.01", "NS.02"}.isdisjoint(owed["item_id"])  # told by forms of the Ministry of Finance


@pytest.mark.parametrize(
    ("begins_on", "months"),
    [
        (None, ["2026-05", "2026-06", "2026-07"]),
        (date(2026, 6, 30), ["2026-06", "2026-07"]),
        (date(2026, 7, 1), ["2026-07"]),
    ],
)
def test_items_begin(catalogue: Catalogue, begins_on: date | None, months: list[str]):
    """
    An item is owed from the period in which it begins.
    """
    item = Item(ItemKind.TASK, "x", ("BYT",), "month", begins_on=begins_on)
    periods = periods_owed(catalogue, [item], MAY, date(2026, 7, 31))

    assert months == list(obligations_of(catalogue, [item], periods)["period_name"])


def told(task_id: str, *closed: tuple[str, bool], agency_id: str = "BYT") -> Closings:
    """Reports of one task, month by month: done or not."""
    return Closings(Told(agency_id, task_id, parse_period(month).end, is_closed) for month, is_closed in closed)


def test_closed_task_is_not_owed(catalogue: Catalogue):
    """
    Once a report says that a task is done its lead owes no more of it from the next period on; the others do.
    """
    task_id, items = "72-T03", items_of(catalogue)
    periods = periods_owed(catalogue, items, MAY, OCTOBER)
    owed = obligations_of(catalogue, items, periods, told(task_id, ("2026-05", False), ("2026-06", True)))

    assert ["2026-05", "2026-06"] == list(owed[owed["item_id"] == task_id]["period_name"])
    assert 182 * 6 - 4 == (owed["item_kind"] == "task").sum()


@pytest.mark.parametrize(
    ("reports", "owed_in"),
    [
        ([("2026-05", True)], ["2026-05"]),
        # A person accepted in September that it is open again: owed from October on, never for July and August.
        ([("2026-06", True), ("2026-09", False)], ["2026-05", "2026-06", "2026-10"]),
        ([("2026-06", True), ("2026-07", True)], ["2026-05", "2026-06"]),
        ([("2026-05", False)], ["2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10"]),
    ],
)
def test_closing_counts_from_the_next_period(catalogue: Catalogue, reports: list[tuple[str, bool]], owed_in: list[str]):
    """
    The last report before a period decides whether it is owed; nothing said later makes a past month owed.
    """
    items = [item for item in items_of(catalogue) if item.item_id == "72-T03"]
    owed = obligations_of(catalogue, items, periods_owed(catalogue, items, MAY, OCTOBER), told("72-T03", *reports))

    assert owed_in == list(owed["period_name"])


def test_one_of_many_bodies_closes_for_itself(catalogue: Catalogue):
    """
    Of an item that many bodies owe, the one whose report closed it owes no more; the others do.
    """
    item, june = Item(ItemKind.INDICATOR, "x", ("BYT", "BTC"), "month"), [parse_period("2026-06")]

    assert ["BTC"] == list(obligations_of(catalogue, [item], june, told("x", ("2026-05", True)))["agency_id"])


def test_successor_owes_nothing_of_what_was_closed_before(catalogue: Catalogue):
    """
    What a body closed stays closed for the one that stands for it now.
    """
    day = date(2026, 6, 10)
    merged = replace(
        catalogue,
        bodies={**catalogue.bodies, "BYT": replace(catalogue.bodies["BYT"], valid_to=date(2026, 6, 9))},
        successions=(*catalogue.successions, Succession("BYT", "BNV", day, "trial", "high")),
    )
    item, july = Item(ItemKind.TASK, "x", ("BYT",), "month"), [parse_period("2026-07")]

    assert ["BNV"] == list(obligations_of(merged, [item], july)["agency_id"])
    assert obligations_of(merged, [item], july, told("x", ("2026-05", True))).empty


def test_task_says_how_often_it_is_reported(catalogue: Catalogue):
    """
    A task with a frequency is owed by that calendar: weekly four times in October, where others are owed once.
    """
    weekly = replace(catalogue, tasks={"72-T03": replace(catalogue.tasks["72-T03"], frequency="week")})
    items = [item for item in items_of(weekly) if item.kind is ItemKind.TASK]
    owed = obligations_of(weekly, items, periods_owed(weekly, items, date(2026, 10, 1), OCTOBER))

    assert ["2026-W40", "2026-W41", "2026-W42", "2026-W43"] == list(owed["period_name"])


def test_what_fell_due_before_the_ledger_began_is_not_owed(catalogue: Catalogue):
    """
    The ledger begins on 1 May 2026: the report of March fell due on 10 April, that of April on 10 May.
    """
    items = [report(catalogue)]
    owed = obligations_of(catalogue, items, periods_owed(catalogue, items, date(2026, 3, 1), MAY))

    assert date(2026, 5, 1) == catalogue.ledger_begins_on
    assert {"2026-04": 233} == owed["period_name"].value_counts().to_dict()


@st.composite
def histories(draw: st.DrawFn) -> tuple[dict[str, Body], list[Succession]]:
    """Bodies that merge again and again: each step ends some and lets one, old or new, stand for them."""
    template = Body("", "ministry", "government", None, "", "", None, None, None, (), "trial", "high")
    bodies = {f"B{n}": replace(template, agency_id=f"B{n}") for n in range(draw(st.integers(2, 8)))}
    steps: list[Succession] = []
    day = date(2020, 1, 1)
    for number in range(draw(st.integers(0, 4))):
        day += timedelta(days=draw(st.integers(1, 400)))
        alive = sorted(key for key, body in bodies.items() if body.valid_to is None)
        ending = draw(st.lists(st.sampled_from(alive), unique=True, min_size=1, max_size=len(alive)))
        heirs = [key for key in alive if key not in ending]
        heir = draw(st.sampled_from([*heirs, f"N{number}"]))
        bodies.setdefault(heir, replace(template, agency_id=heir, valid_from=day))
        for key in ending:
            bodies[key] = replace(bodies[key], valid_to=day - timedelta(days=1))
            steps.append(Succession(key, heir, day, "trial", "high"))
    return bodies, steps


@given(history=histories(), days=st.integers(0, 2000))
def test_succession_never_loses_or_doubles_a_body(history: tuple[dict[str, Body], list[Succession]], days: int):
    """
    On every day the bodies that exist are held each by itself, all others by exactly one of them or not begun.
    """
    bodies, steps = history
    day = date(2019, 12, 1) + timedelta(days=days)
    holders = Holders(bodies, steps)
    existing = sorted(key for key, body in bodies.items() if body.exists_in(day, day))
    founders = [key for key, body in bodies.items() if body.valid_from is None]

    assert existing == sorted(holders.all_on(bodies, day))
    assert all(key == holders.on(key, day) for key in existing)
    assert all(holders.on(key, day) in existing for key in founders)  # whoever was there at the start is never lost


@given(day=st.dates(date(2004, 1, 1), date(2035, 1, 1)))
def test_succession_of_the_catalogue(catalogue: Catalogue, day: date):
    """
    The same holds for the catalogue's own bodies on any day.
    """
    holders = Holders(catalogue.bodies, catalogue.successions)
    existing = sorted(key for key, body in catalogue.bodies.items() if body.exists_in(day, day))
    ended = [key for key, body in catalogue.bodies.items() if body.valid_to and body.valid_to < day]

    assert existing == sorted(holders.all_on(catalogue.bodies, day))
    assert all(holders.on(key, day) in existing for key in ended)
