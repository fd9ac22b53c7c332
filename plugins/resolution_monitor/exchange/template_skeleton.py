"""A body's workbook without its rows, made once: all bodies' workbooks differ in their rows alone."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from resolution_monitor.brief.render_xlsx import with_fixed_times
from resolution_monitor.exchange.sheet_xml import Style
from resolution_monitor.exchange.template_columns import COLUMNS, Column
from resolution_monitor.exchange.template_guide import arrange_guide
from resolution_monitor.exchange.template_looks import arrange, styles_in
from resolution_monitor.reporting import layout

HEAD_ROW = 5
# The first row below the example.
FIRST_ROW = HEAD_ROW + 2
# The same answers give the same bytes, so the file bears no time of its making.
_MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)
_FROZEN_COLUMNS = {layout.INDICATORS: 2, layout.TASKS: 2, layout.OBSTACLES: 1, layout.REQUESTS: 1}
_TAB = "BF9000"
_CHOICES_COLUMN = 4  # of the hidden sheet: the lists stand right of its keys and values
_ERROR_TITLE = "Đề nghị kiểm tra lại"
# Form of a column -> type of what is written in it, its ends, and what is said of anything else. Days as a spreadsheet
# counts them: 1 January 2020 to 31 December 2045.
_KINDS: dict[str, tuple[Any, str, str, str]] = {
    "number": ("decimal", "-1000000000000000", "1000000000000000", "Đề nghị ghi một số, không ghi chữ."),
    "percent": ("decimal", "0", "100", "Đề nghị ghi một số từ 0 đến 100: năm mươi phần trăm ghi 50."),
    "whole": ("whole", "1", "999999", "Đề nghị ghi số thứ tự, ví dụ 1."),
    "date": ("date", "43831", "53327", "Đề nghị ghi ngày/tháng/năm, ví dụ 31/10/2026."),
}
# Lists are offered in rows down to this one, whether they are filled or not.
_LAST_ROW = 1000
_ROWS = re.compile(rb"<sheetData ?/>|<sheetData>.*</sheetData>", re.DOTALL)
# Names the last cell; readers that believe it leave out what lies beyond.
_EXTENT = re.compile(rb"<dimension [^>]*/>")
_LAST_CELL = b"@last@"
# Stand where each body has its own; no list of ours is so long.
_TITLE, _MOST_CHOICES = "@title@", 99_999


@dataclass(frozen=True, slots=True)
class Skeleton:
    """
    What all workbooks share.

    Attributes:
        parts: Name in the zip -> content; of a sheet None, for it is in `sheets`.
        sheets: Name of a sheet -> its name in the zip, what stands before its rows, and what behind them.
        styles: By the names of template_looks.
    """

    parts: Mapping[str, bytes | None]
    sheets: Mapping[str, tuple[str, bytes, bytes]]
    styles: dict[str, Style]


@lru_cache(maxsize=4)
def skeleton(keys: tuple[str, ...]) -> Skeleton:
    """
    The workbook with empty sheets.

    Args:
        keys: Names of the lists on the hidden sheet, in their order.
    """
    workbook = Workbook()
    guide = workbook.worksheets[0]
    guide.title = layout.GUIDE
    styles = styles_in(workbook)
    arrange_guide(guide)
    for name, columns in COLUMNS.items():
        page = workbook.create_sheet(name)
        for number, column in enumerate(columns.values(), start=1):
            page.column_dimensions[get_column_letter(number)].width = column.width
            _offer(page, name, number, column, keys)
        page.sheet_properties.tabColor = _TAB
        arrange(page, head_row=HEAD_ROW, frozen_columns=_FROZEN_COLUMNS[name])
    meta = workbook.create_sheet(layout.META)
    meta.sheet_state = "veryHidden"
    meta.protection.sheet = True
    return _taken_apart(workbook, styles)


def choices_columns(keys: Sequence[str]) -> dict[str, int]:
    """Key of a list -> its column on the hidden sheet."""
    return {key: number for number, key in enumerate(keys, start=_CHOICES_COLUMN)}


def _offer(page: Worksheet, sheet: str, number: int, column: Column, keys: Sequence[str]) -> None:
    """
    A list to choose from, a kind of number, or a hint.

    Whoever writes something else is warned at the keyboard, and may go on: the reader says what was expected.
    """
    kind = _KINDS.get(column.form) if column.is_input else None
    if not (column.choices or column.hint or kind):
        return
    offered = DataValidation(allow_blank=True, showErrorMessage=bool(column.choices or kind), errorStyle="warning")
    if column.choices:
        letter = get_column_letter(choices_columns(keys)[column.choices])
        offered.type = "list"
        offered.formula1 = f"{layout.META}!${letter}$1:${letter}${_MOST_CHOICES}"
        offered.errorTitle, offered.error = _ERROR_TITLE, "Đề nghị chọn trong danh sách của ô."
    elif kind:
        offered.type, offered.formula1, offered.formula2, offered.error = kind
        offered.operator, offered.errorTitle = "between", _ERROR_TITLE
    if column.hint:
        heading = list(layout.HEADINGS[sheet].values())[number - 1]
        offered.showInputMessage, offered.promptTitle, offered.prompt = True, heading[:32], column.hint
    letter = get_column_letter(number)
    offered.add(f"{letter}{FIRST_ROW}:{letter}{_LAST_ROW}")
    page.add_data_validation(offered)


def _taken_apart(workbook: Workbook, styles: dict[str, Style]) -> Skeleton:
    workbook.properties.creator = "Resolution Monitor"
    workbook.properties.title = _TITLE
    # The format holds UTC without a zone.
    workbook.properties.created = workbook.properties.modified = _MADE_AT.replace(tzinfo=None)
    buffer = io.BytesIO()
    workbook.save(buffer)
    content = with_fixed_times(buffer.getvalue(), f"{_MADE_AT:%Y-%m-%dT%H:%M:%SZ}")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts: dict[str, bytes | None] = {name: archive.read(name) for name in archive.namelist()}
    sheets = {}
    for number, name in enumerate(workbook.sheetnames, start=1):
        part = f"xl/worksheets/sheet{number}.xml"
        before, after = _ROWS.split(
            _EXTENT.sub(b'<dimension ref="A1:' + _LAST_CELL + b'"/>', parts[part] or b""), maxsplit=1
        )
        sheets[name] = (part, before, after)
        parts[part] = None
    return Skeleton(parts, sheets, styles)


def put_together(
    made: Skeleton, rows: Mapping[str, str], title: str, choices: Mapping[str, Sequence[str]]
) -> dict[str, bytes]:
    """
    The parts of one workbook.

    Args:
        rows: Sheet -> the XML of its rows.
        title: For the properties, escaped.
        choices: The lists of the hidden sheet.
    """
    parts = {name: content for name, content in made.parts.items() if content is not None}
    parts["docProps/core.xml"] = parts["docProps/core.xml"].replace(_TITLE.encode(), title.encode())
    ends = {
        f"${letter}${_MOST_CHOICES}<".encode(): f"${letter}${max(len(choices[key]), 1)}<".encode()
        for key, column in choices_columns(list(choices)).items()
        if (letter := get_column_letter(column))
    }
    for name, (part, before, after) in made.sheets.items():
        for old, new in ends.items():
            after = after.replace(old, new)
        before = before.replace(_LAST_CELL, _last_cell(name, rows[name], list(choices)).encode())
        parts[part] = b"".join((before, b"<sheetData>", rows[name].encode(), b"</sheetData>", after))
    return {name: parts[name] for name in made.parts}


def _last_cell(sheet: str, rows: str, keys: Sequence[str]) -> str:
    """Lowest row and rightmost column of a sheet."""
    columns = {layout.GUIDE: 2, layout.META: max(choices_columns(keys).values())}
    column = columns[sheet] if sheet in columns else len(COLUMNS[sheet])
    number = rows[rows.rfind('<row r="') + len('<row r="') :].split('"', 1)[0]
    return f"{get_column_letter(column)}{number}"
