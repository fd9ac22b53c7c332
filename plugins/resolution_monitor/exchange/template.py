"""The workbook that a body fills in for a period, empty or with its answers; the same content gives the same bytes."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from resolution_monitor.brief.render_xlsx import with_fixed_times
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.exchange.plain import digits_text
from resolution_monitor.exchange.report_rows import Answer, meta_rows
from resolution_monitor.exchange.template_looks import HEAD_HEIGHT, Looks, arrange, put_text, put_value, row_height
from resolution_monitor.exchange.template_sheets import COLUMNS, Table, choices_of, tables_of, title_lines
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
        page = workbook.create_sheet(table.sheet)
        _write_titles(page, looks, table, titles, is_demonstration=report.is_demonstration)
        _write_table(page, looks, table)
        _offer_choices(page, table, ranges)
        arrange(page, head_row=_HEAD_ROW, frozen_columns=_FROZEN_COLUMNS[table.sheet])
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


def _write_table(page: Worksheet, looks: Looks, table: Table) -> None:
    columns = COLUMNS[table.sheet]
    for number, (name, column) in enumerate(columns.items(), start=1):
        put_text(page, _HEAD_ROW, number, layout.HEADINGS[table.sheet][name], looks.head(is_input=column.is_input))
        page.column_dimensions[get_column_letter(number)].width = column.width
    page.row_dimensions[_HEAD_ROW].height = HEAD_HEIGHT
    for index, row in enumerate(table.rows):
        number = _HEAD_ROW + 1 + index
        for place, (name, column) in enumerate(columns.items(), start=1):
            decimals = _decimals(table, index, name)
            style = looks.value(form=column.form, decimals=decimals, is_input=column.is_input)
            _put(page, number, place, row.get(name), style)
        texts = [(str(row.get(name) or ""), column.width) for name, column in columns.items() if column.form == "text"]
        page.row_dimensions[number].height = row_height(texts)


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
        put_text(page, number, 1, text, style)


def _put(page: Worksheet, row: int, column: int, answer: Answer, style: StyleArray) -> None:
    """One answer as its own kind of value; a number with more digits than a spreadsheet keeps goes in as text."""
    plain = _plain(answer) if isinstance(answer, Decimal) else answer
    if plain is None or isinstance(plain, str):
        put_text(page, row, column, plain or "", style)
    else:
        put_value(page, row, column, plain, style)


def _plain(value: Decimal) -> int | float | str:
    if len(value.normalize().as_tuple().digits) > _EXACT_DIGITS:
        return digits_text(value)
    return int(value) if value == int(value) else float(value)


def _offer_choices(page: Worksheet, table: Table, ranges: dict[str, str]) -> None:
    last = _HEAD_ROW + max(len(table.rows), 1)
    for number, column in enumerate(COLUMNS[table.sheet].values(), start=1):
        letter = get_column_letter(number)
        if column.choices and column.choices in ranges:
            # Another word is not refused on the spot: the reader says what was expected, in a sentence.
            offered = DataValidation("list", formula1=ranges[column.choices], allow_blank=True, showErrorMessage=False)
            offered.add(f"{letter}{_HEAD_ROW + 1}:{letter}{last}")
            page.add_data_validation(offered)


def _ranges(lists: dict[str, list[str]]) -> dict[str, str]:
    return {
        key: f"{layout.META}!${letter}$1:${letter}${len(words)}"
        for number, (key, words) in enumerate(lists.items(), start=_CHOICES_COLUMN)
        if words and (letter := get_column_letter(number))
    }


def _write_meta(workbook: Workbook, told: list[tuple[str, str]], lists: dict[str, list[str]]) -> None:
    page = workbook.create_sheet(layout.META)
    columns = [*zip(*told, strict=True), *lists.values()]
    numbers = [1, 2, *range(_CHOICES_COLUMN, _CHOICES_COLUMN + len(lists))]
    for column, words in zip(numbers, columns, strict=True):
        for row, word in enumerate(words, start=1):
            put_text(page, row, column, word)
    page.sheet_state = "veryHidden"
    page.protection.sheet = True
