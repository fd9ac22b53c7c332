"""Whether a body may well have nothing to report: only where cases are really rare, and not more often than they are.

Source: docs/method.md, clause 2.3, kind ratio; what is asked beyond it: docs/decisions/0027.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

# So many of the last reported periods are looked at, and with a median below so many cases in each they are rare.
PERIODS, RARE_BELOW = 4, Decimal(5)
# Nothing is believed where it, or nothing as often in as many periods, happens more seldom than once in twenty.
LEAST_CHANCE = 0.05
# Claims are counted over so many periods: a year of months.
WINDOW = 12
_MANY = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Cases:
    """
    What a share was made of in one period that was reported and accepted.

    Attributes:
        denominator: 0 where nothing happened.
        is_claimed: Nothing was told and believed, by no named person: it says nothing of how rare cases are.
    """

    numerator: Decimal | None
    denominator: Decimal
    is_claimed: bool = False

    @property
    def count(self) -> Decimal:
        """How many cases there were; parts that are no whole numbers, such as 0.62 of 1, count none and are many."""
        parts = (self.denominator, self.numerator or Decimal(0))
        return self.denominator if all(part == part.to_integral_value() for part in parts) else _MANY


def is_plausible(told: Sequence[Cases]) -> bool:
    """
    Whether none at all is to be expected now and then.

    Args:
        told: The periods reported before, in order; of those without a denominator nothing is known.
    """
    counts = _counts(told)
    if not counts or not (0 in counts or median(counts) < RARE_BELOW):
        return False
    return chance_of_none(told) >= LEAST_CHANCE and chance_of_claims(told) >= LEAST_CHANCE


def chance_of_none(told: Sequence[Cases]) -> float:
    """How likely a period without any case is: by chance with the usual number of cases, or as often as it was so."""
    counts = _counts(told)
    if not counts:
        return 0.0
    usual = median(counts)
    by_chance = 0.0 if usual == _MANY else math.exp(-float(usual))
    return max(by_chance, counts.count(Decimal(0)) / len(counts))


def chance_of_claims(told: Sequence[Cases]) -> float:
    """How likely it is to have nothing at least as often as is claimed, this period included."""
    claims, of, chance = claims_of(told), min(len(told), WINDOW) + 1, chance_of_none(told)
    return sum(math.comb(of, many) * chance**many * (1 - chance) ** (of - many) for many in range(claims, of + 1))


def claims_of(told: Sequence[Cases]) -> int:
    """How often nothing is claimed in the periods that are looked at, this one included."""
    return 1 + sum(one.is_claimed for one in told[-WINDOW:])


def _counts(told: Sequence[Cases]) -> list[Decimal]:
    return [one.count for one in told if not one.is_claimed][-PERIODS:]
