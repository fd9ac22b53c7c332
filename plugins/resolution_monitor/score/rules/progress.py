"""Attained and expected fraction, and the open lag, of all three classes on one day.

Source: docs/method.md, clauses 2.4 and 2.5.
"""

import numpy as np

from resolution_monitor.method.arrays import Flags, Floats
from resolution_monitor.score.rules.situation import DELIVERABLE, NOLAG, Progress, Situation
from resolution_monitor.score.rules.steps import delivery_on
from resolution_monitor.score.rules.trajectory import expected_fraction, lag_days


def progress_of(situation: Situation) -> Progress:
    """
    What stands and what was expected: by the path, by the path above a floor (nolag), or by steps (deliverable).

    A closed row without a known day of achievement counts as achieved on the day itself: no report says earlier.
    """
    expected = expected_fraction(situation.path)
    is_nolag = situation.judged_as == NOLAG
    lag = lag_days(situation.path, situation.fraction)
    achieved = situation.achieved_after_days
    measured = Progress(
        fraction=situation.fraction,
        counted=situation.fraction,
        expected=np.where(is_nolag, situation.floor + (1.0 - situation.floor) * expected, expected),
        open_lag_days=np.where(is_nolag, np.nan, lag),
        achieved_after_days=np.where(np.isnan(achieved), situation.path.elapsed_days, achieved),
    )
    return _with_deliveries(situation, measured)


def _with_deliveries(situation: Situation, measured: Progress) -> Progress:
    is_delivered = situation.judged_as == DELIVERABLE
    if situation.steps is None or not is_delivered.any():
        return measured
    day = situation.path.elapsed_days[is_delivered]
    delivery = delivery_on(situation.steps.rows(is_delivered), day)
    lag = np.where((day <= 0) & ~np.isnan(delivery.lag_days), 0.0, delivery.lag_days)
    return Progress(
        fraction=_placed(measured.fraction, is_delivered, delivery.fraction),
        counted=_placed(measured.counted, is_delivered, delivery.due_fraction),
        expected=_placed(measured.expected, is_delivered, delivery.expected),
        open_lag_days=_placed(measured.open_lag_days, is_delivered, lag),
        achieved_after_days=_placed(measured.achieved_after_days, is_delivered, delivery.achieved_day),
    )


def _placed(values: Floats, chosen: Flags, chosen_values: Floats) -> Floats:
    result = values.copy()
    result[chosen] = chosen_values
    return result
