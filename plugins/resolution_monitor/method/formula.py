"""Formulas in the language of spreadsheets, with names in place of cells or numbers."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_NAME = re.compile(r'"[^"]*"|(?<![A-Za-z_0-9.])[A-Za-z_][A-Za-z_0-9]*(?![A-Za-z_0-9(])')

# Name -> words in Vietnamese and in English.
Words = dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Formula:
    """
    How one quantity follows from others.

    Attributes:
        text: In the language of spreadsheets, with names in place of cells.
        needs: What must be known; else the quantity is not known either (an empty text in a cell).
    """

    text: str
    needs: tuple[str, ...] = ()

    def written(self, place_of: Callable[[str], str]) -> str:
        """The formula with a place, or a number, for each name; guarded where something may be unknown."""
        text = replaced(self.text, place_of)
        if not self.needs:
            return text
        tests = ",".join(f'{place_of(name)}=""' for name in self.needs)
        return f'IF(OR({tests}),"",{text})'


def replaced(text: str, place_of: Callable[[str], str]) -> str:
    """Every name in a formula by its place; texts in quotes and functions stay."""
    return _NAME.sub(lambda found: found[0] if found[0].startswith('"') else place_of(found[0]), text)
