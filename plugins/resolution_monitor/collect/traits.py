"""What the guard sees of a workbook that its reader does not tell: errors, formulas without a value, hidden parts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["xlsx", "xls", "ods"]

# Shown where a formula's own text is not known.
UNKNOWN_FORMULA = "=…"
# The codes of BIFF and their texts, which are those of every spreadsheet.
ERROR_TEXTS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


@dataclass(slots=True)
class SheetTraits:
    """
    One sheet; rows and columns count from 0, spans hold their first and last.

    Attributes:
        errors: Cells whose value is an error, with its text such as "#REF!".
        formulas: Cells whose formula has no stored value, with the formula.
        reckoned: Cells with a formula and its stored value, with the formula; without "=".
        formats: Cells with a number that their format prints otherwise, with its code.
        raised: Cells with text of which a part is raised or lowered, with the rest of it.
        struck: Cells with text of which a part is struck out, with the rest of it; empty where all of it is.
    """

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    reckoned: dict[tuple[int, int], str] = field(default_factory=dict)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    raised: dict[tuple[int, int], str] = field(default_factory=dict)
    struck: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def answer(self) -> dict[str, Any]:
        """As the child hands it on; nothing where nothing is to be told."""
        by_place = {name: getattr(self, name) for name in ("errors", "formulas", "formats", "raised", "struck")}
        told = {
            **{name: [[*place, text] for place, text in held.items()] for name, held in by_place.items()},
            "hidden_rows": self.hidden_rows,
            "hidden_columns": self.hidden_columns,
        }
        return {name: held for name, held in told.items() if held}


@dataclass(slots=True)
class Guarded:
    """
    A file that is safe to read.

    Attributes:
        content: What the reader of cells is given; of an .ods its content.xml.
        sheets: In the order of the workbook.
        names: Of the same sheets, where the guard knows them.
        fonts: Names of all fonts of the file.
        told: Checks that the file raises without being refused.
        parts: Of a zip: every part, inflated.
    """

    kind: Kind
    content: bytes
    sheets: list[SheetTraits] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    fonts: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    parts: dict[str, bytes] = field(default_factory=dict)


def see_runs(traits: SheetTraits, place: tuple[int, int], runs: Sequence[tuple[str, bool, bool]]) -> None:
    """
    Note what of a text still holds, and what of that is a mark beside it.

    Args:
        runs: Its pieces: text, whether it is raised or lowered, whether it is struck out.
    """
    kept = [(text, is_raised) for text, is_raised, is_struck in runs if not is_struck]
    if len(kept) < len(runs):
        traits.struck[place] = "".join(text for text, _ in kept).strip()
    base = "".join(text for text, is_raised in kept if not is_raised)
    if any(is_raised and text.strip() for text, is_raised in kept) and base.strip():
        traits.raised[place] = base


def spans(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers as runs: 1, 2, 3, 7 gives (1, 3), (7, 7)."""
    runs: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
