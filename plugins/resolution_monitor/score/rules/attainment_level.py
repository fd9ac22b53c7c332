"""Attainment of levels: what is to rise, to fall, to keep its level, or to stay within a band.

Source: docs/method.md, clause 2.3: the scale rule and the kinds level, ratio, range and growth.
"""

from dataclasses import replace

import numpy as np

from resolution_monitor.score.rules.arrays import Flags, Floats, at_least, divide
from resolution_monitor.score.rules.attainment import (
    BAND,
    MAINTAIN,
    ORDINARY,
    Attainment,
    Measured,
    Reading,
    Tests,
    settled,
)
from resolution_monitor.score.rules.limits import METHOD, Limits


def scale_of(gap: Floats, maintain: Floats, step: Floats) -> tuple[Floats, Floats, Flags]:
    """
    D, e0 and whether the gap is one step at least: a target nearer than that cannot be told from keeping the level.

    Between a gap of nothing and a gap of one step the scale runs from `maintain` to the step without a jump.

    Source: docs/method.md, clause 2.3, scale rule.
    """
    is_far = at_least(gap, step)
    blended = maintain + (step - maintain) * divide(gap, step)
    scale = np.where(is_far, gap, blended)
    return scale, np.where(is_far, 0.0, 1.0 - divide(gap, scale)), is_far


def level(reading: Reading, limits: Limits = METHOD) -> Attainment:
    """
    A level that is to reach its target: 1 - s(VT - V)/D, between -1 and 2; where it is only kept, between 0 and 1.

    Source: docs/method.md, clause 2.3, kind level; 2.2 for the baseline.
    """
    tests = Tests(
        no_target=np.isnan(reading.target),
        bad_target=~(reading.min_step > 0) | (reading.low > reading.high),
        no_value=np.isnan(reading.observed),
        no_baseline=np.isnan(_baseline(reading)),
    )
    return _level(reading, tests, limits)


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
        no_baseline=np.isnan(_baseline(reading)),
    )
    return _level(replace(reading, observed=divide(reading.numerator, reading.denominator)), tests, limits)


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
    return _level(replace(reading, target=target, baseline=np.ones(target.shape)), tests, limits)


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


def band(reading: Reading, limits: Limits = METHOD) -> Attainment:
    """
    A value that is to lie between two ends: 1 - distance/D, between -1 and 1; never ahead, never behind.

    Source: docs/method.md, clause 2.3, kind range.
    """
    baseline = _baseline(reading)
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


def _level(reading: Reading, tests: Tests, limits: Limits) -> Attainment:
    gap = np.maximum(0.0, reading.sign * (reading.target - _baseline(reading)))
    maintain = np.maximum(limits.maintain_share * np.abs(reading.target), reading.min_step)
    scale, floor, is_far = scale_of(gap, maintain, reading.min_step)
    measured = Measured(
        ratio=1.0 - divide(reading.sign * (reading.target - reading.observed), scale),
        lowest=np.where(is_far, -1.0, 0.0),
        highest=np.where(is_far, 2.0, 1.0),
        scale=scale,
        floor=floor,
        tolerance=divide(reading.min_step, scale),
        mode=np.where(is_far, ORDINARY, MAINTAIN),
        is_self_baselined=np.isnan(reading.baseline),
    )
    return settled(measured, tests.first())


def _baseline(reading: Reading) -> Floats:
    """V0 of the catalogue, else the first due value: never a later one that would be kinder."""
    return np.where(np.isnan(reading.baseline), reading.first_value, reading.baseline)


def _distance(values: Floats, reading: Reading) -> Floats:
    """How far a value lies outside the band; 0 within it."""
    return np.maximum(np.maximum(reading.low - values, values - reading.high), 0.0)
