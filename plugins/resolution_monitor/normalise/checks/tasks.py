"""What the row of a task must hold: state, share, day and product that agree, and a reason where it is late."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from resolution_monitor.catalogue.entries import Task
from resolution_monitor.ledger.closings import Closed
from resolution_monitor.normalise.checks.slips import shown_number
from resolution_monitor.normalise.report_cells import RowCells
from resolution_monitor.normalise.report_tables import folded
from resolution_monitor.reporting.content import Schedule, TaskEntry, TaskState
from resolution_monitor.reporting.documents import document_numbers, has_symbol, names_document
from resolution_monitor.reporting.layout import TASK_STATES
from resolution_monitor.wording import day

_WHOLE = Decimal(100)
_MOST_NAMED = 5
_MISSING = {"done_on": "ngày hoàn thành", "product": "số, ký hiệu văn bản hoặc sản phẩm"}


@dataclass(frozen=True, slots=True)
class TaskGround:
    """
    What a task's row is held against.

    Attributes:
        begins_on: The day of its resolution; nothing of it was done before.
        period_end: The last day of the period that is reported.
        latest_day: The day the file came.
        claimed_from: The first day that the file can speak for: of its period, or of that in which it came too late.
        last_state, last_pct: What was said for the period before; None where it is not known.
        closed: What stands of it as done for good; None while it is open.
    """

    task: Task
    begins_on: date
    period_end: date
    latest_day: date
    claimed_from: date
    last_state: TaskState | None = None
    last_pct: Decimal | None = None
    closed: Closed | None = None

    @property
    def is_overdue(self) -> bool:
        """Past a day that a source gives; one that is only assumed makes nobody late."""
        due_on = self.task.due_on
        return due_on is not None and not self.task.is_due_assumed and due_on < self.period_end


def check_task(cells: RowCells, entry: TaskEntry, ground: TaskGround) -> None:
    """One row of the sheet Nhiệm vụ."""
    if ground.closed is not None:
        check_closed(cells, entry, ground.closed, ground.period_end)
        if cells.is_blocked:
            return
    check_share(cells, entry)
    check_done(cells, entry, ground)
    if entry.state is TaskState.DONE:
        check_evidence(cells, entry)
    if not cells.is_blocked:
        check_schedule(cells, entry, ground)
        if ground.closed is None:
            check_progress(cells, entry, ground)


def check_closed(cells: RowCells, entry: TaskEntry, closed: Closed, period_end: date) -> None:
    """
    What stands of a task that is done is not changed by its sender: neither state, nor day, nor product.

    Source: docs/method.md, clause 2.5.
    """
    item, since = entry.task_id, day(closed.since)
    if entry.state is not TaskState.DONE:
        if period_end >= closed.since:
            cells.note("closed-state-differs", "state", TASK_STATES[entry.state], item=item, since=since)
        return
    if entry.done_on is not None and closed.done_on is not None and entry.done_on != closed.done_on:
        told = {"accepted": day(closed.done_on), "since": since}
        cells.note("closed-day-differs", "done_on", day(entry.done_on), item=item, **told)
    if entry.product and closed.product and folded(entry.product) != folded(closed.product):
        told = {"accepted": closed.product[:60], "since": since}
        cells.note("closed-product-differs", "product", entry.product[:60], item=item, **told)


def check_share(cells: RowCells, entry: TaskEntry) -> None:
    """What is done lies from 0 to 100 and fits the state; 0.5 is more often 50% of a cell shown as percent."""
    share, state, item = entry.done_pct, entry.state, entry.task_id
    if share is None:
        if state is TaskState.UNDER_WAY:
            cells.note("share-missing", "done_pct", None, item=item)
        return
    told = shown_number(share)
    if not 0 <= share <= _WHOLE:
        cells.note("percent-out-of-range", "done_pct", told, item=item)
    elif 0 < share < 1 or (share == 1 and state is TaskState.DONE):
        cells.note("percent-looks-small", "done_pct", told, item=item)
    elif state is TaskState.DONE and share < _WHOLE:
        cells.note("done-below-hundred", "done_pct", told, item=item)
    elif state is TaskState.NOT_STARTED and share > 0:
        cells.note("not-started-with-share", "done_pct", told, item=item)
    elif state is TaskState.UNDER_WAY and share == _WHOLE:
        cells.note("hundred-not-done", "state", TASK_STATES[state], item=item)


def check_done(cells: RowCells, entry: TaskEntry, ground: TaskGround) -> None:
    """What is done has a product with its number, and a day that has come, after the task began."""
    done_on, item = entry.done_on, entry.task_id
    if done_on is not None:
        if done_on > ground.latest_day:
            latest = day(ground.latest_day)
            cells.note("date-in-future", "done_on", day(done_on), item=item, latest=latest)
        elif done_on < ground.begins_on:
            cells.note("done-before-begun", "done_on", day(done_on), item=item, begun=day(ground.begins_on))
        elif entry.state is not TaskState.DONE:
            cells.note("day-without-done", "done_on", day(done_on), item=item, state=TASK_STATES[entry.state])
        elif ground.closed is None and done_on < ground.claimed_from:
            # Until a named person verified the document, the later day counts (docs/method.md, clause 2.5).
            begun = day(ground.claimed_from)
            cells.note("done-before-first-report", "done_on", day(done_on), item=item, begun=begun)
    missing = [name for name in ("done_on", "product") if not getattr(entry, name)]
    if entry.state is TaskState.DONE and missing:
        told = " và ".join(_MISSING[name] for name in missing)
        cells.note("done-without-product", missing[0], item, missing=told)


def check_evidence(cells: RowCells, entry: TaskEntry) -> None:
    if entry.product and not has_symbol(entry.product):
        cells.note("product-without-number", "product", entry.product[:60], item=entry.task_id)
    if not entry.evidence and "evidence" in cells.table.columns:
        cells.note("evidence-missing", "evidence", None, item=entry.task_id)


def check_schedule(cells: RowCells, entry: TaskEntry, ground: TaskGround) -> None:
    """What is past its day and not done is late, whatever is said, and has a reason."""
    if entry.state is TaskState.DONE or not ground.is_overdue or ground.task.due_on is None:
        return
    due_on = day(ground.task.due_on)
    if entry.schedule is Schedule.ON_TIME:
        cells.note("on-time-though-overdue", "schedule", cells.text("schedule"), item=entry.task_id, due=due_on)
    else:
        cells.note("overdue-without-reason", "state", TASK_STATES[entry.state], item=entry.task_id, due=due_on)


def check_progress(cells: RowCells, entry: TaskEntry, ground: TaskGround) -> None:
    """A state, or a share, that goes back."""
    order = list(TaskState)
    last_state, last_pct = ground.last_state, ground.last_pct
    if last_state is not None and order.index(entry.state) < order.index(last_state):
        told = {"state": TASK_STATES[entry.state], "last": TASK_STATES[last_state]}
        cells.note("state-goes-back", "state", entry.task_id, **told)
    elif entry.done_pct is not None and last_pct is not None and entry.done_pct < last_pct:
        last = shown_number(last_pct)
        cells.note("share-falls", "done_pct", shown_number(entry.done_pct), item=entry.task_id, last=last)


def check_products(
    rows: Sequence[tuple[RowCells, TaskEntry]],
    closed: Container[str],
    tasks: Mapping[str, Task],
    proven: Callable[[TaskEntry], Sequence[str]],
) -> None:
    """
    A document proves one subject; that it proves a second is for a named person to say.

    Parts of one task are one subject. Of two rows that claim the same document neither is believed, unless the other
    is closed and stands.

    Args:
        closed: Items of which the report changes nothing.
        proven: Of a row the other items that its document proves by reports before.
    """
    done = [(entry, document_numbers(entry.product)) for _, entry in rows if entry.state is TaskState.DONE]
    for cells, entry in rows:
        if entry.state is not TaskState.DONE or entry.task_id in closed or not names_document(entry.product):
            continue
        own = document_numbers(entry.product)
        others = [other.task_id for other, numbers in done if own & numbers and _is_same_year(entry, other)]
        subject = _subject(tasks, entry.task_id)
        foreign = [item for item in dict.fromkeys([*others, *proven(entry)]) if _subject(tasks, item) != subject]
        if foreign:
            named = ", ".join(f"«{item}»" for item in foreign[:_MOST_NAMED])
            cells.note("product-of-another", "product", entry.product[:60], item=entry.task_id, others=named)


def _is_same_year(entry: TaskEntry, other: TaskEntry) -> bool:
    """Numbers begin anew every year."""
    days = entry.done_on, other.done_on
    return None in days or entry.done_on.year == other.done_on.year  # type: ignore[union-attr]


def _subject(tasks: Mapping[str, Task], item: str) -> str:
    task = tasks.get(item)
    return task.parent if task and task.parent else item
