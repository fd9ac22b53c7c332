"""Clocks that contradict themselves: due after the cut-off, briefed before it, a day both off and worked."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.period import PeriodCalendar, WorkingDays, period_begun

# Any ordinary day will do; the tests hold every period of forty years against the calendars we ship.
_ORDINARY_DAY = date(2025, 11, 20)


def problems_of_calendars(catalogue: Catalogue) -> Iterator[str]:
    """Every contradiction in calendars.yaml and holidays.yaml, and every frequency that has no calendar."""
    for calendar in catalogue.period_calendars.values():
        yield from _of_calendar(calendar)
    for day in sorted(catalogue.working_days.days_off & catalogue.working_days.days_worked):
        yield f"catalogue/holidays.yaml: entry '{day}' is both off and worked; keep one"
    known = ", ".join(catalogue.period_calendars)
    for frequency in sorted(
        {one.frequency for one in catalogue.indicators.values()} - catalogue.period_calendars.keys()
    ):
        yield f"catalogue/calendars.yaml: no calendar {frequency!r}, which indicators are owed by; add it ({known})"


def _of_calendar(calendar: PeriodCalendar) -> Iterator[str]:
    where, without_swaps = f"catalogue/calendars.yaml: entry {calendar.calendar!r}", WorkingDays()
    period = period_begun(calendar.period_kind, _ORDINARY_DAY)
    instants = [
        ("opens", calendar.opens_at(period, without_swaps)),
        ("due", calendar.due_at(period, without_swaps)),
        ("cut_off", calendar.cut_off_at(period, without_swaps)),
    ]
    if calendar.briefing:
        if calendar.period_kind not in ("day", "week") and calendar.briefing.day is None:
            yield f"{where}: the briefing of a {calendar.period_kind} needs a fixed day; add months_later and day"
        instants.append(("briefing", calendar.briefing.fixed(period)))
    for (before, earlier), (after, later) in pairwise(instants):
        if earlier > later:
            yield f"{where}: {after} comes before {before} in period {period.name}; correct one of them"
