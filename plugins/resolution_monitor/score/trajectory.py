"""What should be attained by a day, and how many days the attained fraction lies behind or ahead.

Source: docs/method.md, clauses 2.4 and 2.5. Days are counted as float64; NaN is null.
"""

import numpy as np

from resolution_monitor.score.attainment import Floats


def expected_linear(elapsed_days: Floats, total_days: Floats) -> Floats:
    """E on a straight path: 0 until the start, 1 from the deadline on."""
    return np.clip(elapsed_days / total_days, 0.0, 1.0)


def lag_linear(fraction: Floats, elapsed_days: Floats, total_days: Floats) -> Floats:
    """
    Days behind (+) or ahead (-): elapsed days less the day on which this fraction was expected.

    Zero until the start; NaN where the fraction is null. An unfinished indicator past its deadline goes on falling
    behind, because the day its fraction was expected does not move.
    """
    earned_day = np.clip(fraction, 0.0, 1.0) * total_days
    # The whole is expected on every day from the deadline on; of these days the one nearest to today counts.
    earned_day = np.where(fraction >= 1.0, np.maximum(total_days, elapsed_days), earned_day)
    lag = np.where(elapsed_days <= 0, 0.0, elapsed_days - earned_day)
    return np.where(np.isnan(fraction), np.nan, lag)


def schedule_index(lag_days: Floats, elapsed_days: Floats) -> Floats:
    """SPI(t): the share of the elapsed time that was earned; NaN before the start."""
    elapsed = np.where(elapsed_days > 0, elapsed_days, np.nan)
    return (elapsed - lag_days) / elapsed
