"""A share of cases that is to rise or fall to its target."""

from dataclasses import replace

import numpy as np

from resolution_monitor.method.arrays import divide
from resolution_monitor.method.attainment import Attainment, Reading, Tests
from resolution_monitor.method.kind import DOWN, UP, Kind, MadeUp
from resolution_monitor.method.kinds import level
from resolution_monitor.method.limits import METHOD, Limits
from resolution_monitor.method.scale import PLANNED, attained_on_scale, start_of, value_on_scale
from resolution_monitor.method.worked import WorkedRows


def ratio(reading: Reading, limits: Limits = METHOD) -> Attainment:
    """
    A share of cases: numerator over denominator, then as a level. No case at all is DEN_ZERO, not a missing report.

    Source: docs/method.md, clause 2.3, kind ratio.
    """
    tests = Tests(
        no_target=np.isnan(reading.target),
        bad_target=~(reading.min_step > 0) | (reading.low > reading.high),
        no_value=np.isnan(reading.numerator) | np.isnan(reading.denominator),
        den_zero=reading.denominator == 0,
        no_baseline=np.isnan(start_of(reading)),
    )
    return attained_on_scale(replace(reading, observed=divide(reading.numerator, reading.denominator)), tests, limits)


def worked(rows: WorkedRows) -> Attainment:
    """Worked cases write both parts."""
    reading = replace(rows.reading, numerator=rows.numbers("num"), denominator=rows.numbers("den"))
    return ratio(reading)


def counted(value: float, whole: int | None) -> MadeUp:
    """So many of the whole that the share is the value; without a whole the share alone is told."""
    return MadeUp(value, round(value / 100 * whole)) if whole else MadeUp(value)


KIND = Kind(
    name="ratio",
    directions=(UP, DOWN),
    unit=None,
    frequencies=None,
    grows=False,
    starts_at_zero=False,
    needs_baseline=True,
    has_parts=True,
    is_signed=False,
    is_compounded=False,
    is_product=False,
    rule=ratio,
    value_at=value_on_scale,
    # V is the quotient: from there on it is a level.
    formulas=level.FORMULAS,
    planned=PLANNED,
    words={},
    worked_names=("ratio",),
    worked=worked,
    made_up=counted,
)
