"""A body's own workbook back: bad cells coloured and commented, and a first sheet that lists them with links."""

import io
from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.worksheet.worksheet import Worksheet

from resolution_monitor.brief.render_xlsx import with_fixed_times
from resolution_monitor.brief.render_xlsx import write_text as put_text
from resolution_monitor.exchange.answer import SIGNS, Answer, AnsweredFinding
from resolution_monitor.exchange.feedback_list import write_list
from resolution_monitor.exchange.template_looks import INPUT_COLOR
from resolution_monitor.reporting import layout
from resolution_monitor.terms import Severity

# Whose comments and marks are taken away before new ones are made.
_AUTHOR = "Resolution Monitor"
_MARK = "◄ "
_MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)
_COLORS = {Severity.BLOCK: "FF9C9C", Severity.JUSTIFY: "FFC266", Severity.WARN: "FFF176"}
_EDGES = {
    Severity.BLOCK: Side(style="thick", color="9C0006"),
    Severity.JUSTIFY: Side(style="mediumDashed", color="9C5700"),
    Severity.WARN: Side(style="dotted", color="7F6000"),
}
_PLAIN_EDGE = Side(style="thin", color="7F6000")
_COMMENT_SIZE = {"width": 340, "height": 150}
_WORST_FIRST = list(_COLORS)


def answer_workbook(content: bytes, answer: Answer) -> bytes:
    """
    The file that was sent, with what is wrong marked in it; everything else stays as it was.

    Marked cells can be written in, also where the sheet is locked. Marks of an earlier answer are taken away.

    Args:
        content: Of a workbook that passed the guard; runs in the limited child.
    """
    workbook = load_workbook(io.BytesIO(content))
    _clean(workbook)
    for page, by_cell in _places(workbook, answer):
        marked: dict[int, list[str]] = defaultdict(list)
        for address, told in by_cell.items():
            _mark(page[address], told)
            signs = (f"{SIGNS[one.severity]} {one.word} (số {number})" for number, one in told)
            marked[coordinate_from_string(address)[1]] += signs
        _mark_rows(page, marked)
    write_list(workbook.create_sheet(layout.ERRORS, 0), answer, set(workbook.sheetnames))
    workbook.active = 0
    for page in workbook.worksheets:
        page.sheet_view.tabSelected = page.title == layout.ERRORS
    return _bytes_of(workbook)


def findings_workbook(answer: Answer) -> bytes:
    """The list alone, for files that cannot be handed back marked, and for those with nothing to mark."""
    workbook = Workbook()
    page = workbook.worksheets[0]
    page.title = layout.RESULT
    write_list(page, answer, set())
    return _bytes_of(workbook)


def _bytes_of(workbook: Workbook) -> bytes:
    workbook.properties.modified = _MADE_AT.replace(tzinfo=None)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return with_fixed_times(buffer.getvalue(), f"{_MADE_AT:%Y-%m-%dT%H:%M:%SZ}")


def _places(workbook: Workbook, answer: Answer) -> list[tuple[Worksheet, dict[str, list[tuple[int, AnsweredFinding]]]]]:
    """Sheet -> cell -> the findings on it, and those whose reason it is to take."""
    found: dict[str, dict[str, list[tuple[int, AnsweredFinding]]]] = {}
    for number, told in answer.numbered():
        if told.severity in _COLORS and told.sheet in workbook.sheetnames and told.cell:
            is_open = told.fill and told.severity is Severity.JUSTIFY
            for address in dict.fromkeys([told.cell, *([told.fill] if is_open and told.fill else [])]):
                found.setdefault(told.sheet, {}).setdefault(address, []).append((number, told))
    return [(page, by_cell) for name, by_cell in found.items() if isinstance(page := workbook[name], Worksheet)]


def _mark(cell: Cell | MergedCell, told: list[tuple[int, AnsweredFinding]]) -> None:
    worst = min((one.severity for _, one in told), key=_WORST_FIRST.index)
    edge = _EDGES[worst]
    cell.fill = PatternFill("solid", start_color=_COLORS[worst])
    cell.border = Border(left=edge, right=edge, top=edge, bottom=edge)
    cell.protection = Protection(locked=False)
    if isinstance(cell, MergedCell):
        return  # only the first of merged cells can bear a comment; the list names this one
    own = f"{cell.comment.text}\n\n" if cell.comment else ""
    texts = [f"{SIGNS[one.severity]} Số {number} - {one.word}\n{one.text}\n→ {one.action}" for number, one in told]
    cell.comment = Comment(own + "\n\n".join(texts), _AUTHOR, **_COMMENT_SIZE)


def _mark_rows(page: Worksheet, marked: dict[int, list[str]]) -> None:
    """Words right of the table, in a column that has no heading and that nobody reads but people."""
    column = page.max_column + 1
    for row, signs in marked.items():
        cell: Any = page.cell(row=row, column=column)
        put_text(cell, _MARK + "; ".join(dict.fromkeys(signs)))
        cell.font = Font(name="Arial", size=9, bold=True, color="9C0006")
        cell.alignment = Alignment(vertical="top")


def _clean(workbook: Workbook) -> None:
    if layout.ERRORS in workbook.sheetnames:
        del workbook[layout.ERRORS]
    colors = {f"00{color}" for color in _COLORS.values()}
    for page in workbook.worksheets:
        for place, cell in list(page._cells.items()):
            if isinstance(cell.value, str) and cell.value.startswith(_MARK):
                del page._cells[place]
                continue
            if isinstance(cell, Cell) and cell.comment is not None and cell.comment.author == _AUTHOR:
                cell.comment = None
            if cell.has_style and cell.fill.fill_type == "solid" and cell.fill.start_color.rgb in colors:
                cell.fill = PatternFill("solid", start_color=INPUT_COLOR)
                cell.border = Border(left=_PLAIN_EDGE, right=_PLAIN_EDGE, top=_PLAIN_EDGE, bottom=_PLAIN_EDGE)
