"""Attainment of totals: counts that grow through the period, and money paid against a plan.

Source: docs/method.md, clause 2.3, kinds cum and disb.
"""

import numpy as np

from resolution_monitor.score.rules.arrays import Flags, Floats, above, divide
from resolution_monitor.score.rules.attainment import (
    ORDINARY,
    Attainment,
    Measured,
    Reading,
    Tests,
    settled,
)
from resolution_monitor.score.rules.limits import METHOD, Limits


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
