"""Which agencies of a peer group can be told apart: shrunk scores and exact probabilities of every rank.

Source: docs/method.md, clause 5, tiers. One group at a time; arrays hold its agencies.
"""

import math
from dataclasses import dataclass

import numpy as np

from resolution_monitor.method.arrays import Flags, Floats, Texts, Whole, above, at_least
from resolution_monitor.method.limits import METHOD, Limits
from resolution_monitor.score.rules.normal import normal_cumulative, normal_density

RANK_LOW, RANK_HIGH = 0.05, 0.95

# How far from its mean a value is followed, in standard deviations: 1e-17 of it lies beyond.
_REACH = 8.5
# The trapezoid rule on a grid of a fifth of the smallest deviation: its error vanishes exponentially, below 1e-12.
_POINTS_PER_DEVIATION = 5
_BLOCK = 2048


@dataclass(frozen=True, slots=True)
class Tiers:
    """
    One group's agencies, in the order given, those that take no part left out.

    Attributes:
        member: Row numbers of the agencies that take part.
        mean: μ, weighted.
        between_variance: τ².
        shrunk, deviation: Mean and standard deviation of each agency's posterior.
        top, bottom: Chance of ranking in the first and in the last third.
        rank_low, rank_high: Ranks between which it lies with a chance of .90.
        tier: TOP, BOTTOM or NOT_DISTINGUISHABLE.
    """

    member: Whole
    mean: float
    between_variance: float
    shrunk: Floats
    deviation: Floats
    top: Floats
    bottom: Floats
    rank_low: Whole
    rank_high: Whole
    tier: Texts


def tiers_of(
    composite: Floats, indicators: Floats, effective_count: Floats, variance: float, limits: Limits = METHOD
) -> Tiers | None:
    """
    Tiers of one peer group; None with fewer than six agencies of at least five rated indicators.

    Args:
        composite: C at the low end; NaN where nothing is rated.
        indicators: How many indicators of each agency are rated.
        effective_count: n_eff of each.
        variance: σ², pooled within the agencies.
    """
    takes_part = ~np.isnan(composite) & (indicators >= limits.tier_least_indicators) & (effective_count > 0)
    if takes_part.sum() < limits.tier_least_agencies or math.isnan(variance):
        return None
    score, own = composite[takes_part], max(1.0, variance) / effective_count[takes_part]
    mean, between = _mean_and_between(score, own)
    kept = between / (between + own)
    shrunk, deviation = kept * score + (1.0 - kept) * mean, np.sqrt(kept * own)
    ranks = rank_probabilities(shrunk, deviation)
    third = len(score) // 3
    top, bottom = ranks[:, :third].sum(axis=1), ranks[:, len(score) - third :].sum(axis=1)
    named = [above(top, limits.tier_named_above), above(bottom, limits.tier_named_above)]
    return Tiers(
        member=np.flatnonzero(takes_part),
        mean=mean,
        between_variance=between,
        shrunk=shrunk,
        deviation=deviation,
        top=top,
        bottom=bottom,
        rank_low=_first_rank(ranks, RANK_LOW),
        rank_high=_first_rank(ranks, RANK_HIGH),
        tier=np.select(named, ["TOP", "BOTTOM"], default="NOT_DISTINGUISHABLE"),
    )


def _mean_and_between(score: Floats, own: Floats) -> tuple[float, float]:
    """μ and τ²: what varies between agencies beyond what their own indicators explain, at least 1."""
    weight = 1.0 / own
    total = weight.sum()
    mean = float((weight * score).sum() / total)
    spread = float((weight * (score - mean) ** 2).sum())
    return mean, max(1.0, (spread - (len(score) - 1)) / float(total - (weight**2).sum() / total))


def rank_probabilities(mean: Floats, deviation: Floats) -> Floats:
    """
    The chance of each agency (row) to hold each rank (column, the best first), of independent normal posteriors.

    Given its own value, the number of agencies above it is a sum of independent yes-or-no draws; that is integrated
    over its own value. Error below 1e-7.
    """
    step = float(deviation.min()) / _POINTS_PER_DEVIATION
    start = float((mean - _REACH * deviation).min())
    end = float((mean + _REACH * deviation).max())
    count = math.ceil((end - start) / step) + 1
    result = np.zeros((len(mean), len(mean)))
    for first in range(0, count, _BLOCK):
        grid = start + step * np.arange(first, min(first + _BLOCK, count), dtype=np.float64)
        result += _integrate(grid, step, mean, deviation)
    return result


def _integrate(grid: Floats, step: float, mean: Floats, deviation: Floats) -> Floats:
    """The part of the integral that one stretch of the grid holds."""
    distance = (grid - mean[:, None]) / deviation[:, None]
    is_above = normal_cumulative(-distance)
    mass = normal_density(distance) * (step / deviation)[:, None]
    return np.array([_number_above(np.delete(is_above, row, axis=0)) @ mass[row] for row in range(len(mean))])


def _number_above(chances: Floats) -> Floats:
    """The distribution of how many of these draws hold: one row per number, one column per point of the grid."""
    result = np.zeros((len(chances) + 1, chances.shape[1]))
    result[0] = 1.0
    for drawn, chance in enumerate(chances, start=1):
        result[1 : drawn + 1] = result[1 : drawn + 1] * (1.0 - chance) + result[:drawn] * chance
        result[0] *= 1.0 - chance
    return result


def _first_rank(ranks: Floats, share: float) -> Whole:
    """The first rank by which this share is gathered, counted from 1."""
    gathered: Flags = at_least(np.cumsum(ranks, axis=1), share)
    return np.asarray(np.argmax(gathered, axis=1) + 1)
