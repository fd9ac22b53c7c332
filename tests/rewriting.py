"""The sample workbooks written again as .xlsx, with cells changed: what a body would send as a correction."""

import io
from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook as OutputWorkbook

from resolution_monitor.collect.read import read_files
from resolution_monitor.settings import from_environment
from resolution_monitor.terms import Workbook


def read_workbook(path: Path) -> Workbook:
    (result,) = read_files(from_environment({}), [path])
    assert result.workbook is not None, result.refusal
    return result.workbook


def rewritten(path: Path, changes: Mapping[tuple[str, str], object], only: set[str] | None = None) -> bytes:
    """
    Args:
        changes: (sheet, cell) -> what it holds instead; None empties it.
        only: Sheets to keep; None keeps all.
    """
    output = OutputWorkbook()
    output.remove(output.worksheets[0])
    for sheet in read_workbook(path).sheets:
        if only is not None and sheet.name not in only:
            continue
        page = output.create_sheet(sheet.name)
        for row in sheet.rows:
            page.append(list(row))
        for merged in sheet.merged:
            page.merge_cells(
                start_row=merged.first_row + 1,
                start_column=merged.first_column + 1,
                end_row=merged.last_row + 1,
                end_column=merged.last_column + 1,
            )
        for (name, cell), value in changes.items():
            if name == sheet.name:
                page[cell] = value
    buffer = io.BytesIO()
    output.save(buffer)
    return buffer.getvalue()
