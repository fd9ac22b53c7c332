"""What the status of an indicator depends on, and what follows from it: the nouns of the status table.

Source: docs/method.md, clauses 2.5 and 2.6. One element per indicator and body; NaN is null.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from resolution_monitor.method.arrays import Flags, Floats, Texts, Whole
from resolution_monitor.method.limits import METHOD, Limits
from resolution_monitor.method.path import Path
from resolution_monitor.score.rules.steps import Steps

LAG, NOLAG, DELIVERABLE = "lag", "nolag", "deliverable"


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
    All that the status depends on.

    Attributes:
        judged_as: lag, nolag or deliverable: the class of the kind, see attainment.CLASS_OF_MODE.
        path: Trajectory, start, deadline and day.
        fraction: a, the last known; of deliverables it is not read.
        floor: e0 of the attainment.
        tolerance: δ.
        missed: m, reports missed in a row up to t.
        forecast_last, forecast_previous: P(short) at the last two origins; NaN where none was made.
        achieved_after_days: achieved_on - t0; NaN while not achieved; of deliverables it is not read.
        is_overspent: More was spent than planned.
        is_unrated: No baseline yet, or no usable target.
        steps: Of deliverables, days counted from t0; None where the situation holds no deliverable.
        limits: Thresholds in force.
    """

    judged_as: Texts
    path: Path
    fraction: Floats
    floor: Floats
    tolerance: Floats
    missed: Whole
    forecast_last: Floats
    forecast_previous: Floats
    achieved_after_days: Floats
    is_overspent: Flags
    is_unrated: Flags
    steps: Steps | None = None
    limits: Limits = METHOD


@dataclass(frozen=True, slots=True)
class Progress:
    """
    Where every class stands before any verdict.

    Attributes:
        fraction: a as at the day.
        counted: The fraction that is held against what was expected: a_due of deliverables, else a.
        expected: E; of class nolag E_nolag.
        open_lag_days: The lag while open; NaN for class nolag and without a fraction.
        achieved_after_days: achieved_on - t0.
    """

    fraction: Floats
    counted: Floats
    expected: Floats
    open_lag_days: Floats
    achieved_after_days: Floats


@dataclass(frozen=True, slots=True)
class Standing:
    """
    What follows from a Situation; days are calendar days.

    Attributes:
        pace: P0, in percent.
        is_silent: Nothing is known for this day: a report is missed or there never was one, and it is not closed.
        status: Codes of Status.
    """

    fraction: Floats
    expected: Floats
    pace: Floats
    lag_days: Floats
    schedule_index: Floats
    overdue_days: Floats
    achieved_after_days: Floats
    is_closed: Flags
    is_silent: Flags
    status: Texts


def sort_keys(status: Texts, last_status: Texts) -> Whole:
    """
    The order of lists, larger is worse; NO_DATA never sorts better than the status that was last known.

    Args:
        last_status: "" where none was known.
    """
    keys, last = _keys(status), _keys(last_status)
    return np.where(status == Status.NO_DATA.value, np.maximum(SORT_KEYS[Status.NO_DATA], last), keys)


def _keys(status: Texts) -> Whole:
    names = [code.value for code in SORT_KEYS]
    return np.select([status == name for name in names], list(SORT_KEYS.values()), default=0)
