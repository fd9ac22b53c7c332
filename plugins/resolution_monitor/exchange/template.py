"""The workbook that a body fills in for a period, empty or with its answers; the same content gives the same bytes."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from resolution_monitor.brief.render_xlsx import with_fixed_times, write_text
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.exchange.plain import digits_text
from resolution_monitor.exchange.report_rows import Answer, meta_rows
from resolution_monitor.exchange.template_looks import Looks, arrange, put_style, row_height
from resolution_monitor.exchange.template_sheets import COLUMNS, Column, Table, choices_of, tables_of, title_lines
from resolution_monitor.period import Period
from resolution_monitor.reporting import layout
from resolution_monitor.reporting.content import BodyReport
from resolution_monitor.reporting.period_words import period_words

# The same answers give the same bytes, so the file bears no time of its making.
_MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)
_HEAD_ROW = 5
_CHOICES_COLUMN = 4  # of the hidden sheet: the lists stand right of its keys and values
_FROZEN_COLUMNS = {layout.INDICATORS: 2, layout.TASKS: 2, layout.OBSTACLES: 1, layout.REQUESTS: 1}
_EXACT_DIGITS = 15  # a spreadsheet keeps no more of a number


def template_workbook(
    catalogue: Catalogue,
    agency_id: str,
    period: Period,
    *,
    items: Sequence[str],
    last_values: Mapping[str, Decimal] | None = None,
    filled: BodyReport | None = None,
) -> bytes:
    """
    The workbook of one body and period.

    Args:
        items: Indicators and tasks that the body owes for the period, as the ledger has them.
        last_values: indicator_id -> the value of the period before, shown beside the cell to fill in.
        filled: Answers written into the cells; None leaves them empty.
    """
    report = filled or BodyReport(agency_id, period, indicators=(), tasks=(), obstacles=(), requests=())
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    looks = Looks(workbook)
    lists = choices_of(catalogue, items)
    ranges = _ranges(lists)
    titles = title_lines(catalogue, report, period_words(period))
    for table in tables_of(catalogue, report, items, last_values or {}):
        _write_table(workbook, looks, table, titles, ranges, is_demonstration=report.is_demonstration)
    _write_meta(workbook, meta_rows(report, catalogue.sha256), lists)
    looks.done()
    return _bytes_of(workbook, titles)


def _bytes_of(workbook: Workbook, titles: Sequence[str]) -> bytes:
    workbook.properties.creator = "Resolution Monitor"
    workbook.properties.title = " · ".join(titles)
    # The format holds UTC without a zone.
    workbook.properties.created = workbook.properties.modified = _MADE_AT.replace(tzinfo=None)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return with_fixed_times(buffer.getvalue(), f"{_MADE_AT:%Y-%m-%dT%H:%M:%SZ}")


def _write_table(
    workbook: Workbook,
    looks: Looks,
    table: Table,
    titles: Sequence[str],
    ranges: dict[str, str],
    *,
    is_demonstration: bool,
) -> None:
    page = workbook.create_sheet(table.sheet)
    columns = COLUMNS[table.sheet]
    _write_titles(page, looks, table, titles, is_demonstration=is_demonstration)
    for number, (name, column) in enumerate(columns.items(), start=1):
        cell = page.cell(row=_HEAD_ROW, column=number)
        write_text(cell, layout.HEADINGS[table.sheet][name])
        put_style(cell, looks.head(is_input=column.is_input))
        page.column_dimensions[get_column_letter(number)].width = column.width
    page.row_dimensions[_HEAD_ROW].height = row_height([(" " * 25, 12.0)])
    for index, row in enumerate(table.rows):
        number = _HEAD_ROW + 1 + index
        for place, (name, column) in enumerate(columns.items(), start=1):
            cell = page.cell(row=number, column=place)
            put_style(
                cell, looks.value(form=column.form, decimals=_decimals(table, index, name), is_input=column.is_input)
            )
            _write(cell, row.get(name))
        texts = [(str(row.get(name) or ""), column.width) for name, column in columns.items() if column.form == "text"]
        page.row_dimensions[number].height = row_height(texts)
    _offer_choices(page, columns, ranges, first=_HEAD_ROW + 1, last=_HEAD_ROW + max(len(table.rows), 1))
    arrange(page, head_row=_HEAD_ROW, frozen_columns=_FROZEN_COLUMNS[table.sheet])


def _decimals(table: Table, index: int, name: str) -> int | None:
    """Of a value in the indicator's unit; parts of a ratio are shown as they are."""
    return table.decimals.get(index) if name in ("value", "last_value") else None


def _write_titles(
    page: Worksheet, looks: Looks, table: Table, titles: Sequence[str], *, is_demonstration: bool
) -> None:
    lines = [
        (titles[0], looks.line(size=12, bold=True)),
        (titles[1], looks.line(size=11, bold=True)),
        (table.note, looks.line(size=9, color="555555")),
        (layout.DEMONSTRATION if is_demonstration else "", looks.line(size=11, bold=True, color="B00020")),
    ]
    for number, (text, style) in enumerate(lines, start=1):
        cell = page.cell(row=number, column=1)
        if text:
            write_text(cell, text)
        put_style(cell, style)


def _write(cell: Cell, answer: Answer) -> None:
    """One answer as the cell's kind of value; a number with more digits than a spreadsheet keeps is written as text."""
    if answer is None or answer == "":
        return
    if isinstance(answer, str):
        write_text(cell, answer)
    elif isinstance(answer, Decimal):
        if len(answer.normalize().as_tuple().digits) > _EXACT_DIGITS:
            write_text(cell, digits_text(answer))
        else:
            cell.value = float(answer) if answer != int(answer) else int(answer)
    else:
        number_format = cell.number_format
        cell.value = answer
        if isinstance(answer, date):
            cell.number_format = number_format  # openpyxl puts its own in place of ours


def _offer_choices(
    page: Worksheet, columns: dict[str, Column], ranges: dict[str, str], *, first: int, last: int
) -> None:
    for number, column in enumerate(columns.values(), start=1):
        letter = get_column_letter(number)
        if column.choices and column.choices in ranges:
            # Another word is not refused on the spot: the reader says what was expected, in a sentence.
            offered = DataValidation("list", formula1=ranges[column.choices], allow_blank=True, showErrorMessage=False)
            offered.add(f"{letter}{first}:{letter}{last}")
            page.add_data_validation(offered)


def _ranges(lists: dict[str, list[str]]) -> dict[str, str]:
    return {
        key: f"{layout.META}!${letter}$1:${letter}${len(words)}"
        for number, (key, words) in enumerate(lists.items(), start=_CHOICES_COLUMN)
        if words and (letter := get_column_letter(number))
    }


def _write_meta(workbook: Workbook, told: list[tuple[str, str]], lists: dict[str, list[str]]) -> None:
    page = workbook.create_sheet(layout.META)
    for number, (key, text) in enumerate(told, start=1):
        write_text(page.cell(row=number, column=1), key)
        write_text(page.cell(row=number, column=2), text)
    for column, words in enumerate(lists.values(), start=_CHOICES_COLUMN):
        for number, word in enumerate(words, start=1):
            write_text(page.cell(row=number, column=column), word)
    page.sheet_state = "veryHidden"
    page.protection.sheet = True
