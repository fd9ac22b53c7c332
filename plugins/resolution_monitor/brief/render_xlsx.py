"""The workbook of an edition, from the same view as the page; the same view gives the same bytes."""

import io
import math
import re
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from resolution_monitor import wording
from resolution_monitor.brief.briefing import Briefing
from resolution_monitor.brief.figures import Figure, limits_of
from resolution_monitor.brief.report import Report
from resolution_monitor.brief.sentences import Messages
from resolution_monitor.errors import RenderError
from resolution_monitor.formula_text import begins_formula
from resolution_monitor.period import TIME_ZONE, Period
from resolution_monitor.reporting.period_words import period_words

_FORMATS = {
    "money": "#,##0.0",
    "percent": "0.0",
    "rate": "0.0",
    "points": "0.0",
    "share": "0.0",
    "figure": "#,##0.0",
    "count": "#,##0",
    "exact": "#,##0.######",
}
_DATES = {"date": "", "moment": " hh:mm"}
_HEAD = PatternFill("solid", start_color="1A1A1A")
_LINE = Border(bottom=Side(style="hair", color="BBBBBB"))
_FONT = "Arial"
_WARNING = "8C1D18"
_FIRST_ROW = 5
# The sheet that names every figure with its cells.
_FIGURES = "figures"
_LINE_HEIGHT = 13.5
# A row taller than this is refused by a spreadsheet, in points.
_MOST_HEIGHT = 400.0
# A sheet with a longer name is refused.
_LONGEST_NAME = 31
_LETTERS_A_UNIT = 1.05  # of a column's width, at 10 pt
# What a zip can say of a time; the true times of making would make every file differ.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def render_xlsx(report: Report, briefing: Briefing, period: Period) -> bytes:
    """The workbook: one sheet for each entry of the report's workbook.yaml."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    report = report.given(briefing.words)
    looks = _Looks(report.language, briefing.limits, _rows_of_figures(report, briefing))
    for sheet in report.workbook["sheets"]:
        _write_sheet(workbook, report, briefing, period, sheet, looks)
    workbook.properties.creator = report.messages.say("author")
    workbook.properties.title = briefing.title
    made_for = briefing.made_for.astimezone(UTC).replace(tzinfo=None)  # the format holds UTC without a zone
    workbook.properties.created = workbook.properties.modified = made_for
    buffer = io.BytesIO()
    workbook.save(buffer)
    return with_fixed_times(buffer.getvalue(), f"{made_for:%Y-%m-%dT%H:%M:%SZ}")


def with_fixed_times(content: bytes, moment: str) -> bytes:
    """The same workbook with no trace of when it was saved: openpyxl stamps the zip and its properties at each save."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + moment.encode(), part)
            entry = zipfile.ZipInfo(name, date_time=_ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, part)
    return target.getvalue()


class _Looks:
    """Writes values in the look of their format; each look is made once a workbook, since making one is slow."""

    def __init__(
        self, language: str, limits: Mapping[str, Sequence[wording.Limit]], rows_of_figures: Mapping[str, str]
    ) -> None:
        self._language = language
        self._limits = limits
        self._rows_of_figures = rows_of_figures
        self._styles: dict[tuple[str, bool, int], StyleArray] = {}

    def write(self, cell: Cell, value: Any, form: str) -> None:
        """A value, or nothing: a cell without one has its look too."""
        limits = self._limits.get(form, ())
        link = self._rows_of_figures.get(value.figure_id) if isinstance(value, Figure) else None
        if isinstance(value, Figure):
            limits, value = (*limits, *limits_of(value.unit)), value.value
        is_blank = value is None or value != value or value == ""
        if not is_blank and _is_number(form):
            cell.value = _held(value)
            # From a number to the row that names its cells; the look stays that of a number.
            cell.hyperlink = None if link is None else Hyperlink(ref=cell.coordinate, location=link)
        more = 0 if is_blank or not limits else wording.decimals_within(Decimal(str(value)), 1, limits) - 1
        look = (form, is_blank, more)
        if look not in self._styles:
            self._dress(cell, form, is_blank=is_blank)
            # A cell shows as many decimals as it takes to lie on its own side of a limit.
            cell.number_format += "0" * more
            self._styles[look] = cell._style  # type: ignore[attr-defined]
        # Copied, since openpyxl changes a style in place.
        cell._style = copy(self._styles[look])  # type: ignore[attr-defined]
        if not is_blank and not _is_number(form):
            write_text(cell, str(value))

    def _dress(self, cell: Cell, form: str, *, is_blank: bool) -> None:
        is_text = not _is_number(form)
        cell.font = Font(name=_FONT, size=10)
        cell.border = _LINE
        cell.alignment = Alignment(
            vertical="top", wrap_text=form == "text", indent=1 if is_text else 0, horizontal="left" if is_text else None
        )
        if not is_text and not is_blank:
            cell.number_format = _number_format(form, self._language)


def _rows_of_figures(report: Report, briefing: Briefing) -> Mapping[str, str]:
    """figure_id -> the row of the sheet of sources that it begins in."""
    name = report.messages.workbook("sheets", _FIGURES, "name")[:_LONGEST_NAME].replace("'", "''")
    rows = enumerate(briefing.tables.get(_FIGURES, ()), start=_FIRST_ROW)
    # A list of cells that goes on below begins above.
    return {row["figure_id"]: f"'{name}'!A{number}" for number, row in reversed(list(rows))}


def _write_sheet(
    workbook: Workbook, report: Report, briefing: Briefing, period: Period, sheet: dict[str, Any], looks: _Looks
) -> None:
    labels, table, columns = report.messages, sheet["table"], sheet["columns"]
    page = workbook.create_sheet(labels.workbook("sheets", table, "name")[:_LONGEST_NAME])
    rows = briefing.tables[table]
    page["A1"] = _title(report, period)
    page["A1"].font = Font(name=_FONT, size=13, bold=True)
    page["A2"] = f"{briefing.edition} · {labels.workbook('sheets', table, 'note')}"
    page["A2"].font = Font(name=_FONT, size=9, italic=True, color="555555")
    if briefing.demonstration:
        page["A3"] = briefing.demonstration
        page["A3"].font = Font(name=_FONT, size=11, bold=True, color=_WARNING)
        page.HeaderFooter.oddHeader = HeaderFooterItem(center=_HeaderFooterPart(text=briefing.demonstration))
    page.row_dimensions[_FIRST_ROW - 1].height = 2 * _LINE_HEIGHT
    for number, column in enumerate(columns, start=1):
        _write_head(page, number, column, labels.column(table, column["key"]))
    for row_number, row in enumerate(rows, start=_FIRST_ROW):
        for number, column in enumerate(columns, start=1):
            value = _in_words(row.get(column["key"]), column, labels)
            form = column.get("format", "text")
            looks.write(page.cell(row=row_number, column=number), value, form)
        page.row_dimensions[row_number].height = min(_LINE_HEIGHT * _lines(row, columns), _MOST_HEIGHT)
    _arrange(page, len(columns), len(rows))


def _title(report: Report, period: Period) -> str:
    """The title of every sheet; the period in words is Vietnamese, other languages name its day, month or year."""
    own = {"words": period_words(period)} if report.language == wording.VIETNAMESE else {}
    day, month = (written(period.end, report.language) for written in (wording.day, wording.month))
    template = report.messages.workbook("title")
    try:
        return template.format(period=period.name, day=day, month=month, year=period.end.year, **own)
    except KeyError as error:
        raise RenderError(f"workbook.title of report {report.name!r} names {error}, which nobody gives it") from error


def _write_head(page: Worksheet, number: int, column: dict[str, Any], heading: str) -> None:
    cell = page.cell(row=_FIRST_ROW - 1, column=number, value=heading)
    cell.font = Font(name=_FONT, size=10, bold=True, color="FFFFFF")
    cell.fill = _HEAD
    side = "right" if _is_number(column.get("format", "text")) else "left"
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal=side, indent=1 if side == "left" else 0)
    page.column_dimensions[get_column_letter(number)].width = column["width"]


def _is_number(form: str) -> bool:
    return form in _FORMATS or form in _DATES


def _number_format(form: str, language: str) -> str:
    return wording.sheet_date(language) + _DATES[form] if form in _DATES else _FORMATS[form]


def _in_words(value: Any, column: dict[str, Any], labels: Messages) -> Any:
    """A code as its readers know it; several codes joined by "|" stay several."""
    if column.get("format") != "words" or not value:
        return value
    return ", ".join(labels.word(column["key"], code) for code in str(value).split("|"))


def _lines(row: dict[str, Any], columns: list[dict[str, Any]]) -> int:
    """How many lines the longest text of a row takes; a spreadsheet does not find out by itself."""
    texts = ((str(row.get(column["key"]) or ""), column["width"]) for column in columns if "format" not in column)
    return max((math.ceil(len(text) / (width * _LETTERS_A_UNIT)) for text, width in texts if text), default=1)


def _held(value: Any) -> Any:
    """A number as one, and a moment by Vietnamese clocks: a cell knows no time zone."""
    if isinstance(value, Decimal):
        return float(value)
    return value.astimezone(TIME_ZONE).replace(tzinfo=None) if isinstance(value, datetime) else value


def write_text(cell: Cell, text: str) -> None:
    """Text from outside as text: what begins like one must never become a formula when the cell is edited."""
    composed = unicodedata.normalize("NFC", re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text))
    cell.value = composed
    cell.data_type = "s"
    if begins_formula(composed):
        cell.quotePrefix = True


def _arrange(page: Worksheet, columns: int, rows: int) -> None:
    """Frozen head, filter, and a printout that fits A4 across."""
    last = f"{get_column_letter(columns)}{max(_FIRST_ROW - 1 + rows, _FIRST_ROW - 1)}"
    page.freeze_panes = f"C{_FIRST_ROW}"
    page.auto_filter.ref = f"A{_FIRST_ROW - 1}:{last}"
    page.print_title_rows = f"{_FIRST_ROW - 1}:{_FIRST_ROW - 1}"
    page.page_setup.orientation = "landscape"
    page.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.HeaderFooter.oddFooter = HeaderFooterItem(right=_HeaderFooterPart(text="&P/&N"))
