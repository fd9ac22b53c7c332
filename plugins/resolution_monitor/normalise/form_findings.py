"""What is told of a sheet that looks like a form and cannot be read as it: the cell, its words, what was expected."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from resolution_monitor.catalogue.entries import Form
from resolution_monitor.catalogue.names import fold
from resolution_monitor.normalise.form_header import (
    HEADER_SEARCHED_ROWS,
    Header,
    Piece,
    before_enclosure,
    find_header,
    heading_pieces,
    row_pieces,
    sheet_finding,
)
from resolution_monitor.normalise.values import text_of
from resolution_monitor.terms import Finding, Severity, Sheet, Workbook

# Role of a column -> what a finding calls it.
COLUMN_NAMES = {"ordinal": "số thứ tự", "body": "tên cơ quan", "unit": "đơn vị tính"}
_ITEMS = "tên chỉ tiêu"
_MOST_SHOWN, _LONGEST_SHOWN, _LONGEST_LIST = 12, 40, 400
_UNIT_WORDS = re.compile(r"^(?:don vi|dvt|dv|unit)\b")
_ABOVE = "phần phía trên bảng"


def column_name(form: Form, role: str) -> str:
    return _ITEMS if role == "body" and form.bodies == "lead" else COLUMN_NAMES[role]


def unknown_heading(
    form: Form, sheet: Sheet, header: Header | None, *, column: str, expected: str, matching: Sequence[int] = ()
) -> Finding:
    """
    A column whose one heading was not found: told of the cell that stands nearest to it in words.

    Args:
        column: What a finding calls it.
        expected: Its heading as printed on the form.
        matching: The columns that all bear it.
    """
    headings = _headings(form, sheet, header)
    at = [piece for number, piece in headings if number in matching]
    if not at:
        strange = [piece for _, piece in headings if not _is_known(form, piece.text)]
        at = [max(strange, key=lambda piece: _likeness(expected, piece.text))] if strange else []
    shown = dict.fromkeys(f"{piece.cell}: {piece.text[:_LONGEST_SHOWN]}" for _, piece in headings)
    told = {
        "form": form.describes,
        "column": column,
        "expected": expected,
        "headers": " | ".join(shown)[:_LONGEST_LIST],
    }
    return finding_at("unknown-header", sheet, at, otherwise="phần đầu bảng", **told)


def finding_at(check: str, sheet: Sheet, at: Sequence[Piece], *, otherwise: str = _ABOVE, **details: str) -> Finding:
    """A finding on the first of some cells, whose {place} names all of them with their words."""
    place = " và ".join(f"ô {piece.cell} ghi «{piece.text[:120]}»" for piece in at) or otherwise
    first = at[0] if at else Piece("", "")
    found = sheet_finding(check, sheet, cell=first.cell or None, value=first.text or None)
    return replace(found, details=tuple(sorted({**details, "place": place}.items())))


def _headings(form: Form, sheet: Sheet, header: Header | None) -> list[tuple[int, Piece]]:
    """The headings with their columns; without a header the row that holds any of them, else the first texts."""
    if header is not None:
        pieces = ((column, heading_pieces(sheet, header, column)) for column in range(len(header.texts)))
        return [
            (column, Piece(" ".join(piece.text for piece in found), found[0].cell)) for column, found in pieces if found
        ]
    searched = [list(row_pieces(sheet, row)) for row in range(min(HEADER_SEARCHED_ROWS, len(sheet.rows)))]
    row = next((row for row in searched if len(row) > 1 and any(_is_known(form, one.text) for one in row)), None)
    return list(enumerate(row or [piece for row in searched for piece in row if len(piece.text) > 2][:_MOST_SHOWN]))


def _is_known(form: Form, text: str) -> bool:
    patterns = [*form.columns.values(), *(value.header for value in form.values)]
    return any(pattern.search(fold(text)) for pattern in patterns)


def closeness(expected: str, text: str) -> float:
    """The share of the expected words that stand in a text, in any order."""
    words = {word for word in fold(expected).split() if not word.isdigit()}
    return len(words & set(fold(text).split())) / len(words)


def _likeness(expected: str, text: str) -> float:
    """The share of the words of two headings that both have: a long one holds many words of any other."""
    both = set(fold(expected).split()), set(fold(text).split())
    return len(both[0] & both[1]) / (len(both[0] | both[1]) or 1)


def unit_cells(sheet: Sheet, top: int) -> list[Piece]:
    """The first cell above the headings that speaks of a unit."""
    pieces = (piece for row in range(top) for piece in row_pieces(sheet, row))
    return [piece for piece in pieces if _UNIT_WORDS.match(fold(piece.text))][:1]


def hidden_form(form: Form, sheet: Sheet) -> list[Finding]:
    if not sheet.is_hidden:
        return []
    return [sheet_finding("hidden-sheet", sheet, severity=Severity.WARN, form=form.describes)]


def nearly_forms(workbook: Workbook, forms: Sequence[Form], known: Sequence[Sheet]) -> Iterator[Finding]:
    """
    Sheets that would be a form, had they its title: told, for silence would lose a whole table.

    Args:
        forms: Those whose title stands on no sheet.
        known: The sheets that bear a title of some form.
    """
    for sheet in workbook.sheets:
        if any(sheet is one for one in known):
            continue
        near = [(form, above) for form in forms if (above := _above_table(form, sheet)) is not None]
        if near:
            form, above = max(near, key=lambda one: closeness(one[0].printed_title, _joined(one[1])))
            at = max(above, key=lambda piece: closeness(form.printed_title, piece.text), default=None)
            told = {"form": form.describes, "expected": form.printed_title}
            yield finding_at("title-not-found", sheet, [at] if at else [], **told)


def _joined(pieces: Sequence[Piece]) -> str:
    return " ".join(piece.text for piece in pieces)


def _above_table(form: Form, sheet: Sheet) -> list[Piece] | None:
    """What stands above a table that is a form's by its headings and rows, or by all the words of its title."""
    header = find_header(form, sheet)
    if header is None:
        return None
    above = before_enclosure([piece for row in range(header.rows[0]) for piece in row_pieces(sheet, row)])
    is_meant = _has_all_headings(form, header) and _has_lines(form, sheet, header)
    return above if is_meant or closeness(form.printed_title, _joined(above)) == 1 else None


def _has_all_headings(form: Form, header: Header) -> bool:
    required = [*form.columns.values(), *(value.header for value in form.values if not value.may_be_absent)]
    return all(any(pattern.search(fold(text)) for text in header.texts) for pattern in required)


def _has_lines(form: Form, sheet: Sheet, header: Header) -> bool:
    """Whether every line that a form of items needs is there; forms of bodies have none."""
    names = [fold(text_of(held)) for row in sheet.rows[header.first_row :] for held in row if isinstance(held, str)]
    return all(any(line.name.search(name) for name in names) for line in form.lines if not line.may_be_absent)


def no_form(workbook: Workbook) -> Finding:
    """A workbook without anything that looks like a form: its sheets, each with its first words."""
    described = "; ".join(f"{sheet.name} ({_first_text(sheet)[:60]})" for sheet in workbook.sheets) or "không có"
    return Finding(check="no-known-form", severity=Severity.BLOCK, details=(("sheets", described),))


def _first_text(sheet: Sheet) -> str:
    texts = (text_of(value) for row in sheet.rows[:HEADER_SEARCHED_ROWS] for value in row if isinstance(value, str))
    return next((text for text in texts if len(text) > 2), "")
