"""From what was known of a month to the matrices that screens look at.

One line per series (a body and an indicator), one column per period, the last column the newest; NaN is a report that
did not come.
"""

from dataclasses import dataclass

import numpy as np
import pandas

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.method.arrays import Flags, Floats, Texts, Whole, nulls
from resolution_monitor.score.month.figures import figures_of
from resolution_monitor.score.month.indicators import Workings
from resolution_monitor.score.rules.days import day_numbers
from resolution_monitor.score.rules.kinds import values_at
from resolution_monitor.score.rules.return_to_track import wanted_fraction
from resolution_monitor.score.rules.trajectory import expected_fraction, path_on

PERCENT = "%"
# Of peers the screens look at four values at most.
_PEER_PERIODS = 4


@dataclass(frozen=True, slots=True)
class Series:
    """
    The series of indicators of resolutions.

    Attributes:
        agency_id, item_id: Of each line.
        values: As reported, in the indicator's unit.
        fractions: a.
        plan: The value the path asks for at the end of each period.
        scale, sign, min_step: As in attainment.Reading and Attainment.
        is_total: What was done stays done.
        is_at_deadline: The newest period ends at the deadline or after it.
        days: Last day of each period as a number.
    """

    agency_id: Texts
    item_id: Texts
    values: Floats
    fractions: Floats
    plan: Floats
    scale: Floats
    sign: Floats
    min_step: Floats
    is_total: Flags
    is_at_deadline: Flags
    days: Floats


@dataclass(frozen=True, slots=True)
class Peers:
    """
    Last values of what several bodies report, by indicator.

    Attributes:
        group: Number of the indicator.
        values: The last four periods of that indicator in which anybody reported.
        is_count: A whole number of things or an amount of money, and no percentage.
    """

    agency_id: Texts
    item_id: Texts
    group: Whole
    values: Floats
    min_step: Floats
    is_count: Flags


def series_of(workings: Workings) -> Series:
    """What lies behind the assignments of indicators."""
    aims, measured, history = workings.asked.aims, workings.measured, workings.history
    days = history.matrix(history.day)
    last_day = days[:, -1] if days.shape[1] else nulls(len(workings.base))
    return Series(
        agency_id=workings.base["agency_id"].to_numpy(dtype=np.str_),
        item_id=workings.base["item_id"].to_numpy(dtype=np.str_),
        values=history.matrix(figures_of(aims, history).written),
        fractions=measured.fractions,
        plan=history.matrix(_planned(workings)),
        scale=measured.attainment.scale,
        sign=aims.sign,
        min_step=aims.min_step,
        is_total=aims.grows,
        is_at_deadline=last_day >= aims.due_day,
        days=days,
    )


def _planned(workings: Workings) -> Floats:
    """The planned value of every entry; NaN for growth, whose value is a rate and whose path is an index."""
    aims, measured, history = workings.asked.aims, workings.measured, workings.history
    row = history.row
    expected = expected_fraction(path_on(workings.situation.path, row, history.day - measured.start_day[row]))
    counted = wanted_fraction(expected, workings.situation.floor[row])
    value = values_at(aims.kind[row], measured.aim.rows(row), measured.attainment.scale[row], counted)
    return np.where(aims.is_compounded[row], np.nan, value)


def peers_of(catalogue: Catalogue, values: pandas.DataFrame) -> Peers:
    """
    Figures that several bodies report, by indicator.

    Args:
        values: agency_id, indicator_id, period_kind, period_end, value; one row per body, indicator and period.
    """
    shared = {key for key, one in catalogue.indicators.items() if one.lead is None and one.bodies}
    kinds = {key: catalogue.period_calendars[catalogue.indicators[key].frequency].period_kind for key in shared}
    told = values[values["indicator_id"].map(kinds) == values["period_kind"]]
    told = told.assign(day=day_numbers(told["period_end"]), number=_numbers(told["value"]))
    back = told.groupby("indicator_id")["day"].rank(method="dense", ascending=False)
    told = told[back <= _PEER_PERIODS].assign(column=_PEER_PERIODS - back[back <= _PEER_PERIODS].astype(int))
    keys = told[["indicator_id", "agency_id"]].drop_duplicates().sort_values(["indicator_id", "agency_id"])
    index = pandas.MultiIndex.from_frame(keys)
    matrix = np.full((len(keys), _PEER_PERIODS), np.nan)
    row = index.get_indexer(pandas.MultiIndex.from_frame(told[["indicator_id", "agency_id"]]))
    matrix[row, told["column"].to_numpy(dtype=np.int64)] = told["number"]
    items = keys["indicator_id"].tolist()
    return Peers(
        agency_id=keys["agency_id"].to_numpy(dtype=np.str_),
        item_id=np.array(items, dtype=np.str_),
        group=pandas.factorize(keys["indicator_id"])[0].astype(np.int64),
        values=matrix,
        min_step=np.array([catalogue.indicators[item].min_step for item in items], dtype=np.float64),
        is_count=np.array([not catalogue.indicators[item].unit.startswith(PERCENT) for item in items], dtype=bool),
    )


def _numbers(values: pandas.Series) -> Floats:
    return values.to_numpy(dtype=np.float64, na_value=np.nan)
