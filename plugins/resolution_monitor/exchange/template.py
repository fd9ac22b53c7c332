"""The workbook that a body fills in for a period, empty or with its answers; the same content gives the same bytes."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal
from xml.sax.saxutils import escape

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.exchange.plain import digits_text
from resolution_monitor.exchange.planned import Start
from resolution_monitor.exchange.report_rows import Answer, Row, meta_rows
from resolution_monitor.exchange.sheet_xml import Held, Style, cell_xml, plain_text, row_xml, texts_xml, zipped
from resolution_monitor.exchange.template_columns import COLUMNS, EXAMPLES
from resolution_monitor.exchange.template_guide import guide_rows
from resolution_monitor.exchange.template_looks import HEAD_HEIGHT, row_height, style_name
from resolution_monitor.exchange.template_sheets import Table, choices_of, tables_of, title_lines
from resolution_monitor.exchange.template_skeleton import (
    FIRST_ROW,
    HEAD_ROW,
    choices_columns,
    put_together,
    skeleton,
)
from resolution_monitor.period import TIME_ZONE, Period
from resolution_monitor.reporting import layout
from resolution_monitor.reporting.content import BodyReport
from resolution_monitor.reporting.period_words import period_words

_EXACT_DIGITS = 15  # a spreadsheet keeps no more of a number

Styles = dict[str, Style]


def template_workbook(
    catalogue: Catalogue,
    agency_id: str,
    period: Period,
    *,
    items: Sequence[str],
    last_values: Mapping[str, Decimal] | None = None,
    last_told: Mapping[str, str] | None = None,
    first_values: Mapping[str, Start] | None = None,
    due_at: datetime | None = None,
    filled: BodyReport | None = None,
    closed: Sequence[str] = (),
) -> bytes:
    """
    The workbook of one body and period.

    Args:
        items: Indicators and tasks that the body owes for the period, as the ledger has them.
        last_values: indicator_id -> the value of the period before, shown beside the cell to fill in.
        last_told: task_id -> what was said of it the period before, in words.
        first_values: indicator_id -> the body's own first value, which its path starts from without a baseline.
        due_at: Until when the report is on time; None is not printed.
        filled: Answers written into the cells; None leaves them empty.
        closed: What is owed no more because it is done; the file says so itself, for whoever checks it elsewhere.
    """
    report = filled or BodyReport(agency_id, period, indicators=(), tasks=(), obstacles=(), requests=())
    lists = choices_of(catalogue, items)
    made = skeleton(tuple(lists))
    titles = title_lines(catalogue, report, period_words(period))
    mark = layout.DEMONSTRATION if report.is_demonstration else ""
    rows = {
        table.sheet: "".join([_heads(table, titles, mark, made.styles), *_rows(table, made.styles)])
        for table in tables_of(catalogue, report, items, last_values or {}, last_told or {}, first_values or {})
    }
    rows[layout.GUIDE] = guide_rows([*titles, *_due_line(due_at)], mark, made.styles)
    over = [(layout.CLOSED_KEY, ", ".join(closed))] if closed else []
    rows[layout.META] = _meta_rows([*meta_rows(report, catalogue.sha256), *over], lists)
    return zipped(put_together(made, rows, escape(plain_text(" · ".join(titles))), lists))


def _due_line(due_at: datetime | None) -> list[str]:
    if due_at is None:
        return []
    due_at = due_at.astimezone(TIME_ZONE)
    if due_at.time() == time(0):  # the first moment that is late: nobody says it so
        return [f"Hạn gửi: hết ngày {due_at - timedelta(days=1):%d/%m/%Y}"]
    return [f"Hạn gửi: trước {due_at:%H:%M ngày %d/%m/%Y}"]


def _meta_rows(told: Sequence[tuple[str, str]], lists: Mapping[str, Sequence[str]]) -> str:
    keys, values = zip(*told, strict=True)
    places = choices_columns(list(lists))
    return texts_xml({1: keys, 2: values} | {places[key]: words for key, words in lists.items()})


def _heads(table: Table, titles: Sequence[str], mark: str, styles: Styles) -> str:
    """The lines above the table, its headings and its example."""
    lines = [("body", titles[0]), ("period", titles[1]), ("note", table.note), ("mark", mark)]
    made = [
        row_xml(number, [cell_xml(number, 1, text, styles[f"line {name}"])])
        for number, (name, text) in enumerate(lines, start=1)
    ]
    headings, columns = layout.HEADINGS[table.sheet], COLUMNS[table.sheet]
    heads = (
        cell_xml(HEAD_ROW, place, headings[name], styles["asked head" if column.is_input else "head"])
        for place, (name, column) in enumerate(columns.items(), start=1)
    )
    example = _row(table, HEAD_ROW + 1, EXAMPLES[table.sheet], styles, is_example=True)
    return "".join([*made, row_xml(HEAD_ROW, heads, HEAD_HEIGHT), example])


def _rows(table: Table, styles: Styles) -> list[str]:
    return [
        _row(table, number, row, styles, decimals=table.decimals.get(number - FIRST_ROW))
        for number, row in enumerate(table.rows, start=FIRST_ROW)
    ]


def _row(
    table: Table, number: int, row: Row, styles: Styles, *, decimals: int | None = None, is_example: bool = False
) -> str:
    """
    One row.

    Args:
        decimals: Of a value in the indicator's unit; parts of a ratio are shown as they are.
    """
    cells, texts = [], []
    for place, (name, column) in enumerate(COLUMNS[table.sheet].items(), start=1):
        answer = row.get(name)
        is_asked = column.is_input and name not in table.not_asked.get(number - FIRST_ROW, ())
        kind = "example" if is_example else "input" if is_asked else "given"
        shown = decimals if name in ("value", "last_value") else None
        cells.append(cell_xml(number, place, _held(answer), styles[style_name(column.form, kind, shown)]))
        if column.form == "text" and answer:
            texts.append((str(answer), column.width))
    return row_xml(number, cells, row_height(texts))


def _held(answer: Answer) -> Held:
    """One answer as its own kind of value; a number with more digits than a spreadsheet keeps goes in as text."""
    if not isinstance(answer, Decimal):
        return answer
    if len(answer.normalize().as_tuple().digits) > _EXACT_DIGITS:
        return digits_text(answer)
    return int(answer) if answer == int(answer) else float(answer)
