"""Rows of a body's report become its entries; a row that cannot be used waits, and a finding says why."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.normalise.checks.answers import check_done, check_percent, check_ratio, check_state
from resolution_monitor.normalise.notes import Notes
from resolution_monitor.normalise.report_cells import BodyNames, RowCells
from resolution_monitor.normalise.report_tables import ReportTable
from resolution_monitor.reporting import layout
from resolution_monitor.reporting.content import (
    IndicatorEntry,
    Obstacle,
    Request,
    RequestKind,
    TaskEntry,
    TaskState,
    ValueState,
)

Entry = TypeVar("Entry")
# Sheet of the layout and the entry's key -> sheet and cell it was read from.
Places = dict[tuple[str, str], tuple[str, str]]


@dataclass(slots=True)
class RowReader:
    """
    Reads rows for one body and period.

    Attributes:
        owed: Items the body owes for the period.
        latest_day: The day the file came; nothing can have been done after it.
        places: Filled with each entry that was taken.
    """

    catalogue: Catalogue
    notes: Notes
    names: BodyNames
    owed: Collection[str]
    latest_day: date
    places: Places = field(default_factory=dict)

    def indicators(self, table: ReportTable) -> Iterator[IndicatorEntry]:
        for cells, code in self._coded(table, "indicator_id"):
            if cells.is_empty("value", "state"):
                cells.note("answer-missing", "value", code)
                continue
            value, numerator, denominator = (cells.number(name, code) for name in ("value", "numerator", "denominator"))
            state = cells.word("state", layout.VALUE_STATES)
            if cells.is_blocked:
                continue
            value, state = _settled(value, state)
            entry = IndicatorEntry(code, value, state, numerator, denominator, cells.text("explanation"))
            check_state(cells, entry)
            check_ratio(cells, entry, self.catalogue.indicators[code])
            yield from self._taken(cells, "value", layout.INDICATORS, code, entry)

    def tasks(self, table: ReportTable) -> Iterator[TaskEntry]:
        for cells, code in self._coded(table, "task_id"):
            if cells.is_empty("state"):
                cells.note("answer-missing", "state", code)
                continue
            state = cells.word("state", layout.TASK_STATES)
            done_pct, done_on = cells.number("done_pct", code), cells.day("done_on", code)
            if cells.is_blocked:
                continue
            entry = TaskEntry(code, TaskState(state), done_pct, done_on, cells.text("product"), cells.text("note"))
            check_percent(cells, entry)
            check_done(cells, entry, self.latest_day)
            yield from self._taken(cells, "state", layout.TASKS, code, entry)

    def obstacles(self, table: ReportTable) -> Iterator[Obstacle]:
        for cells, number in self._numbered(table):
            kind = cells.word("kind", layout.OBSTACLE_KINDS)
            is_resolved = cells.word("is_resolved", {True: layout.YES, False: layout.NO})
            task_id, resolver = self._task(cells), cells.body("resolver", self.names)
            _require(cells, "kind", "text")
            if not cells.is_blocked:
                entry = Obstacle(number, task_id, str(kind), cells.text("text"), resolver, bool(is_resolved))
                yield from self._taken(cells, "text", layout.OBSTACLES, str(number), entry)

    def requests(self, table: ReportTable) -> Iterator[Request]:
        for cells, number in self._numbered(table):
            kind = cells.word("kind", layout.REQUEST_KINDS)
            task_id, decider = self._task(cells), cells.body("decider", self.names)
            due_on = cells.day("proposed_due_on", f"STT {number}")
            _require(cells, "kind", "text")
            if kind is RequestKind.EXTENSION and due_on is None and not cells.is_blocked:
                cells.note("extension-without-date", "proposed_due_on", f"STT {number}")
            if not cells.is_blocked:
                text, cost = cells.text("text"), cells.text("cost_of_delay")
                entry = Request(number, RequestKind(kind), task_id, text, decider, due_on, cost)
                yield from self._taken(cells, "text", layout.REQUESTS, str(number), entry)

    def _coded(self, table: ReportTable, field: str) -> Iterator[tuple[RowCells, str]]:
        """Rows with the code of an item that is owed, each once."""
        seen: dict[str, str] = {}
        known = self.catalogue.indicators if field == "indicator_id" else self.catalogue.tasks
        for row in table.rows():
            cells = RowCells(table, row, self.notes)
            code = self._code(cells, field)
            if code in seen:
                cells.note("duplicate-code", field, code, first=seen[code])
                continue
            seen[code] = cells.place(field)[1]
            if code in self.owed and code in known:
                yield cells, code
            else:
                cells.note("item-not-owed" if code in known else "unknown-code", field, code)

    def _code(self, cells: RowCells, field: str) -> str:
        """A code as written; one that a spreadsheet made a number of (57.1) becomes the item owed that it can be."""
        held = cells.table.held(cells.row, field)
        if isinstance(held, float):
            meant = [item for item in self.owed if item.replace(".", "", 1).isdigit() and float(item) == held]
            return meant[0] if len(meant) == 1 else cells.text(field)
        return cells.text(field)

    def _numbered(self, table: ReportTable) -> Iterator[tuple[RowCells, int]]:
        """Rows that say more than their number; one without a number gets the next that is free."""
        used: dict[int, str] = {}
        told = [name for name in table.columns if name not in ("number", "is_resolved")]
        for row in table.rows():
            cells = RowCells(table, row, self.notes)
            if cells.is_empty(*told):
                continue
            number = self._number(cells, next_free=max(used, default=0) + 1)
            if number in used:
                cells.note("duplicate-code", "number", f"STT {number}", first=used[number])
            elif not cells.is_blocked:
                used[number] = cells.place("number")[1]
                yield cells, number

    def _number(self, cells: RowCells, next_free: int) -> int:
        value = cells.number("number", cells.text("text")[:40])
        if value is None:
            return next_free
        if value != int(value) or not 0 < value < 1_000_000:
            cells.note("not-a-number", "number", cells.text("number"), body=cells.text("text")[:40])
        return int(value)

    def _task(self, cells: RowCells) -> str | None:
        """A task that the row speaks of; it may be another body's."""
        code = cells.text("task_id")
        if code and code not in self.catalogue.tasks:
            cells.note("unknown-code", "task_id", code)
        return code or None

    def _taken(self, cells: RowCells, field: str, sheet: str, key: str, entry: Entry) -> Iterator[Entry]:
        if not cells.is_blocked:
            self.places[sheet, key] = cells.place(field)
            yield entry


def _require(cells: RowCells, *names: str) -> None:
    for name in names:
        if cells.is_empty(name):
            cells.note("answer-missing", name, layout.HEADINGS[cells.table.name][name])


def _settled(value: Decimal | None, state: ValueState | None) -> tuple[Decimal | None, ValueState]:
    """A state where only a value stands, a value where the state alone says zero."""
    if state is None:
        return value, ValueState.ZERO if value == 0 else ValueState.REPORTED
    return (Decimal(0) if value is None and state is ValueState.ZERO else value), ValueState(state)
