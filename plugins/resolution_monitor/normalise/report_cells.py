"""One row of a body's report, cell by cell: numbers, days, words and codes, or a finding in their place."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from resolution_monitor.catalogue.entries import BodyGroup, Catalogue
from resolution_monitor.catalogue.names import NameIndex, is_no_body
from resolution_monitor.normalise.days import read_day
from resolution_monitor.normalise.looks import is_dash, looked_at
from resolution_monitor.normalise.notes import Notes
from resolution_monitor.normalise.report_tables import ReportTable, folded, is_empty
from resolution_monitor.normalise.unseen import unsettled
from resolution_monitor.normalise.values import clean, number_of, sure_number, text_of
from resolution_monitor.period import Period
from resolution_monitor.reporting import layout
from resolution_monitor.reporting.content import TaskState
from resolution_monitor.terms import CellValue, cell_address
from resolution_monitor.wording import day as written_day

# What to do where there is no number, by the field that asks for it.
_LEAVE_EMPTY = "để trống ô"
_OTHERWISE = {"value": "để trống ô, chọn tình trạng số liệu và nêu lý do ở cột Giải trình"}
_DOT_OF_THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3})")
_CODE_MARK = " - "
# Fewer letters are no reason: a dot or "ok" fills a cell and says nothing.
FEWEST_REASON_LETTERS = 10
# Longer texts are hardly ever met twice.
_SHORT = 100
_GROUPS: tuple[BodyGroup, ...] = ("central", "province_body", "province")


class RowCells:
    """
    The cells of one row; `is_blocked` once one of them cannot be used.

    Every method gives None for a cell that is empty or cannot be read; in the second case a finding says so.
    """

    def __init__(self, table: ReportTable, row: int, notes: Notes) -> None:
        self.table = table
        self.row = row
        self.is_blocked = False
        self._notes = notes
        self._cells = table.sheet.rows[row] if row < len(table.sheet.rows) else ()
        self._columns = table.columns
        self._unsettled: set[str] = set()
        if table.sheet.errors or table.sheet.formulas or table.sheet.struck:
            self._tell_unsettled()

    def _tell_unsettled(self) -> None:
        for field, column in self._columns.items():
            if broken := unsettled(self.table.sheet, self.row, column):
                self.note(broken.check, field, broken.value)
                self._unsettled.add(field)
            elif (self.row, column) in self.table.sheet.struck:
                self.note("struck-part", field, shown(self.held(field)))

    def note(self, check: str, field: str, value: str | None = None, **details: str) -> None:
        """
        A finding on the cell of a field, or on the row's first where the table lacks that column.

        Where the check asks for a reason and the row gives one, or needs a decision that a person took, that is noted
        in its place and the row may go in.
        """
        if field in self._unsettled:
            return  # the cell holds an error or a formula without a value, which is told already
        sheet, cell = self.place(field)
        if decision := self._notes.decision(check, details.get("item")):
            self._notes.add_justified(check, sheet=sheet, cell=cell, value=value, justification=decision, **details)
            return
        if self._notes.asks_for_reason(check):
            reason = layout.JUSTIFICATIONS[self.table.name]
            details["fill"] = self.place(reason)[1]
            given = self.text(reason)
            counts = not self._notes.needs_figure(check) or _names_figure(given, value or "")
            if counts and len(given) >= FEWEST_REASON_LETTERS:
                self._notes.add_justified(check, sheet=sheet, cell=cell, value=value, justification=given, **details)
                return
        self.is_blocked |= self._notes.add(check, sheet=sheet, cell=cell, value=value, **details)

    def place(self, field: str) -> tuple[str, str]:
        """Sheet and cell of a field; a reason whose column is missing belongs right of the table."""
        if field not in self.table.columns and field == layout.JUSTIFICATIONS[self.table.name]:
            return self.table.sheet.name, cell_address(self.row, self.table.free_column)
        known = field if field in self.table.columns else next(iter(self.table.columns))
        return self.table.sheet.name, self.table.address(self.row, known)

    def held(self, field: str) -> CellValue:
        """What stands there as the file holds it."""
        column = self._columns.get(field)
        return self._cells[column] if column is not None and column < len(self._cells) else None

    def all_held(self) -> list[CellValue]:
        """What stands in the columns of the table."""
        return [self.held(field) for field in self._columns]

    def first_text(self) -> str:
        """What a person sees first in the row."""
        return next((shown(held) for held in self.all_held() if not is_empty(held)), "")[:60]

    def is_empty(self, *fields: str) -> bool:
        return all(is_empty(self.held(field)) for field in fields)

    def text(self, field: str) -> str:
        """Empty where nothing stands."""
        held = self.held(field)
        return "" if held is None else shown(held)

    def is_blank(self, *fields: str) -> bool:
        """Whether nothing is answered: the cells are empty, or hold the bar that tables write for nothing."""
        return all(is_empty(held) or is_dash(held) for held in map(self.held, fields))

    def number(self, field: str, item: str, unit: str = "") -> Decimal | None:
        """
        The number that a cell shows.

        Args:
            unit: As it is printed; where it is none of a share, "81,3 %" is no answer.
        """
        held = self.held(field)
        if held is None or self.is_blank(field) or field in self._unsettled:
            return None
        looked = looked_at(self.table.sheet, self.row, self._columns[field], held, unit)
        if looked.check is not None:
            self.note(looked.check, field, looked.told, item=item, unit=unit)
        if looked.value is None:
            return None
        written = _without_percent(looked.value)
        value = number_of(written, dot_groups_thousands=False)
        value = sure_number(written, is_typed=self.table.is_typed) if value is None else value
        if value is None:
            self.note("not-a-number", field, shown(held), body=item, otherwise=_OTHERWISE.get(field, _LEAVE_EMPTY))
        return value

    def day(self, field: str, item: str) -> date | None:
        held = self.held(field)
        if self.is_blank(field):
            return None
        found = read_day(held)
        if found is None:
            self.note("not-a-date", field, shown(held), item=item)
            return None
        if found.told:
            self.note("day-with-time", field, found.told, item=item, day=written_day(found.day))
        return found.day

    def word(self, field: str, words: Mapping[Any, str]) -> Any:
        """The code of a word, or of the code itself."""
        held = self.held(field)
        if self.is_blank(field):
            return None
        code = _codes(tuple(words.items())).get(folded(shown(held)))
        if code is None:
            self.note("word-not-known", field, shown(held), expected="; ".join(words.values()))
        return code

    def body(self, field: str, names: "BodyNames") -> str | None:
        """agency_id of a body named by its code, "BTC - Bộ Tài chính", or its name."""
        written = self.text(field)
        if self.is_blank(field):
            return None
        agency_id = names.agency_id(written)
        if agency_id is None:
            self.note("name-not-a-body" if names.is_none(written) else "named-body-unknown", field, written)
        return agency_id


def _names_figure(reason: str, figure: str) -> bool:
    """Whether a reason repeats a figure, with or without dots between its thousands."""
    bare = figure.replace(".", "")
    return bool(re.search(rf"(?<![\d,]){re.escape(bare)}(?![\d]|,\d)", _DOT_OF_THOUSANDS.sub("", reason)))


def last_told(text: str) -> tuple[TaskState | None, Decimal | None]:
    """State and share of a task as our template prints them: "Đang thực hiện, 45%"; None for what is not there."""
    word, _, share = text.partition(",")
    state = _codes(tuple(layout.TASK_STATES.items())).get(folded(word)) if word else None
    pct = number_of(share.strip().removesuffix("%"), dot_groups_thousands=False) if share else None
    return state, pct


class BodyNames:
    """Bodies by code or by name, for one period; names are only indexed where one is written."""

    def __init__(self, catalogue: Catalogue, period: Period) -> None:
        self._catalogue = catalogue
        self._period = period
        self._indexes: list[NameIndex] = []

    def is_none(self, written: str) -> bool:
        """Whether a person decided that the name means no body."""
        return is_no_body(self._catalogue, written)

    def agency_id(self, written: str) -> str | None:
        code = written.split(_CODE_MARK)[0].strip()
        if code in self._catalogue.bodies:
            return code
        if not self._indexes:
            self._indexes = [NameIndex(self._catalogue, group) for group in _GROUPS]
        found = (index.resolve(written, self._period) for index in self._indexes)
        return next((body.agency_id for body in found if body is not None), None)


@lru_cache(maxsize=16)
def _codes(words: tuple[tuple[Any, str], ...]) -> dict[str, Any]:
    """Folded word, or folded code, -> code. JSON holds codes, true and false; sheets hold words."""
    return {folded(word): code for code, word in words} | {folded(str(code)): code for code, _ in words}


def shown(held: CellValue) -> str:
    """What a cell shows; a day as it is written here."""
    if isinstance(held, (datetime, date)):
        return written_day(held)
    if isinstance(held, str):
        return _cleaned(held) if len(held) <= _SHORT else clean(held)
    return text_of(held)


@lru_cache(maxsize=4096)
def _cleaned(text: str) -> str:
    """Codes, names and words of lists stand in every file: each is cleaned once."""
    return clean(text)


def _without_percent(held: CellValue) -> CellValue:
    return clean(held).removesuffix("%").rstrip() if isinstance(held, str) else held
