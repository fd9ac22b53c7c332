"""What are the scores of a period, as known at a time? Computed from the values known then, by the rules of today."""

from datetime import datetime

import pandas

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.errors import NothingToReportError
from resolution_monitor.period import Period
from resolution_monitor.score.budget import NATION, PeriodScores, score_period
from resolution_monitor.store import score_rows
from resolution_monitor.store.connect import Database

LEVELS = ("indicator", "province", "central", "body")
COLUMNS = (
    "code",
    "name",
    "indicator",
    "observed",
    "planned",
    "attainment_raw_pct",
    "attainment_pct",
    "status",
)


def scores(
    database: Database, catalogue: Catalogue, period: Period, level: str, known_at: datetime | None
) -> pandas.DataFrame:
    """
    One row per member of the level and indicator, with COLUMNS, by indicator and code.

    Args:
        level: indicator (the nation), province (the 34 of today), central (bodies of today), body (as reported).
        known_at: Nothing recorded later is seen; None sees everything.

    Raises:
        NothingToReportError: Nothing was known of the period then.
    """
    values = score_rows.values_as_known(database, period, known_at)
    if values.empty:
        when = f" at {known_at.isoformat()}" if known_at else ""
        raise NothingToReportError(
            f"nothing of the budget is known of period {period.name}{when}; run ./monitor run --period first. Levels "
            "of the resolutions are nation, block, resolution, task and agency"
        )
    result = score_period(catalogue, period, values)
    rows = _rows(catalogue, result, level)
    return rows.sort_values(["indicator", "code"]).reset_index(drop=True)[list(COLUMNS)]


def _rows(catalogue: Catalogue, result: PeriodScores, level: str) -> pandas.DataFrame:
    if level == "body":
        frame = result.bodies.assign(code=result.bodies["agency_id"])
        return _named(frame, {body.agency_id: body.short_vi for body in catalogue.bodies.values()})
    if level == "indicator":
        frame = result.nodes[result.nodes["node_kind"] == NATION]
        names = {indicator.indicator_id: indicator.name_vi for indicator in catalogue.indicators.values()}
        return _named(frame.assign(code=frame["indicator_id"]), names)
    frame = result.nodes[result.nodes["node_kind"] == level]
    bodies = [catalogue.bodies[node_id] for node_id in frame["node_id"]]
    codes = [body.official_code or body.agency_id for body in bodies]
    return frame.assign(code=codes, name=[body.short_vi for body in bodies], indicator=frame["indicator_id"])


def _named(frame: pandas.DataFrame, names: dict[str, str]) -> pandas.DataFrame:
    return frame.assign(name=[names[code] for code in frame["code"]], indicator=frame["indicator_id"])
