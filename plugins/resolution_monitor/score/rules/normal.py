"""The normal distribution over arrays, to the last digits of float64.

Each value is a short Taylor series around the nearest node of a fine grid, whose own values math.erf gives exactly.
"""

import math
from functools import cache

import numpy as np

from resolution_monitor.method.arrays import Floats

# Beyond this many standard deviations the distribution function is 0 or 1 in float64.
_END = 9.0
_NODES_PER_UNIT = 64


def normal_density(values: Floats) -> Floats:
    """φ: the density of the standard normal distribution."""
    return np.asarray(np.exp(-0.5 * values * values) / math.sqrt(2.0 * math.pi))


def normal_cumulative(values: Floats) -> Floats:
    """Φ: the share of the standard normal distribution that lies below each value; absolute error below 1e-14."""
    within = np.clip(values, -_END, _END)
    known = np.where(np.isnan(within), 0.0, within)
    node = np.rint(known * _NODES_PER_UNIT)
    index = (node + _END * _NODES_PER_UNIT).astype(np.int64)
    at, rest = node / _NODES_PER_UNIT, known - node / _NODES_PER_UNIT
    cumulative, density = _grid()
    # Derivatives of the density are the density times a Hermite polynomial.
    series = 1.0 + rest * (
        -at / 2.0 + rest * ((at * at - 1.0) / 6.0 + rest * ((3.0 * at - at**3) / 24.0 + rest * _fourth(at) / 120.0))
    )
    result = cumulative[index] + density[index] * rest * series
    return np.where(np.isnan(values), np.nan, np.clip(result, 0.0, 1.0))


def _fourth(at: Floats) -> Floats:
    return np.asarray(at**4 - 6.0 * at * at + 3.0)


@cache
def _grid() -> tuple[Floats, Floats]:
    count = int(_END * _NODES_PER_UNIT)
    nodes = np.arange(-count, count + 1) / _NODES_PER_UNIT
    cumulative = np.array([0.5 * math.erfc(-node / math.sqrt(2.0)) for node in nodes])
    return cumulative, normal_density(nodes)
