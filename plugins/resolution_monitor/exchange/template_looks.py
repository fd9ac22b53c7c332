"""How a body's workbook looks and behaves: its styles by name, sheets locked but for what is filled in."""

import math

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from resolution_monitor.exchange.sheet_xml import Style

_FONT = "Arial"
INPUT_COLOR = "FFF8DC"
_INPUT = PatternFill("solid", start_color=INPUT_COLOR)
_GIVEN = PatternFill("solid", start_color="F2F2F2")
_HEAD = PatternFill("solid", start_color="1F3864")
_ASKED_HEAD = PatternFill("solid", start_color="7F6000")
_EDGE = Side(style="thin", color="BFBFBF")
_INPUT_EDGE = Side(style="thin", color="7F6000")
_BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_INPUT_BOX = Border(left=_INPUT_EDGE, right=_INPUT_EDGE, top=_INPUT_EDGE, bottom=_INPUT_EDGE)
_EXAMPLE_COLOR = "7F7F7F"
_LINE_HEIGHT = 13.5
HEAD_HEIGHT = 3 * _LINE_HEIGHT
_AIR = 5.0
_LETTERS_A_UNIT = 1.0  # of a column's width, at 10 pt
_MOST_DECIMALS = 4

_FORMS = {"text": "@", "date": "dd/mm/yyyy", "whole": "0", "percent": "0.##"}
# Name of a line above a table or in the guide -> its font.
_LINES = {
    "title": Font(name=_FONT, size=14, bold=True, color="1F3864"),
    "body": Font(name=_FONT, size=12, bold=True),
    "period": Font(name=_FONT, size=11, bold=True),
    "note": Font(name=_FONT, size=9, color="555555"),
    "mark": Font(name=_FONT, size=11, bold=True, color="B00020"),
    "part": Font(name=_FONT, size=10, bold=True, color="1F3864"),
    "name": Font(name=_FONT, size=10, bold=True),
    "text": Font(name=_FONT, size=10),
    "warning": Font(name=_FONT, size=10, bold=True, color="B00020"),
}
_FILLED_LINES = {"input": _INPUT, "given": _GIVEN}


def styles_in(workbook: Workbook) -> dict[str, Style]:
    """Every style a body's workbook uses, by name, made known to the workbook."""
    page = workbook.worksheets[0]
    cells = {
        **{f"line {name}": _line(page, font) for name, font in _LINES.items()},
        **{f"line {name}": _line(page, _LINES["name"], fill) for name, fill in _FILLED_LINES.items()},
        "line example": _line(page, Font(name=_FONT, size=10, italic=True, color=_EXAMPLE_COLOR)),
        "head": _head(page, _HEAD),
        "asked head": _head(page, _ASKED_HEAD),
    }
    for form in ("text", "number", "whole", "percent", "date"):
        for kind in ("given", "input", "example"):
            for decimals in (None, *range(_MOST_DECIMALS + 1)) if form == "number" else (None,):
                cells[style_name(form, kind, decimals)] = _value(page, form, kind, decimals)
    styles = {}
    for name, cell in cells.items():
        plain = cell.style_id
        cell.quotePrefix = True
        # Only texts begin with anything: fewer styles make a file that is opened sooner.
        styles[name] = (plain, cell.style_id if name.startswith(("text", "line")) else plain)
    return styles


def style_name(form: str, kind: str, decimals: int | None) -> str:
    """Such as "number input 1"; a measurement finer than what we show is shown as it is."""
    shown = decimals if form == "number" and decimals is not None and decimals <= _MOST_DECIMALS else None
    return f"{form} {kind} {shown}"


def _line(page: Worksheet, font: Font, fill: PatternFill | None = None) -> Cell:
    cell = Cell(page, row=1, column=1)
    cell.font = font
    is_text = fill is None and font in (_LINES["text"], _LINES["warning"])
    cell.alignment = Alignment(vertical="center", wrap_text=is_text, horizontal="left", indent=int(is_text))
    if fill is not None:
        cell.fill, cell.border = fill, _BOX
        cell.alignment = Alignment(vertical="center", horizontal="center")
    return cell


def _head(page: Worksheet, fill: PatternFill) -> Cell:
    cell = Cell(page, row=1, column=1)
    cell.font = Font(name=_FONT, size=10, bold=True, color="FFFFFF")
    cell.fill = fill
    cell.alignment = Alignment(vertical="center", horizontal="center", wrap_text=True)
    cell.border = _BOX
    return cell


def _value(page: Worksheet, form: str, kind: str, decimals: int | None) -> Cell:
    cell = Cell(page, row=1, column=1)
    is_example, is_input = kind == "example", kind == "input"
    cell.font = Font(name=_FONT, size=10, italic=is_example, color=_EXAMPLE_COLOR if is_example else "000000")
    cell.number_format = _FORMS.get(form) or number_format(decimals)
    cell.alignment = _alignment(form)
    cell.border = _INPUT_BOX if is_input else _BOX
    cell.protection = Protection(locked=not is_input)
    cell.fill = _INPUT if is_input else _GIVEN
    return cell


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
    return _LINE_HEIGHT * max(lines, default=1) + _AIR


def arrange(page: Worksheet, *, head_row: int, frozen_columns: int) -> None:
    """Frozen head, a printout that fits A4 across, a lock without a password: it keeps from slips, not from will."""
    page.freeze_panes = f"{get_column_letter(frozen_columns + 1)}{head_row + 1}"
    page.print_title_rows = f"{head_row}:{head_row}"
    arrange_print(page)
    page.page_setup.fitToHeight = 0
    page.HeaderFooter.oddFooter = HeaderFooterItem(right=_HeaderFooterPart(text="&P/&N"))
    lock(page)


def arrange_print(page: Worksheet) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth = 1
    page.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def lock(page: Worksheet) -> None:
    """Widths and heights stay free: a clerk must be able to see what stands in a cell."""
    page.sheet_view.showGridLines = False
    page.protection.sheet = True
    page.protection.formatColumns = False
    page.protection.formatRows = False
