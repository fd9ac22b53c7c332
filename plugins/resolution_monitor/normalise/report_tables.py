"""The tables of a body's report in the sheets of a workbook: found by their headings, wherever they stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from resolution_monitor.catalogue.names import fold
from resolution_monitor.normalise.notes import Notes
from resolution_monitor.normalise.values import clean, is_blank, text_of
from resolution_monitor.reporting import layout
from resolution_monitor.terms import CellValue, Sheet, Workbook, cell_address

_SEARCHED_ROWS = 30
_LONGEST_HEADING = 200
_FEWEST_HEADINGS = 3
# What tells a table from the others, and what cannot be done without.
_NEEDED: dict[str, tuple[str, ...]] = {
    layout.INDICATORS: ("indicator_id", "value", "state"),
    layout.TASKS: ("task_id", "state", "done_pct", "done_on", "product"),
    layout.OBSTACLES: ("kind", "text", "resolver"),
    layout.REQUESTS: ("kind", "text", "decider"),
}
# What can be done without, but is asked.
_ASKED: dict[str, tuple[str, ...]] = {
    layout.INDICATORS: ("numerator", "denominator", "explanation"),
    layout.TASKS: ("schedule", "evidence", "note"),
}
# Table -> folded heading, or name, of a field -> the field.
_FIELD_OF = {
    name: {fold(written): field for field, heading in headings.items() for written in (field, heading)}
    | {fold(heading): field for field, heading in layout.FORMER_HEADINGS.get(name, {}).items()}
    for name, headings in layout.HEADINGS.items()
}
# Sheets of ours that hold no answer.
_NOT_ANSWERS = {fold(name) for name in (layout.GUIDE, layout.ERRORS, layout.RESULT)}


@dataclass(frozen=True, slots=True)
class ReportTable:
    """
    One table with its places. Rows and columns count from 0.

    Attributes:
        name: The sheet of the layout that it is.
        columns: Field -> its column.
        first_row: The row below the headings.
        is_typed: Whether cells know numbers from text; in CSV all is text, as its program's country writes it.
    """

    name: str
    sheet: Sheet
    columns: dict[str, int]
    first_row: int
    is_typed: bool = True

    @property
    def free_column(self) -> int:
        """The first column right of the table."""
        return max(self.columns.values()) + 1

    def held(self, row: int, field: str) -> CellValue:
        """What a cell holds; nothing where the table has no such column."""
        return self.sheet.value(row, self.columns[field]) if field in self.columns else None

    def address(self, row: int, field: str) -> str:
        return cell_address(row, self.columns[field])

    def rows(self) -> Iterator[int]:
        """Rows that hold anything in a column of ours."""
        for row in range(self.first_row, len(self.sheet.rows)):
            cells = self.sheet.rows[row]
            if any(column < len(cells) and not is_empty(cells[column]) for column in self.columns.values()):
                yield row


# "Giá trị kỳ này (1)": the mark of a footnote is no word of a heading.
_FOOTNOTE = re.compile(r"\s*(?:\(\d{1,2}\)|[¹²³])\s*$")


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Headings and words of lists stand in every file: each is folded once."""
    return fold(text)


def is_empty(held: CellValue) -> bool:
    """Whether a cell shows nothing; a number or a letter at its beginning says so without cleaning it."""
    if held is None:
        return True
    return isinstance(held, str) and not held[:1].isalnum() and is_blank(held)


def metas_of(workbook: Workbook) -> list[dict[str, str]]:
    """What each sheet that names a body and a period says, by key; such a sheet is known by its keys, not its name."""
    told = [_pairs(sheet) for sheet in workbook.sheets]
    return [pairs for pairs in told if {"agency_id", "period"} <= pairs.keys()]


def _pairs(sheet: Sheet) -> dict[str, str]:
    rows = [cells for cells in sheet.rows if cells and isinstance(cells[0], str) and len(cells[0]) <= _LONGEST_HEADING]
    return {
        clean(str(cells[0])): _told(cells[1] if len(cells) > 1 else None)
        for cells in rows
        if clean(str(cells[0])) in (*layout.META_KEYS, layout.CLOSED_KEY)
    }


def _told(held: CellValue) -> str:
    """What a key says; a spreadsheet makes a day of 2026-10-31, and the first of its month of 2026-10."""
    return f"{held:%Y-%m-%d}" if isinstance(held, date) else text_of(held)


def strange_rows(workbook: Workbook) -> Iterator[tuple[Sheet, int]]:
    """Rows that stand in a section of keys and are none: the table of a section whose name was not understood."""
    for sheet in workbook.sheets:
        if sheet.name == layout.META and {"agency_id", "period"} <= _pairs(sheet).keys():
            for row, cells in enumerate(sheet.rows):
                first = cells[0] if cells else None
                is_key = isinstance(first, str) and clean(first) in layout.META_KEYS
                if not (is_key or is_blank(first)) and sum(not is_blank(one) for one in cells) >= _FEWEST_HEADINGS:
                    yield sheet, row


def looks_like_report(workbook: Workbook) -> bool:
    """Whether a sheet bears the headings of a body's report, though none says whose."""
    return any(_recognised(sheet) is not None for sheet in workbook.sheets)


def tables_of(workbook: Workbook, notes: Notes) -> dict[str, ReportTable]:
    """Name -> table; notes tell of tables that are there twice, cannot be read, or are not ours."""
    found: dict[str, list[ReportTable]] = {}
    for sheet in workbook.sheets:
        if {"agency_id", "period"} <= _pairs(sheet).keys():
            continue
        table = _recognised(sheet)
        if table is not None:
            table = replace(table, is_typed=workbook.kind != "csv")
            found.setdefault(table.name, []).append(table)
        elif folded(sheet.name) not in _NOT_ANSWERS:
            _tell_unread(sheet, notes)
    for name, tables in found.items():
        if len(tables) > 1:
            sheets = ", ".join(table.sheet.name for table in tables)
            notes.add("form-on-two-sheets", sheet=tables[0].sheet.name, form=name, sheets=sheets)
    alone = {name: tables[0] for name, tables in found.items() if len(tables) == 1}
    for table in alone.values():
        _tell_missing_columns(table, notes)
    return alone


def _tell_missing_columns(table: ReportTable, notes: Notes) -> None:
    """Columns that a body should fill in and that are gone from a sheet of ours: said once, not row by row."""
    missing = [field for field in _ASKED.get(table.name, ()) if field not in table.columns]
    if missing and "name" in table.columns:
        headings = ", ".join(f"«{layout.HEADINGS[table.name][field]}»" for field in missing)
        cell = cell_address(table.first_row - 1, table.free_column)
        notes.add("column-missing", sheet=table.sheet.name, cell=cell, value=headings)


def _recognised(sheet: Sheet) -> ReportTable | None:
    for row, cells in enumerate(sheet.rows[: _first_rows(sheet)]):
        places = _places(cells)
        for name, needed in _NEEDED.items():
            columns = _columns(name, places)
            if set(needed) <= columns.keys():
                return ReportTable(name, sheet, columns, row + 1)
    return None


def _first_rows(sheet: Sheet) -> int:
    """How far headings are looked for: from the first row that holds anything."""
    blank = next((number for number, cells in enumerate(sheet.rows) if any(not is_blank(v) for v in cells)), 0)
    return blank + _SEARCHED_ROWS


def _places(cells: tuple[CellValue, ...]) -> dict[str, list[int]]:
    """Folded text of a row -> the columns it stands in."""
    places: dict[str, list[int]] = {}
    for column, value in enumerate(cells):
        if isinstance(value, str) and len(value) <= _LONGEST_HEADING:
            places.setdefault(folded(_FOOTNOTE.sub("", value)), []).append(column)
    return places


def _columns(name: str, places: dict[str, list[int]]) -> dict[str, int]:
    """Field -> column of the one cell that bears its heading, or its own name; a heading met twice is none."""
    found: dict[str, list[int]] = {}
    for written, columns in places.items():
        if (field := _FIELD_OF[name].get(written)) is not None:
            found[field] = found.get(field, []) + columns
    return {field: columns[0] for field, columns in found.items() if len(columns) == 1}


def _tell_unread(sheet: Sheet, notes: Notes) -> None:
    known = {fold(written): name for name, field in layout.FIELDS.items() for written in (name, field)}
    name = known.get(fold(sheet.name))
    texts = [text_of(value) for row in sheet.rows[: _first_rows(sheet)] for value in row if not is_blank(value)]
    if not texts:
        return
    if name is None:
        notes.add("sheet-not-read", sheet=sheet.name, value=texts[0][:60])
        return
    rows = range(min(_first_rows(sheet), len(sheet.rows)))
    best = max(rows, key=lambda row: len(_columns(name, _places(sheet.rows[row]))))
    found = _columns(name, _places(sheet.rows[best]))
    missing = ", ".join(layout.HEADINGS[name][field] for field in _NEEDED[name] if field not in found)
    # The first heading that is none of ours is where the missing one was retyped.
    strange = [
        (cell_address(best, column), text_of(held)[:_LONGEST_HEADING])
        for column, held in enumerate(sheet.rows[best])
        if not is_blank(held) and column not in found.values()
    ]
    cell, written = strange[0] if strange and found else (None, None)
    place = f"ô {cell} ghi «{written}»" if cell else "phần đầu bảng"
    shown = " | ".join(" ".join(text.split())[:40] for text in texts)[:400]
    told = {"form": name, "column": missing, "expected": missing, "headers": shown, "place": place}
    notes.add("unknown-header", sheet=sheet.name, cell=cell, value=written, **told)
