"""For every open indicator, the value its next period needs to be on plan.

Source: docs/method.md, clauses 2.3 and 2.4. Growth is left out: its plan is an index over years, not next year's rate.
"""

from datetime import date, timedelta
from functools import cache

import numpy as np
import pandas

from resolution_monitor.method.arrays import Floats
from resolution_monitor.period import Period, period_begun
from resolution_monitor.score.month.figures import figures_of
from resolution_monitor.score.month.indicators import Workings
from resolution_monitor.score.rules.kinds import values_at
from resolution_monitor.score.rules.return_to_track import needed_value, wanted_fraction
from resolution_monitor.score.rules.situation import DELIVERABLE
from resolution_monitor.score.rules.trajectory import expected_fraction, path_on

NEEDED_COLUMNS: dict[str, str] = {
    "indicator_id": "code",
    "name": "Vietnamese name",
    "resolution": "code",
    "agency_id": "who reports it",
    "status": "of this month",
    "unit": "of the values",
    "value": "last reported",
    "next_period": "name of the next period that falls due",
    "needed_low": "at least this much; null where less is better",
    "needed_high": "at most this much; null where more is better",
    "change": "from the last value to the nearest one that is on plan; 0 where it is there already",
}


def needed_next(workings: Workings) -> pandas.DataFrame:
    """One row per open indicator with a plan, with NEEDED_COLUMNS, by indicator and body."""
    aims, measured, standing = workings.asked.aims, workings.measured, workings.verdict.standing
    periods = _next_periods(workings)
    ends = np.array([float(one.end.toordinal()) for one in periods], dtype=np.float64)
    rows = np.arange(len(periods))
    expected = expected_fraction(path_on(workings.situation.path, rows, ends - measured.start_day))
    counted, scale = wanted_fraction(expected, workings.situation.floor), measured.attainment.scale
    needed = needed_value(
        values_at(aims.kind, measured.aim, scale, counted),
        aims.sign,
        scale * (1.0 - counted),
        min_step=aims.min_step,
        band=(aims.low, aims.high),
    )
    value = figures_of(aims, workings.history).last(measured.last_entry).written
    known = ~np.isnan(needed.low) | ~np.isnan(needed.high)
    is_told = known & ~standing.is_closed & ~aims.is_compounded & (workings.situation.judged_as != DELIVERABLE)
    frame = pandas.DataFrame(
        {
            "indicator_id": [one.indicator_id for one in workings.asked.indicators],
            "name": [one.name_vi for one in workings.asked.indicators],
            "resolution": [one.resolution for one in workings.asked.indicators],
            "agency_id": workings.base["agency_id"].to_numpy(),
            "status": standing.status,
            "unit": [one.unit for one in workings.asked.indicators],
            "value": value,
            "next_period": [one.name for one in periods],
            "needed_low": needed.low,
            "needed_high": needed.high,
            "change": _change(value, needed.low, needed.high),
        }
    )
    told: pandas.DataFrame = frame[is_told].sort_values(["indicator_id", "agency_id"])
    return told.reset_index(drop=True)[list(NEEDED_COLUMNS)]


def _change(value: Floats, low: Floats, high: Floats) -> Floats:
    upward = np.where(np.isnan(low), 0.0, np.maximum(0.0, low - value))
    downward = np.where(np.isnan(high), 0.0, np.minimum(0.0, high - value))
    return np.asarray(upward + downward)


def _next_periods(workings: Workings) -> list[Period]:
    """Of each indicator the period of its own kind that begins the day after its as-at date."""

    @cache
    def after(kind: str, day: int) -> Period:
        return period_begun(kind, date.fromordinal(day) + timedelta(days=1))

    pairs = zip(workings.asked.kinds, workings.asked.as_at_day, strict=True)
    return [after(kind, int(day)) for kind, day in pairs]
