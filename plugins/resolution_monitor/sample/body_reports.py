"""The reports that one body would send if nothing went wrong, in the order they fall due."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.exchange.template_sheets import last_report_of_task
from resolution_monitor.normalise.checks.slips import FEWEST_AT_ONCE, came_to_target
from resolution_monitor.period import Period
from resolution_monitor.reporting.content import BodyReport, IndicatorEntry, Obstacle, Request, TaskEntry
from resolution_monitor.sample.conduct import Player
from resolution_monitor.sample.daily_values import daily_entries
from resolution_monitor.sample.indicator_values import indicator_entries
from resolution_monitor.sample.owed import Owed
from resolution_monitor.sample.remark_texts import TARGET_REASON
from resolution_monitor.sample.remarks import obstacles, requests
from resolution_monitor.sample.task_steps import task_entries


@dataclass(frozen=True, slots=True)
class Draft:
    """One report as it should be; `last_values` and `last_told` are those of the period before."""

    owed: Owed
    report: BodyReport
    last_values: dict[str, Decimal]
    last_told: dict[str, str]


def drafts_of(catalogue: Catalogue, owed: Sequence[Owed], player: Player) -> list[Draft]:
    """
    One draft for each file owed by one body.

    Args:
        owed: All of one body, by due time.
    """
    drafts: dict[Owed, Draft] = {}
    for kind in dict.fromkeys(one.period.kind for one in owed):
        same = [one for one in owed if one.period.kind == kind]
        told = _told(catalogue, same, player)
        before: dict[str, Decimal] = {}
        tasks_before: dict[str, str] = {}
        for one in same:
            values = {key: value for key, value in before.items() if key in one.items}
            report = _explained(catalogue, told[one], values)
            drafts[one] = Draft(one, report, values, dict(tasks_before))
            tasks_before |= {entry.task_id: last_report_of_task(entry.state, entry.done_pct) for entry in report.tasks}
            before |= values_of(report)
    return [drafts[one] for one in owed]


def _explained(catalogue: Catalogue, report: BodyReport, last_values: dict[str, Decimal]) -> BodyReport:
    """Where several figures came to their very targets at once, an honest clerk says why before being asked."""
    at_target = {
        entry.indicator_id
        for entry in report.indicators
        if came_to_target(
            entry, last_values.get(entry.indicator_id), catalogue.indicators[entry.indicator_id], report.period
        )
    }
    if len(at_target) < FEWEST_AT_ONCE:
        return report
    entries = (
        replace(one, explanation=TARGET_REASON) if one.indicator_id in at_target else one for one in report.indicators
    )
    return replace(report, indicators=tuple(entries))


def values_of(report: BodyReport) -> dict[str, Decimal]:
    """Every figure of a report, by indicator."""
    return {entry.indicator_id: entry.value for entry in report.indicators if entry.value is not None}


def with_last_values(draft: Draft, told: dict[str, Decimal]) -> Draft:
    """The same draft beside what was told before in place of what should have been: templates are filled with that."""
    return replace(draft, last_values={key: told.get(key, value) for key, value in draft.last_values.items()})


def without_closed(draft: Draft, closed: Collection[str]) -> Draft:
    """The same report without what an earlier file closed: it is asked for no more."""
    items = tuple(item for item in draft.owed.items if item not in closed)
    tasks = tuple(entry for entry in draft.report.tasks if entry.task_id not in closed)
    indicators = tuple(entry for entry in draft.report.indicators if entry.indicator_id not in closed)
    report = replace(draft.report, tasks=tasks, indicators=indicators)
    return replace(draft, owed=replace(draft.owed, items=items), report=report)


def reached(catalogue: Catalogue, report: BodyReport) -> set[str]:
    """Indicators whose figure in a report is their target or better, at the last deadline or later: they are closed."""
    return {entry.indicator_id for entry in report.indicators if _is_reached(catalogue, entry, report.period)}


def _is_reached(catalogue: Catalogue, entry: IndicatorEntry, period: Period) -> bool:
    indicator = catalogue.indicators[entry.indicator_id]
    last = max(indicator.targets, key=lambda target: target.due_on, default=None)
    if indicator.resolution is None or last is None or last.due_on > period.end or entry.value is None:
        return False
    planned = last.planned(indicator.direction)
    if planned is None:
        return False
    return entry.value <= planned if indicator.direction == "down" else entry.value >= planned


def _told(catalogue: Catalogue, owed: Sequence[Owed], player: Player) -> dict[Owed, BodyReport]:
    """Reports of one body on periods of one kind."""
    periods = list(dict.fromkeys(one.period for one in owed))
    values = _values(catalogue, owed, periods, player)
    steps = _steps(catalogue, owed, periods, player)
    reports = {}
    for one in owed:
        entries = [steps[key, one.period] for key in one.items if key in catalogue.tasks]
        found, asked = _remarks(catalogue, entries, periods, one, player)
        reports[one] = BodyReport(
            agency_id=player.agency_id,
            period=one.period,
            indicators=tuple(values[key, one.period] for key in one.items if key in catalogue.indicators),
            tasks=tuple(entries),
            obstacles=tuple(found),
            requests=tuple(asked),
            is_demonstration=True,
        )
    return reports


def _values(
    catalogue: Catalogue, owed: Sequence[Owed], periods: list[Period], player: Player
) -> dict[tuple[str, Period], IndicatorEntry]:
    items = tuple(dict.fromkeys(item for one in owed for item in one.items if item in catalogue.indicators))
    if periods[0].kind == "day":
        days = [daily_entries(catalogue, items, day, player) for day in periods]
        return {(entry.indicator_id, day): entry for day, told in zip(periods, days, strict=True) for entry in told}
    found: dict[tuple[str, Period], IndicatorEntry] = {}
    for item in items:
        indicator = catalogue.indicators[item]
        told = indicator_entries(indicator, periods, player)
        found |= {(item, period): entry for period, entry in zip(periods, told, strict=True)}
    return found


def _steps(
    catalogue: Catalogue, owed: Sequence[Owed], periods: list[Period], player: Player
) -> dict[tuple[str, Period], TaskEntry]:
    found: dict[tuple[str, Period], TaskEntry] = {}
    for item in dict.fromkeys(item for one in owed for item in one.items if item in catalogue.tasks):
        task = catalogue.tasks[item]
        begins_on = catalogue.resolutions[task.resolution].issued_on
        told = task_entries(task, begins_on, periods, player)
        found |= {(item, period): entry for period, entry in zip(periods, told, strict=True)}
    return found


def _remarks(
    catalogue: Catalogue,
    entries: Sequence[TaskEntry],
    periods: list[Period],
    one: Owed,
    player: Player,
) -> tuple[list[Obstacle], list[Request]]:
    """Obstacles and requests belong to the monthly report alone."""
    if one.period.kind != "month":
        return [], []
    month = periods.index(one.period)
    found = obstacles(entries, periods, month, catalogue=catalogue, player=player)
    return found, requests(entries, one.period, catalogue=catalogue, player=player)
