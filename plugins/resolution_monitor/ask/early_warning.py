"""How good were the forecasts, what makes up a resolution's lag, and what brings an indicator back on track?"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pandas

from resolution_monitor.ask.calibrated_forecasts import calibrations_before
from resolution_monitor.ask.month_as_known import month_as_known
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.errors import LedgerError
from resolution_monitor.ledger.items import require_agency
from resolution_monitor.period import Period
from resolution_monitor.score.month.forecast_rows import indicator_forecasts
from resolution_monitor.score.month.indicators import indicator_workings
from resolution_monitor.score.month.lag import LAG_COLUMNS, lag_of_resolution
from resolution_monitor.score.month.needed_next import NEEDED_COLUMNS, needed_next
from resolution_monitor.score.month.scores import score_resolutions
from resolution_monitor.score.outlook.forecast_record import (
    bands_of,
    calibrations_of,
    reliability_of,
    resolved_forecasts,
    summary_of,
)
from resolution_monitor.store import question_rows
from resolution_monitor.store.connect import Database

BY_ITEM, BY_BODY = "item", "body"
TOTAL = "total"
FORECAST_COLUMNS = ("band", "band_things", "band_short")


@dataclass(frozen=True, slots=True)
class Record:
    """
    How forecasts did.

    Attributes:
        made: How many are kept, and of how many things.
        summary: forecast_record.SUMMARY_COLUMNS.
        reliability: from, to, forecasts, mean_chance, happened.
        bands: forecast_record.BAND_COLUMNS.
    """

    made: tuple[int, int]
    summary: pandas.DataFrame
    reliability: pandas.DataFrame
    bands: pandas.DataFrame


def forecast_record(database: Database, last_day: date, known_at: datetime | None = None) -> Record:
    """Forecasts of months up to a day against what is known of their ends."""
    made, outcomes = question_rows.forecasts_and_outcomes(database, last_day, known_at)
    resolved = resolved_forecasts(made, outcomes)
    things = made[["item_kind", "item_id", "agency_id"]].drop_duplicates()
    told = calibrations_of(resolved)
    return Record(
        made=(len(made), len(things)),
        summary=summary_of(resolved, told),
        reliability=reliability_of(resolved),
        bands=bands_of(told),
    )


def resolution_lag(
    database: Database,
    catalogue: Catalogue,
    resolution: str,
    period: Period,
    *,
    known_at: datetime | None = None,
    by: str = BY_ITEM,
) -> pandas.DataFrame:
    """
    The lag of a resolution in parts, largest first, and a last row `total` that is exactly their sum.

    Args:
        by: item (LAG_COLUMNS and agency, name) or body (agency_id, agency, items, part_days).

    Raises:
        LedgerError: There is no such resolution.
        NothingToReportError: Nothing was known of the period then.
    """
    require_resolution(catalogue, resolution)
    month = month_as_known(database, catalogue, period, known_at)
    parts = lag_of_resolution(month.catalogue, score_resolutions(month).assignments, resolution)
    return _lag_rows(month.catalogue, parts, by)


def _lag_rows(catalogue: Catalogue, parts: pandas.DataFrame, by: str) -> pandas.DataFrame:
    """The parts by item or by body, with names, and their total."""
    if by == BY_BODY:
        grouped = parts.groupby("agency_id")
        whole = pandas.DataFrame({"items": grouped.size(), "part_days": grouped["part_days"].agg(_sum)}).reset_index()
        rows = whole.assign(agency=[catalogue.bodies[key].short_vi for key in whole["agency_id"]])
        rows = rows.sort_values(["part_days", "agency_id"], ascending=[False, True])
        columns = ["agency_id", "agency", "items", "part_days"]
    else:
        names = {key: one.name_vi for key, one in catalogue.indicators.items()}
        names |= {key: one.name_vi for key, one in catalogue.tasks.items()}
        rows = parts.assign(
            agency=[catalogue.bodies[key].short_vi for key in parts["agency_id"]],
            name=[names[key] for key in parts["item_id"]],
        )
        columns = [*LAG_COLUMNS, "agency", "name"]
    total = {columns[0]: TOTAL, "part_days": _sum(parts["part_days"])}
    return pandas.concat([rows[columns], pandas.DataFrame([total])], ignore_index=True)[columns]


def return_to_track(
    database: Database,
    catalogue: Catalogue,
    period: Period,
    *,
    known_at: datetime | None = None,
    agency_id: str | None = None,
    resolution: str | None = None,
) -> pandas.DataFrame:
    """
    What each open indicator has to show next period to be on its plan, and whether it will fall short.

    Columns: needed_next.NEEDED_COLUMNS; band (None where nothing can be forecast), and of the things of its kind that
    were told it band_things and band_short, how many fell short (None until enough are resolved).

    Raises:
        LedgerError: There is no such body or resolution.
        NothingToReportError: Nothing was known of the period then.
    """
    if agency_id is not None:
        require_agency(catalogue, agency_id)
    if resolution is not None:
        require_resolution(catalogue, resolution)
    workings = indicator_workings(month_as_known(database, catalogue, period, known_at))
    forecasts = indicator_forecasts(workings, calibrations_before(database, period, known_at)).astype(object)
    forecasts = forecasts.rename(columns={"item_id": "indicator_id"})[["indicator_id", "agency_id", *FORECAST_COLUMNS]]
    rows = needed_next(workings).merge(forecasts, how="left", on=["indicator_id", "agency_id"])
    chosen = np.ones(len(rows), dtype=bool)
    for column, value in (("agency_id", agency_id), ("resolution", resolution)):
        if value is not None:
            chosen &= (rows[column] == value).to_numpy(dtype=bool)
    return rows[chosen].reset_index(drop=True)[[*NEEDED_COLUMNS, *FORECAST_COLUMNS]]


def require_resolution(catalogue: Catalogue, code: str) -> None:
    """
    Refuse a code that no resolution has.

    Raises:
        LedgerError: There is no such resolution.
    """
    if code not in catalogue.resolutions:
        raise LedgerError(f"there is no resolution {code!r}; known: {', '.join(sorted(catalogue.resolutions))}")


def _sum(values: pandas.Series) -> Decimal:
    """Exact sum of decimals."""
    return sum(values, Decimal(0))
