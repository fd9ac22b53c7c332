"""The stages by name, as the DAGs call them: each finds its settings and its period, and walks its part of the road."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from resolution_monitor.addresses import is_same, require_allowed
from resolution_monitor.brief.report import require_language
from resolution_monitor.errors import EmptyInboxError
from resolution_monitor.period import Period, ReportCalendar, parse_period, period_of_run, require_due
from resolution_monitor.pipeline.answers import write_answers
from resolution_monitor.pipeline.brief import brief
from resolution_monitor.pipeline.clock import OWN_LOADS, moment_of_run
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.context import Context, open_context
from resolution_monitor.pipeline.maintenance import maintenance
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.pipeline.note_gaps import note_gaps
from resolution_monitor.pipeline.receipts import lay_receipts
from resolution_monitor.pipeline.score import score
from resolution_monitor.pipeline.timetable import calendar_of
from resolution_monitor.reporting.period_words import period_words
from resolution_monitor.settings import Settings, checked_address
from resolution_monitor.wording import VIETNAMESE

log = logging.getLogger(__name__)
Result = dict[str, Any]

# By so much the clocks of an installation's hosts may differ: a tick of one lies ahead of the other.
_CLOCKS_DIFFER = timedelta(minutes=1)

# By name, as timetable.STAGE_NAMES orders them. What was read is told to its sender at once: the receipt says where the
# file stands.
STAGES: dict[str, Callable[[Context, str, Period, str], Result]] = {
    "collect": lambda context, report, period, inbox: dict(
        collect(context, inbox, is_manual=_is_manual(context, inbox))
    ),
    "normalise": lambda context, report, period, inbox: {**normalise(context, period), **_told(context)},
    "score": lambda context, report, period, inbox: dict(score(context, report, period)),
    "brief": lambda context, report, period, inbox: _brief(context, report, period),
}


def run_stage(
    name: str,
    report: str,
    begun: datetime,
    asked: Mapping[str, Any],
    settings: Settings,
    now: datetime,
) -> Result:
    """
    Walk one stage for one period.

    Args:
        name: One of STAGES.
        begun: The run's logical date; of a run without one, when it was begun.
        asked: `period`, `inbox` and `clock` as the run's parameters name them; without them the period of the last tick
            before the run, the installation's inbox and `now`. `collects`: False takes nothing new out of the inbox.
            `full`: score everybody, though only some reports changed. `language`: of the edition; else Vietnamese.

    Returns:
        Ids and counts only; rows stay in the database.

    Raises:
        PeriodError: The period is none of the report's, or its tick has not come.
    """
    clock = asked.get("clock")
    language = asked.get("language") or VIETNAMESE
    # Before the first stage, not after the last.
    require_language(settings.root / "report_templates", report, language)
    moment = moment_of_run(settings, clock, now)
    period = _asked_period(calendar_of(settings, report), asked.get("period"), begun, moment)
    log.info("%s, %s (%s): %s begins", report, period_words(period), period.name, name)
    with open_context(settings, moment, moment + OWN_LOADS if clock else None) as context:
        context = replace(context, is_whole=bool(asked.get("full")), language=language)
        if name == "collect" and not asked.get("collects", True):
            return {"files": 0, "new": 0, "refused": 0}
        inbox = _asked_inbox(context.settings, asked.get("inbox"))
        return STAGES[name](context, report, period, inbox)


def run_arrivals(settings: Settings, now: datetime) -> Result:
    """Keep, read and answer what has arrived since the last time; counts only."""
    with open_context(settings, now) as context:
        inbox = context.settings.inbox_address
        log.info("collect and read what has arrived in %s", inbox)
        try:
            collected = collect(context, inbox)
        except EmptyInboxError:
            return {"files": 0}  # nobody has laid anything into a new installation yet
        read = normalise(context, None)
        told = _told(context)
        # Each stage counts files of its own: those that lie in the inbox, and those that were read.
        read["files_read"] = read.pop("files")
        told["receipts"] += collected.get("receipts", 0)
        return {**collected, **read, **told}


def _told(context: Context) -> dict[str, int]:
    """Answers first: a receipt names the answer that lies beside it."""
    return {**write_answers(context), **lay_receipts(context)}


def _is_manual(context: Context, inbox: str) -> bool:
    return not is_same(inbox, context.settings.inbox_address)


def _asked_inbox(settings: Settings, named: str | None) -> str:
    """
    The inbox that a run's parameters name, else the configured one.

    Raises:
        InboxError: It lies below no root of the settings, or within the configured inbox.
        SettingsError: It is no address.
    """
    if not named:
        return settings.inbox_address
    address = checked_address(named, "the inbox")
    if settings.inbox_roots is not None:
        require_allowed(address, settings.inbox_address, settings.inbox_roots)
    return address


def run_maintenance(settings: Settings, now: datetime) -> Result:
    """What an installation needs every night; ids and counts only."""
    log.info("fill the ledger ahead, prove kept files and scores, remove what is old")
    with open_context(settings, now) as context:
        return dict(maintenance(context))


def _brief(context: Context, report: str, period: Period) -> Result:
    made = brief(context, report, period)
    note_gaps(context)
    return {"period": period.name, **made}


def _asked_period(calendar: ReportCalendar, named: str | None, begun: datetime, now: datetime) -> Period:
    """
    The period a run's parameters name, else that of the last tick before it was begun.

    Raises:
        PeriodError: The name is none, or one of another kind than the report is made on, or its tick has not come.
    """
    period = parse_period(named) if named else period_of_run(calendar, begun)
    require_due(calendar, period, now + _CLOCKS_DIFFER)
    return period
