"""What an obstacle or a request must hold, and that it does not contradict what is said of its task."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from resolution_monitor.catalogue.entries import Task
from resolution_monitor.normalise.report_cells import RowCells
from resolution_monitor.normalise.report_tables import folded
from resolution_monitor.reporting.content import Obstacle, Request, RequestKind, TaskEntry, TaskState
from resolution_monitor.wording import day

# Of a text that says what stands in the way, or what is asked for.
_FEWEST_LETTERS = 10


@dataclass(frozen=True, slots=True)
class RemarkGround:
    """
    What remarks are held against.

    Attributes:
        reported: Tasks of the same report as it states them.
        own: Tasks that the body leads or helps with.
        names: Code and folded names of the body itself.
    """

    agency_id: str
    period_end: date
    tasks: Mapping[str, Task]
    reported: Mapping[str, TaskEntry]
    own: Collection[str]

    def is_done(self, task_id: str | None) -> bool:
        entry = self.reported.get(task_id or "")
        return entry is not None and entry.state is TaskState.DONE


def check_obstacle(cells: RowCells, entry: Obstacle, ground: RemarkGround) -> None:
    """One row of the sheet Vướng mắc."""
    _check_text(cells, entry.text)
    _check_task(cells, entry.task_id, ground)
    if not entry.is_resolved and ground.is_done(entry.task_id):
        cells.note("obstacle-on-done", "task_id", entry.task_id)
    _check_somebody(cells, "resolver", entry.resolver, ground, is_needed=not entry.is_resolved)


def check_request(cells: RowCells, entry: Request, ground: RemarkGround) -> None:
    """One row of the sheet Đề nghị."""
    _check_text(cells, entry.text)
    _check_task(cells, entry.task_id, ground)
    _check_somebody(cells, "decider", entry.decider, ground, is_needed=True)
    if entry.kind is RequestKind.EXTENSION:
        _check_extension(cells, entry, ground)


def _check_extension(cells: RowCells, entry: Request, ground: RemarkGround) -> None:
    """More time is asked for a task that is open, until a day after the present one."""
    if entry.task_id is None:
        cells.note("extension-without-task", "task_id", f"STT {entry.number}")
        return
    if ground.is_done(entry.task_id):
        cells.note("extension-of-done", "task_id", entry.task_id)
    proposed, due_on = entry.proposed_due_on, ground.tasks[entry.task_id].due_on
    if proposed is None:
        cells.note("extension-without-date", "proposed_due_on", f"STT {entry.number}")
    elif proposed <= (earliest := max(due_on or ground.period_end, ground.period_end)):
        told = {"item": entry.task_id, "earliest": day(earliest)}
        cells.note("extension-not-later", "proposed_due_on", day(proposed), **told)


def _check_text(cells: RowCells, text: str) -> None:
    if 0 < len(text) < _FEWEST_LETTERS:
        cells.note("text-too-short", "text", text)


def _check_task(cells: RowCells, task_id: str | None, ground: RemarkGround) -> None:
    if task_id is not None and task_id in ground.tasks and task_id not in ground.own:
        cells.note("task-not-own", "task_id", task_id)


def _check_somebody(
    cells: RowCells, field: str, agency_id: str | None, ground: RemarkGround, *, is_needed: bool
) -> None:
    """Who could help is named, and is somebody else."""
    if agency_id == ground.agency_id:
        cells.note("named-body-is-own", field, cells.text(field))
    elif is_needed and cells.is_blank(field):
        cells.note("named-body-missing", field, cells.text("text")[:60])


def check_repeated(rows: Collection[tuple[RowCells, str]]) -> None:
    """The same words twice are one remark."""
    first: dict[str, str] = {}
    for cells, text in rows:
        key = f"{cells.text('task_id')} {folded(text)}"
        if key in first:
            cells.note("text-twice", "text", text[:60], first=first[key])
        first.setdefault(key, cells.place("text")[1])
