"""Points of the reports themselves: how late each came, as known on a day.

Source: docs/method.md, clause 2.8. Days as float64 from any one origin per row; NaN is null.
"""

from dataclasses import dataclass

import numpy as np

from resolution_monitor.method.arrays import Flags, Floats, Whole, divide, sum_per_group
from resolution_monitor.method.limits import METHOD, Limits


@dataclass(frozen=True, slots=True)
class ReportScore:
    """Calendar days late, and points between 0 and 100; points are NaN while the report is not yet late."""

    days_late: Floats
    points: Floats


def score_report(cutoff_day: Floats, submitted_day: Floats, known_day: Floats, limits: Limits = METHOD) -> ReportScore:
    """
    Lateness of reports as known on a day; what came after that day is not there yet.

    Args:
        submitted_day: NaN where nothing has come.
        known_day: k, the day of knowledge.

    Source: docs/method.md, clause 2.8, reports.
    """
    is_in = submitted_day <= known_day
    days_late = np.maximum(0.0, np.where(is_in, submitted_day, known_day) - cutoff_day)
    waiting = np.where(known_day <= cutoff_day, np.nan, 0.0)
    return ReportScore(days_late=days_late, points=np.where(is_in, points_of(days_late, limits), waiting))


def points_of(days_late: Floats, limits: Limits = METHOD) -> Floats:
    """5 points off for each day late; an early report earns no more than 100."""
    return np.maximum(0.0, 100.0 - limits.report_points_per_day * np.maximum(0.0, days_late))


def mean_per_agency(points: Floats, agency: Whole, agencies: int, is_in_window: Flags) -> Floats:
    """
    R: the mean points of the reports that were due in the window; null for an agency that owed none.

    Args:
        points: NaN for a report that is not due yet.
        agency: Row number of the agency of each report, below `agencies`.
        is_in_window: Due within the last 12 months.
    """
    counted = is_in_window & ~np.isnan(points)
    sums = sum_per_group(agency, np.where(counted, points, 0.0), agencies)
    return divide(sums, sum_per_group(agency, counted.astype(np.float64), agencies))
