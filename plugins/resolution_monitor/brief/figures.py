"""Each printed number is a figure: its text, its value, how it was made, and the cells it came from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from resolution_monitor import wording

THOUSAND_BILLIONS = "nghìn tỷ đồng"
BILLIONS = "tỷ đồng"
PERCENT = "%"
COUNT = "số"
POINTS = "điểm"
DAYS = "ngày"

# Values at which what is said of a number changes: no number is rounded across one.
Limits = Sequence[wording.Limit]

# An indicator of money is kept in triệu đồng.
_MILLIONS_IN = {THOUSAND_BILLIONS: Decimal(1_000_000), BILLIONS: Decimal(1_000)}


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """One cell of one received file; sheet and cell are empty where the file as a whole is meant."""

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
        about: Whose it is: a body, the nation, a group of bodies.
        place: Where it is printed.
    """

    figure_id: str
    text: str
    value: Decimal | None
    unit: str
    rule: str
    about: str
    place: str
    sources: tuple[Source, ...]

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a number comes from: how it was made, whose it is, and the cells."""

    rule: str
    about: str
    sources: tuple[Source, ...] = ()


@dataclass(slots=True)
class FigureBook:
    """
    The figures of one edition, numbered in the order in which they are made.

    Attributes:
        place: Where the figures made next are printed.
        language: Whose numbers are written.
    """

    figures: list[Figure] = field(default_factory=list)
    place: str = ""
    language: str = wording.VIETNAMESE

    def money(self, millions: Decimal | None, unit: str, origin: Origin) -> Figure:
        """An amount of triệu đồng in a larger unit, with one decimal."""
        value = None if millions is None else millions / _MILLIONS_IN[unit]
        return self._add(value, self._number(value, 1, wording.SIGN), unit, origin)

    def percent(self, value: float | None, origin: Origin, limits: Limits = ()) -> Figure:
        return self._percent(value, 1, origin, limits)

    def difference(self, value: float | None, origin: Origin, limits: Limits = ()) -> Figure:
        """Percent above or below, with a sign."""
        exact = _exact(value)
        text = wording.NO_VALUE if exact is None else f"{self._signed(exact, 1, limits)}%"
        return self._add(exact, text, PERCENT, origin)

    def difference_points(self, value: float | None, origin: Origin) -> Figure:
        """The difference of two percentages, in percentage points with a sign."""
        exact = _exact(value)
        text = wording.NO_VALUE if exact is None else self._signed(exact, 1)
        return self._add(exact, text, POINTS, origin)

    def share(self, value: float | None, origin: Origin, limits: Limits = ()) -> Figure:
        """Percent, whole."""
        return self._percent(value, 0, origin, limits)

    def share_number(self, value: float | None, origin: Origin) -> Figure:
        """Percent, whole, where the heading says that it is percent."""
        exact = _exact(value)
        text = wording.NO_VALUE if exact is None else self._number(exact, 0, wording.WHOLE)
        return self._add(exact, text, PERCENT, origin)

    def days_change(self, value: Decimal, origin: Origin) -> Figure:
        """How many days more or fewer than before, whole, with a sign."""
        return self._add(value, self._signed(value, 0), DAYS, origin)

    def count(self, value: int, origin: Origin) -> Figure:
        return self._add(Decimal(value), self._number(Decimal(value)), COUNT, origin)

    def change(self, value: int | None, origin: Origin) -> Figure:
        """How many more or fewer than before, with a sign; None where there is no before."""
        exact = None if value is None else Decimal(value)
        return self._add(exact, wording.NO_VALUE if exact is None else self._signed(exact), COUNT, origin)

    def points(self, value: float | None, origin: Origin, limits: Limits = ()) -> Figure:
        """Points between 0 and 100, whole."""
        exact = _exact(value)
        return self._add(exact, self._number(exact, 0, (*wording.WHOLE, *limits)), POINTS, origin)

    def days(self, value: int, origin: Origin) -> Figure:
        return self._add(Decimal(value), self._number(Decimal(value)), DAYS, origin)

    def days_part(self, value: Decimal | None, origin: Origin) -> Figure:
        """A mean of days, or a part of one, whole; what is early has a minus."""
        text = wording.NO_VALUE if value is None else self._signed(value, 0).removeprefix("+")
        return self._add(value, text, DAYS, origin)

    def value(self, value: Decimal, unit: str, origin: Origin) -> Figure:
        """A value on its way to a target, as fine as its size asks: 0.94, 37.8, 2.735."""
        return self._add(value, wording.shortest(value, self._fine(value, unit), self.language), unit, origin)

    def written(self, value: float, unit: str, origin: Origin) -> Figure:
        """A value of a list, as fine as one on its way to a target."""
        return self.value(Decimal(repr(value)), unit, origin)

    def value_change(self, value: Decimal, unit: str, origin: Origin) -> Figure:
        """The difference of two such values, with a sign."""
        return self._add(value, self._signed(value, _decimals_of(value)), unit, origin)

    def _fine(self, value: Decimal, unit: str) -> int:
        return wording.decimals_within(value, _decimals_of(value), limits_of(unit))

    def measure(self, value: Decimal | None, unit: str, origin: Origin) -> Figure:
        """A value in its indicator's own unit, with as many decimals as it has, at most one."""
        limits = limits_of(unit)
        decimals = 1 if value is None else wording.decimals_within(value, 1, limits)
        text = wording.NO_VALUE if value is None else wording.shortest(value, decimals, self.language)
        return self._add(value, text, unit, origin)

    def measure_change(self, value: Decimal | None, unit: str, origin: Origin) -> Figure:
        """The difference of two such values, with a sign."""
        decimals = 0 if value is None or value == value.to_integral_value() else 1
        text = wording.NO_VALUE if value is None else self._signed(value, decimals)
        return self._add(value, text, unit, origin)

    def _percent(self, value: float | None, decimals: int, origin: Origin, limits: Limits) -> Figure:
        exact = _exact(value)
        written = self._number(exact, decimals, (*wording.WHOLE, *limits))
        return self._add(exact, wording.NO_VALUE if exact is None else f"{written}%", PERCENT, origin)

    def _number(self, value: Decimal | None, decimals: int = 0, limits: Limits = ()) -> str:
        least = decimals if value is None else wording.decimals_within(value, decimals, limits)
        return wording.number(value, least, self.language)

    def _signed(self, value: Decimal, decimals: int = 0, limits: Limits = ()) -> str:
        """A difference that is there is never written as none."""
        least = wording.decimals_within(value, decimals, (*wording.SIGN, *limits))
        return wording.signed(value, least, self.language)

    def _add(self, value: Decimal | None, text: str, unit: str, origin: Origin) -> Figure:
        figure = Figure(
            figure_id=f"F{len(self.figures) + 1:03}",
            text=text,
            value=value,
            unit=unit,
            rule=origin.rule,
            about=origin.about,
            place=self.place,
            sources=tuple(sorted(set(origin.sources))),
        )
        self.figures.append(figure)
        return figure


def _decimals_of(value: Decimal) -> int:
    """Three digits or so: more of a large number says nothing more."""
    return 2 if abs(value) < 10 else 1 if abs(value) < 1_000 else 0


def limits_of(unit: str) -> Limits:
    """Where a value of this unit changes its meaning whatever it measures: at nothing, and a share at all."""
    return (*wording.SIGN, *wording.WHOLE) if unit.startswith(PERCENT) else wording.SIGN


def _exact(value: float | None) -> Decimal | None:
    return None if value is None or value != value else Decimal(repr(value))


def places(sources: Iterable[Source]) -> str:
    """Cells as an analyst writes them, neighbours of a column as a range: Plan_2013.xls M09!C15:C28, C30."""
    columns: dict[tuple[str, str, str], list[int]] = {}
    for source in sorted(set(sources)):
        letters = source.cell.rstrip("0123456789")
        columns.setdefault((source.file_name, source.sheet, letters), []).append(int(source.cell[len(letters) :] or 0))
    return "; ".join(_written(*column, sorted(rows)) for column, rows in columns.items())


def _written(file_name: str, sheet: str, letters: str, rows: list[int]) -> str:
    if not sheet and rows == [0]:
        return file_name
    return f"{file_name} {sheet}!{', '.join(_ranges(letters, rows))}"


def _ranges(letters: str, rows: list[int]) -> list[str]:
    stretches: list[list[int]] = []
    for row in rows:
        if stretches and row == stretches[-1][-1] + 1:
            stretches[-1].append(row)
        else:
            stretches.append([row])
    ends = ((f"{letters}{stretch[0]}", f"{letters}{stretch[-1]}") for stretch in stretches)
    return [first if first == last else f"{first}:{last}" for first, last in ends]
