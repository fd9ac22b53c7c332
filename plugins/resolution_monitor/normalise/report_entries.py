"""Rows of a body's report become its entries; a row that cannot be used waits, and a finding says why."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.ledger.claims import claimed_from
from resolution_monitor.ledger.closings import Closed
from resolution_monitor.ledger.items import calendar_of
from resolution_monitor.method.nothing_to_report import Cases
from resolution_monitor.normalise.checks.closed import check_closed_figure
from resolution_monitor.normalise.checks.figures import check_figure, check_parts
from resolution_monitor.normalise.checks.nothing import says_nothing
from resolution_monitor.normalise.checks.peers import Peers, check_peers
from resolution_monitor.normalise.checks.prefilled import check_indicator_cells, check_lengths, check_task_cells
from resolution_monitor.normalise.checks.remarks import RemarkGround, check_obstacle, check_repeated, check_request
from resolution_monitor.normalise.checks.slips import check_columns, check_exchanged, check_likely, check_targets
from resolution_monitor.normalise.checks.tasks import TaskGround, check_products, check_task
from resolution_monitor.normalise.codes import meant_code, written_code
from resolution_monitor.normalise.footings import is_below_remarks, is_footing
from resolution_monitor.normalise.notes import Notes
from resolution_monitor.normalise.report_cells import BodyNames, RowCells, last_told
from resolution_monitor.normalise.report_tables import ReportTable
from resolution_monitor.normalise.value_states import settled, state_in_words
from resolution_monitor.normalise.values import number_of, ordinal_of
from resolution_monitor.period import TIME_ZONE, Period
from resolution_monitor.reporting import layout
from resolution_monitor.reporting.content import (
    IndicatorEntry,
    Obstacle,
    Request,
    RequestKind,
    TaskEntry,
    TaskState,
)

Entry = TypeVar("Entry")
# Sheet of the layout and the entry's key -> sheet and cell it was read from.
Places = dict[tuple[str, str], tuple[str, str]]
_MOST_NUMBER = 1_000_000


@dataclass(slots=True)
class RowReader:
    """
    Reads rows for one body and period.

    Attributes:
        owed: Items the body owes for the period, or would were they open, and from when each is asked for.
        peers: By item the figures of other bodies for a period before; empty where nobody can know.
        closed: What stands of its items that are closed; whoever goes on reporting them changes nothing by it.
        received_at: When the file came; nothing can have been done after that day.
        before: Figures of the body's report before; empty where there is none, or nobody can know.
        proven: Of a task the items that its document proves by reports before.
        cases: Of an indicator what its share was made of in the body's reports before, in order of periods.
        places: Filled with each entry that was taken.
        reported: Filled with the tasks that were taken: what else is said is held against them.
    """

    catalogue: Catalogue
    notes: Notes
    names: BodyNames
    agency_id: str
    period: Period
    owed: Mapping[str, datetime]
    received_at: datetime
    before: Mapping[str, Decimal]
    closed: Mapping[str, Closed] = field(default_factory=dict)
    peers: Peers = field(default_factory=dict)
    cases: Callable[[str], Sequence[Cases]] = lambda item: ()
    proven: Callable[[TaskEntry], Sequence[str]] = lambda entry: ()
    places: Places = field(default_factory=dict)
    reported: dict[str, TaskEntry] = field(default_factory=dict)

    def indicators(self, table: ReportTable) -> Iterator[IndicatorEntry]:
        known = self.catalogue.indicators
        rows: dict[str, tuple[RowCells, IndicatorEntry]] = {}
        lasts: dict[str, Decimal | None] = {}
        for cells, code in self._coded(table, "indicator_id"):
            check_indicator_cells(cells, known[code])
            stands_for = state_in_words(cells)
            if cells.is_blank("value", "state"):
                cells.note("answer-missing", "value", code)
                continue
            value = None if stands_for else cells.number("value", code, known[code].unit)
            numerator, denominator = (cells.number(name, code) for name in ("numerator", "denominator"))
            state = stands_for if cells.is_blank("state") else cells.word("state", layout.VALUE_STATES)
            if cells.is_blocked:
                continue
            value, state = settled(value, state)
            entry = IndicatorEntry(code, value, state, numerator, denominator, cells.text("explanation"))
            closed = self.closed.get(code)
            check_figure(cells, entry, known[code], self.cases(code) if says_nothing(entry) else ())
            rows[code] = cells, entry
            if closed is not None:
                check_closed_figure(cells, entry, known[code], closed, self.period)
                continue
            lasts[code] = self._last_value(cells, code)
            if not check_likely(cells, entry, known[code], lasts[code], self.period):
                check_peers(cells, entry, known[code], lasts[code], self.peers.get(code, ()))
            check_columns(cells, entry, self.before.get(code))
        still_open = {code: row for code, row in rows.items() if code in lasts}
        check_parts(rows, known)
        check_exchanged(still_open, lasts, known, self.period)
        check_targets(still_open, lasts, known, self.period)
        yield from self._taken(layout.INDICATORS, "value", ((cells, code, one) for code, (cells, one) in rows.items()))

    def tasks(self, table: ReportTable) -> Iterator[TaskEntry]:
        rows = []
        for cells, code in self._coded(table, "task_id"):
            check_task_cells(cells, self.catalogue.tasks[code])
            if cells.is_blank("state"):
                cells.note("answer-missing", "state", code)
                continue
            state, schedule = cells.word("state", layout.TASK_STATES), cells.word("schedule", layout.SCHEDULES)
            done_pct, done_on = cells.number("done_pct", code, "%"), cells.day("done_on", code)
            if cells.is_blocked:
                continue
            product, note, evidence = (cells.text(name) for name in ("product", "note", "evidence"))
            entry = TaskEntry(code, TaskState(state), done_pct, done_on, product, note, evidence, schedule)
            check_task(cells, entry, self._ground(cells, code))
            rows.append((cells, entry))
        check_products(rows, self.closed, self.catalogue.tasks, self.proven)
        for entry in self._taken(layout.TASKS, "state", ((cells, one.task_id, one) for cells, one in rows)):
            self.reported[entry.task_id] = entry
            yield entry

    def obstacles(self, table: ReportTable) -> Iterator[Obstacle]:
        rows, ground = [], self._remark_ground()
        for cells, number in self._numbered(table):
            kind = cells.word("kind", layout.OBSTACLE_KINDS)
            is_resolved = cells.word("is_resolved", {True: layout.YES, False: layout.NO})
            task_id, resolver = self._task(cells), cells.body("resolver", self.names)
            _require(cells, "kind", "text")
            if not cells.is_blocked:
                entry = Obstacle(number, task_id, str(kind), cells.text("text"), resolver, bool(is_resolved))
                check_obstacle(cells, entry, ground)
                rows.append((cells, str(number), entry))
        check_repeated([(cells, entry.text) for cells, _, entry in rows])
        yield from self._taken(layout.OBSTACLES, "text", rows)

    def requests(self, table: ReportTable) -> Iterator[Request]:
        rows, ground = [], self._remark_ground()
        for cells, number in self._numbered(table):
            kind = cells.word("kind", layout.REQUEST_KINDS)
            task_id, decider = self._task(cells), cells.body("decider", self.names)
            due_on = cells.day("proposed_due_on", f"STT {number}")
            _require(cells, "kind", "text")
            if not cells.is_blocked:
                text, cost = cells.text("text"), cells.text("cost_of_delay")
                entry = Request(number, RequestKind(kind), task_id, text, decider, due_on, cost)
                check_request(cells, entry, ground)
                rows.append((cells, str(number), entry))
        check_repeated([(cells, entry.text) for cells, _, entry in rows])
        yield from self._taken(layout.REQUESTS, "text", rows)

    @property
    def latest_day(self) -> date:
        return self.received_at.astimezone(TIME_ZONE).date()

    def _last_value(self, cells: RowCells, code: str) -> Decimal | None:
        """What was kept of the report before; where that is not known, what our template printed beside the cell."""
        if code in self.before:
            return self.before[code]
        return number_of(cells.held("last_value"), dot_groups_thousands=False)

    def _ground(self, cells: RowCells, code: str) -> TaskGround:
        task = self.catalogue.tasks[code]
        last_state, last_pct = last_told(cells.text("last_told"))
        return TaskGround(
            task=task,
            begins_on=self.catalogue.resolutions[task.resolution].issued_on,
            period_end=self.period.end,
            latest_day=self.latest_day,
            claimed_from=claimed_from(
                self.catalogue.period_calendars[calendar_of(task)],
                self.catalogue.working_days,
                self.period,
                self.received_at,
            ),
            last_state=last_state,
            last_pct=self.before.get(code, last_pct),
            closed=self.closed.get(code),
        )

    def _remark_ground(self) -> RemarkGround:
        tasks, mine = self.catalogue.tasks, self.agency_id
        own = {key for key, task in tasks.items() if mine == task.lead or mine in task.coordinating}
        own |= {task.parent for key in own if (task := tasks[key]).parent is not None}
        return RemarkGround(mine, self.period.end, tasks, self.reported, own)

    def _coded(self, table: ReportTable, field: str) -> Iterator[tuple[RowCells, str]]:
        """Rows with the code of an item that is owed, each once."""
        seen: dict[str, str] = {}
        known = self.catalogue.indicators if field == "indicator_id" else self.catalogue.tasks
        for row in table.rows():
            cells = RowCells(table, row, self.notes)
            code = meant_code(cells.held(field), cells.text(field), self.owed, known)
            if code == layout.EXAMPLE:
                continue
            if code not in known and is_footing(cells, field):
                cells.note("row-not-read", field, cells.first_text())
                continue
            if not code:
                cells.note("row-without-code", field, cells.first_text())
                continue
            if code in seen:
                cells.note("duplicate-code", field, code, first=seen[code])
                continue
            seen[code] = cells.place(field)[1]
            if code in self.owed and code in known:
                yield cells, code
            else:
                cells.note("item-not-owed" if code in known else "unknown-code", field, code)

    def _numbered(self, table: ReportTable) -> Iterator[tuple[RowCells, int]]:
        """Rows that say more than their number; one without a number gets the next that is free."""
        used: dict[int, str] = {}
        told = [name for name in table.columns if name not in ("number", "is_resolved")]
        for row in table.rows():
            cells = RowCells(table, row, self.notes)
            if cells.is_empty(*told) or cells.text("number") == layout.EXAMPLE:
                continue
            if is_below_remarks(cells):
                cells.note("row-not-read", "number", cells.first_text())
                continue
            check_lengths(cells)
            number = self._number(cells, next_free=max(used, default=0) + 1)
            if number in used:
                cells.note("duplicate-code", "number", f"STT {number}", first=used[number])
            elif not cells.is_blocked:
                used[number] = cells.place("number")[1]
                yield cells, number

    def _number(self, cells: RowCells, next_free: int) -> int:
        written = cells.text("number")
        if not written or cells.is_blank("number"):
            return next_free
        number = ordinal_of(written)
        if number is None or not 0 < number < _MOST_NUMBER:
            cells.note("row-number-not-read", "number", written)
        return number or 0

    def _task(self, cells: RowCells) -> str | None:
        """A task that the row speaks of; it may be another body's."""
        code = "" if cells.is_blank("task_id") else written_code(cells.text("task_id"), self.catalogue.tasks)
        if code and code not in self.catalogue.tasks:
            cells.note("unknown-code", "task_id", code)
        return code or None

    def _taken(self, sheet: str, field: str, rows: Iterable[tuple[RowCells, str, Entry]]) -> Iterator[Entry]:
        """Entries of the rows that nothing keeps out, once every check has looked at them."""
        for cells, key, entry in rows:
            if not cells.is_blocked:
                self.places[sheet, key] = cells.place(field)
                yield entry


def _require(cells: RowCells, *names: str) -> None:
    for name in names:
        if cells.is_blank(name):
            cells.note("answer-missing", name, layout.HEADINGS[cells.table.name][name])
