"""A value that is to stay between two ends."""

import numpy as np

from resolution_monitor.method.arrays import Floats, divide
from resolution_monitor.method.attainment import BAND, Attainment, Measured, Reading, Tests, settled
from resolution_monitor.method.formula import Formula
from resolution_monitor.method.kind import BAND_DIRECTION, Kind, as_it_is
from resolution_monitor.method.limits import METHOD, Limits
from resolution_monitor.method.scale import NOT_SPENT, PUBLISHED, SCALE, scale_of, start_of
from resolution_monitor.method.worked import by_value


def band(reading: Reading, limits: Limits = METHOD) -> Attainment:
    """
    A value that is to lie between two ends: 1 - distance/D, between -1 and 1; never ahead, never behind.

    Source: docs/method.md, clause 2.3, kind range.
    """
    baseline = start_of(reading)
    gap = _distance(baseline, reading)
    maintain = np.maximum((reading.high - reading.low) / 2.0, reading.min_step)
    scale, floor, is_far = scale_of(gap, maintain, reading.min_step)
    tests = Tests(
        no_target=np.isnan(reading.low) | np.isnan(reading.high),
        bad_target=(reading.low > reading.high) | ~(reading.min_step > 0),
        no_value=np.isnan(reading.observed),
        no_baseline=np.isnan(baseline),
    )
    measured = Measured(
        ratio=1.0 - divide(_distance(reading.observed, reading), scale),
        lowest=np.where(is_far, -1.0, 0.0),
        highest=1.0,
        scale=scale,
        floor=floor,
        tolerance=divide(reading.min_step, scale),
        mode=np.full(scale.shape, BAND),
        is_self_baselined=np.isnan(reading.baseline),
    )
    return settled(measured, tests.first())


def _distance(values: Floats, reading: Reading) -> Floats:
    """How far a value lies outside the band; 0 within it."""
    return np.maximum(np.maximum(reading.low - values, values - reading.high), 0.0)


KIND = Kind(
    name="band",
    directions=(BAND_DIRECTION,),
    unit=None,
    frequencies=None,
    grows=False,
    starts_at_zero=False,
    needs_baseline=True,
    has_parts=False,
    is_signed=False,
    is_compounded=False,
    is_product=False,
    rule=band,
    value_at=None,
    formulas={
        "g": Formula("MAX(lo-V0,V0-hi,0)", ("lo", "hi", "V0")),
        "Dm": Formula("MAX((hi-lo)/2,st)", ("lo", "hi")),
        **SCALE,
        "nolag": Formula('IF(far="",0,1)'),
        "a_raw": Formula("1-MAX(lo-V,V-hi,0)/D", ("V", "D")),
        "a": Formula("MAX(IF(far=1,-1,0),MIN(1,a_raw))", ("a_raw",)),
        **PUBLISHED,
        **NOT_SPENT,
    },
    planned=None,
    words={},
    worked_names=("range", "band", "level"),
    worked=by_value(band),
    made_up=as_it_is,
)
