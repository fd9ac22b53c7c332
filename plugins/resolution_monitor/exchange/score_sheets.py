"""Sheets of the workbook of scores: where everything stands, and how a cell looks."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart

from resolution_monitor.brief.render_xlsx import write_text as write_unchanged
from resolution_monitor.exchange.score_month import ScoredMonth
from resolution_monitor.period import TIME_ZONE
from resolution_monitor.reporting.period_words import period_words

INPUTS, RULES, CALCULATION = "Số liệu vào", "Quy tắc", "Tính toán"
LEAD = "chủ trì"
DEMONSTRATION = "DỮ LIỆU MINH HỌA"
HEAD_ROW = 4
FIRST_ROW = HEAD_ROW + 1
_FONT, _WARNING = "Arial", "8C1D18"
_HEAD = PatternFill("solid", start_color="1A1A1A")
_GIVEN = PatternFill("solid", start_color="FFF8DC")
_WIDE = {2: 48.0}
_PLAIN = Font(name=_FONT, size=10)


@dataclass(frozen=True, slots=True)
class Places:
    """
    Where each name stands.

    Attributes:
        settings: Row of each threshold in the sheet of rules; its value is in column C.
        given, following: Column of each name in the sheets of inputs and of the calculation; the rows are the same.
    """

    settings: dict[str, int]
    given: dict[str, int]
    following: dict[str, int]

    def of(self, name: str, row: int = 0, sheet: str = "") -> str:
        """The cell of a name in an assignment's row, seen from a sheet; what is no name stays as it is."""
        if name in self.settings:
            return f"{quoted(RULES)}!$C${self.settings[name]}"
        if name in self.following:
            own = "" if sheet == CALCULATION else f"{quoted(CALCULATION)}!"
            return f"{own}{get_column_letter(self.following[name])}{row}"
        return f"{quoted(INPUTS)}!{get_column_letter(self.given[name])}{row}" if name in self.given else name

    def from_row(self, row: int, sheet: str) -> Callable[[str], str]:
        """The cell of any name, seen from an assignment's row of a sheet."""
        return lambda name: self.of(name, row, sheet)


def quoted(sheet: str) -> str:
    """A sheet's name as formulas write it."""
    return f"'{unicodedata.normalize('NFC', sheet)}'"


class Sheet:
    """One sheet: title, note, head, and cells written one by one."""

    def __init__(self, workbook: Workbook, month: ScoredMonth, name: str) -> None:
        self.page = workbook.create_sheet(unicodedata.normalize("NFC", name))
        known = f"{month.known_at.astimezone(TIME_ZONE):%d/%m/%Y %H:%M}"
        versions = f"quy tắc {month.rules_version} · danh mục {month.catalogue_sha256[:12]}"
        title = f"{month.body.name_vi}, {period_words(month.period)}: {name}"
        self._line(1, title, Font(name=_FONT, size=13, bold=True))
        self._line(2, f"Số liệu biết đến {known} · {versions}", Font(name=_FONT, size=9, italic=True, color="555555"))
        if month.is_demonstration:
            self._line(3, DEMONSTRATION, Font(name=_FONT, size=11, bold=True, color=_WARNING))
            self.page.HeaderFooter.oddHeader = HeaderFooterItem(center=_HeaderFooterPart(text=DEMONSTRATION))

    def _line(self, row: int, words: str, font: Font) -> None:
        cell: Any = self.page.cell(row=row, column=1)
        write_unchanged(cell, words)
        cell.font = font

    def head(self, words: Sequence[str]) -> None:
        """The head of the table."""
        for column, text in enumerate(words, start=1):
            cell: Any = self.page.cell(row=HEAD_ROW, column=column)
            write_unchanged(cell, text)
            cell.font = Font(name=_FONT, size=9, bold=True, color="FFFFFF")
            cell.fill = _HEAD
            cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
            self.page.column_dimensions[get_column_letter(column)].width = _WIDE.get(column, 14.0)

    def text(self, row: int, column: int, words: str) -> None:
        """Text that never becomes a formula; nothing where it is empty."""
        if words:
            cell: Any = self.page.cell(row=row, column=column)
            write_unchanged(cell, words)
            cell.font = _PLAIN

    def number(self, row: int, column: int, value: float) -> None:
        """An input: whoever changes it sees what follows."""
        self._put(row, column, value, "General").fill = _GIVEN

    def day_number(self, row: int, column: int, value: float) -> None:
        """An input that is a day, as its number."""
        self.day(row, column, date.fromordinal(round(value)))

    def day(self, row: int, column: int, value: date) -> None:
        """An input that is a day."""
        self._put(row, column, value, "dd/mm/yyyy").fill = _GIVEN

    def plain(self, row: int, column: int, value: float | str | None) -> None:
        """What the system found: a number or a code; nothing where it is not known."""
        if isinstance(value, str):
            self.text(row, column, value)
        elif value is not None:
            self._put(row, column, float(value), "0.0000")

    def formula(self, row: int, column: int, text: str, *, is_day: bool = False) -> str:
        """A live formula; its cell, seen from other sheets."""
        self._put(row, column, f"={text}", "dd/mm/yyyy" if is_day else "0.0000")
        return f"{quoted(self.page.title)}!${get_column_letter(column)}${row}"

    def _put(self, row: int, column: int, value: Any, number_format: str) -> Any:
        cell: Any = self.page.cell(row=row, column=column, value=value)
        cell.number_format = number_format
        cell.font = _PLAIN
        return cell

    def arrange(self, *, frozen_columns: int) -> None:
        """Frozen head and a printout across."""
        self.page.freeze_panes = f"{get_column_letter(frozen_columns + 1)}{FIRST_ROW}"
        self.page.row_dimensions[HEAD_ROW].height = 54.0
        self.page.page_setup.orientation = "landscape"
        self.page.page_setup.paperSize = self.page.PAPERSIZE_A4
        self.page.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
