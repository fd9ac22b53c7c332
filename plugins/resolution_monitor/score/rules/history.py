"""What past periods leave behind: baseline, last fraction, reports missed in a row, the day achieved.

Source: docs/method.md, clauses 2.2, 2.3 (DEN_ZERO) and 2.5. One row per indicator and body, one column per due period
in order of time; NaN is a report that is missing.
"""

from dataclasses import dataclass

import numpy as np

from resolution_monitor.method.arrays import Flags, Floats, Whole, at_least


@dataclass(frozen=True, slots=True)
class Known:
    """
    What is known at the last of the periods.

    Attributes:
        fraction: a, the last that was reported; NaN where there never was one.
        missed: m, reports missed in a row up to the last period.
        achieved_day: End of the first period of the unbroken run of a >= 1 that is not over; NaN where there is none.
    """

    fraction: Floats
    missed: Whole
    achieved_day: Floats


def without_cases(fractions: Floats, is_den_zero: Flags) -> Floats:
    """
    A period without any case keeps the fraction of the period before it; without a value there it counts as missed.

    Source: docs/method.md, clause 2.3, kind ratio.
    """
    previous = np.concatenate([np.full((len(fractions), 1), np.nan), fractions[:, :-1]], axis=1)
    has_value = np.concatenate([np.zeros((len(fractions), 1), dtype=bool), ~is_den_zero[:, :-1]], axis=1)
    return np.where(is_den_zero, np.where(has_value, previous, np.nan), fractions)


def known_at(fractions: Floats, period_end_day: Floats) -> Known:
    """
    The state after the last column; a missed report breaks the run of reached periods.

    Args:
        fractions: a per due period, NaN where the report is missing.
        period_end_day: Of each column and row, from any one origin per row.

    Source: docs/method.md, clause 2.5, m and achieved_on.
    """
    rows = len(fractions)
    last, missed = np.full(rows, np.nan), np.zeros(rows, dtype=np.int64)
    achieved = np.full(rows, np.nan)
    for column in range(fractions.shape[1]):
        value = fractions[:, column]
        is_missing, is_reached = np.isnan(value), at_least(value, 1.0)
        last = np.where(is_missing, last, value)
        missed = np.where(is_missing, missed + 1, 0)
        start = np.where(np.isnan(achieved), period_end_day[:, column], achieved)
        achieved = np.where(is_reached, start, np.nan)
    return Known(fraction=last, missed=missed, achieved_day=achieved)
