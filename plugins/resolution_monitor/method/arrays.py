"""Arrays in which the rules are written: their types, limits with a tolerance, and division without warnings.

Source: docs/method.md, clause 2.1. float64; NaN is null and passes through every function here.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Whole = NDArray[np.int64]
Texts = NDArray[np.str_]

EPSILON = 1e-9


def at_least(values: Floats, limit: Floats | float) -> Flags:
    """Whether a value reaches its limit, with the tolerance of the method; a null never does."""
    return np.asarray(values >= limit - EPSILON)


def above(values: Floats, limit: Floats | float) -> Flags:
    """Whether a value passes its limit by more than the tolerance; a null never does."""
    return np.asarray(values > limit + EPSILON)


def at_most(values: Floats, limit: Floats | float) -> Flags:
    """Whether a value stays within its limit, with the tolerance; a null never does."""
    return np.asarray(values <= limit + EPSILON)


def below(values: Floats, limit: Floats | float) -> Flags:
    """Whether a value misses its limit by more than the tolerance; a null never does."""
    return np.asarray(values < limit - EPSILON)


def divide(numerator: Floats, denominator: Floats) -> Floats:
    """The quotient; null where the denominator is zero."""
    safe = np.where(denominator == 0, np.nan, denominator)
    return np.asarray(numerator / safe, dtype=np.float64)


def sum_per_group(group: Whole, values: Floats, groups: int) -> Floats:
    """The sum of the values of each group, 0 for an empty one; groups are numbered from 0."""
    return np.asarray(np.bincount(group, weights=values, minlength=groups), dtype=np.float64)


def nulls(size: int) -> Floats:
    """An array of nothing."""
    return np.full(size, np.nan)


def fill(values: Floats, replacement: Floats | float) -> Floats:
    """The values, with each null replaced."""
    return np.where(np.isnan(values), replacement, values)
