"""What a screen of honest reporting gives, and the chances it is weighed by.

Source: docs/method.md, clause 4. A screen finds what to ask about; it judges nobody and changes no score.
"""

from dataclasses import dataclass

import numpy as np

from resolution_monitor.method.arrays import Flags, Floats, Whole
from resolution_monitor.score.rules.normal import normal_cumulative


@dataclass(frozen=True, slots=True)
class Screened:
    """
    What one screen found; one element per series or per body.

    Attributes:
        is_tested: There was enough to look at.
        is_hit: Something to ask about.
        statistic: What was counted or measured, in the screen's own unit; NaN where nothing was tested.
        chance: Of so much or more under honest reporting, between 0 and 1: computed, or the screen's rate of false
            alarms; 1 where it was tested and nothing was found, NaN where nothing was tested.
        partner: Number of the other series where two were held against each other, -1 elsewhere.
    """

    is_tested: Flags
    is_hit: Flags
    statistic: Floats
    chance: Floats
    partner: Whole

    @classmethod
    def of(cls, is_tested: Flags, is_hit: Flags, statistic: Floats, chance: Floats | float) -> "Screened":
        """Where nothing was tested nothing is hit; what was not hit has chance 1."""
        hit = is_tested & is_hit
        return cls(
            is_tested=is_tested,
            is_hit=hit,
            statistic=np.where(is_tested, statistic, np.nan),
            chance=np.where(hit, chance, np.where(is_tested, 1.0, np.nan)),
            partner=np.full(len(is_tested), -1, dtype=np.int64),
        )


def false_share(chance: Floats) -> Floats:
    """
    The share of false alarms to expect if everything up to this chance is asked; NaN stays NaN.

    Source: Benjamini and Hochberg, Controlling the false discovery rate, J. R. Stat. Soc. B 57 (1995).
    """
    result = np.full(len(chance), np.nan)
    places = np.flatnonzero(~np.isnan(chance))
    order = places[np.argsort(chance[places], kind="stable")]
    raised = chance[order] * len(order) / np.arange(1, len(order) + 1)
    result[order] = np.minimum(1.0, np.minimum.accumulate(raised[::-1])[::-1])
    return result


def binomial_tail(hits: Whole, trials: Whole, share: Floats | float) -> Floats:
    """The chance of at least so many hits in so many trials; 1 for no hit."""
    most = int(trials.max(initial=0))
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, most + 1)))])
    count = np.arange(most + 1)[None, :]
    rest = np.maximum(trials[:, None] - count, 0)
    odds = np.broadcast_to(np.asarray(share, dtype=np.float64), trials.shape)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = np.where(count > 0, count * np.log(odds), 0.0) + np.where(rest > 0, rest * np.log1p(-odds), 0.0)
    mass = np.exp(logs[trials][:, None] - logs[np.minimum(count, most)] - logs[rest] + weight)
    counted = (count >= hits[:, None]) & (count <= trials[:, None])
    return np.asarray(np.minimum(1.0, np.where(counted, mass, 0.0).sum(axis=1)))


def varied_tail(hits: Whole, trials: Whole, share: Floats, spread: float) -> Floats:
    """
    The same where each has a share of its own, spread around the common one: bodies differ more than by lot.

    Source: the beta-binomial distribution with this mean and standard deviation of the shares.
    """
    most = int(trials.max(initial=0))
    strength = np.maximum(share * (1.0 - share) / spread**2 - 1.0, 1.0)
    ours, others, both = (_rising(each, most) for each in (share * strength, (1.0 - share) * strength, strength))
    logs = _rising(np.ones(1), most)[0]
    count, row = np.arange(most + 1)[None, :], np.arange(len(trials))[:, None]
    rest = np.maximum(trials[:, None] - count, 0)
    ways = logs[trials][:, None] - logs[count] - logs[rest]
    mass = np.exp(ways + ours + others[row, rest] - both[row, trials[:, None]])
    counted = (count >= hits[:, None]) & (count <= trials[:, None])
    return np.asarray(np.minimum(1.0, np.where(counted, mass, 0.0).sum(axis=1)))


def _rising(start: Floats, most: int) -> Floats:
    """Logarithms of start, start (start + 1), and so on; one column per factor taken, the first without any."""
    factors = np.log(start[:, None] + np.arange(most)[None, :])
    return np.concatenate([np.zeros((len(start), 1)), np.cumsum(factors, axis=1)], axis=1)


def chi_square_tail(values: Floats, freedom: int) -> Floats:
    """The chance of so large a sum of squares or a larger one, for whole degrees of freedom from 1 on."""
    half = np.asarray(values) / 2.0
    start = 1 if freedom % 2 else 2
    tail = 2.0 * normal_cumulative(-np.sqrt(2.0 * half)) if start == 1 else np.exp(-half)
    term = np.exp(-half) * (2.0 * np.sqrt(half / np.pi) if start == 1 else half)
    for degrees in range(start, freedom, 2):
        tail = tail + term
        term = term * half / (degrees / 2.0 + 1.0)
    return np.asarray(np.clip(tail, 0.0, 1.0))
