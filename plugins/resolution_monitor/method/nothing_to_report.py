"""Whether a body may well have nothing to report: only where cases are really rare.

Source: docs/method.md, clause 2.3, kind ratio.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

# So many of the last reported periods are looked at, and with a median below so many cases in each they are rare.
PERIODS, RARE_BELOW = 4, Decimal(5)
_MANY = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Cases:
    """
    What a share was made of in one period that was reported and accepted.

    Attributes:
        denominator: 0 where nothing happened and that was accepted.
    """

    numerator: Decimal | None
    denominator: Decimal

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
    counts = [one.count for one in told[-PERIODS:]]
    return bool(counts) and (0 in counts or median(counts) < RARE_BELOW)
