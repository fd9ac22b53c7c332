"""How a body's workbook looks and behaves: styles made once a workbook, sheets locked but for what is filled in."""

import math
from copy import copy
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from resolution_monitor.brief.render_xlsx import write_text as write_unchanged

_FONT = "Arial"
_INPUT = PatternFill("solid", start_color="FFF8DC")
_HEAD = PatternFill("solid", start_color="1A1A1A")
_ASKED_HEAD = PatternFill("solid", start_color="7A5C00")
_EDGE = Side(style="thin", color="BFBFBF")
_BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_LINE_HEIGHT = 13.5
HEAD_HEIGHT = 3 * _LINE_HEIGHT
_LETTERS_A_UNIT = 1.0  # of a column's width, at 10 pt

_TEXT_FORMS = {"text": "@", "date": "dd/mm/yyyy", "whole": "0", "percent": "0.##"}


class Looks:
    """The styles of one workbook; making a style anew for each cell takes longer than all the rest."""

    def __init__(self, workbook: Workbook) -> None:
        self._page = workbook.create_sheet("looks")
        self._known: dict[tuple[Any, ...], StyleArray] = {}
        self._workbook = workbook

    def done(self) -> None:
        """Take away the sheet that the styles were made on."""
        self._workbook.remove(self._page)

    def value(self, *, form: str, decimals: int | None, is_input: bool) -> StyleArray:
        key = (form, decimals, is_input)
        if key not in self._known:
            cell = self._new_cell()
            cell.font = Font(name=_FONT, size=10)
            cell.number_format = _TEXT_FORMS.get(form) or number_format(decimals)
            cell.alignment = _alignment(form)
            cell.border = _BOX
            cell.protection = Protection(locked=not is_input)
            if is_input:
                cell.fill = _INPUT
            self._known[key] = cell._style
        return self._known[key]

    def head(self, *, is_input: bool) -> StyleArray:
        key = ("head", is_input)
        if key not in self._known:
            cell = self._new_cell()
            cell.font = Font(name=_FONT, size=10, bold=True, color="FFFFFF")
            cell.fill = _ASKED_HEAD if is_input else _HEAD
            cell.alignment = Alignment(vertical="center", horizontal="center", wrap_text=True)
            cell.border = _BOX
            self._known[key] = cell._style
        return self._known[key]

    def line(self, *, size: float = 10, bold: bool = False, color: str = "000000") -> StyleArray:
        key = ("line", size, bold, color)
        if key not in self._known:
            cell = self._new_cell()
            cell.font = Font(name=_FONT, size=size, bold=bold, color=color)
            cell.alignment = Alignment(vertical="center")
            self._known[key] = cell._style
        return self._known[key]

    def _new_cell(self) -> Any:
        return self._page.cell(row=len(self._known) + 1, column=1)


def put_text(page: Worksheet, row: int, column: int, text: str, style: StyleArray | None = None) -> None:
    """Text that never becomes a formula; nothing but the style where it is empty."""
    cell: Any = page.cell(row=row, column=column)
    if style is not None:
        cell._style = copy(style)
    if text:
        write_unchanged(cell, text)


def put_value(page: Worksheet, row: int, column: int, value: float | bool | date, style: StyleArray) -> None:
    """A number or a day; the style comes last, for openpyxl gives a day a format of its own."""
    cell: Any = page.cell(row=row, column=column, value=value)
    cell._style = copy(style)


def _alignment(form: str) -> Alignment:
    if form == "text":
        return Alignment(vertical="top", horizontal="left", indent=1, wrap_text=True)
    if form in ("date", "whole"):
        return Alignment(vertical="top", horizontal="center")
    return Alignment(vertical="top", horizontal="right", indent=1)


def number_format(decimals: int | None) -> str:
    """
    Groups of three and at least so many decimals; None shows the number as it is.

    Excel takes dot and comma from its reader's country: in Viet Nam 1.234,5.
    """
    if decimals is None:
        return "General"
    return "#,##0" + (f".{'0' * decimals}##" if decimals else "")


def row_height(texts: list[tuple[str, float]]) -> float:
    """For texts and the widths of their columns; a spreadsheet does not find out by itself."""
    lines = (
        sum(max(1, math.ceil(len(line) / (width * _LETTERS_A_UNIT))) for line in text.split("\n"))
        for text, width in texts
    )
    return _LINE_HEIGHT * max(lines, default=1) + 2


def arrange(page: Worksheet, *, head_row: int, frozen_columns: int) -> None:
    """Frozen head, a printout that fits A4 across, a lock without a password: it keeps from slips, not from will."""
    page.freeze_panes = f"{get_column_letter(frozen_columns + 1)}{head_row + 1}"
    page.print_title_rows = f"{head_row}:{head_row}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0
    page.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.HeaderFooter.oddFooter = HeaderFooterItem(right=_HeaderFooterPart(text="&P/&N"))
    page.sheet_view.showGridLines = False
    page.protection.sheet = True
    page.protection.formatColumns = False
    page.protection.formatRows = False
