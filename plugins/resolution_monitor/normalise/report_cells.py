"""One row of a body's report, cell by cell: numbers, days, words and codes, or a finding in their place."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from resolution_monitor.catalogue.entries import BodyGroup, Catalogue
from resolution_monitor.catalogue.names import NameIndex, fold, is_no_body
from resolution_monitor.normalise.notes import Notes
from resolution_monitor.normalise.report_tables import ReportTable
from resolution_monitor.normalise.unseen import unsettled
from resolution_monitor.normalise.values import clean, is_blank, number_of, text_of
from resolution_monitor.period import Period
from resolution_monitor.terms import CellValue
from resolution_monitor.wording import day as written_day

_DAY = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})", re.ASCII)
_ISO_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:T00:00:00)?", re.ASCII)
_CODE_MARK = " - "
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
        self._unsettled: set[str] = set()
        for field, column in table.columns.items():
            if broken := unsettled(table.sheet, row, column):
                self.note(broken.check, field, broken.value)
                self._unsettled.add(field)

    def note(self, check: str, field: str, value: str | None = None, **details: str) -> None:
        """A finding on the cell of a field, or on the row's first where the table lacks that column."""
        if field in self._unsettled:
            return  # the cell holds an error or a formula without a value, which is told already
        sheet, cell = self.place(field)
        self.is_blocked |= self._notes.add(check, sheet=sheet, cell=cell, value=value, **details)

    def place(self, field: str) -> tuple[str, str]:
        known = field if field in self.table.columns else next(iter(self.table.columns))
        return self.table.sheet.name, self.table.address(self.row, known)

    def is_empty(self, *fields: str) -> bool:
        return all(is_blank(self.table.held(self.row, field)) for field in fields)

    def text(self, field: str) -> str:
        """Empty where nothing stands."""
        return shown(self.table.held(self.row, field))

    def number(self, field: str, item: str) -> Decimal | None:
        held = self.table.held(self.row, field)
        if is_blank(held):
            return None
        value = number_of(_without_percent(held), dot_groups_thousands=False)
        if value is None:
            self.note("not-a-number", field, shown(held), body=item)
        return value

    def day(self, field: str, item: str) -> date | None:
        held = self.table.held(self.row, field)
        if is_blank(held):
            return None
        day = day_of(held)
        if day is None:
            self.note("not-a-date", field, shown(held), item=item)
        return day

    def word(self, field: str, words: Mapping[Any, str]) -> Any:
        """The code of a word, or of the code itself."""
        held = self.table.held(self.row, field)
        if is_blank(held):
            return None
        # JSON holds true and false; sheets hold words.
        known = {fold(word): code for code, word in words.items()} | {fold(str(code)): code for code in words}
        code = known.get(fold(shown(held)))
        if code is None:
            self.note("word-not-known", field, shown(held), expected="; ".join(words.values()))
        return code

    def body(self, field: str, names: "BodyNames") -> str | None:
        """agency_id of a body named by its code, "BTC - Bộ Tài chính", or its name."""
        written = self.text(field)
        if not written:
            return None
        agency_id = names.agency_id(written)
        if agency_id is None:
            self.note("name-not-a-body" if names.is_none(written) else "named-body-unknown", field, written)
        return agency_id


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


def shown(held: CellValue) -> str:
    """What a cell shows; a day as it is written here."""
    if isinstance(held, (datetime, date)):
        return written_day(held)
    return text_of(held)


def day_of(held: CellValue) -> date | None:
    """A day of the calendar, from a day of the workbook or from text such as 31/10/2026; None when it is none."""
    if isinstance(held, datetime):
        return held.date()
    if isinstance(held, date):
        return held
    written = clean(held) if isinstance(held, str) else ""
    found = _DAY.fullmatch(written) or _ISO_DAY.fullmatch(written)
    if not found:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _without_percent(held: CellValue) -> CellValue:
    return clean(held).removesuffix("%").rstrip() if isinstance(held, str) else held
