"""Screens of how figures are written: too many round ones, first and last digits that chance would not give.

Source: docs/method.md, clause 4, R5, R8 and R8b. One element per figure, pooled by body; percentages never go to R8.
"""

from collections.abc import Mapping

import numpy as np

from resolution_monitor.method.arrays import EPSILON, Flags, Floats, Whole
from resolution_monitor.score.screens.screen import BODIES, MonthSeen, ScreenRule, written_figures
from resolution_monitor.score.screens.screened import Screened, binomial_tail, chi_square_tail

_ROUND = 5.0
_TOLERANCE = EPSILON * 1000


def heaping(
    values: Floats,
    min_step: Floats,
    body: Whole,
    bodies: int,
    *,
    figures: float = 20.0,
    alpha: float = 0.001,
) -> Screened:
    """
    R5: too many multiples of 5 among a body's figures; twenty or more are needed.

    What chance gives is the step over 5: one in fifty at one decimal, one in five of whole numbers. Figures of coarser
    steps, zeros and hundreds (often the natural limit) say nothing and are left out. Of steps the most telling counts,
    for as many tests as there were steps.
    """
    is_plain = (min_step < _ROUND) & (np.abs(values) > _TOLERANCE) & (np.abs(values - 100.0) > _TOLERANCE)
    used = is_plain & ~np.isnan(values) & (min_step > 0)
    steps = np.unique(min_step[used])
    best, share = np.full(bodies, np.inf), np.full(bodies, np.nan)
    tested = np.zeros(bodies, dtype=np.int64)
    for step in steps:
        chosen = used & (min_step == step)
        multiple = values[chosen] / _ROUND
        is_round = np.abs(multiple - np.round(multiple)) * _ROUND < step * 1e-6 + _TOLERANCE
        trials = np.bincount(body[chosen], minlength=bodies)
        hits = np.bincount(body[chosen][is_round], minlength=bodies)
        tail = np.where(trials >= figures, binomial_tail(hits, trials, step / _ROUND), np.inf)
        tested += trials >= figures
        better = tail < best
        share = np.where(better, hits / np.maximum(trials, 1) * 100.0, share)
        best = np.minimum(best, tail)
    chance = np.minimum(1.0, np.where(np.isinf(best), 1.0, best * np.maximum(tested, 1)))
    return Screened.of(tested > 0, chance < alpha, share, chance)


def benford(
    values: Floats,
    is_count: Flags,
    body: Whole,
    bodies: int,
    *,
    figures: float = 300.0,
    orders: float = 3.0,
    alpha: float = 0.001,
) -> Screened:
    """R8: first digits of a body's counts and amounts over three orders of size; never of percentages."""
    used = is_count & (np.abs(values) >= 1.0)
    size, owner = np.abs(values[used]), body[used]
    order = np.floor(np.log10(size) + _TOLERANCE)
    first = np.clip(np.floor(size / 10.0**order + _TOLERANCE), 1, 9).astype(np.int64)
    expected = np.log10(1.0 + 1.0 / np.arange(1, 10))
    total, squares = _squares(owner, first - 1, expected, bodies)
    chance = chi_square_tail(squares, len(expected) - 1)
    is_tested = (total >= figures) & (_range(np.log10(size), owner, bodies) >= orders)
    return Screened.of(is_tested, chance < alpha, squares, chance)


def last_digit(
    values: Floats,
    is_count: Flags,
    body: Whole,
    bodies: int,
    *,
    figures: float = 100.0,
    least_value: float = 100.0,
    alpha: float = 0.001,
) -> Screened:
    """R8b: last digits of a body's whole counts of 100 or more; each of the ten is as likely as the others."""
    used = is_count & (np.abs(values) >= least_value) & (np.abs(values - np.round(values)) < _TOLERANCE)
    digit = np.mod(np.round(np.abs(np.where(used, values, 0.0))), 10).astype(np.int64)[used]
    total, squares = _squares(body[used], digit, np.full(10, 0.1), bodies)
    chance = chi_square_tail(squares, 9)
    return Screened.of(total >= figures, chance < alpha, squares, chance)


def _squares(owner: Whole, cell: Whole, expected: Floats, bodies: int) -> tuple[Whole, Floats]:
    """How many figures each body has, and their distance from what is expected, as a sum of squares."""
    width = len(expected)
    counts = np.bincount(owner * width + cell, minlength=bodies * width).reshape(bodies, width)
    total = counts.sum(axis=1)
    wanted = total[:, None] * expected[None, :]
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(wanted > 0, (counts - wanted) ** 2 / wanted, 0.0)
    return total, parts.sum(axis=1)


def _range(values: Floats, owner: Whole, bodies: int) -> Floats:
    """Largest minus smallest of each body; 0 where it has none."""
    high, low = np.full(bodies, -np.inf), np.full(bodies, np.inf)
    np.maximum.at(high, owner, values)
    np.minimum.at(low, owner, values)
    return np.where(np.isinf(high), 0.0, high - low)


def _heaping(month: MonthSeen, limits: Mapping[str, float]) -> Screened:
    told = written_figures(month)
    return heaping(told.values, told.min_step, told.body, len(month.bodies), **limits)


def _benford(month: MonthSeen, limits: Mapping[str, float]) -> Screened:
    told = written_figures(month)
    return benford(told.values, told.is_count, told.body, len(month.bodies), **limits)


def _last_digit(month: MonthSeen, limits: Mapping[str, float]) -> Screened:
    told = written_figures(month)
    return last_digit(told.values, told.is_count, told.body, len(month.bodies), **limits)


SCREENS = (
    ScreenRule(name="heaping", rule=heaping, look=_heaping, about=BODIES),
    ScreenRule(name="benford", rule=benford, look=_benford, about=BODIES),
    ScreenRule(name="last_digit", rule=last_digit, look=_last_digit, about=BODIES),
)
