"""The value an indicator needs next period to be on its plan again: the rules of attainment read backwards.

Source: docs/method.md, clauses 2.3 and 2.4. One element per indicator and body; NaN is null.
"""

from dataclasses import dataclass

import numpy as np

from resolution_monitor.method.arrays import EPSILON, Floats


@dataclass(frozen=True, slots=True)
class Needed:
    """
    What next period's value has to be; only one of low and high is known but for a band.

    Attributes:
        low: At least this much, where more is better.
        high: At most this much, where less is better.
    """

    low: Floats
    high: Floats


def wanted_fraction(expected: Floats, floor: Floats) -> Floats:
    """E that counts: what keeps a level or a band starts from e0."""
    return floor + (1.0 - floor) * expected


def needed_value(value: Floats, sign: Floats, room: Floats, *, min_step: Floats, band: tuple[Floats, Floats]) -> Needed:
    """
    The least (or most) that is on plan next period, in steps the indicator can show; of a band both ends.

    Args:
        value: At which exactly what is expected at the end of the next period is attained; see kinds.values_at.
        room: How far from a band as much is attained: D·(1 - E), with e0 where it counts.
        band: lo and hi; NaN where the indicator is no band.
    """
    low, high = band
    is_band = ~np.isnan(low) & ~np.isnan(high)
    at_least = np.where(is_band, low - room, np.where(sign > 0, value, np.nan))
    at_most = np.where(is_band, high + room, np.where(sign < 0, value, np.nan))
    step = np.where(min_step > 0, min_step, np.nan)
    return Needed(
        low=np.ceil(at_least / step - EPSILON * 1000) * step,
        high=np.floor(at_most / step + EPSILON * 1000) * step,
    )
