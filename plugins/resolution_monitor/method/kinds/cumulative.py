"""A count that grows through the period to its target."""

import numpy as np

from resolution_monitor.method.arrays import above, divide
from resolution_monitor.method.attainment import ORDINARY, Attainment, Measured, Reading, Tests, settled
from resolution_monitor.method.formula import Formula
from resolution_monitor.method.kind import UP, Kind, as_it_is
from resolution_monitor.method.limits import METHOD, Limits
from resolution_monitor.method.scale import NOT_SPENT, PUBLISHED, value_on_scale
from resolution_monitor.method.worked import by_value


def cumulative(reading: Reading, limits: Limits = METHOD) -> Attainment:
    """
    A total that grows through the period: (V - b) / (VT - b), between -1 and 2; b is 0 where no start is given.

    Source: docs/method.md, clause 2.3, kind cum.
    """
    start = np.where(np.isnan(reading.baseline), 0.0, reading.baseline)
    scale = reading.target - start
    tests = Tests(
        no_target=np.isnan(reading.target),
        bad_target=~above(scale, 0.0) | ~(reading.min_step > 0),
        no_value=np.isnan(reading.observed),
    )
    measured = Measured(
        ratio=divide(reading.observed - start, scale),
        lowest=-1.0,
        highest=2.0,
        scale=scale,
        floor=np.zeros(scale.shape),
        tolerance=divide(reading.min_step, scale),
        mode=np.full(scale.shape, ORDINARY),
    )
    return settled(measured, tests.first())


KIND = Kind(
    name="cumulative",
    directions=(UP,),
    unit=None,
    frequencies=None,
    grows=True,
    starts_at_zero=True,
    needs_baseline=False,
    has_parts=False,
    is_signed=False,
    is_compounded=False,
    is_product=False,
    rule=cumulative,
    value_at=value_on_scale,
    formulas={
        "D": Formula("VT-V0", ("VT", "V0")),
        "a_raw": Formula("(V-V0)/D", ("V", "D", "st")),
        "e0": Formula("0"),
        "delta": Formula('IF(D="",0,st/D)'),
        "nolag": Formula("0"),
        "a": Formula("MAX(-1,MIN(2,a_raw))", ("a_raw",)),
        **PUBLISHED,
        **NOT_SPENT,
    },
    planned=Formula("V0+E*D", ("E", "D")),
    words={},
    worked_names=("cum", "cumulative"),
    worked=by_value(cumulative),
    made_up=as_it_is,
)
