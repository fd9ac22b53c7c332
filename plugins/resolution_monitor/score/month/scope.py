"""Whose reports changed, and how far that reaches: assignments to score anew, and rows of bodies that follow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from resolution_monitor.ledger.items import REPORT_CALENDAR
from resolution_monitor.period import TIME_ZONE, as_at_date, period_begun
from resolution_monitor.score.month.scored_period import ScoredPeriod

# A cut-off at 24:00 belongs to the day that ends then.
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Scope:
    """
    How far a change reaches; bodies as they stand when the period is scored.

    Attributes:
        touched: What they reported, or owe, changed: their assignments may.
        renewed: Their own rows may change: also who coordinates a task that one of these leads.
        rescored: Their assignments are needed for that: also who leads what one of these coordinates.
    """

    touched: frozenset[str]
    renewed: frozenset[str]
    rescored: frozenset[str]


def scope_of(scored: ScoredPeriod, agency_ids: Iterable[str]) -> Scope:
    """
    The reach of a change in what some bodies reported.

    Args:
        agency_ids: As they reported; some may have ended since, some may report nothing that is scored.
    """
    holder_of = scored.holder_of
    bodies = frozenset(scored.catalogue.reporting_bodies)
    touched = frozenset(map(holder_of, agency_ids)) & bodies
    led = [
        (holder_of(task.lead), frozenset(map(holder_of, task.coordinating)) & bodies)
        for task in scored.catalogue.tasks.values()
        if task.lead is not None
    ]
    renewed = touched.union(*(helpers for lead, helpers in led if lead in touched))
    return Scope(touched, renewed, renewed | {lead for lead, helpers in led if helpers & renewed})


def judges_reports_alike(scored: ScoredPeriod, first_at: datetime, then_at: datetime) -> bool:
    """
    Whether two moments of knowledge give a report that did not come the same points.

    They do on one day, and on any days after that of the last cut-off: from then on it has none.
    """
    calendar, working_days = scored.catalogue.period_calendars[REPORT_CALENDAR], scored.catalogue.working_days
    last = period_begun(calendar.period_kind, as_at_date(calendar, working_days, scored.moment, 0))
    cut_off = calendar.cut_off_at(last, working_days) - _INSTANT
    first, then, closed = (at.astimezone(TIME_ZONE).date() for at in (first_at, then_at, cut_off))
    return first == then or min(first, then) > closed
