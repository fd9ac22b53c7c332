"""Every forecast of a month as a row to be kept: made once, and held against what happened later.

Source: docs/method.md, clause 3. Series are forecast from their pace, dated products from what became of their like.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas

from resolution_monitor.ledger.items import ItemKind
from resolution_monitor.method.arrays import Floats
from resolution_monitor.score.month.indicators import Workings
from resolution_monitor.score.outlook.calibration import Calibration, Way
from resolution_monitor.score.outlook.forecast import WIDENING, band_of
from resolution_monitor.score.outlook.late_cases import late_risk_of_tasks

TREND, REFERENCE_CLASS = "trend", "reference_class"
TASK_KIND = "task"
# Eight in ten ends lie between low and high, if the spread is as wide as the rule takes it.
_INTERVAL = 1.2815516
# Of a kind of which nothing is resolved.
_UNKNOWN = Calibration(Way.AS_MADE, float("nan"), 0)

# One row per item and body whose end is open.
FORECAST_COLUMNS: dict[str, str] = {
    "item_kind": "indicator or task",
    "item_id": "indicator_id or task_id",
    "agency_id": "its lead",
    "kind": "kind of the indicator; task",
    "made_on": "as-at date of the row: what came later was not seen",
    "due_on": "deadline that is forecast",
    "method": "trend (series) or reference_class (dated products)",
    "way": "as_made, recalibrated or base_rate: how the chance is told",
    "horizon": "whole periods to the deadline; of tasks calendar days",
    "mean": "of series: share of the time earned at the deadline, 1 is on plan; null for tasks",
    "low": "end of the interval that holds 8 in 10",
    "high": "other end",
    "chance_made": "of falling short, or of being late, as the rule made it",
    "chance": "as it is told",
    "band": "low, watch or high",
    "band_things": "resolved things of the kind that were told this band; null until enough are resolved to say so",
    "band_short": "how many of these fell short or were late",
    "is_percentage": "enough of the kind is resolved to tell more than the band",
    "status": "colour of the row when it was made",
}


def forecast_rows(
    workings: Workings, tasks: pandas.DataFrame, task_reports: pandas.DataFrame, told: Mapping[str, Calibration]
) -> pandas.DataFrame:
    """
    The forecasts of a month with FORECAST_COLUMNS, by item and body; rows that allow none are left out.

    Args:
        tasks: Assignments of tasks.
        task_reports: agency_id, task_id, period_end, state; under the bodies of the moment.
        told: By kind, how chances are told; a kind that is not there is told as made.
    """
    frame = pandas.concat([_of_series(workings), _of_tasks(tasks, task_reports)], ignore_index=True)
    return _told(frame, told)


def indicator_forecasts(workings: Workings, told: Mapping[str, Calibration]) -> pandas.DataFrame:
    """The same of indicators alone."""
    return _told(_of_series(workings), told)


def _told(frame: pandas.DataFrame, told: Mapping[str, Calibration]) -> pandas.DataFrame:
    """The rows that have a chance, as chances of their kind are told, with what that had meant."""
    frame = frame[frame["chance_made"].notna()].reset_index(drop=True)
    ways = [told.get(kind, _UNKNOWN) for kind in frame["kind"]]
    made = frame["chance_made"].to_numpy(dtype=np.float64)
    chance, kinds = made.copy(), frame["kind"].to_numpy(dtype=object)
    for kind, calibration in told.items():
        chosen = kinds == kind
        chance[chosen] = calibration.told(made[chosen])
    band = band_of(chance)
    meant = [way.meant.get(str(name)) for way, name in zip(ways, band, strict=True)]
    whole = frame.assign(
        chance=chance,
        band=band,
        way=[way.way.value for way in ways],
        band_things=np.array([one.things if one else np.nan for one in meant], dtype=np.float64),
        band_short=np.array([one.short if one else np.nan for one in meant], dtype=np.float64),
        is_percentage=[way.is_percentage for way in ways],
    )
    ordered = whole.sort_values(["item_kind", "item_id", "agency_id"]).reset_index(drop=True)
    return ordered[list(FORECAST_COLUMNS)]


def _of_series(workings: Workings) -> pandas.DataFrame:
    whole, base = workings.outlook.whole, workings.base
    # The rule's own mean of two ways of going on, and the spread it takes for the chance.
    mean, spread = (whole.holt_end + whole.drift_end) / 2.0, WIDENING * whole.error
    columns: dict[str, Any] = {
        "item_kind": ItemKind.INDICATOR.value,
        "item_id": base["item_id"],
        "agency_id": base["agency_id"],
        "kind": [one.kind for one in workings.asked.indicators],
        "made_on": _dates(workings.asked.as_at_day),
        "due_on": _dates(workings.asked.aims.due_day),
        "method": TREND,
        "horizon": workings.outlook.left,
        "mean": np.maximum(mean, 0.0),
        "low": np.maximum(mean - _INTERVAL * spread, 0.0),
        "high": np.maximum(mean + _INTERVAL * spread, 0.0),
        "chance_made": np.where(workings.verdict.standing.is_closed, np.nan, whole.short),
        "status": workings.verdict.standing.status,
    }
    return pandas.DataFrame(columns)


def _of_tasks(tasks: pandas.DataFrame, task_reports: pandas.DataFrame) -> pandas.DataFrame:
    risk = late_risk_of_tasks(tasks, task_reports)
    nothing = np.full(len(tasks), np.nan)
    columns: dict[str, Any] = {
        "item_kind": ItemKind.TASK.value,
        **{name: tasks[name].to_numpy() for name in ("item_id", "agency_id", "due_on", "status")},
        "kind": TASK_KIND,
        "made_on": tasks["as_at"].to_numpy(),
        "method": REFERENCE_CLASS,
        "horizon": risk.days_left,
        **dict.fromkeys(("mean", "low", "high"), nothing),
        "chance_made": risk.chance,
    }
    return pandas.DataFrame(columns)


def _dates(days: Floats) -> list[date | None]:
    return [None if np.isnan(day) else date.fromordinal(int(day)) for day in days]
