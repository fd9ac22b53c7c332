"""Honest reports and planted gaming, as arrays: what each screen is held against. Everything follows from a seed.

Nothing here is measured from real bodies: the spreads are ours and stand with the figures they lead to.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from resolution_monitor.catalogue.screen_entries import Screen
from resolution_monitor.score.screens import of_bodies, of_digits, of_peers, of_series
from resolution_monitor.score.screens.screened import Screened

# A path of three years, looked at in its last; honest work goes in fits and starts.
PERIODS, FIRST_LOOK = 36, 24
PACE, PACE_SPREAD, INCREMENT_VARIATION, NOISE = 0.95, 0.25, 0.6, 0.5
STEP = 0.1
GAMED = 0.05


@dataclass(frozen=True, slots=True)
class Trial:
    """
    One panel, screened.

    Attributes:
        is_gamed: What was planted; the rest is honest.
        looks: One outcome for each time it was looked at in a year; the last is the one after the gaming.
    """

    is_gamed: np.ndarray
    looks: list[Screened]


def _gamed(draws: np.random.Generator, size: int) -> np.ndarray:
    chosen = np.zeros(size, dtype=bool)
    chosen[draws.permutation(size)[: max(1, round(GAMED * size))]] = True
    return chosen


def honest_paths(draws: np.random.Generator, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Values (0 to 100 of the target, to one decimal) and the plan; one column a month."""
    plan = np.tile(np.arange(1, PERIODS + 1) * 100.0 / PERIODS, (size, 1))
    pace = np.maximum(draws.normal(PACE, PACE_SPREAD, (size, 1)), 0.05)
    shape = 1.0 / INCREMENT_VARIATION**2
    work = np.cumsum(draws.gamma(shape, 100.0 / PERIODS / shape, (size, PERIODS)) * pace, axis=1)
    noisy = work + draws.normal(0.0, NOISE, work.shape)
    return np.round(np.clip(noisy, 0.0, 130.0) / STEP) * STEP, plan


def deadline_jump(draws: np.random.Generator, screen: Screen, *, is_mild: bool = False) -> Trial:
    """Half to four fifths done a month before the end (mild: three quarters or more), all of it on the last day."""
    values, _ = honest_paths(draws, 630)
    gamed = _gamed(draws, len(values))
    slow = (
        values
        * (
            draws.uniform(*((0.75, 0.95) if is_mild else (0.5, 0.8)), len(values))
            * 100.0
            / np.maximum(values[:, -2], 1.0)
        )[:, None]
    )
    values[gamed] = slow[gamed]
    values[gamed, -1] = 100.0
    found = of_series.deadline_jump(
        values / 100.0, np.ones(len(values), bool), rate=screen.false_alarm_rate, **screen.limits
    )
    return Trial(gamed, [found])


def fall(draws: np.random.Generator, screen: Screen, *, is_mild: bool = False) -> Trial:
    """A total blown up comes down by 4 to 15 points (mild: 1 to 5); honest ones fall by cleaning, 1 in 300 a month."""
    values, _ = honest_paths(draws, 630)
    totals = np.maximum.accumulate(values, axis=1)
    gamed = _gamed(draws, len(values))
    cleaned = draws.random(totals.shape) < 1.0 / 300.0
    totals -= np.cumsum(np.where(cleaned, draws.uniform(0.0, 6.0, totals.shape), 0.0), axis=1)
    totals[gamed, -1] = totals[gamed, -2] - draws.uniform(*((1.0, 5.0) if is_mild else (4.0, 15.0)), gamed.sum())
    is_total = np.ones(len(values), bool)
    looks = [
        of_series.fall(totals[:, :end] / 100.0, is_total, rate=screen.false_alarm_rate, **screen.limits)
        for end in range(FIRST_LOOK, PERIODS + 1)
    ]
    return Trial(gamed, looks)


def _over_a_year(values: np.ndarray, gamed: np.ndarray, screened: Callable[[int], Screened]) -> Trial:
    return Trial(gamed, [screened(end) for end in range(FIRST_LOOK, values.shape[1] + 1)])


def frozen(draws: np.random.Generator, screen: Screen, *, is_mild: bool = False) -> Trial:
    """The last value copied forward: the same for six months (mild: four)."""
    values, plan = honest_paths(draws, 630)
    gamed = _gamed(draws, len(values))
    same = 4 if is_mild else 6
    values[gamed, 1 - same :] = values[gamed, -same, None]
    steps = np.full(len(values), STEP)
    return _over_a_year(
        values,
        gamed,
        lambda end: of_series.frozen(
            values[:, :end],
            values[:, :end] / 100.0,
            plan[:, :end],
            steps,
            rate=screen.false_alarm_rate,
            **screen.limits,
        ),
    )


def written_to_plan(draws: np.random.Generator, screen: Screen, *, is_mild: bool = False) -> Trial:
    """Two months in five (mild: one in eight) the plan's own figure is sent back."""
    values, plan = honest_paths(draws, 630)
    gamed = _gamed(draws, len(values))
    copied = gamed[:, None] & (draws.random(values.shape) < (0.125 if is_mild else 0.4))
    values = np.where(copied, np.round(plan / STEP) * STEP, values)
    steps, scale = np.full(len(values), STEP), np.full(len(values), 100.0)
    return _over_a_year(
        values,
        gamed,
        lambda end: of_series.written_to_plan(
            values[:, :end], plan[:, :end], steps, scale, rate=screen.false_alarm_rate, **screen.limits
        ),
    )


def too_even(draws: np.random.Generator, screen: Screen, *, is_mild: bool = False) -> Trial:
    """A year drawn with a ruler from where the body stood (mild: each figure then moved by up to half a point)."""
    values, _ = honest_paths(draws, 630)
    gamed = _gamed(draws, len(values))
    pace = draws.uniform(0.5, 1.1, len(values)) * 100.0 / PERIODS
    ruled = values[:, [-13]] + pace[:, None] * np.arange(1, 13)
    ruled += draws.uniform(-0.5, 0.5, ruled.shape) * is_mild
    values[gamed, -12:] = np.round(ruled[gamed] / STEP) * STEP
    steps = np.full(len(values), STEP)
    return _over_a_year(
        values,
        gamed,
        lambda end: of_series.too_even(values[:, :end], steps, rate=screen.false_alarm_rate, **screen.limits),
    )


def heaping(draws: np.random.Generator, screen: Screen, *, is_mild: bool = False) -> Trial:
    """Half of a body's forty figures (mild: one in eight) are rounded to fives."""
    bodies, each = 233, 40
    values = np.round(draws.uniform(3.0, 97.0, (bodies, each)), 1)
    gamed = _gamed(draws, bodies)
    rounded = gamed[:, None] & (draws.random(values.shape) < (0.125 if is_mild else 0.5))
    values = np.where(rounded, np.round(values / 5.0) * 5.0, values).ravel()
    body = np.repeat(np.arange(bodies), each)
    return Trial(gamed, [of_digits.heaping(values, np.full(len(values), STEP), body, bodies, **screen.limits)])


def benford(draws: np.random.Generator, screen: Screen, *, is_mild: bool = False) -> Trial:
    """Counts made up so that every first digit is as likely as the others (mild: a third of the counts)."""
    bodies, each = 100, 400
    honest = np.exp(draws.uniform(np.log(1.0), np.log(1e5), (bodies, each)))
    made_up = draws.uniform(1.0, 10.0, honest.shape) * 10.0 ** draws.integers(0, 5, honest.shape)
    gamed = _gamed(draws, bodies)
    invented = gamed[:, None] & (draws.random(honest.shape) < (1.0 / 3.0 if is_mild else 1.0))
    values = np.where(invented, made_up, honest).ravel()
    body, count = np.repeat(np.arange(bodies), each), np.ones(bodies * each, bool)
    return Trial(gamed, [of_digits.benford(np.floor(values), count, body, bodies, **screen.limits)])


def last_digit(draws: np.random.Generator, screen: Screen, *, is_mild: bool = False) -> Trial:
    """Three counts in ten (mild: one) end in a 0 or a 5 because somebody estimated them."""
    bodies, each = 100, 150
    values = draws.integers(100, 20_000, (bodies, each))
    gamed = _gamed(draws, bodies)
    estimated = gamed[:, None] & (draws.random(values.shape) < (0.1 if is_mild else 0.3))
    values = np.where(estimated, values // 5 * 5, values).ravel().astype(np.float64)
    body, count = np.repeat(np.arange(bodies), each), np.ones(bodies * each, bool)
    return Trial(gamed, [of_digits.last_digit(values, count, body, bodies, **screen.limits)])


def _provinces(draws: np.random.Generator, indicators: int = 20) -> tuple[np.ndarray, np.ndarray]:
    """Four months of percentages that 34 provinces report of each indicator, and the number of the indicator."""
    middle = np.repeat(draws.uniform(20.0, 80.0, indicators), 34)[:, None]
    level = middle + draws.normal(0.0, 8.0, (indicators * 34, 1))
    moved = level + np.cumsum(draws.normal(0.8, 0.8, (indicators * 34, 4)), axis=1)
    return np.round(np.clip(moved, 0.0, 100.0), 1), np.repeat(np.arange(indicators), 34)


def copied(draws: np.random.Generator, screen: Screen, *, is_mild: bool = False) -> Trial:
    """A province sends its neighbour's last four figures (mild: the newest moved by one step)."""
    values, group = _provinces(draws)
    gamed = _gamed(draws, len(values))
    source = group * 34 + draws.integers(0, 34, len(values))
    is_own = source == np.arange(len(values))
    gamed &= ~is_own
    values[gamed] = values[source][gamed]
    values[gamed, -1] += STEP * is_mild
    found = of_peers.copied(values, group, np.full(len(values), STEP), rate=screen.false_alarm_rate, **screen.limits)
    # The one that was copied is asked too: who copied from whom cannot be told, and is no false alarm of this screen.
    touched = gamed.copy()
    touched[source[gamed]] = True
    return Trial(touched, [found])


def outlier(draws: np.random.Generator, screen: Screen, *, is_mild: bool = False) -> Trial:
    """One figure in twenty is blown up by 34 points, four spreads of its peers (mild: 20 points)."""
    values, group = _provinces(draws)
    gamed = _gamed(draws, len(values))
    newest = values[:, -1] + np.where(gamed, draws.normal(20.0 if is_mild else 34.0, 4.0, len(values)), 0.0)
    return Trial(gamed, [of_peers.outlier(newest, group, rate=screen.false_alarm_rate, **screen.limits)])


def against_statistic(draws: np.random.Generator, screen: Screen, *, is_mild: bool = False) -> Trial:
    """Figures 12 to 20 % (mild: 5 to 12 %) better than the official ones; honest ones differ by 4 %."""
    size = 630
    found = draws.uniform(20.0, 90.0, (size, 4))
    gamed = _gamed(draws, size)
    factor = 1.0 + draws.normal(0.0, 0.04, found.shape)
    inflated = factor + draws.uniform(*((0.05, 0.12) if is_mild else (0.12, 0.20)), (size, 1))
    reported = found * np.where(gamed[:, None], inflated, factor)
    result = of_peers.against_statistic(reported, found, np.ones(size), rate=screen.false_alarm_rate, **screen.limits)
    return Trial(gamed, [result])


def parts_not_total(draws: np.random.Generator, screen: Screen, *, is_mild: bool = False) -> Trial:
    """A total told 1 to 5 % (mild: .05 to .3 %) too high; honest ones differ from their parts by rounding alone."""
    size, members = 400, 34
    parts = draws.uniform(5.0, 50.0, (size, members))
    gamed = _gamed(draws, size)
    total = parts.sum(axis=1) * np.where(
        gamed, 1.0 + draws.uniform(*((5e-4, 3e-3) if is_mild else (0.01, 0.05)), size), 1.0
    )
    told = np.round(total / STEP) * STEP
    sums = (np.round(parts / STEP) * STEP).sum(axis=1)
    found = of_peers.parts_not_total(
        told, sums, np.full(size, members), np.full(size, STEP), rate=screen.false_alarm_rate, **screen.limits
    )
    return Trial(gamed, [found])


def _points(draws: np.random.Generator, each: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Points of so many indicators of each body, better or worse by body; 35 in 100 are full."""
    body = np.repeat(np.arange(len(each)), each)
    quality = draws.normal(0.0, 6.0, len(each))[body]
    points = np.minimum(100.0, 95.0 + quality + draws.normal(0.0, 10.0, len(body)))
    return points, body, _gamed(draws, len(each))


def all_full(draws: np.random.Generator, screen: Screen, *, is_mild: bool = False) -> Trial:
    """A body writes every one of its 8 to 30 indicators up to 100 (mild: nine in ten of them)."""
    points, body, gamed = _points(draws, draws.integers(8, 31, 233))
    points = np.where(gamed[body] & (draws.random(len(body)) < (0.9 if is_mild else 1.0)), 100.0, points)
    return Trial(gamed, [of_bodies.all_full(points, body, 233, rate=screen.false_alarm_rate, **screen.limits)])


def green_bunching(draws: np.random.Generator, screen: Screen, *, is_mild: bool = False) -> Trial:
    """What lies up to 6 points (mild: 2) short of green is written just past it, of 40 indicators a body."""
    points, body, gamed = _points(draws, np.full(63, 40))
    lifted = gamed[body] & (points < 95.0) & (points >= (93.0 if is_mild else 89.0))
    points = np.where(lifted, 95.0 + draws.uniform(0.0, 1.5, len(points)), points)
    return Trial(gamed, [of_bodies.bunching(points - 95.0, body, 63, **screen.limits)])


def deadline_bunching(draws: np.random.Generator, screen: Screen, *, is_mild: bool = False) -> Trial:
    """Products up to twenty days (mild: three) late bear a date just before the deadline; 60 tasks a body."""
    bodies, each = 63, 60
    early = np.round(draws.normal(2.0, 15.0, bodies * each))
    body, gamed = np.repeat(np.arange(bodies), each), _gamed(draws, bodies)
    backdated = gamed[body] & (early < 0) & (early >= (-3 if is_mild else -20))
    early = np.where(backdated, draws.integers(0, 3, len(early)), early)
    return Trial(gamed, [of_bodies.bunching(early, body, bodies, **screen.limits)])


def one_sided_corrections(draws: np.random.Generator, screen: Screen, *, is_mild: bool = False) -> Trial:
    """
    8 to 30 corrections a year, of a gaming body all (mild: 85 in 100) for the better.

    Of an honest one 55 in 100, and each body has its own share, a tenth around that.
    """
    bodies = 233
    body, gamed = np.repeat(np.arange(bodies), draws.integers(8, 31, bodies)), _gamed(draws, bodies)
    honest = np.clip(draws.normal(0.55, 0.1, bodies), 0.0, 1.0)
    is_better = draws.random(len(body)) < np.where(gamed, 0.85 if is_mild else 1.0, honest)[body]
    changes = np.where(is_better, 1.0, -1.0)
    found = of_bodies.one_sided_corrections(changes, body, bodies, rate=screen.false_alarm_rate, **screen.limits)
    return Trial(gamed, [found])


# Of each screen by its name: every function here that gives a Trial.
SIMULATED: dict[str, Callable[..., Trial]] = {
    name: rule
    for name, rule in list(globals().items())
    if inspect.isfunction(rule) and rule.__annotations__.get("return") is Trial and not name.startswith("_")
}
