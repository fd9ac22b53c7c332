"""Points of one indicator: progress P and timeliness S, each with the low end that a missing report leaves.

Source: docs/method.md, clause 2.7. NaN is null and stays outside every mean.
"""

from dataclasses import dataclass

import numpy as np

from resolution_monitor.method.arrays import Flags, Floats, fill
from resolution_monitor.score.rules.pace import timeliness_pct
from resolution_monitor.score.rules.situation import NOLAG, Situation, Standing, Status


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
    P and S of every row; null where it is not rated or has not started.

    Args:
        multiplier: μ of the attainment.
        last_progress, last_timeliness: Points of the last scored period; NaN where there is none.
    """
    progress = _progress(situation, standing, multiplier)
    timeliness = _timeliness(situation, standing)
    silent = standing.is_silent
    outside = (standing.status == Status.UNRATED.value) | (standing.status == Status.NOT_STARTED.value)
    return KpiScore(
        progress_low=_settle(outside, silent, 0.0, progress),
        progress_high=_settle(outside, silent, fill(last_progress, 0.0), progress),
        timeliness_low=_settle(outside, silent, 0.0, timeliness),
        timeliness_high=_settle(outside, silent, fill(last_timeliness, 0.0), timeliness),
    )


def _settle(outside: Flags, is_silent: Flags, silent: Floats | float, points: Floats) -> Floats:
    return np.where(outside, np.nan, np.where(is_silent, silent, points))


def _progress(situation: Situation, standing: Standing, multiplier: Floats) -> Floats:
    limits = situation.limits
    open_points = multiplier * np.maximum(0.0, standing.pace - standing.overdue_days * limits.overdue_points_per_day)
    late_days = np.maximum(0.0, standing.achieved_after_days - situation.path.total_days)
    closed_points = np.maximum(limits.late_floor, 100.0 - late_days * limits.overdue_points_per_day)
    return np.where(standing.is_closed, closed_points, open_points)


def _timeliness(situation: Situation, standing: Standing) -> Floats:
    elapsed = np.where(standing.is_closed, standing.achieved_after_days, situation.path.elapsed_days)
    # What is only to be kept is never late before its deadline; after it, each day overdue counts as lag.
    is_kept = (situation.judged_as == NOLAG) & ~standing.is_closed
    points = timeliness_pct(np.where(is_kept, standing.overdue_days, standing.lag_days), elapsed, situation.limits)
    return np.where(is_kept, np.minimum(standing.pace, points), points)
