"""Growth by a rate a year, compounded."""

from dataclasses import replace

import numpy as np

from resolution_monitor.method.arrays import Floats, at_least
from resolution_monitor.method.attainment import Attainment, Reading, Tests
from resolution_monitor.method.kind import DOWN, UP, Kind, as_it_is
from resolution_monitor.method.kinds import level
from resolution_monitor.method.limits import METHOD, Limits
from resolution_monitor.method.scale import PLANNED, attained_on_scale, value_on_scale
from resolution_monitor.method.worked import WorkedRows, padded


def growth(reading: Reading, limits: Limits = METHOD) -> Attainment:
    """
    Yearly growth compounded: the index reached against (1 + g*)^n, from a baseline of 1.

    `reading.observed` is the index of `compounded`, `reading.target` the yearly rate g*.

    Source: docs/method.md, clause 2.3, kind growth.
    """
    factor = 1.0 + reading.target
    is_bad = ~(factor > 0) | ~at_least(reading.years, 1.0) | ~(reading.min_step > 0)
    tests = Tests(
        no_target=np.isnan(reading.target),
        bad_target=is_bad,
        no_value=np.isnan(reading.observed),
    )
    target = np.where(is_bad, np.nan, factor) ** np.where(is_bad, 1.0, reading.years)
    return attained_on_scale(replace(reading, target=target, baseline=np.ones(target.shape)), tests, limits)


def compounded(rates: Floats, years_reported: Floats) -> Floats:
    """
    The index that yearly rates make of 1; null where a year is missing, or no year was reported at all.

    Args:
        rates: One row per indicator and body, one column per year; what stands after the reported years is not read.
        years_reported: How many years of each row belong to the report.
    """
    column = np.arange(rates.shape[1])
    factors = np.where(column < years_reported[:, None], 1.0 + rates, 1.0)
    return np.where(years_reported > 0, np.prod(factors, axis=1), np.nan)


def index_at(reading: Reading, scale: Floats, fraction: Floats) -> Floats:
    """The index at which this fraction is attained."""
    return value_on_scale(replace(reading, target=(1.0 + reading.target) ** reading.years), scale, fraction)


def worked(rows: WorkedRows) -> Attainment:
    """Worked cases write the rates of the years reported."""
    rates = rows.lists("V")
    index = compounded(padded(rates), np.array([float(len(each)) for each in rates]))
    return growth(replace(rows.reading, observed=index))


KIND = Kind(
    name="growth",
    directions=(UP, DOWN),
    unit=None,
    # Each figure is the rate of one year.
    frequencies=("year",),
    grows=False,
    starts_at_zero=False,
    needs_baseline=False,
    has_parts=False,
    is_signed=True,
    is_compounded=True,
    is_product=False,
    rule=growth,
    value_at=index_at,
    # V, VT and V0 are indices: from there on it is a level.
    formulas=level.FORMULAS,
    planned=PLANNED,
    words={},
    worked_names=("growth",),
    worked=worked,
    made_up=as_it_is,
)
