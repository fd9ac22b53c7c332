"""A sheet that holds a whole report, section below section, becomes a sheet for each; cells keep their places."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from resolution_monitor.catalogue.names import fold
from resolution_monitor.normalise.values import clean, is_blank, text_of
from resolution_monitor.reporting import layout
from resolution_monitor.terms import CellValue, Sheet, Workbook, cell_address

# A line that holds one of these names alone begins its part.
_SECTIONS = {fold(name): name for name in (layout.META, *layout.HEADINGS)}
_FEWEST_SECTIONS = 2
# What programs put in the place of letters that they cannot keep.
_LOST = "?\ufffd"
_LOST_IN_WORD = re.compile(f"[^\\W\\d_][{_LOST}]|[{_LOST}][^\\W\\d_]")
_ADDRESS_OF_WEB = re.compile(r"\w+://\S+|\?\w+=\S*")
_LONGEST_KNOWN = 80
_UNPARTED = re.compile(r"\s*\"?agency_id\"?\s*[;,|\t]")
_FEWEST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Lost:
    """
    A text whose letters a program has lost.

    Attributes:
        is_ours: Whether it is a heading or word of the template: then nothing of the file can be told.
    """

    sheet: str
    cell: str
    text: str
    is_ours: bool


def split_sections(workbook: Workbook) -> Workbook:
    """The same workbook with the sections of each sheet as sheets of their own: CSV, or CSV saved as a workbook."""
    parts = [_parts(sheet) for sheet in workbook.sheets]
    if all(len(parted) == 1 for parted in parts):
        return workbook
    return replace(workbook, sheets=tuple(part for parted in parts for part in parted))


def true_names(whole: Workbook, sectioned: Workbook) -> Mapping[str, str]:
    """Section -> the sheet that a person finds it on, where that has a name."""
    if sectioned is whole:
        return {}
    parted = [(sheet.name, _parts(sheet)) for sheet in whole.sheets if sheet.name]
    return {part.name: name for name, parts in parted if len(parts) > 1 for part in parts}


def _parts(sheet: Sheet) -> list[Sheet]:
    starts = [(row, name) for row, cells in enumerate(sheet.rows) if (name := _section(cells))]
    if not starts or (sheet.name and len(starts) < _FEWEST_SECTIONS):
        return [sheet]
    ends = [row for row, _ in starts[1:]] + [len(sheet.rows)]
    return [
        replace(sheet, name=name, is_hidden=False, rows=((),) * (start + 1) + sheet.rows[start + 1 : end])
        for (start, name), end in zip(starts, ends, strict=True)
    ]


def _section(cells: tuple[CellValue, ...]) -> str | None:
    if not cells or not isinstance(cells[0], str) or (len(cells) > 1 and cells[1]) or len(cells[0]) > _LONGEST_KNOWN:
        return None
    if any(not is_blank(value) for value in cells[1:]) or is_blank(cells[0]):
        return None
    return _SECTIONS.get(fold(text_of(cells[0])))


def unparted_line(workbook: Workbook) -> tuple[str, str, str] | None:
    """Sheet, cell and text of a line that stands in one cell with all its columns: a CSV file that was not parted."""
    for sheet in workbook.sheets:
        for row, cells in enumerate(sheet.rows):
            if cells and isinstance(cells[0], str) and _UNPARTED.match(cells[0]):
                return sheet.name, cell_address(row, 0), clean(cells[0])[:_LONGEST_KNOWN]
    return None


def lost_letters(workbook: Workbook) -> Lost | None:
    """The first text that lost its letters; one of the template's own comes before any other."""
    found = list(_lost_texts(workbook))
    return next((lost for lost in found if lost.is_ours), found[0] if found else None)


def _lost_texts(workbook: Workbook) -> Iterator[Lost]:
    for sheet in workbook.sheets:
        whole = "\n".join([held for cells in sheet.rows for held in cells if type(held) is str])
        if "?" not in whole and "\ufffd" not in whole:
            continue
        for row, cells in enumerate(sheet.rows):
            for column, held in enumerate(cells):
                if isinstance(held, str) and _is_lost(held):
                    text = clean(held[: 2 * _LONGEST_KNOWN])
                    yield Lost(sheet.name, cell_address(row, column), text[:_LONGEST_KNOWN], _is_ours(text))


def _is_lost(held: str) -> bool:
    """More than one word: a question is asked with one mark, behind its last word."""
    if "?" not in held and "\ufffd" not in held:
        return False
    bare = _ADDRESS_OF_WEB.sub(" ", held).rstrip("? ")
    return "\ufffd" in bare or bool(_LOST_IN_WORD.search(bare))


def _is_ours(text: str) -> bool:
    """Whether it can be a heading, or the name of a section, with letters put back."""
    if len(text) > _LONGEST_KNOWN or sum(letter.isalpha() for letter in text) < _FEWEST_LETTERS:
        return False
    pattern = re.compile("".join("." if letter in _LOST else re.escape(letter) for letter in text))
    headings = (heading for by_field in layout.HEADINGS.values() for heading in by_field.values())
    return any(pattern.fullmatch(known) for known in (*layout.HEADINGS, *headings))
