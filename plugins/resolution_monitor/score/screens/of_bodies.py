"""Screens of all that one body reports: everything full, figures just past a limit, corrections one way, no content.

Source: docs/method.md, clause 4, R10 and the further ones. One element per thing reported, pooled by body.
"""

import numpy as np

from resolution_monitor.method.arrays import Flags, Floats, Whole, above
from resolution_monitor.score.screens.screened import Screened, binomial_tail


def all_full(
    points: Floats,
    body: Whole,
    bodies: int,
    *,
    rate: float,
    items: float = 5.0,
    full: float = 100.0,
    alpha: float = 0.001,
) -> Screened:
    """
    Every indicator of a body has full points, five or more of them.

    What is usual is the share of full ones among all other bodies. Bodies differ more than by lot, so the chance is no
    less than the rate measured on simulated ones.
    """
    known = ~np.isnan(points)
    is_full = known & (points >= full - 1e-9)
    owned = np.bincount(body[known], minlength=bodies)
    filled = np.bincount(body[is_full], minlength=bodies)
    usual = (is_full.sum() - filled + 1.0) / (known.sum() - owned + 2.0)
    chance = usual ** owned.astype(np.float64)
    is_all = (owned == filled) & (chance < alpha)
    return Screened.of(owned >= items, is_all, owned.astype(np.float64), np.maximum(chance, rate))


def bunching(
    distance: Floats,
    body: Whole,
    bodies: int,
    *,
    width: float = 2.0,
    items: float = 10.0,
    alpha: float = 0.001,
) -> Screened:
    """
    Far more of a body's figures lie just past a limit than just short of it.

    Args:
        distance: Past the limit (0 or more) or short of it (below 0), in the limit's unit.
        width: How far on either side is looked at.
    """
    is_past, is_short = (distance >= 0) & (distance < width), (distance < 0) & (distance >= -width)
    past = np.bincount(body[is_past], minlength=bodies)
    trials = past + np.bincount(body[is_short], minlength=bodies)
    chance = binomial_tail(past, trials, 0.5)
    return Screened.of(trials >= items, chance < alpha, past.astype(np.float64), chance)


def one_sided_corrections(
    changes: Floats, body: Whole, bodies: int, *, rate: float, items: float = 8.0, alpha: float = 0.01
) -> Screened:
    """
    What a body corrects after a ranking was known goes one way only, or nearly so.

    Args:
        changes: New minus old in the direction that counts as better; 0 and NaN are no correction.
    """
    better, worse = (np.bincount(body[held], minlength=bodies) for held in (changes > 0, changes < 0))
    trials, most = better + worse, np.maximum(better, worse)
    chance = np.minimum(1.0, 2.0 * binomial_tail(most, trials, 0.5))
    signed = np.where(better >= worse, most, -most).astype(np.float64)
    return Screened.of(trials >= items, chance < alpha, signed, np.maximum(chance, rate))


def empty_on_time(is_on_time: Flags, owed: Whole, answered: Whole, *, rate: float, items: float = 3.0) -> Screened:
    """A report that came on time and answers nothing of what it owes, three things or more."""
    return Screened.of(is_on_time & (owed >= items), answered == 0, owed.astype(np.float64), rate)


def without_evidence(
    points: Floats, before: Floats, is_new_evidence: Flags, *, rate: float, rise: float = 5.0
) -> Screened:
    """R10: more than five points up without new evidence."""
    step = points - before
    return Screened.of(~np.isnan(step), above(step, rise) & ~is_new_evidence, step, rate)
