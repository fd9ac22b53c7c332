"""Items become obligations: one row per body, item and period, with its opening, due day and cut-off."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime

import pandas

from resolution_monitor.catalogue.entries import Body, Catalogue, Succession
from resolution_monitor.ledger.items import Item, ItemKind, items_of
from resolution_monitor.period import TIME_ZONE, Period, PeriodCalendar, WorkingDays, periods_between

KEY = ("agency_id", "item_kind", "item_id", "period_name")
INSTANTS = ("opens_at", "due_at", "cut_off_at", "closes_at")
IMPORTANCE = ("weight", "is_weight_assumed")
COLUMNS = (*KEY, "period_kind", "period_end", "calendar", *INSTANTS, *IMPORTANCE)


class Holders:
    """Who stands for a body on a day: itself while it exists, after its end the last of its successors that does."""

    def __init__(self, bodies: Mapping[str, Body], successions: Iterable[Succession]) -> None:
        self._bodies = bodies
        self._successions = {step.predecessor: step for step in successions}

    def on(self, agency_id: str, day: date) -> str | None:
        """None while the body does not exist yet: then its predecessors answer for what there was."""
        current = agency_id
        while current in self._successions and self._successions[current].effective_on <= day:
            current = self._successions[current].successor
        return current if self._bodies[current].exists_in(day, day) else None

    def all_on(self, agency_ids: Iterable[str], day: date) -> list[str]:
        """Each holder once, in the order named: two bodies that merged owe one report, not two."""
        holders = (self.on(agency_id, day) for agency_id in agency_ids)
        return list(dict.fromkeys(holder for holder in holders if holder is not None))


def periods_owed(catalogue: Catalogue, items: Iterable[Item], first: date, last: date) -> list[Period]:
    """The periods that end on a day from `first` to `last`, of every kind that something is owed by, in order."""
    kinds = {catalogue.period_calendars[item.calendar].period_kind for item in items}
    return sorted(period for kind in sorted(kinds) for period in periods_between(kind, first, last))


def obligations_of(catalogue: Catalogue, items: Iterable[Item], periods: Sequence[Period]) -> pandas.DataFrame:
    """
    What is owed for the given periods.

    A body owes a period when it exists on the period's last day; so a period in which two bodies become one is owed
    once, by the one. What fell due before the ledger begins is left out.

    Returns:
        COLUMNS, one row per body, item and period; instants are UTC.
    """
    holders = Holders(catalogue.bodies, catalogue.successions)
    instants = _instants_by(catalogue.working_days)
    owed, owing = [], []
    for item in items:
        calendar = catalogue.period_calendars[item.calendar]
        for period in periods:
            if period.kind == calendar.period_kind and item.is_owed_for(period):
                named = (item.kind.value, item.item_id, period.name, period.kind, period.end, item.calendar)
                importance = (item.weight, item.is_weight_assumed)
                owed.append((*named, *instants(calendar, period, item.lag_days), *importance))
                owing.append(holders.all_on(item.agency_ids, period.end))
    frame = with_instants(pandas.DataFrame(owed, columns=list(COLUMNS[1:])))
    begins_at = pandas.Timestamp(catalogue.ledger_begins_on, tz=TIME_ZONE)
    repeated = frame.loc[frame.index.repeat([len(agencies) for agencies in owing])].reset_index(drop=True)
    whole = repeated.assign(agency_id=[key for agencies in owing for key in agencies])[list(COLUMNS)]
    return whole[whole["due_at"] >= begins_at].reset_index(drop=True)


def owed_in(catalogue: Catalogue, periods: Iterable[Period]) -> pandas.DataFrame:
    """What is owed for the given periods, each under the facts valid on its last day; see obligations_of."""
    by_span: dict[int, list[Period]] = defaultdict(list)
    for period in periods:
        by_span[bisect_right(catalogue.begins, period.end)].append(period)
    spans = [(catalogue.at(held[0].end), held) for _, held in sorted(by_span.items())]
    parts = [obligations_of(then, items_of(then), held) for then, held in spans]
    if len(parts) == 1:
        return parts[0]
    return pandas.concat(parts, ignore_index=True) if parts else obligations_of(catalogue, (), ())


def every_period_owed(catalogue: Catalogue, first: date, last: date) -> list[Period]:
    """The periods that end from `first` to `last`, of every kind that something is owed by on some day between."""
    days = [first, *(day for day in catalogue.begins if first < day <= last)]
    items = [item for day in days for item in items_of(catalogue.at(day))]
    return periods_owed(catalogue, items, first, last)


def with_instants(frame: pandas.DataFrame, columns: Sequence[str] = INSTANTS) -> pandas.DataFrame:
    """The same rows with these columns as UTC instants, whatever they came as."""
    return frame.assign(**{column: pandas.to_datetime(frame[column], utc=True) for column in columns})


def _instants_by(working_days: WorkingDays) -> Callable[[PeriodCalendar, Period, int], tuple[datetime, ...]]:
    """Opening, due, cut-off and closing of a calendar's period, worked out once: most items share theirs."""
    known: dict[tuple[str, Period, int], tuple[datetime, ...]] = {}

    def instants(calendar: PeriodCalendar, period: Period, lag_days: int) -> tuple[datetime, ...]:
        key = (calendar.calendar, period, lag_days)
        if key not in known:
            rules = (calendar.opens_at, calendar.due_at, calendar.cut_off_at, calendar.closes_at)
            known[key] = tuple(rule(period, working_days, lag_days) for rule in rules)
        return known[key]

    return instants


# Body -> indicator or task -> from when its figure can be known and is asked for.
ItemsOwed = dict[str, dict[str, datetime]]


def items_owed(catalogue: Catalogue, period: Period) -> ItemsOwed:
    """What each body owes for a period besides its report; nothing for one that owes its report alone."""
    owed = owed_in(catalogue, [period])
    return {
        str(agency_id): dict(zip(rows["item_id"], rows["opens_at"].dt.to_pydatetime(), strict=True))
        for agency_id, every in owed.groupby("agency_id", sort=True)
        for rows in (every[every["item_kind"] != ItemKind.REPORT.value],)
    }
