"""Plan and final figures of a budget year become scores of bodies, of the provinces of today, and of the nation."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas

from resolution_monitor.catalogue.entries import NATION_ID, Catalogue
from resolution_monitor.catalogue.names import successor_on
from resolution_monitor.method.arrays import Floats
from resolution_monitor.method.attainment import Attainment, Reading
from resolution_monitor.method.limits import Limits
from resolution_monitor.method.path import Path as Trajectory
from resolution_monitor.method.registry import kinds
from resolution_monitor.period import Period
from resolution_monitor.score.rules.kpi_score import score_kpi
from resolution_monitor.score.rules.limits import limits_on
from resolution_monitor.score.rules.situation import LAG, Situation, Standing
from resolution_monitor.score.rules.status import standing_of
from resolution_monitor.terms import Role

NATION = "nation"
MEASURES = (
    "attainment_raw_pct",
    "attainment_pct",
    "expected_fraction",
    "lag_days",
    "progress_score",
    "timeliness_score",
    "status",
    "flags",
)


@dataclass(frozen=True, slots=True)
class PeriodScores:
    """
    What the rules make of one period.

    Attributes:
        bodies: One row per body of the period and indicator: agency_id, indicator_id, observed, planned, MEASURES.
        sources: One row per value used: agency_id, indicator_id, role, value_id.
        nodes: One row per node and indicator: node_kind, node_id, indicator_id, members_counted, members_total,
            observed, planned, MEASURES.
    """

    bodies: pandas.DataFrame
    sources: pandas.DataFrame
    nodes: pandas.DataFrame


def score_period(catalogue: Catalogue, period: Period, values: pandas.DataFrame) -> PeriodScores:
    """
    Score what is known of a period, as at its last day.

    Args:
        values: One row per value: role, value_id, agency_id, indicator_id, value (Decimal).
    """
    sources = values.copy()
    # A body that ended within the period hands its plan and its result to its successor.
    sources["agency_id"] = [successor_on(catalogue, agency_id, period.end) for agency_id in values["agency_id"]]
    bodies = _measured(catalogue, period, _paired(sources))
    nodes = _measured(catalogue, period, _rolled_up(catalogue, bodies))
    return PeriodScores(bodies=bodies, sources=sources.drop(columns="value"), nodes=nodes)


def _paired(sources: pandas.DataFrame) -> pandas.DataFrame:
    """Plan beside result: one row per body and indicator, None where one is missing."""
    keys = ["agency_id", "indicator_id"]
    sums = {
        name: sources[sources["role"] == role].groupby(keys)["value"].agg(_total)
        for name, role in (("observed", Role.OBSERVATION.value), ("planned", Role.TARGET.value))
    }
    return _none_for_nan(pandas.DataFrame(sums, dtype=object).reset_index(names=keys).sort_values(keys))


def _total(values: pandas.Series) -> Any:
    """Exact sum of decimals."""
    return sum(values, Decimal(0))


def _none_for_nan(frame: pandas.DataFrame) -> pandas.DataFrame:
    return frame.astype(object).where(frame.notna(), None).reset_index(drop=True)


def _rolled_up(catalogue: Catalogue, bodies: pandas.DataFrame) -> pandas.DataFrame:
    """Each body counts for the nation and for the body of today that stands for it."""
    members = bodies[["agency_id", "indicator_id", "observed", "planned"]].copy()
    members["is_counted"] = members["observed"].notna() & members["planned"].notna()
    today = members.assign(
        node_kind=[catalogue.bodies[agency_id].group for agency_id in members["agency_id"]],
        node_id=[successor_on(catalogue, agency_id, date.max) for agency_id in members["agency_id"]],
    )
    today = today[today["node_kind"] != NATION]  # what is the nation's already is no second member
    nation = members.assign(node_kind=NATION, node_id=NATION_ID)
    keys = ["node_kind", "node_id", "indicator_id"]
    both = pandas.concat([nation, today])
    rows = [dict(zip(keys, key, strict=True)) | _summed(group) for key, group in both.groupby(keys)]
    return pandas.DataFrame(rows, dtype=object)


def _summed(group: pandas.DataFrame) -> dict[str, object]:
    """Sums over the members that have both plan and result: anything else would compare unlike with like."""
    counted = group[group["is_counted"]]
    members = {"members_counted": len(counted), "members_total": len(group)}
    if len(counted):
        sums = {name: sum(counted[name], Decimal(0)) for name in ("observed", "planned")}
        return members | sums
    planned, observed = ([value for value in group[name] if value is not None] for name in ("planned", "observed"))
    if planned:
        return members | {"observed": None, "planned": sum(planned, Decimal(0))}
    return members | {"observed": sum(observed, Decimal(0)), "planned": None}


def _measured(catalogue: Catalogue, period: Period, pairs: pandas.DataFrame) -> pandas.DataFrame:
    """The pairs with MEASURES, each indicator by the rule of its kind."""
    parts, limits = [], limits_on(catalogue, period.end)
    for indicator_id, part in pairs.groupby("indicator_id", sort=True):
        indicator = catalogue.indicators[str(indicator_id)]
        steps = np.full(len(part), indicator.min_step)
        observed, planned = _floats(part["observed"]), _floats(part["planned"])
        reading = Reading.of(len(part), observed=observed, target=planned, baseline=np.zeros(len(part)), min_step=steps)
        attainment = kinds()[indicator.kind].rule(reading, limits)
        parts.append(part.assign(**_measures(period, attainment, limits)))
    return pandas.concat(parts, ignore_index=True) if parts else pairs.assign(**dict.fromkeys(MEASURES))


def _floats(values: pandas.Series) -> Floats:
    """Decimal to float64 once, at the edge of the rules; None becomes NaN."""
    return np.array([np.nan if value is None else float(value) for value in values], dtype=np.float64)


def _measures(period: Period, attainment: Attainment, limits: Limits) -> dict[str, Any]:
    situation = _situation(period, attainment, limits)
    standing: Standing = standing_of(situation)
    nothing = np.full(len(attainment.fraction), np.nan)
    points = score_kpi(situation, standing, attainment.multiplier, nothing, nothing)
    return {
        "attainment_raw_pct": attainment.ratio * 100.0,
        "attainment_pct": attainment.published_pct,
        "expected_fraction": standing.expected,
        "lag_days": standing.lag_days,
        "progress_score": points.progress_low,
        "timeliness_score": points.timeliness_low,
        "status": standing.status,
        "flags": attainment.flags(),
    }


def _situation(period: Period, attainment: Attainment, limits: Limits) -> Situation:
    """History as at the period's last day: the deadline is that day, and no report is owed."""
    size = len(attainment.fraction)
    days = float((period.end - period.start).days)
    return Situation(
        judged_as=np.full(size, LAG),
        path=Trajectory.straight(np.full(size, days), np.full(size, days)),
        fraction=attainment.fraction,
        floor=attainment.floor,
        tolerance=attainment.tolerance,
        missed=np.zeros(size, dtype=np.int64),
        forecast_last=np.full(size, np.nan),
        forecast_previous=np.full(size, np.nan),
        achieved_after_days=np.where(attainment.fraction >= 1.0, days, np.nan),
        is_overspent=attainment.is_overspent,
        is_unrated=np.isin(attainment.problem, ["NO_TARGET", "BAD_TARGET"]),
        limits=limits,
    )
