"""The stages by name, as the DAGs call them: each finds its settings and its period, and walks its part of the road."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from resolution_monitor.brief.report import require_language
from resolution_monitor.period import Period, ReportCalendar, parse_period, period_of_run, tick_of_period
from resolution_monitor.pipeline.answers import write_answers
from resolution_monitor.pipeline.brief import brief
from resolution_monitor.pipeline.clock import OWN_LOADS, moment_of_run
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.keep_house import keep_house
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.pipeline.receipts import lay_receipts
from resolution_monitor.pipeline.road import Road, open_road
from resolution_monitor.pipeline.score import score
from resolution_monitor.settings import Settings, checked_address, local_path
from resolution_monitor.wording import VIETNAMESE

Result = dict[str, Any]

# By name, as timetable.STAGE_NAMES orders them. What was read is told to its sender at once: the receipt says where the
# file stands.
STAGES: dict[str, Callable[[Road, str, Period, str], Result]] = {
    "collect": lambda road, report, period, inbox: dict(collect(road, inbox)),
    "normalise": lambda road, report, period, inbox: {**normalise(road, period), **lay_receipts(road)},
    "score": lambda road, report, period, inbox: dict(score(road, report, period)),
    "brief": lambda road, report, period, inbox: dict(brief(road, report, period)),
}


def run_stage(
    name: str,
    report: str,
    tick: datetime,
    asked: Mapping[str, Any],
    settings: Settings,
    now: datetime,
) -> Result:
    """
    Walk one stage for the period of a tick.

    Args:
        name: One of STAGES.
        tick: The run's logical date.
        asked: `period`, `inbox` and `clock` as the run's parameters name them; None takes the tick's period, the
            installation's inbox and `now`. `full`: score everybody, though only some reports changed. `language`: of
            the edition; None takes Vietnamese.

    Returns:
        Ids and counts only; rows stay in the database.
    """
    clock = asked.get("clock")
    language = asked.get("language") or VIETNAMESE
    # Before the first stage, not after the last.
    require_language(settings.root / "report_templates", report, language)
    moment = moment_of_run(settings, clock, now)
    with open_road(settings, moment, moment + OWN_LOADS if clock else None) as road:
        road = replace(road, is_whole=bool(asked.get("full")), language=language)
        period = _asked_period(road.catalogue.calendars[report], asked["period"], tick)
        inbox = checked_address(asked["inbox"], "the inbox") if asked["inbox"] else settings.inbox_address
        return STAGES[name](road, report, period, inbox)


def run_arrivals(settings: Settings, now: datetime) -> Result:
    """Keep, read and answer what has arrived since the last time; counts only."""
    with open_road(settings, now) as road:
        inbox = settings.inbox_address
        if settings.inbox is None and not local_path(inbox).is_dir():
            return {"files": 0}  # nobody has laid anything into a new installation yet
        collected = collect(road, inbox)
        return {**collected, **normalise(road, None), **lay_receipts(road), **write_answers(road)}


def run_keep_house(settings: Settings, now: datetime) -> Result:
    """What an installation needs every night; ids and counts only."""
    with open_road(settings, now) as road:
        return dict(keep_house(road))


def _asked_period(calendar: ReportCalendar, named: str | None, tick: datetime) -> Period:
    """
    The period a run's parameters name, else that of its tick.

    Raises:
        PeriodError: The name is none, or one of another kind than the report is made on.
    """
    if not named:
        return period_of_run(calendar, tick)
    period = parse_period(named)
    tick_of_period(calendar, period)  # refuses a period of another kind
    return period
