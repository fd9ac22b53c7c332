"""One stored value is changed, and every figure of the edition is held against what it was: who changed, who traces."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from resolution_monitor.brief.briefing import Briefing
from resolution_monitor.brief.figures import BILLIONS, COUNT, DAYS, THOUSAND_BILLIONS, Figure

# Content, sheet and cell.
Cell = tuple[str, str, str]
# Rule, about, place, and the how many-th of these.
Key = tuple[str, str, str, int]
_OF_MONEY = {THOUSAND_BILLIONS, BILLIONS}


def figures_of(briefing: Briefing) -> dict[Key, Figure]:
    """By what they say: a list that grows by a row gives later figures other numbers."""
    seen: Counter[tuple[str, str, str]] = Counter()
    found = {}
    for figure in briefing.figures:
        named = (figure.rule, figure.about, figure.place)
        seen[named] += 1
        found[(*named, seen[named])] = figure
    return found


@dataclass(frozen=True)
class Changed:
    """
    What became of an edition's figures.

    Attributes:
        others: Figures that stand in both, say something else, and trace to the value in neither.
        unmoved: Figures that add up the value, or print it, in both, and say the same.
        moved: How many figures say something else.
    """

    others: list[Key]
    unmoved: list[Key]
    moved: int


def changed_by(before: Mapping[Key, Figure], after: Mapping[Key, Figure], cell: Cell) -> Changed:
    """
    What a change of one cell did.

    A figure that is printed in one of them alone came or went with its line of a list, about which a figure that traces
    to the value decides; it is neither.
    """
    both = before.keys() & after.keys()
    moved = {key for key in both if _said(before[key]) != _said(after[key])}
    traced = {key for key in both if _traces(before[key], cell) or _traces(after[key], cell)}
    adding = {key for key in traced if _adds_up(before[key]) and _traces(before[key], cell)}
    return Changed(sorted(moved - traced), sorted(adding - moved), len(moved))


def _said(figure: Figure) -> tuple[str, object]:
    return figure.text, figure.value


def _traces(figure: Figure, cell: Cell) -> bool:
    return any((one.sha256, one.sheet, one.cell) == cell for one in figure.sources)


def _adds_up(figure: Figure) -> bool:
    """Amounts, and measures that are no middle and no difference: every cell of theirs has its part in them."""
    if figure.unit in _OF_MONEY:
        return True
    return figure.unit not in {COUNT, DAYS} and "tổng" in figure.rule
