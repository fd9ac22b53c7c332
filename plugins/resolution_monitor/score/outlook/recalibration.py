"""Chances told anew in the light of what happened: intercept and slope of the log odds, or none that can be trusted.

Source: docs/method.md, clause 3, recalibration. One element per resolved forecast.
"""

from dataclasses import dataclass

import numpy as np

from resolution_monitor.method.arrays import Floats, Texts
from resolution_monitor.score.outlook.forecast import HIGHEST, LOWEST

AS_MADE = np.array([0.0, 1.0])
# Standard deviations of what is believed of intercept and slope before anything is resolved.
_SPREAD = np.array([0.5, 0.25])
_STEPS, _HALVINGS = 50, 40
_STILL = 1e-6
# Sums of many logarithms differ by so much, in shares of themselves, without meaning it.
_NOISE = 1e-12


@dataclass(frozen=True, slots=True)
class Refit:
    """logit p' = intercept + slope · logit p."""

    intercept: float
    slope: float

    def told(self, chance: Floats) -> Floats:
        """The chance as it is told; null stays null."""
        odds = self.intercept + self.slope * _log_odds(chance)
        return np.asarray(1.0 / (1.0 + np.exp(-odds)))


@dataclass(frozen=True, slots=True)
class _Sample:
    """Forecasts to learn from; each thing weighs one, however often it was forecast."""

    design: Floats
    outcome: Floats
    weight: Floats

    def likelihood(self, line: Floats) -> float:
        """Logarithm of the chance of what happened, by thing."""
        odds = line @ self.design
        return float(self.weight @ (self.outcome * odds - np.logaddexp(0.0, odds)))

    def penalised(self, line: Floats) -> float:
        return self.likelihood(line) - 0.5 * float((((line - AS_MADE) / _SPREAD) ** 2).sum())

    def slopes(self, line: Floats) -> tuple[Floats, Floats]:
        """Gradient of the penalised likelihood, and its curvature turned positive."""
        told = 1.0 / (1.0 + np.exp(-(line @ self.design)))
        gradient = self.design @ (self.weight * (self.outcome - told)) - (line - AS_MADE) / _SPREAD**2
        spread = self.weight * told * (1.0 - told)
        return gradient, (self.design * spread) @ self.design.T + np.diag(1.0 / _SPREAD**2)


def refit(chance: Floats, outcome: Floats, item: Texts) -> Refit | None:
    """
    The recalibration that these resolved forecasts teach; None where none is to be trusted.

    Refused is what did not converge, what turns the forecast round, and what explains the outcomes worse than the
    chances as they were made.
    """
    sample = _sample(chance, outcome, item)
    line = highest_line(chance, outcome, item)
    if line is None or line[1] <= 0.0 or sample.likelihood(line) < sample.likelihood(AS_MADE):
        return None
    return Refit(float(line[0]), float(line[1]))


def highest_line(chance: Floats, outcome: Floats, item: Texts) -> Floats | None:
    """Intercept and slope where the penalised likelihood is highest, whatever they say; None where not reached."""
    return _top(_sample(chance, outcome, item))


def weight_of_things(item: Texts) -> Floats:
    """Of each forecast one over the number of forecasts of its thing."""
    _, place, counts = np.unique(item, return_inverse=True, return_counts=True)
    return np.asarray(1.0 / counts[place])


def _sample(chance: Floats, outcome: Floats, item: Texts) -> _Sample:
    return _Sample(np.stack([np.ones(len(chance)), _log_odds(chance)]), outcome, weight_of_things(item))


def _top(sample: _Sample) -> Floats | None:
    """Where the penalised likelihood is highest, by Newton's method; None where it was not reached."""
    line = AS_MADE
    for _ in range(_STEPS):
        gradient, curve = sample.slopes(line)
        if np.abs(gradient).max() < _STILL:
            return line
        further = _risen(sample, line, np.asarray(np.linalg.solve(curve, gradient), dtype=np.float64))
        if further is None:
            return None
        line = further
    return None


def _risen(sample: _Sample, line: Floats, step: Floats) -> Floats | None:
    """The step, halved until the penalised likelihood rises: a whole one may leap over the top, to and fro for ever."""
    before = sample.penalised(line)
    for _ in range(_HALVINGS):
        if sample.penalised(line + step) >= before - _NOISE * abs(before):
            return np.asarray(line + step)
        step = step / 2.0
    return None


def _log_odds(chance: Floats) -> Floats:
    held = np.clip(chance, LOWEST, HIGHEST)
    return np.asarray(np.log(held / (1.0 - held)))
