"""The sheet that lists what is wrong with a file: one line a finding, with a link to its cell."""

from collections.abc import Collection
from typing import Any

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from resolution_monitor.brief.render_xlsx import write_text as put_text
from resolution_monitor.exchange.answer import SIGNS, Answer, AnsweredFinding
from resolution_monitor.exchange.template_looks import HEAD_HEIGHT, arrange_print, lock, row_height
from resolution_monitor.reporting import layout
from resolution_monitor.terms import Severity

_FONT = "Arial"
_TITLE = "KẾT QUẢ TIẾP NHẬN BÁO CÁO"
_HOW = (
    "Chỉ cần sửa các ô nêu dưới đây ngay trong tệp này (bấm vào cột Ô để đến ô đó), lưu và gửi lại; không cần xóa "
    "trang tính này."
)
_NOTHING = "Không có nội dung phải sửa."
# Heading -> width in letters.
_COLUMNS = {
    "Số": 6.0,
    "Mức độ": 18.0,
    "Trang tính": 16.0,
    "Ô": 9.0,
    "Nội dung": 64.0,
    "Đề nghị": 54.0,
    "Giá trị ghi trong ô": 24.0,
}
_HEAD_ROW = 6
_LINK, _TEXTS = 4, (5, 6, 7)
_FILLS = {
    Severity.BLOCK: "FF9C9C",
    Severity.JUSTIFY: "FFC266",
    Severity.WARN: "FFF176",
    Severity.NOTE: "F2F2F2",
}
_EDGE = Side(style="thin", color="BFBFBF")
_BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)


def write_list(page: Worksheet, answer: Answer, sheets: Collection[str]) -> None:
    """
    Write the list.

    Args:
        sheets: Names of the workbook's sheets, which cells can be linked to.
    """
    how = (_HOW if sheets else "") if answer.findings else _NOTHING
    mark = layout.DEMONSTRATION if answer.is_demonstration else ""
    lines = [(_TITLE, 14.0, "1F3864"), (f"Tệp: {answer.file_name}", 10.0, "000000"), (answer.result, 11.0, "000000")]
    for row, (text, size, color) in enumerate([*lines, (how, 10.0, "555555"), (mark, 11.0, "B00020")], start=1):
        cell = _written(page, row, 1, text)
        cell.font = Font(name=_FONT, size=size, bold=row != len(lines) + 1, color=color)
    _write_head(page)
    for number, told in answer.numbered():
        _write_line(page, number, told, sheets)
    page.freeze_panes = f"A{_HEAD_ROW + 1}"
    page.sheet_properties.tabColor = "C00000" if answer.findings else "548235"
    arrange_print(page)
    page.page_setup.fitToHeight = 0
    lock(page)


def _write_head(page: Worksheet) -> None:
    for column, (heading, width) in enumerate(_COLUMNS.items(), start=1):
        cell = page.cell(row=_HEAD_ROW, column=column, value=heading)
        cell.font = Font(name=_FONT, size=10, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", start_color="1F3864")
        cell.alignment = Alignment(vertical="center", horizontal="center", wrap_text=True)
        cell.border = _BOX
        page.column_dimensions[get_column_letter(column)].width = width
    page.row_dimensions[_HEAD_ROW].height = HEAD_HEIGHT * 2 / 3


def _write_line(page: Worksheet, number: int, told: AnsweredFinding, sheets: Collection[str]) -> None:
    row = _HEAD_ROW + number
    word = f"{SIGNS[told.severity]} {told.word}"
    texts = (word, told.sheet or "", told.cell or "", told.text, told.action, told.value or "")
    page.cell(row=row, column=1, value=number)
    for column, text in enumerate(texts, start=2):
        _written(page, row, column, text)
    for column in range(1, len(_COLUMNS) + 1):
        cell = page.cell(row=row, column=column)
        cell.font = Font(name=_FONT, size=10, bold=column == 2)
        cell.border = _BOX
        is_text = column in _TEXTS
        side = "left" if is_text else "center"
        cell.alignment = Alignment(vertical="top", horizontal=side, wrap_text=True, indent=int(is_text))
    page.cell(row=row, column=2).fill = PatternFill("solid", start_color=_FILLS[told.severity])
    if told.cell and told.sheet and told.sheet in sheets:
        _link(page, row, told.sheet, told.cell)
    widths = list(_COLUMNS.values())
    page.row_dimensions[row].height = row_height([(texts[column - 2], widths[column - 1]) for column in _TEXTS])


def _written(page: Worksheet, row: int, column: int, text: str) -> Cell:
    cell: Any = page.cell(row=row, column=column)
    put_text(cell, text)
    return cell  # type: ignore[no-any-return]


def _link(page: Worksheet, row: int, sheet: str, address: str) -> None:
    """A link inside the workbook; it can lead nowhere else."""
    cell = page.cell(row=row, column=_LINK)
    quoted = sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{address}", display=address)
    cell.font = Font(name=_FONT, size=10, underline="single", color="0563C1")
