"""Forecasts held against what happened: which are resolved, how each kind is told from now on, and how well it did.

Source: docs/method.md, clause 3, protocol.
"""

from collections.abc import Mapping

import numpy as np
import pandas

from resolution_monitor.ledger.items import ItemKind
from resolution_monitor.method.arrays import Floats, Texts
from resolution_monitor.score.outlook.calibration import (
    LEAST_FOR_MEANING,
    Calibration,
    brier,
    by_group,
    calibrate,
    reliability,
)
from resolution_monitor.score.rules.days import day_numbers

# An indicator falls short that ends below this share of its target.
SHORT_BELOW_PCT = 95.0
_LATE = ("DONE_LATE", "OVERDUE")
_KEY = ["item_kind", "item_id", "agency_id"]
EVERYTHING = "all"
SUMMARY_COLUMNS = (
    *("kind", "forecasts", "resolved", "base_rate", "brier", "brier_as_made", "brier_base_rate", "brier_colour"),
    *("skill", "way"),
)
BAND_COLUMNS = ("kind", "band", "resolved", "told", "fell_short", "share")
_LOW = "low"


def resolved_forecasts(made: pandas.DataFrame, outcomes: pandas.DataFrame) -> pandas.DataFrame:
    """
    The forecasts made before anybody knew, with outcome: 1 it fell short or was late, 0 it did not.

    Args:
        made: item_kind, item_id, agency_id, kind, made_on, chance_made, chance, status.
        outcomes: item_kind, item_id, agency_id, due_on, status, attainment_raw_pct, resolved_on.
    """
    ended = outcomes.rename(columns={"status": "status_at_end"}).drop(columns="due_on")
    both = made.merge(ended, on=_KEY, how="inner")
    known = both[day_numbers(both["made_on"]) < day_numbers(both["resolved_on"])]
    is_task = (known["item_kind"] == ItemKind.TASK.value).to_numpy(dtype=bool)
    attained = known["attainment_raw_pct"].to_numpy(dtype=np.float64, na_value=np.nan)
    short = np.where(is_task, known["status_at_end"].isin(_LATE), attained < SHORT_BELOW_PCT - 1e-9)
    usable = is_task | ~np.isnan(attained)
    whole: pandas.DataFrame = known.assign(outcome=short.astype(np.float64)).loc[usable]
    return whole.reset_index(drop=True)


def calibrations_of(resolved: pandas.DataFrame) -> dict[str, Calibration]:
    """By kind, how its chances are told from now on."""
    return {
        str(kind): calibrate(
            _numbers(part, "chance_made"),
            _numbers(part, "outcome"),
            item=_things(part),
            resolved_day=day_numbers(part["resolved_on"]),
        )
        for kind, part in resolved.groupby("kind")
    }


def summary_of(resolved: pandas.DataFrame, told: Mapping[str, Calibration]) -> pandas.DataFrame:
    """
    One row for everything and one a kind, with SUMMARY_COLUMNS; empty where nothing is resolved.

    Brier scores are mean squared errors, lower is better. brier_base_rate and brier_colour are those of the share that
    happened, of everything and of each colour, known only afterwards: a forecast that beats them has earned it. skill
    is 1 - brier / brier_base_rate; below 0 the forecast was worse than the base rate.
    """
    parts = [(EVERYTHING, resolved), *((str(kind), part) for kind, part in resolved.groupby("kind"))]
    rows = [_summary(kind, part, told) for kind, part in parts if len(part)]
    return pandas.DataFrame(rows, columns=list(SUMMARY_COLUMNS))


def reliability_of(resolved: pandas.DataFrame) -> pandas.DataFrame:
    """The calibration table of all chances as they were told; see calibration.reliability."""
    return reliability(_numbers(resolved, "chance"), _numbers(resolved, "outcome"))


def bands_of(told: Mapping[str, Calibration]) -> pandas.DataFrame:
    """
    What each band meant for each kind, with BAND_COLUMNS: of the things told it, how many fell short or were late.

    A kind with fewer than 20 resolved has one row, low, of which nothing is known.
    """
    nothing = {"told": None, "fell_short": None, "share": None}
    rows: list[dict[str, object]] = []
    for kind, calibration in told.items():
        common = {"kind": kind, "resolved": calibration.resolved}
        if calibration.resolved < LEAST_FOR_MEANING:
            rows.append({**common, "band": _LOW, **nothing})
        for band, meant in calibration.meant.items():
            counts = {"told": meant.things, "fell_short": meant.short, "share": meant.short / meant.things}
            rows.append({**common, "band": band, **counts})
    return pandas.DataFrame(rows, columns=list(BAND_COLUMNS), dtype=object)


def _summary(kind: str, part: pandas.DataFrame, told: Mapping[str, Calibration]) -> dict[str, object]:
    outcome = _numbers(part, "outcome")
    score, base = brier(_numbers(part, "chance"), outcome), brier(np.full(len(outcome), outcome.mean()), outcome)
    colour = by_group(part["status"].to_numpy(dtype=np.str_), outcome)
    return {
        "kind": kind,
        "forecasts": len(part),
        "resolved": len(np.unique(_things(part))),
        "base_rate": float(outcome.mean()),
        "brier": score,
        "brier_as_made": brier(_numbers(part, "chance_made"), outcome),
        "brier_base_rate": base,
        "brier_colour": brier(colour, outcome),
        "skill": 1.0 - score / base if base else None,
        "way": told[kind].way.value if kind in told else "",
    }


def _things(part: pandas.DataFrame) -> Texts:
    return (part["item_id"].astype(str) + "\0" + part["agency_id"].astype(str)).to_numpy(dtype=np.str_)


def _numbers(part: pandas.DataFrame, column: str) -> Floats:
    return part[column].to_numpy(dtype=np.float64)
