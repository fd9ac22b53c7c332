"""Are forecasts worth more than the base rate? Brier scores, reliability, recalibration, and what to fall back on.

Source: docs/method.md, clause 3, protocol: time-forward, grouped by what was forecast. One element per resolved
forecast.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas

from resolution_monitor.method.arrays import Floats, Texts, Whole
from resolution_monitor.score.outlook.forecast import HIGHEST, LOWEST

# Bands, not percentages, until so many different things of a kind are resolved.
LEAST_RESOLVED = 200
_TRAINING_SHARE = 2.0 / 3.0
_STEPS = 25
_RIDGE = 1e-6
EDGES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


class Way(StrEnum):
    """How a chance is told."""

    AS_MADE = "as_made"
    RECALIBRATED = "recalibrated"
    BASE_RATE = "base_rate"


@dataclass(frozen=True, slots=True)
class Calibration:
    """
    How chances of a kind are told from now on.

    Attributes:
        intercept, slope: Of the log odds, where it is recalibrated.
        base_rate: Share of what was resolved that fell short; NaN where nothing was.
        resolved: How many different things.
        is_percentage: Enough is resolved to tell more than a band.
    """

    way: Way
    intercept: float
    slope: float
    base_rate: float
    resolved: int

    @property
    def is_percentage(self) -> bool:
        return self.resolved >= LEAST_RESOLVED

    def told(self, chance: Floats) -> Floats:
        """The chance as it is told; null stays null."""
        if self.way is Way.BASE_RATE:
            return np.where(np.isnan(chance), np.nan, self.base_rate)
        if self.way is Way.RECALIBRATED:
            return _logistic(self.intercept + self.slope * _log_odds(chance))
        return chance


def brier(chance: Floats, outcome: Floats) -> float:
    """Mean squared distance of chances from what happened (1 or 0); NaN of nothing."""
    return float(np.mean((chance - outcome) ** 2)) if len(outcome) else float("nan")


def calibrate(chance: Floats, outcome: Floats, *, item: Texts, resolved_day: Floats) -> Calibration:
    """
    What did best on what was resolved last, judged by what was resolved before.

    Fewer than 200 different things: as made. Else the chance as made, recalibrated, or the base rate: whichever has the
    lowest Brier score on the last third by day of resolution, no thing on both sides.

    Args:
        item: What was forecast; several forecasts of one thing count as one thing.
        resolved_day: When it became known what happened, as day numbers.
    """
    resolved = len(np.unique(item))
    rate = float(outcome.mean()) if len(outcome) else float("nan")
    plain = Calibration(Way.AS_MADE, 0.0, 1.0, rate, resolved)
    if resolved < LEAST_RESOLVED:
        return plain
    is_training = _training(item, resolved_day)
    past, then = outcome[is_training], outcome[~is_training]
    if not len(then) or not len(past):
        return plain
    intercept, slope = _fitted(chance[is_training], past)
    tried = Calibration(Way.RECALIBRATED, intercept, slope, float(past.mean()), resolved)
    scores = {
        Way.BASE_RATE: brier(np.full(len(then), past.mean()), then),
        Way.AS_MADE: brier(chance[~is_training], then),
        Way.RECALIBRATED: brier(tried.told(chance[~is_training]), then),
    }
    best = min(scores, key=lambda way: scores[way])
    whole = _fitted(chance, outcome) if best is Way.RECALIBRATED else (0.0, 1.0)
    return Calibration(best, *whole, rate, resolved)


def reliability(chance: Floats, outcome: Floats) -> pandas.DataFrame:
    """
    One row per tenth that holds a forecast: from, to, forecasts, mean_chance, happened (share).

    A reliable forecast has `happened` near `mean_chance` in every row.
    """
    cell = np.clip(np.searchsorted(np.array(EDGES), chance, side="right") - 1, 0, len(EDGES) - 2)
    rows = [
        {
            "from": EDGES[number],
            "to": EDGES[number + 1],
            "forecasts": int((cell == number).sum()),
            "mean_chance": float(chance[cell == number].mean()),
            "happened": float(outcome[cell == number].mean()),
        }
        for number in np.unique(cell)
    ]
    return pandas.DataFrame(rows, columns=["from", "to", "forecasts", "mean_chance", "happened"])


def by_group(group: Texts, outcome: Floats) -> Floats:
    """The share that happened in each element's own group: what a colour would have said had it been calibrated."""
    _, place = np.unique(group, return_inverse=True)
    counts: Whole = np.bincount(place)
    return np.asarray((np.bincount(place, weights=outcome) / np.maximum(counts, 1))[place])


def _training(item: Texts, resolved_day: Floats) -> np.ndarray:
    """Things resolved in the first two thirds of the days on which any was."""
    things, first = np.unique(item, return_index=True)
    days = np.sort(resolved_day[first])
    return np.asarray(resolved_day <= days[int(len(things) * _TRAINING_SHARE) - 1])


def _fitted(chance: Floats, outcome: Floats) -> tuple[float, float]:
    """Intercept and slope of the log odds by Newton's method, held a little to 0 and 1."""
    odds = _log_odds(chance)
    design = np.stack([np.ones(len(odds)), odds])
    weights = np.array([0.0, 1.0])
    for _ in range(_STEPS):
        told = _logistic(design.T @ weights)
        slopes = design @ (outcome - told) - _RIDGE * (weights - [0.0, 1.0])
        curve = (design * (told * (1.0 - told))) @ design.T + _RIDGE * np.eye(2)
        weights = weights + np.clip(np.linalg.solve(curve, slopes), -2.0, 2.0)
    return float(weights[0]), float(weights[1])


def _log_odds(chance: Floats) -> Floats:
    held = np.clip(chance, LOWEST, HIGHEST)
    return np.asarray(np.log(held / (1.0 - held)))


def _logistic(odds: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-odds)))
