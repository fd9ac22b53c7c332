"""Where a form's table stands in a sheet: its title, the band of its headings, and each column's words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from resolution_monitor.catalogue.entries import Form
from resolution_monitor.catalogue.names import fold
from resolution_monitor.normalise.values import is_blank, is_numbered, millions_in_unit, number_of, text_of
from resolution_monitor.terms import CellValue, Finding, Severity, Sheet, cell_address

HEADER_SEARCHED_ROWS = 40
_ENCLOSED = re.compile(r"^(?:kem theo|ban hanh kem)\b")


@dataclass(frozen=True, slots=True)
class Header:
    """The header band: each column's texts, joined from top to bottom; `rows` ends below the band."""

    texts: list[str]
    rows: tuple[int, int]
    first_row: int
    numbers_row: int | None


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of one cell, as written, with its address."""

    text: str
    cell: str


def sheet_finding(
    check: str,
    sheet: Sheet,
    severity: Severity = Severity.BLOCK,
    *,
    cell: str | None = None,
    value: str | None = None,
    **details: str,
) -> Finding:
    """A finding on a sheet, or a cell of it."""
    return Finding(check, severity, sheet.name, cell, value, details=tuple(sorted(details.items())))


def letterhead(sheet: Sheet) -> str:
    """Folded text of the sheet's first rows, where titles stand."""
    cells = (value for row in sheet.rows[:HEADER_SEARCHED_ROWS] for value in row if isinstance(value, str))
    return fold(" ".join(cells))


def title_pieces(form: Form, sheet: Sheet, top: int) -> list[Piece]:
    """The cells of the title and what stands between it and the row `top`, where the headings begin."""
    pieces = [piece for row in range(top) for piece in row_pieces(sheet, row)]
    starts = [place for place in range(len(pieces)) if form.title.search(_joined(pieces[place:]))]
    return pieces[max(starts) :] if starts else []


def before_enclosure(pieces: Sequence[Piece]) -> list[Piece]:
    """Such cells down to "(Kèm theo Quyết định số ...", whose words and days are no longer the title's."""
    is_title = [not _ENCLOSED.match(fold(piece.text)) for piece in pieces]
    return list(pieces[: is_title.index(False)] if False in is_title else pieces)


def last_of_title(form: Form, pieces: Sequence[Piece]) -> list[Piece]:
    """Of such cells the one in which the words of the title end."""
    ends = (place for place in range(len(pieces)) if form.title.search(_joined(pieces[: place + 1])))
    return [pieces[place] for place in ends][:1]


def _joined(pieces: Sequence[Piece]) -> str:
    return fold(" ".join(piece.text for piece in pieces))


def row_pieces(sheet: Sheet, row: int) -> Iterator[Piece]:
    """The texts of a row, from left to right."""
    for column, value in enumerate(sheet.rows[row]):
        if isinstance(value, str) and fold(value):
            yield Piece(" ".join(value.split()), cell_address(row, column))


def heading_pieces(sheet: Sheet, header: Header, column: int) -> list[Piece]:
    """The cells of a column's heading from top to bottom; a cell merged over several columns heads each of them."""
    top, bottom = header.rows
    origins = _merge_origins(sheet, top, bottom)
    places = dict.fromkeys(origins.get((row, column), (row, column)) for row in range(top, bottom))
    texts = ((place, text_of(sheet.value(*place))) for place in places)
    return [Piece(" ".join(text.split()), cell_address(*place)) for place, text in texts if text]


def find_header(form: Form, sheet: Sheet) -> Header | None:
    """The band of rows around the cell that heads the names, down to the first row of figures."""
    for row in range(min(HEADER_SEARCHED_ROWS, len(sheet.rows))):
        for column, value in enumerate(sheet.rows[row]):
            if isinstance(value, str) and form.columns["body"].search(fold(value)):
                return _header_around(form, sheet, row, column)
    return None


def _header_around(form: Form, sheet: Sheet, anchor_row: int, body_column: int) -> Header | None:
    top = anchor_row
    while top > 0 and sum(map(_heads_a_column, sheet.rows[top - 1])) > 1:
        top -= 1
    numbers_row = None
    for row in range(anchor_row + 1, len(sheet.rows)):
        if _is_numbers_row(sheet, row, body_column):
            numbers_row = row
        elif _is_figures_row(form, sheet, row, body_column):
            rows = (top, numbers_row or row)
            return Header(texts=_column_texts(sheet, *rows), rows=rows, first_row=row, numbers_row=numbers_row)
    return None


def _heads_a_column(value: CellValue) -> bool:
    return not is_blank(value) and millions_in_unit(value) is None


def _is_numbers_row(sheet: Sheet, row: int, body_column: int) -> bool:
    """The row "A, B, 1, 2=3+6 ..." or "1, 2, 3 ..." under a header."""
    name = text_of(sheet.value(row, body_column))
    return name == "B" or (name == "2" and text_of(sheet.value(row, body_column + 1)) == "3")


def _is_figures_row(form: Form, sheet: Sheet, row: int, body_column: int) -> bool:
    name = text_of(sheet.value(row, body_column))
    if form.total and form.total.search(fold(name)):
        return True
    if "ordinal" not in form.columns:
        return bool(fold(name)) and not name.isdigit() and _holds_figure(sheet, row, body_column)
    ordinal = sheet.value(row, body_column - 1) if body_column else None
    return is_numbered(ordinal) and bool(fold(name)) and not name.isdigit()


def _holds_figure(sheet: Sheet, row: int, body_column: int) -> bool:
    return any(number_of(held, dot_groups_thousands=False) is not None for held in sheet.rows[row][body_column + 1 :])


def _column_texts(sheet: Sheet, top: int, bottom: int) -> list[str]:
    # A merged heading may reach beyond the last cell that holds anything in its row.
    reach = (merged.last_column + 1 for merged in sheet.merged if top <= merged.first_row < bottom)
    width = max((*(len(row) for row in sheet.rows[top:bottom]), *reach), default=0)
    origins = _merge_origins(sheet, top, bottom)
    texts = []
    for column in range(width):
        values = (sheet.value(*origins.get((row, column), (row, column))) for row in range(top, bottom))
        texts.append(" ".join(filter(None, map(text_of, values))))
    return texts


def _merge_origins(sheet: Sheet, top: int, bottom: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Cell in the first row of a merged heading -> the cell that holds its text."""
    return {
        (merged.first_row, column): (merged.first_row, merged.first_column)
        for merged in sheet.merged
        if top <= merged.first_row < bottom
        for column in range(merged.first_column, merged.last_column + 1)
    }
