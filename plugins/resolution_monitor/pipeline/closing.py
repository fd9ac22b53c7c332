"""Tells senders what came when its period was closed: it is kept and does not count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from resolution_monitor.period import TIME_ZONE, Period
from resolution_monitor.pipeline.context import Context
from resolution_monitor.pipeline.ledger import fill_periods
from resolution_monitor.pipeline.reading import worded
from resolution_monitor.store import ledger_rows, submission_rows
from resolution_monitor.store.load_step import LoadStep
from resolution_monitor.terms import Finding, Severity
from resolution_monitor.wording import day

SCOPE = "closing"
CHECK = "period-closed"
# What comes sooner after its period's end is asked about only where a calendar closes that soon.
_LONG_AFTER = timedelta(days=62)
_NAMED = 12
_WHOLE_REPORT = "toàn bộ báo cáo"


@dataclass(frozen=True, slots=True)
class Came:
    """A file and the periods it speaks of."""

    submission_id: int
    received_at: datetime
    periods: Sequence[Period]


def came_long_after(context: Context, files: Iterable[Came]) -> list[Came]:
    """
    The files of which a period may be closed, with everything owed for their periods in the ledger.

    Which of it counts is for the database to say (functions of migration 0017); this only spares it the question for
    files of running periods.
    """
    late = [file for file in files if any(_may_be_closed(context, period, file.received_at) for period in file.periods)]
    if late:
        fill_periods(context, sorted({period for file in late for period in file.periods}))
    return late


def _may_be_closed(context: Context, period: Period, received_at: datetime) -> bool:
    came_on = received_at.astimezone(TIME_ZONE).date()
    calendars = [one for one in context.catalogue.period_calendars.values() if one.period_kind == period.kind]
    return came_on > period.end + _LONG_AFTER or any(
        one.closes_at(period, context.catalogue.working_days) <= received_at for one in calendars
    )


def tell_closed(context: Context, step: LoadStep, files: Sequence[Came]) -> int:
    """Raise a finding for each file and period that was closed to it, and withdraw those that no longer hold."""
    if not files:
        return 0
    came = {file.submission_id: file.received_at for file in files}
    sentences = [
        worded(
            context.catalogue,
            row["submission_id"],
            closed_finding(row["period_name"], row["item_ids"], came[row["submission_id"]]),
        )
        for row in ledger_rows.closed_answers(step, list(came))
    ]
    submission_rows.save_findings(step, SCOPE, list(came), sentences)
    return len(sentences)


def closed_finding(period_name: str, item_ids: Sequence[str], received_at: datetime) -> Finding:
    """What a sender is told of a file that came when its period was closed; no item stands for the whole report."""
    named = ", ".join(item_ids[:_NAMED]) or _WHOLE_REPORT
    more = f" và {len(item_ids) - _NAMED} mục khác" if len(item_ids) > _NAMED else ""
    details = (("items", named + more), ("received_on", day(received_at.astimezone(TIME_ZONE).date())))
    return Finding(CHECK, Severity.BLOCK, value=period_name, details=details)
