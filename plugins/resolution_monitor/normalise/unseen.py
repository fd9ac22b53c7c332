"""What a sheet hides or leaves out inside a table: errors, formulas without a value, hidden and merged cells."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from resolution_monitor.normalise.values import is_blank, text_of
from resolution_monitor.terms import MergedRange, Sheet, Span, cell_address

ERROR, NO_VALUE, HIDDEN, MERGED = "cell-error", "formula-without-value", "hidden-cells", "merged-cells"
STRUCK = "struck-out"


@dataclass(frozen=True, slots=True)
class Unseen:
    """One thing to tell of a table; `check` is its code in the catalogue."""

    check: str
    cell: str
    value: str


def unsettled(sheet: Sheet, row: int, column: int) -> Unseen | None:
    """Why a cell has no value though something stands in it; None for every other cell."""
    place = (row, column)
    if place in sheet.errors:
        return Unseen(ERROR, cell_address(row, column), sheet.errors[place])
    if place in sheet.formulas:
        return Unseen(NO_VALUE, cell_address(row, column), sheet.formulas[place])
    if sheet.struck.get(place) == "":
        return Unseen(STRUCK, cell_address(row, column), text_of(sheet.value(row, column)))
    return None


def unsettled_in(sheet: Sheet, first_row: int, columns: Collection[int]) -> Iterator[Unseen]:
    """Every such cell of a table, in the order of the sheet."""
    for row, column in sorted({*sheet.errors, *sheet.formulas, *sheet.struck}):
        if row >= first_row and column in columns and (found := unsettled(sheet, row, column)):
            yield found


def hidden_in(sheet: Sheet, first_row: int, columns: Collection[int]) -> Iterator[Unseen]:
    """One for the hidden rows of a table that hold anything, one for its hidden columns."""
    rows = [row for row in _within(sheet.hidden_rows, first_row, len(sheet.rows)) if _holds_any(sheet, [row], columns)]
    if rows:
        yield Unseen(HIDDEN, cell_address(rows[0], min(columns)), f"dòng {_listed([str(row + 1) for row in rows])}")
    below = range(first_row, len(sheet.rows))
    numbers = [
        column
        for column in _within(sheet.hidden_columns, 0, max(columns, default=-1) + 1)
        if column in columns and _holds_any(sheet, below, [column])
    ]
    if numbers:
        letters = [cell_address(0, column)[:-1] for column in numbers]
        yield Unseen(HIDDEN, cell_address(first_row, numbers[0]), f"cột {_listed(letters)}")


def merged_in(sheet: Sheet, first_row: int, columns: Collection[int]) -> Iterator[Unseen]:
    """Merged cells of a table over several of its rows or columns: which of them is meant is not said."""
    for merged in sheet.merged:
        covered = {column for column in columns if merged.first_column <= column <= merged.last_column}
        if merged.first_row < first_row or not covered or is_blank(sheet.value(merged.first_row, merged.first_column)):
            continue
        if merged.last_row > merged.first_row or len(covered) > 1:
            yield Unseen(MERGED, cell_address(merged.first_row, merged.first_column), range_address(merged))


def range_address(merged: MergedRange) -> str:
    """Such as "B2:C5"."""
    first = cell_address(merged.first_row, merged.first_column)
    return f"{first}:{cell_address(merged.last_row, merged.last_column)}"


def _within(spans: Sequence[Span], start: int, end: int) -> list[int]:
    return sorted({number for first, last in spans for number in range(max(first, start), min(last + 1, end))})


def _holds_any(sheet: Sheet, rows: Collection[int], columns: Collection[int]) -> bool:
    return any(not is_blank(sheet.value(row, column)) for row in rows for column in columns)


_MOST_LISTED = 12


def _listed(names: Sequence[str]) -> str:
    more = f" và {len(names) - _MOST_LISTED} nơi khác" if len(names) > _MOST_LISTED else ""
    return ", ".join(names[:_MOST_LISTED]) + more
