"""A level that is to rise or fall to its target, or to be kept there."""

import numpy as np

from resolution_monitor.method.attainment import Attainment, Reading, Tests
from resolution_monitor.method.formula import Formula
from resolution_monitor.method.kind import DOWN, UP, Kind, as_it_is
from resolution_monitor.method.limits import METHOD, Limits
from resolution_monitor.method.scale import (
    NOT_SPENT,
    PLANNED,
    PUBLISHED,
    SCALE,
    attained_on_scale,
    start_of,
    value_on_scale,
)
from resolution_monitor.method.worked import by_value

FORMULAS = {
    "g": Formula("MAX(0,s*(VT-V0))", ("VT", "V0")),
    "Dm": Formula("MAX(maintain_share*ABS(VT),st)", ("VT",)),
    **SCALE,
    "nolag": Formula('IF(far="",0,IF(far=1,0,1))'),
    "a_raw": Formula("1-s*(VT-V)/D", ("V", "D")),
    "a": Formula("MAX(IF(far=1,-1,0),MIN(IF(far=1,2,1),a_raw))", ("a_raw",)),
    **PUBLISHED,
    **NOT_SPENT,
}


def level(reading: Reading, limits: Limits = METHOD) -> Attainment:
    """
    A level that is to reach its target: 1 - s(VT - V)/D, between -1 and 2; where it is only kept, between 0 and 1.

    Source: docs/method.md, clause 2.3, kind level; 2.2 for the baseline.
    """
    tests = Tests(
        no_target=np.isnan(reading.target),
        bad_target=~(reading.min_step > 0) | (reading.low > reading.high),
        no_value=np.isnan(reading.observed),
        no_baseline=np.isnan(start_of(reading)),
    )
    return attained_on_scale(reading, tests, limits)


KIND = Kind(
    name="level",
    directions=(UP, DOWN),
    unit=None,
    frequencies=None,
    grows=False,
    starts_at_zero=False,
    needs_baseline=True,
    has_parts=False,
    is_signed=False,
    is_compounded=False,
    is_product=False,
    rule=level,
    value_at=value_on_scale,
    formulas=FORMULAS,
    planned=PLANNED,
    words={},
    # A range counts as a band only where the direction keeps both ends; else one end is its target.
    worked_names=("level", "range", "band"),
    worked=by_value(level),
    made_up=as_it_is,
)
