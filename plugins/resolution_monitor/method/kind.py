"""The record of a kind of indicator: what the catalogue asks of it, its rule, its formulas, and how it is made up.

Source: docs/method.md, clause 2.3. A record leaves nothing out: what does not apply is written as None or False.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from resolution_monitor.method.arrays import Floats
from resolution_monitor.method.attainment import Attainment, Reading
from resolution_monitor.method.formula import Formula, Words
from resolution_monitor.method.limits import Limits
from resolution_monitor.method.worked import WorkedRows

UP, DOWN, BAND_DIRECTION = "up", "down", "band"

Rule = Callable[[Reading, Limits], Attainment]
# From aims without a figure, D and a fraction to the figure at which exactly that fraction is attained.
ValueAt = Callable[[Reading, Floats, Floats], Floats]


@dataclass(frozen=True, slots=True)
class MadeUp:
    """A figure of the demonstration before it is rounded to the indicator's step; `numerator` where it is a share."""

    value: float
    numerator: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """
    All that is said of one kind.

    Attributes:
        name: As the catalogue writes it; the name of its module.
        directions: Those it may have, of up, down and band.
        unit: The only one it may have; None for any.
        frequencies: Those it may be reported by; None for any.
        grows: What was done stays done: a figure below the one before is odd.
        starts_at_zero: Without a baseline it starts at nothing.
        needs_baseline: Without one the first due figure stands in.
        has_parts: Its report asks for numerator and denominator.
        is_signed: Its figure may lie below zero.
        is_compounded: Its figure is a yearly rate; what counts is the index that the rates make of 1.
        is_product: Done or not, and judged by its day.
        rule: From what is known of it to the fraction attained.
        value_at: The rule read backwards; None where a band has two such values.
        formulas: The rule as formulas in the order in which they follow, from the names of words.GIVEN.
        planned: `value_at` as a formula of E and D; None where there is no one such value.
        words: Of names that no other kind uses.
        worked_names: As worked cases call it; the first is its own, others are taken with its directions alone.
        worked: From worked cases to their attainment.
        made_up: From a value on the way, and what it is counted over, to a figure.
    """

    name: str
    directions: tuple[str, ...]
    unit: str | None
    frequencies: tuple[str, ...] | None
    grows: bool
    starts_at_zero: bool
    needs_baseline: bool
    has_parts: bool
    is_signed: bool
    is_compounded: bool
    is_product: bool
    rule: Rule
    value_at: ValueAt | None
    formulas: Mapping[str, Formula]
    planned: Formula | None
    words: Words
    worked_names: tuple[str, ...]
    worked: Callable[[WorkedRows], Attainment]
    made_up: Callable[[float, int | None], MadeUp]

    @property
    def keeps_both_ends(self) -> bool:
        """It is to stay between two ends, and has no single target."""
        return self.directions == (BAND_DIRECTION,)


# Formulas that every kind gives, under the same names; a product has none of the measured ones.
OF_EVERY_KIND = ("e0", "nolag", "over", "mu")
OF_A_MEASURED_KIND = ("D", "delta", "a_raw", "a", "A")


def as_it_is(value: float, whole: int | None) -> MadeUp:
    """The figure is the value on the way."""
    return MadeUp(value)
