"""The Ministry's workbooks as those of another year: written again, with headings, units or looks changed."""

import functools
import io
import re
from collections.abc import Callable
from pathlib import Path

from conftest import SAMPLES
from openpyxl import Workbook as OutputWorkbook
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from rewriting import read_workbook

from resolution_monitor.terms import CellValue, Workbook

Change = Callable[[OutputWorkbook], None]
_YEAR = re.compile(r"\b20\d\d\b")


def of_year(name: str, year: int, *changes: Change) -> bytes:
    """
    A workbook of the samples, such as "Final_2013", as if it were of another year.

    Every year that its texts name moves alike; figures, merged cells and hidden rows stay.
    """
    moved = year - int(name[-4:])
    output = OutputWorkbook()
    output.remove(output.worksheets[0])
    for sheet in _sample(name).sheets:
        page = output.create_sheet(sheet.name)
        for row in sheet.rows:
            page.append([_moved(held, moved) for held in row])
        for one in sheet.merged:
            page.merge_cells(None, one.first_row + 1, one.first_column + 1, one.last_row + 1, one.last_column + 1)
        for first, last in sheet.hidden_rows:
            hide_rows(sheet.name, *range(first + 1, last + 2))(output)
    for change in changes:
        change(output)
    buffer = io.BytesIO()
    output.save(buffer)
    return buffer.getvalue()


@functools.cache
def _sample(name: str) -> Workbook:
    return read_workbook(SAMPLES / "BTC" / f"{name}.xls")


@functools.cache
def cells_of(path: Path) -> dict[str, Worksheet]:
    """The sheets of a written workbook, as another program reads them."""
    return {page.title: page for page in load_workbook(path, data_only=True).worksheets}


def _moved(held: CellValue, years: int) -> CellValue:
    return _YEAR.sub(lambda year: str(int(year[0]) + years), held) if isinstance(held, str) else held


def put(sheet: str, **cells: object) -> Change:
    """Other words, or none, in some cells."""

    def change(workbook: OutputWorkbook) -> None:
        for cell, held in cells.items():
            for merged in [one for one in workbook[sheet].merged_cells.ranges if cell in one]:
                workbook[sheet].unmerge_cells(str(merged))
            workbook[sheet][cell] = held

    return change


def unmerged(sheet: str) -> Change:
    def change(workbook: OutputWorkbook) -> None:
        for merged in list(workbook[sheet].merged_cells.ranges):
            workbook[sheet].unmerge_cells(str(merged))

    return change


def added_column(sheet: str, at: int, heading_row: int, heading: str, held: object) -> Change:
    """A column before the one numbered `at`, with something beside every row of figures."""

    def change(workbook: OutputWorkbook) -> None:
        unmerged(sheet)(workbook)
        page = workbook[sheet]
        page.insert_cols(at)
        page.cell(heading_row, at).value = heading
        for row in range(heading_row + 4, page.max_row + 1):
            page.cell(row, at).value = held

    return change


def added_row(sheet: str, at: int, *held: object) -> Change:
    def change(workbook: OutputWorkbook) -> None:
        unmerged(sheet)(workbook)
        page = workbook[sheet]
        page.insert_rows(at)
        for column, value in enumerate(held, start=1):
            page.cell(at, column).value = value

    return change


def hide_rows(sheet: str, *rows: int) -> Change:
    def change(workbook: OutputWorkbook) -> None:
        for row in rows:
            workbook[sheet].row_dimensions[row].hidden = True

    return change


def hide_columns(sheet: str, *columns: str) -> Change:
    def change(workbook: OutputWorkbook) -> None:
        for column in columns:
            workbook[sheet].column_dimensions[column].hidden = True

    return change


def merged(sheet: str, *ranges: str) -> Change:
    def change(workbook: OutputWorkbook) -> None:
        unmerged(sheet)(workbook)
        for one in ranges:
            workbook[sheet].merge_cells(one)

    return change


def each(sheet: str, column: int, rows: range, write: Callable[[object], object]) -> Change:
    """A column written otherwise, where it holds anything."""

    def change(workbook: OutputWorkbook) -> None:
        for row in rows:
            cell = workbook[sheet].cell(row, column)
            if cell.value is not None:
                cell.value = write(cell.value)  # type: ignore[assignment]

    return change


def renamed(sheet: str, name: str) -> Change:
    def change(workbook: OutputWorkbook) -> None:
        workbook[sheet].title = name

    return change


def without(*sheets: str) -> Change:
    def change(workbook: OutputWorkbook) -> None:
        for sheet in sheets:
            del workbook[sheet]

    return change
