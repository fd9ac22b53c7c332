"""Does to a file what a hurried clerk would: words in the place of a number, a row twice."""

import csv
import io
from dataclasses import dataclass

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from resolution_monitor.brief.render_xlsx import with_fixed_times
from resolution_monitor.exchange.plain import DELIMITER
from resolution_monitor.reporting import layout
from resolution_monitor.terms import cell_address

# As in the workbooks we write: the same answers give the same bytes.
_MADE_AT = "2000-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A file after its fault, and the cell in which the fault stands."""

    content: bytes
    cell: str


@dataclass(frozen=True, slots=True)
class Place:
    """A field of one item's row in one sheet."""

    sheet: str
    item_id: str
    field: str

    @property
    def column(self) -> int:
        """Counted from 0."""
        return list(layout.HEADINGS[self.sheet]).index(self.field)


def written_over(content: bytes, place: Place, text: str, *, is_csv: bool) -> Spoiled:
    """The file with this text in the place of what stood there."""
    return _csv_over(content, place, text) if is_csv else _workbook_over(content, place, text)


def row_again(content: bytes, place: Place, text: str, *, is_csv: bool) -> Spoiled:
    """The file with the item's row once more behind the others and this text in the field; the cell is the code's."""
    return _csv_again(content, place, text) if is_csv else _workbook_again(content, place, text)


def cell_of(content: bytes, place: Place, *, is_csv: bool) -> str:
    """Where a field of an item stands in a file."""
    if is_csv:
        rows = _csv_rows(content)
        return cell_address(_csv_row_of(rows, place), _csv_column(rows, place))
    page = load_workbook(io.BytesIO(content), read_only=True)[place.sheet]
    return cell_address(_row_of(page, place.item_id) - 1, place.column)


def _workbook_over(content: bytes, place: Place, text: str) -> Spoiled:
    workbook = load_workbook(io.BytesIO(content))
    page = workbook[place.sheet]
    row = _row_of(page, place.item_id)
    page.cell(row=row, column=place.column + 1).value = text
    address = cell_address(row - 1, place.column)
    target = io.BytesIO()
    workbook.save(target)
    return Spoiled(with_fixed_times(target.getvalue(), _MADE_AT), address)


def _workbook_again(content: bytes, place: Place, text: str) -> Spoiled:
    workbook = load_workbook(io.BytesIO(content))
    page = workbook[place.sheet]
    source, last = _row_of(page, place.item_id), page.max_row + 1
    for number in range(1, page.max_column + 1):
        page.cell(row=last, column=number, value=page.cell(row=source, column=number).value)
    page.cell(row=last, column=place.column + 1).value = _as_number(text)
    address = cell_address(last - 1, 0)
    target = io.BytesIO()
    workbook.save(target)
    return Spoiled(with_fixed_times(target.getvalue(), _MADE_AT), address)


def _row_of(page: Worksheet, item_id: str) -> int:
    return next(row for row in range(1, page.max_row + 1) if page.cell(row=row, column=1).value == item_id)


def _as_number(text: str) -> float | str:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return text


def _csv_over(content: bytes, place: Place, text: str) -> Spoiled:
    rows = _csv_rows(content)
    number = _csv_row_of(rows, place)
    column = _csv_column(rows, place)
    rows[number][column] = text
    return Spoiled(_csv_bytes(rows), cell_address(number, column))


def _csv_again(content: bytes, place: Place, text: str) -> Spoiled:
    rows = _csv_rows(content)
    first = _csv_row_of(rows, place)
    last = next(number for number in range(first, len(rows)) if number + 1 == len(rows) or not rows[number + 1])
    column = _csv_column(rows, place)
    rows.insert(last + 1, [*rows[first][:column], text, *rows[first][column + 1 :]])
    return Spoiled(_csv_bytes(rows), cell_address(last + 1, 0))


def _csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=DELIMITER))


def _csv_row_of(rows: list[list[str]], place: Place) -> int:
    section = rows.index([place.sheet])
    return next(number for number in range(section, len(rows)) if rows[number][:1] == [place.item_id])


def _csv_column(rows: list[list[str]], place: Place) -> int:
    heading = layout.HEADINGS[place.sheet][place.field]
    return rows[rows.index([place.sheet]) + 1].index(heading)


def _csv_bytes(rows: list[list[str]]) -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=DELIMITER, lineterminator="\r\n").writerows(rows)
    return target.getvalue().encode("utf-8-sig")
