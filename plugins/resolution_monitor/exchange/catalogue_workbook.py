"""The catalogue's tables as a workbook that an analyst edits, and a workbook read back as tables."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from resolution_monitor import terms
from resolution_monitor.brief.render_xlsx import with_fixed_times
from resolution_monitor.brief.render_xlsx import write_text as put_text
from resolution_monitor.catalogue.sheets import SHEETS, Cell, Record, Tables

# The same catalogue gives the same bytes, so the file bears no time of its making.
_MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)
_FONT = "Arial"
_HEAD = PatternFill("solid", start_color="1A1A1A")
_WIDTHS = {
    **{"name_vi": 60, "name_en": 50, "product": 30, "source": 40, "note": 40, "assumed": 30, "as_written": 30},
    "document": 40,
}
_WIDTH = 16


def workbook_bytes(tables: Tables) -> bytes:
    """One sheet a table: one header row, panes frozen below it and right of the keys."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, layout in SHEETS.items():
        page = workbook.create_sheet(name)
        _write_head(page, layout.columns)
        for row, record in enumerate(tables[name], start=2):
            for column, field in enumerate(layout.columns, start=1):
                _write(page, row, column, record[field])
        page.freeze_panes = f"{get_column_letter(len(layout.key) + 1)}2"
        page.auto_filter.ref = f"A1:{get_column_letter(len(layout.columns))}{len(tables[name]) + 1}"
    workbook.properties.creator = "Resolution Monitor"
    # The format holds UTC without a zone.
    workbook.properties.created = workbook.properties.modified = _MADE_AT.replace(tzinfo=None)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return with_fixed_times(buffer.getvalue(), f"{_MADE_AT:%Y-%m-%dT%H:%M:%SZ}")


def _write_head(page: Worksheet, columns: tuple[str, ...]) -> None:
    for number, name in enumerate(columns, start=1):
        cell = page.cell(row=1, column=number, value=name)
        cell.font = Font(name=_FONT, size=10, bold=True, color="FFFFFF")
        cell.fill = _HEAD
        page.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name, _WIDTH)


def _write(page: Worksheet, row: int, column: int, value: Cell) -> None:
    if value is None:
        return
    cell = page.cell(row=row, column=column, value=value)
    cell.font = Font(name=_FONT, size=10)
    cell.alignment = Alignment(vertical="top")
    if isinstance(value, str):
        put_text(cell, value)
        cell.number_format = "@"  # an id such as 57.10 typed over must stay text


def read_tables(workbook: terms.Workbook, problems: list[str]) -> Tables:
    """
    The tables of a workbook that came back.

    Args:
        problems: Is told of sheets and columns that are missing; the tables then lack them.
    """
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    tables: Tables = {}
    for name, layout in SHEETS.items():
        if name not in sheets:
            problems.append(f"sheet {name} is missing; export the workbook again and edit that one")
            continue
        header, *rows = sheets[name].rows or ((),)
        places = {text: place for place, text in enumerate(header) if isinstance(text, str)}
        missing = [column for column in layout.columns if column not in places]
        if missing:
            problems.append(f"sheet {name}: columns {', '.join(missing)} are missing; restore the header row")
            continue
        tables[name] = list(_records(rows, {column: places[column] for column in layout.columns}))
    return tables


def _records(rows: list[tuple[terms.CellValue, ...]], places: dict[str, int]) -> Iterator[Record]:
    for row in rows:
        record = {name: _plain(row[place] if place < len(row) else None) for name, place in places.items()}
        if any(value is not None for value in record.values()):
            yield record


def _plain(value: terms.CellValue) -> Cell:
    """A cell as YAML holds it: days as text, whole numbers without a fraction, nothing for blank."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        return _truth(value.strip()) or None
    return value


def _truth(text: str) -> Cell:
    return {"TRUE": True, "FALSE": False}.get(text.upper(), text)
