"""How are chances told in a month, and what was forecast of one item, by what had ended before as known at a time?"""

from datetime import datetime
from typing import Any

from resolution_monitor.ask.explain_sources import plain
from resolution_monitor.ask.worked_month import Row
from resolution_monitor.ledger.items import ItemKind
from resolution_monitor.period import Period, shifted
from resolution_monitor.score.month.forecast_rows import forecast_rows
from resolution_monitor.score.month.scores import Worked
from resolution_monitor.score.outlook.calibration import Calibration
from resolution_monitor.score.outlook.forecast_record import calibrations_of, resolved_forecasts
from resolution_monitor.store import question_rows
from resolution_monitor.store.connect import Database

_FORECAST = ("kind", "band", "band_things", "band_short", "way")


def calibrations_before(database: Database, period: Period, known_at: datetime | None = None) -> dict[str, Calibration]:
    """By kind, how chances of a month are told: taught by what had ended before it."""
    made, outcomes = question_rows.forecasts_and_outcomes(database, shifted(period, -1).end, known_at)
    return calibrations_of(resolved_forecasts(made, outcomes))


def forecast_of_assignment(
    database: Database, worked: Worked, assignment: Row, known_at: datetime | None
) -> dict[str, Any] | None:
    """
    kind, band, band_things, band_short and way of what is forecast of an assignment; None where nothing can be.

    band_things and band_short are None until enough of the kind is resolved to say what the band meant.
    """
    assignments = worked.scores.assignments
    tasks = assignments[assignments["item_kind"] == ItemKind.TASK.value].reset_index(drop=True)
    told = calibrations_before(database, worked.month.period, known_at)
    rows = forecast_rows(worked.indicators, tasks, worked.month.task_reports, told)
    is_it = (rows["item_id"] == assignment["item_id"]) & (rows["agency_id"] == assignment["agency_id"])
    found = rows[is_it].to_dict("records")
    if not found:
        return None
    counts = {name: None if plain(found[0][name]) is None else int(found[0][name]) for name in _FORECAST[2:4]}
    return {name: plain(found[0][name]) for name in _FORECAST} | counts
