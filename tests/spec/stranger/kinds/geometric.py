"""What a stranger writes: a level whose multiples count, so that from 10 to 20 is as far as from 20 to 40."""

import numpy as np

from resolution_monitor.method.arrays import Floats, above, divide
from resolution_monitor.method.attainment import ORDINARY, Attainment, Measured, Reading, Tests, settled
from resolution_monitor.method.formula import Formula
from resolution_monitor.method.kind import UP, Kind, as_it_is
from resolution_monitor.method.limits import METHOD, Limits
from resolution_monitor.method.scale import NOT_SPENT, PUBLISHED, start_of
from resolution_monitor.method.worked import by_value


def geometric(reading: Reading, limits: Limits = METHOD) -> Attainment:
    """ln(V / V0) over ln(VT / V0), between -1 and 2."""
    start = start_of(reading)
    start = np.where(start > 0, start, np.nan)
    times = divide(reading.target, start)
    scale = np.log(np.where(times > 0, times, np.nan))
    tests = Tests(
        no_target=np.isnan(reading.target),
        bad_target=~above(scale, 0.0) | ~(reading.min_step > 0),
        no_value=~(reading.observed > 0),
        no_baseline=np.isnan(start_of(reading)),
    )
    measured = Measured(
        ratio=np.log(np.where(reading.observed > 0, reading.observed, np.nan) / start) / scale,
        lowest=-1.0,
        highest=2.0,
        scale=scale,
        floor=np.zeros(scale.shape),
        tolerance=np.log1p(reading.min_step / start) / scale,
        mode=np.full(scale.shape, ORDINARY),
        is_self_baselined=np.isnan(reading.baseline),
    )
    return settled(measured, tests.first())


def value_at(reading: Reading, scale: Floats, fraction: Floats) -> Floats:
    return np.asarray(start_of(reading) * np.exp(fraction * scale))


KIND = Kind(
    name="geometric",
    directions=(UP,),
    unit=None,
    frequencies=None,
    grows=False,
    starts_at_zero=False,
    needs_baseline=True,
    has_parts=False,
    is_signed=False,
    is_compounded=False,
    is_product=False,
    rule=geometric,
    value_at=value_at,
    formulas={
        "times": Formula("VT/V0", ("VT", "V0")),
        "D": Formula("LN(times)", ("times",)),
        "a_raw": Formula("LN(V/V0)/D", ("V", "D")),
        "e0": Formula("0"),
        "delta": Formula('IF(D="",0,LN(1+st/V0)/D)'),
        "nolag": Formula("0"),
        "a": Formula("MAX(-1,MIN(2,a_raw))", ("a_raw",)),
        **PUBLISHED,
        **NOT_SPENT,
    },
    planned=Formula("V0*EXP(E*D)", ("E", "D")),
    words={"times": ("Số lần phải tăng", "how many times over")},
    worked_names=("geo",),
    worked=by_value(geometric),
    made_up=as_it_is,
)
