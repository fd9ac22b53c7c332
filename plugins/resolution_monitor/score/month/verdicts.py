"""From a situation to its verdict: status and points of now, and those of the last period that was reported.

Source: docs/method.md, clauses 2.6 and 2.7. One element per assignment; NaN is null.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from resolution_monitor.method.arrays import Floats, Texts, Whole, nulls
from resolution_monitor.score.month.rows import texts_or_none
from resolution_monitor.score.rules.kpi_score import KpiScore, score_kpi
from resolution_monitor.score.rules.situation import Situation, Standing, sort_keys
from resolution_monitor.score.rules.status import standing_of


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    What follows from a situation.

    Attributes:
        last_status: While a report is missing, that of the last period it was reported in; "" elsewhere.
    """

    standing: Standing
    points: KpiScore
    last_status: Texts
    sort_key: Whole


def verdict_of(situation: Situation, last_elapsed: Floats, multiplier: Floats) -> Verdict:
    """
    Standing and points now; HIGH and the order of NO_DATA rest on the last period that was reported.

    Args:
        last_elapsed: Days from t0 to the end of that period; NaN where nothing was ever reported.
        multiplier: μ.
    """
    nothing, was_reported = nulls(len(last_elapsed)), ~np.isnan(last_elapsed)
    then = replace(
        situation,
        path=replace(situation.path, elapsed_days=np.where(was_reported, last_elapsed, situation.path.elapsed_days)),
        missed=np.zeros(len(last_elapsed), dtype=np.int64),
    )
    standing_then = standing_of(then)
    points_then = score_kpi(then, standing_then, multiplier, nothing, nothing)
    standing = standing_of(situation)
    points = score_kpi(
        situation,
        standing,
        multiplier,
        np.where(was_reported, points_then.progress_low, np.nan),
        np.where(was_reported, points_then.timeliness_low, np.nan),
    )
    last_status = np.where(standing.is_silent & was_reported, standing_then.status, "")
    return Verdict(standing, points, last_status, sort_keys(standing.status, last_status))


def columns_of(verdict: Verdict) -> dict[str, Any]:
    """The verdict as columns of assignments."""
    standing, points = verdict.standing, verdict.points
    return {
        "status": standing.status,
        "last_status": texts_or_none(verdict.last_status),
        "sort_key": verdict.sort_key,
        "expected_fraction": standing.expected,
        "lag_days": standing.lag_days,
        "overdue_days": standing.overdue_days,
        "progress_low": points.progress_low,
        "progress_high": points.progress_high,
        "timeliness_low": points.timeliness_low,
        "timeliness_high": points.timeliness_high,
    }
