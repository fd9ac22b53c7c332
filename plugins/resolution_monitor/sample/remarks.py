"""Made-up obstacles and requests of one body: they appear while a task is open, stay for months, and are resolved."""

from collections.abc import Sequence
from datetime import date, timedelta

from resolution_monitor.catalogue.entries import Catalogue, Task
from resolution_monitor.period import Period
from resolution_monitor.reporting.content import Obstacle, Request, RequestKind, TaskEntry, TaskState
from resolution_monitor.sample.conduct import Player
from resolution_monitor.sample.draws import chosen
from resolution_monitor.sample.remark_texts import (
    COSTS_OF_DELAY,
    EXTENSIONS,
    GENERAL_TASK,
    OBSTACLES,
    RECOMMENDATIONS,
)

# Who decides where a resolution's focal agency asks for something itself.
_ABOVE = "VPTW"
_MOST_A_BODY = 6
_LONGEST_MONTHS = 5
# A body without tasks has an obstacle of its own less often than one that leads some.
_WITHOUT_TASK = 0.5
# An extension is asked for when a task is overdue or will be soon.
_SOON = timedelta(days=60)
_ASKED_FOR_DAYS = (60, 90, 120, 180)


def obstacles(
    entries: Sequence[TaskEntry],
    periods: Sequence[Period],
    month: int,
    *,
    catalogue: Catalogue,
    player: Player,
) -> list[Obstacle]:
    """
    The obstacles a body names in one month; each keeps its number, and is named once more when it is resolved.

    Args:
        entries: Of the tasks in that month; one that is done has no obstacle left.
        month: Index into `periods`.
    """
    open_tasks: list[str | None] = [entry.task_id for entry in entries if entry.state is not TaskState.DONE]
    numbered = {entry.task_id: number for number, entry in enumerate(entries, start=1)}
    found = []
    for task_id in open_tasks or [None]:
        lasting = _lasting(player, task_id, len(periods))
        if lasting is not None and lasting[0] <= month <= lasting[1]:
            is_resolved = month == lasting[1] < len(periods) - 1
            number = numbered.get(task_id or "", 1)
            found.append(_obstacle(catalogue, player, task_id, number=number, is_resolved=is_resolved))
    return found[:_MOST_A_BODY]


def _lasting(player: Player, task_id: str | None, months: int) -> tuple[int, int] | None:
    """First and last month in which the obstacle is named; None when there is none."""
    generator = player.draws(task_id or "-", "obstacle")
    if generator.random() >= player.habits.trouble * (1 if task_id else _WITHOUT_TASK):
        return None
    first = int(generator.integers(months))
    return first, min(first + int(generator.integers(1, _LONGEST_MONTHS)), months - 1)


def _obstacle(catalogue: Catalogue, player: Player, task_id: str | None, *, number: int, is_resolved: bool) -> Obstacle:
    generator = player.draws(task_id or "-", "obstacle text")
    kind = chosen(generator, tuple(OBSTACLES))
    resolver, texts = OBSTACLES[kind]
    return Obstacle(
        number=number,
        task_id=task_id,
        kind=kind,
        text=chosen(generator, texts).format(task=_named(catalogue, task_id)),
        resolver=resolver if resolver != player.agency_id else _ABOVE,
        is_resolved=is_resolved,
    )


def _named(catalogue: Catalogue, task_id: str | None) -> str:
    return catalogue.tasks[task_id].name_vi if task_id else GENERAL_TASK


def requests(
    entries: Sequence[TaskEntry],
    period: Period,
    *,
    catalogue: Catalogue,
    player: Player,
) -> list[Request]:
    """What a body asks for in one month: more time for what is or will be overdue, or something it cannot do itself."""
    found: list[Request] = []
    for entry in entries:
        task = catalogue.tasks[entry.task_id]
        generator = player.draws(entry.task_id, "request", period.name)
        is_open = entry.state is not TaskState.DONE
        if is_open and generator.random() < player.habits.trouble / 2:
            kind = RequestKind.EXTENSION if _is_pressing(task, period.end) else RequestKind.RECOMMENDATION
            days = chosen(generator, _ASKED_FOR_DAYS) if kind is RequestKind.EXTENSION else None
            decider = catalogue.resolutions[task.resolution].focal_agency
            request = Request(
                number=len(found) + 1,
                kind=kind,
                task_id=entry.task_id,
                text=chosen(generator, EXTENSIONS if days else RECOMMENDATIONS).format(task=task.name_vi),
                decider=decider if decider != player.agency_id else _ABOVE,
                proposed_due_on=max(period.end, task.due_on or period.end) + timedelta(days=days) if days else None,
                cost_of_delay=chosen(generator, COSTS_OF_DELAY),
            )
            found.append(request)
    return found[:_MOST_A_BODY]


def _is_pressing(task: Task, day: date) -> bool:
    return task.due_on is not None and task.due_on <= day + _SOON
