"""Each printed number is a figure: its text, its value, how it was made, and the cells it came from."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from resolution_monitor import wording

THOUSAND_BILLIONS = "nghìn tỷ đồng"
BILLIONS = "tỷ đồng"
PERCENT = "%"
COUNT = "số"

# An indicator of money is kept in triệu đồng.
_MILLIONS_IN = {THOUSAND_BILLIONS: Decimal(1_000_000), BILLIONS: Decimal(1_000)}


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """One cell of one received file."""

    file_name: str
    sheet: str
    cell: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Figure:
    """
    One printed number.

    Attributes:
        value: What the text rounds, in `unit`; None prints a dash.
        rule: How it was made, in words an analyst can follow.
    """

    figure_id: str
    text: str
    value: Decimal | None
    unit: str
    rule: str
    sources: tuple[Source, ...]

    def __str__(self) -> str:
        return self.text


@dataclass(slots=True)
class FigureBook:
    """The figures of one edition, numbered in the order in which they are made."""

    figures: list[Figure] = field(default_factory=list)

    def money(self, millions: Decimal | None, unit: str, rule: str, sources: Iterable[Source]) -> Figure:
        """An amount of triệu đồng in a larger unit, with one decimal, or two below one hundred."""
        value = None if millions is None else millions / _MILLIONS_IN[unit]
        decimals = 2 if unit == THOUSAND_BILLIONS and value is not None and abs(value) < 100 else 1
        return self._add(value, wording.number(value, decimals), unit, rule, sources)

    def percent(self, value: float | None, rule: str, sources: Iterable[Source]) -> Figure:
        exact = None if value is None or value != value else Decimal(repr(value))
        text = wording.NO_VALUE if exact is None else f"{wording.number(exact, 1)}%"
        return self._add(exact, text, PERCENT, rule, sources)

    def difference(self, value: float | None, rule: str, sources: Iterable[Source]) -> Figure:
        """Points above or below, with a sign."""
        exact = None if value is None or value != value else Decimal(repr(value))
        text = wording.NO_VALUE if exact is None else wording.signed(exact, 1)
        return self._add(exact, text, PERCENT, rule, sources)

    def count(self, value: int, rule: str, sources: Iterable[Source] = ()) -> Figure:
        return self._add(Decimal(value), wording.number(Decimal(value)), COUNT, rule, sources)

    def _add(self, value: Decimal | None, text: str, unit: str, rule: str, sources: Iterable[Source]) -> Figure:
        figure = Figure(
            figure_id=f"F{len(self.figures) + 1:03}",
            text=text,
            value=value,
            unit=unit,
            rule=rule,
            sources=tuple(sorted(set(sources))),
        )
        self.figures.append(figure)
        return figure
