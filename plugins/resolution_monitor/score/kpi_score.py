"""Points of one indicator: progress P and timeliness S, each with the low end that a missing report leaves.

Source: docs/method.md, clause 2.7. NaN is null and stays outside every mean.
"""

from dataclasses import dataclass

import numpy as np

from resolution_monitor.score.arrays import Floats
from resolution_monitor.score.status import Situation, Standing, Status

EXPECTED_FLOOR = 0.20
OVERDUE_POINTS_PER_DAY = 1.0 / 3.0
LATE_FLOOR = 50.0
TIMELINESS_SCALE_DAYS = 90.0
TIMELINESS_SCALE_SHARE = 0.20


@dataclass(frozen=True, slots=True)
class KpiScore:
    """Points between 0 and 100; `low` counts a missing report as zero, `high` as the last points known."""

    progress_low: Floats
    progress_high: Floats
    timeliness_low: Floats
    timeliness_high: Floats


def score_kpi(
    situation: Situation, standing: Standing, multiplier: Floats, last_progress: Floats, last_timeliness: Floats
) -> KpiScore:
    """
    P and S of indicators of class lag.

    Args:
        multiplier: μ of the attainment.
        last_progress, last_timeliness: Points of the last scored period; NaN where there is none.
    """
    progress = _progress(situation, standing, multiplier)
    timeliness = _timeliness(situation, standing)
    is_silent = ~standing.is_closed & ((situation.missed >= 1) | np.isnan(situation.fraction))
    outside = np.isin(standing.status, [Status.UNRATED.value, Status.NOT_STARTED.value])
    return KpiScore(
        progress_low=_settle(outside, is_silent, 0.0, progress),
        progress_high=_settle(outside, is_silent, np.nan_to_num(last_progress), progress),
        timeliness_low=_settle(outside, is_silent, 0.0, timeliness),
        timeliness_high=_settle(outside, is_silent, np.nan_to_num(last_timeliness), timeliness),
    )


def _settle(outside: np.ndarray, is_silent: np.ndarray, silent: Floats | float, points: Floats) -> Floats:
    return np.where(outside, np.nan, np.where(is_silent, silent, points))


def _progress(situation: Situation, standing: Standing, multiplier: Floats) -> Floats:
    shortfall = np.maximum(0.0, standing.expected - situation.fraction)
    reached = 100.0 * np.clip(1.0 - shortfall / np.maximum(standing.expected, EXPECTED_FLOOR), 0.0, 1.0)
    open_points = multiplier * np.maximum(0.0, reached - standing.overdue_days * OVERDUE_POINTS_PER_DAY)
    late_days = np.maximum(0.0, situation.achieved_after_days - situation.total_days)
    closed_points = np.maximum(LATE_FLOOR, 100.0 - late_days * OVERDUE_POINTS_PER_DAY)
    return np.where(standing.is_closed, closed_points, open_points)


def _timeliness(situation: Situation, standing: Standing) -> Floats:
    elapsed = np.where(standing.is_closed, situation.achieved_after_days, situation.elapsed_days)
    scale_days = np.maximum(TIMELINESS_SCALE_DAYS, TIMELINESS_SCALE_SHARE * elapsed)
    return np.asarray(100.0 * (1.0 - np.clip(standing.lag_days / scale_days, 0.0, 1.0)))
