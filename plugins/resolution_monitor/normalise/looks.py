"""What a cell of a number shows to whoever looks at it, where its look makes that another thing than what it holds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from resolution_monitor.catalogue.names import fold
from resolution_monitor.collect.number_formats import INVISIBLE, Printed, printed
from resolution_monitor.normalise.values import clean
from resolution_monitor.terms import CellValue, Sheet
from resolution_monitor.wording import shortest

FORMAT, SCALED, RAISED, TURNED, PERCENT = (
    "format-not-number",
    "format-scales",
    "raised-mark",
    "direction-marks",
    "percent-not-asked",
)
# Characters that turn the direction of writing: behind one, digits are shown in another order than they are kept in.
_TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# The mark of a footnote behind a number: 81,3¹ or 81,3* or 81,3 (1).
_MARKED = re.compile(r"(?P<number>[+-]?\d[\d.,\s]*%?)\s*(?:[¹²³⁰⁴-⁹]+|\*+|\(\d\))")
_NUMBER = re.compile(r"[+-]?\d[\d.,\s]*%?")
_POWER_OF_TEN = re.compile(r"(?:.*[x×.])?\s*10")
_NOTHING = re.compile(r"[-–—−_.…\s]*[-–—−_…][-–—−_.…\s]*|\.{2,}")
_NO_LETTERS = "(ô trống)"
_MONEY = {"₫", "đ", "vnd", "vnđ", "dong", "đồng"}


@dataclass(frozen=True, slots=True)
class Looked:
    """
    Attributes:
        value: What is to be read as the number; None where nobody can tell.
        check: What is to be told; None for a cell that shows what it holds.
        told: Fills {value} of the check's text.
    """

    value: CellValue
    check: str | None = None
    told: str = ""


def is_percentage(unit: str) -> bool:
    return "%" in unit


def is_dash(held: CellValue) -> bool:
    """Whether a cell shows nothing but a bar or dots: how tables write that there is nothing."""
    return isinstance(held, str) and bool(_NOTHING.fullmatch(clean(held)))


def looked_at(sheet: Sheet, row: int, column: int, held: CellValue, unit: str) -> Looked:
    """
    A cell that is to hold a number of a unit.

    Args:
        unit: As it is printed; empty for a number without one.
    """
    place = (row, column)
    if isinstance(held, str):
        is_seen = sheet.formats.get(place) != INVISIBLE
        return _of_text(held, sheet.raised.get(place), unit) if is_seen else Looked(None, FORMAT, _NO_LETTERS)
    if place in sheet.formats and isinstance(held, (int, float)) and not isinstance(held, bool):
        return _of_number(held, sheet.formats[place], unit)
    return Looked(held)


def _of_number(held: float, code: str, unit: str) -> Looked:
    stored = Decimal(repr(held))
    if not stored.is_finite():
        return Looked(None, FORMAT, str(held))
    seen = printed(stored, code)
    told = _shown(seen)
    if seen.value is None:
        return Looked(None, FORMAT, told)
    words_fit = _fits(seen.words, unit)
    if (seen.percents or "%" in seen.words) and not is_percentage(unit):
        return Looked(None, PERCENT, told)
    if not words_fit or seen.percents > 1:
        return Looked(None, FORMAT, told)
    if seen.value == stored:
        return Looked(held)
    return Looked(float(seen.value), SCALED if seen.thousands else None, told)


def _fits(words: str, unit: str) -> bool:
    """Whether what is printed beside a number is nothing but its unit."""
    if not words or words == "%":
        return True
    if not fold(words) and words not in _MONEY:
        return False  # a sign between digits makes another number of them
    is_money = "đồng" in unit and (words in _MONEY or fold(words) in _MONEY)
    return is_money or (bool(fold(words)) and fold(words) == fold(unit).replace(" ", ""))


def _shown(seen: Printed) -> str:
    """About what a person sees."""
    number = "" if seen.value is None else shortest(seen.value)
    return f"{number}{'%' * seen.percents} {seen.words}".strip() or _NO_LETTERS


def _of_text(held: str, base: str | None, unit: str) -> Looked:
    if _TURNS.search(held):
        return Looked(None, TURNED, clean(held))
    text = clean(held)
    if base is not None and _NUMBER.fullmatch(bare := clean(base)) and not _POWER_OF_TEN.fullmatch(bare):
        return Looked(bare, RAISED, bare)
    if (found := _MARKED.fullmatch(text)) and not _POWER_OF_TEN.fullmatch(bare := found["number"].strip()):
        return Looked(bare, RAISED, bare)
    if base is not None:
        return Looked(None, FORMAT, text)
    if text.endswith("%") and not is_percentage(unit):
        return Looked(None, PERCENT, text)
    return Looked(held)


def looked_at_money(sheet: Sheet, row: int, column: int) -> Looked:
    """A cell of a form that is to hold a sum of money; its text is left to the form, which knows how it is written."""
    held, place = sheet.value(row, column), (row, column)
    if sheet.formats.get(place) == INVISIBLE:
        return Looked(held)  # the Ministry hides subtotals so (2012, spending): what is hidden in a form counts
    if isinstance(held, str) and place not in sheet.raised and not _TURNS.search(held):
        return Looked(held)
    looked = looked_at(sheet, row, column, held, "đồng")
    return Looked(None, FORMAT, looked.told) if looked.check == PERCENT else looked


def odd_money(sheet: Sheet, first_row: int, column: int) -> Iterator[tuple[int, Looked]]:
    """Row and look of every cell of a column of money that is read as it shows, not as it is held."""
    for row, place_column in sorted({*sheet.formats, *sheet.raised}):
        if place_column == column and row >= first_row:
            looked = looked_at_money(sheet, row, column)
            if looked.check and looked.value is not None:
                yield row, looked
