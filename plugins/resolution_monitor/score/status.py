"""Where an indicator stands: the status table and the colour rule for indicators on a path (class lag).

Source: docs/method.md, clauses 2.5 and 2.6. NaN is null.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from resolution_monitor.score.arrays import Flags, Floats
from resolution_monitor.score.trajectory import expected_linear, lag_linear, schedule_index

GREEN_FROM = 0.95
AMBER_FROM = 0.80
START_UP = 0.05
FORECAST_HIGH = 0.60
_EPSILON = 1e-9


class Status(StrEnum):
    """Codes of the status table; shapes and words on a page are the page's."""

    DONE = "DONE"
    DONE_LATE = "DONE_LATE"
    OVERDUE = "OVERDUE"
    NOT_STARTED = "NOT_STARTED"
    UNRATED = "UNRATED"
    NO_DATA = "NO_DATA"
    ON_TARGET = "ON_TARGET"
    RED = "RED"
    AMBER = "AMBER"
    GREEN = "GREEN"


# Larger is worse; NO_DATA sorts no better than the last colour that was known.
SORT_KEYS = {
    Status.DONE: 0,
    Status.DONE_LATE: 0,
    Status.OVERDUE: 5,
    Status.NOT_STARTED: 0,
    Status.UNRATED: 1,
    Status.NO_DATA: 3,
    Status.ON_TARGET: 0,
    Status.RED: 4,
    Status.AMBER: 2,
    Status.GREEN: 0,
}


@dataclass(frozen=True, slots=True)
class Situation:
    """
    All that the status of class lag depends on; one element per indicator and body.

    Attributes:
        elapsed_days: t - t0.
        total_days: tT - t0, above zero.
        fraction: a, the last known.
        tolerance: δ.
        missed: Reports missed in a row up to t.
        forecast_last, forecast_previous: P(short) at the last two origins; NaN where none was made.
        achieved_after_days: achieved_on - t0; NaN while not achieved.
        is_overspent: More was spent than planned.
        is_unrated: No baseline yet, or no usable target.
    """

    elapsed_days: Floats
    total_days: Floats
    fraction: Floats
    tolerance: Floats
    missed: NDArray[np.int64]
    forecast_last: Floats
    forecast_previous: Floats
    achieved_after_days: Floats
    is_overspent: Flags
    is_unrated: Flags


@dataclass(frozen=True, slots=True)
class Standing:
    """What follows from a Situation; days are calendar days."""

    expected: Floats
    lag_days: Floats
    schedule_index: Floats
    overdue_days: Floats
    is_closed: Flags
    status: NDArray[np.str_]


def standing_of(situation: Situation) -> Standing:
    """Expected fraction, lag, overdue days and status of indicators on a straight path."""
    elapsed, total, fraction = situation.elapsed_days, situation.total_days, situation.fraction
    is_met = (fraction >= 1.0 - _EPSILON) & (situation.missed == 0)
    is_closed = is_met & ~situation.is_overspent & (elapsed >= total)
    late_days = situation.achieved_after_days - total
    expected = expected_linear(elapsed, total)
    lag = np.where(is_closed, late_days, lag_linear(fraction, elapsed, total))
    index = np.where(is_closed, np.nan, schedule_index(lag, elapsed))
    overdue = np.where(is_closed, np.maximum(0.0, late_days), np.where(is_met, 0.0, np.maximum(0.0, elapsed - total)))
    return Standing(
        expected=expected,
        lag_days=lag,
        schedule_index=index,
        overdue_days=overdue,
        is_closed=is_closed,
        status=_status(situation, is_met, is_closed, expected, index),
    )


def _status(situation: Situation, is_met: Flags, is_closed: Flags, expected: Floats, index: Floats) -> NDArray[np.str_]:
    """The first line of the status table that holds."""
    elapsed, total = situation.elapsed_days, situation.total_days
    is_null = np.isnan(situation.fraction)
    lines: list[tuple[Flags, Status]] = [
        (is_closed & (situation.achieved_after_days <= total), Status.DONE),
        (is_closed, Status.DONE_LATE),
        ((elapsed > total) & ~is_met & ~situation.is_unrated, Status.OVERDUE),
        (elapsed < 0, Status.NOT_STARTED),
        (situation.is_unrated, Status.UNRATED),
        ((situation.missed >= 2) | is_null, Status.NO_DATA),
        (is_met & ~situation.is_overspent, Status.ON_TARGET),
    ]
    colour = _colour(situation, expected, index)
    return np.select([held for held, _ in lines], [status.value for _, status in lines], default=colour)


def _colour(situation: Situation, expected: Floats, index: Floats) -> NDArray[np.str_]:
    rounded = np.round(index, 9)
    starts_up = (expected < START_UP) | (situation.elapsed_days <= 0)
    is_green = starts_up | (rounded >= GREEN_FROM)
    is_amber = rounded >= AMBER_FROM
    is_regressed = situation.fraction < -situation.tolerance - _EPSILON
    colour = np.select([is_regressed, is_green, is_amber], ["RED", "GREEN", "AMBER"], default="RED")
    forecast_is_sustained = (situation.forecast_last >= FORECAST_HIGH - _EPSILON) & (
        situation.forecast_previous >= FORECAST_HIGH - _EPSILON
    )
    is_doubted = (situation.missed == 1) | situation.is_overspent | forecast_is_sustained
    return np.where((colour == "GREEN") & is_doubted, "AMBER", colour)
