"""Money paid against a plan."""

import numpy as np

from resolution_monitor.method.arrays import Flags, Floats, above, divide
from resolution_monitor.method.attainment import ORDINARY, Attainment, Measured, Reading, Tests, settled
from resolution_monitor.method.formula import Formula
from resolution_monitor.method.kind import UP, Kind, as_it_is
from resolution_monitor.method.limits import METHOD, Limits
from resolution_monitor.method.scale import NOT_SPENT, PUBLISHED, value_on_scale
from resolution_monitor.method.worked import by_value


def disbursement(reading: Reading, limits: Limits = METHOD) -> Attainment:
    """
    Money paid against the plan: r = paid / plan; spending above the plan earns nothing and costs the excess.

    Source: docs/method.md, clause 2.3, kind disb.
    """
    tests = Tests(
        no_target=np.isnan(reading.target),
        bad_target=~above(reading.target, 0.0),
        no_value=np.isnan(reading.observed),
    )
    ratio = divide(reading.observed, reading.target)
    measured = Measured(
        ratio=ratio,
        lowest=-1.0,
        highest=1.0,
        scale=reading.target,
        floor=np.zeros(ratio.shape),
        tolerance=np.zeros(ratio.shape),
        mode=np.full(ratio.shape, ORDINARY),
        multiplier=spending_multiplier(ratio, limits),
        is_overspent=is_overspent(ratio, limits),
    )
    return settled(measured, tests.first())


def is_overspent(spend_ratio: Floats, limits: Limits = METHOD) -> Flags:
    """Whether more than half a percent above the plan was spent."""
    return above(spend_ratio, 1.0 + limits.overspend_tolerance)


def spending_multiplier(spend_ratio: Floats, limits: Limits = METHOD) -> Floats:
    """μ: 1, or what the excess leaves of it, never below 0."""
    return np.where(is_overspent(spend_ratio, limits), np.maximum(0.0, 2.0 - spend_ratio), 1.0)


KIND = Kind(
    name="disbursement",
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
    rule=disbursement,
    value_at=value_on_scale,
    formulas={
        "D": Formula("VT", ("VT",)),
        "a_raw": Formula("V/D", ("V", "D")),
        "e0": Formula("0"),
        "delta": Formula("0"),
        "nolag": Formula("0"),
        "a": Formula("MAX(-1,MIN(1,a_raw))", ("a_raw",)),
        **PUBLISHED,
        **NOT_SPENT,
        "over": Formula('IF(a_raw="",0,IF(a_raw>1+overspend_tolerance+1E-9,1,0))'),
    },
    planned=Formula("E*D", ("E", "D")),
    words={},
    worked_names=("disb", "disbursement"),
    worked=by_value(disbursement),
    made_up=as_it_is,
)
