"""Screens of one series: its shape in time against the plan, its own past and the smallest step it can show.

Source: docs/method.md, clause 4, R1 to R4 and the further ones. One line per series, one column per period, the last
column the newest; NaN is a report that did not come. `rate` is the share of honest series a year that are hit.
"""

import numpy as np

from resolution_monitor.method.arrays import EPSILON, Flags, Floats, Whole, above, at_least, at_most
from resolution_monitor.score.screens.screen import SERIES, ScreenRule
from resolution_monitor.score.screens.screened import Screened, binomial_tail

# Of a normal distribution, the height of its middle times its spread.
_PEAK = 0.3989423
_MOST_LIKELY = 0.9


def deadline_jump(
    fractions: Floats,
    is_at_deadline: Flags,
    *,
    rate: float,
    previous_at_most: float = 0.80,
    times_median: float = 3.0,
    least_points: float = 4.0,
) -> Screened:
    """R1: everything in the last period, from .80 or less to the whole, three times the step usual before."""
    last, previous, step = _last_step(fractions)
    earlier = np.diff(fractions, axis=1)[:, :-1]
    usual = np.maximum(_median(earlier), 0.0)
    is_tested = is_at_deadline & ~np.isnan(step) & (_counted(fractions) >= least_points)
    is_jump = at_least(last, 1.0) & at_most(previous, previous_at_most) & at_least(step, times_median * usual)
    return Screened.of(is_tested, is_jump, step * 100.0, rate)


def fall(fractions: Floats, is_total: Flags, *, rate: float, points: float = 2.0) -> Screened:
    """R2: a total that only grows lies more than two points below the period before, which nobody corrected."""
    _, _, step = _last_step(fractions)
    return Screened.of(is_total & ~np.isnan(step), above(-step * 100.0, points), -step * 100.0, rate)


def frozen(
    values: Floats,
    fractions: Floats,
    plan: Floats,
    min_step: Floats,
    *,
    rate: float,
    periods: float = 5.0,
    rate_of_one_more: float = 0.133,
    least_plan_steps: float = 3.0,
) -> Screened:
    """
    R3: the same value in five periods or more, between start and target.

    Only where the plan moved by three steps meanwhile: what moves less than it can show stands still honestly. Each
    further period is that much less likely.
    """
    length = _equal_run(values)
    columns = values.shape[1]
    first = np.clip(columns - length, 0, columns - 1)
    moved = np.abs(plan[:, -1] - plan[np.arange(len(plan)), first])
    share = fractions[:, -1]
    is_tested = (_counted(values) >= periods) & above(share, 0.0) & above(1.0 - share, 0.0)
    is_frozen = (length >= periods) & at_least(moved, least_plan_steps * min_step)
    return Screened.of(
        is_tested, is_frozen, length.astype(np.float64), rate * rate_of_one_more ** np.maximum(length - periods, 0.0)
    )


def written_to_plan(
    values: Floats,
    plan: Floats,
    min_step: Floats,
    scale: Floats,
    *,
    rate: float,
    periods: float = 3.0,
    window: float = 12.0,
    honest_spread: float = 0.03,
    alpha: float = 0.001,
) -> Screened:
    """
    R4: the value is the plan as printed in three periods or more.

    Args:
        plan: The value the path asks for, unrounded.
        scale: D, what one whole is.
        honest_spread: How far honest values lie from their plan, as a share of D: it says how often one meets it by
            chance at the indicator's step.
    """
    columns = slice(max(values.shape[1] - int(window), 0), None)
    step = np.where(min_step > 0, min_step, np.nan)[:, None]
    printed = np.round(plan[:, columns] / step)
    is_told = ~np.isnan(values[:, columns]) & ~np.isnan(printed)
    # A plan that stands still is met by whoever once met it.
    is_told[:, 1:] &= printed[:, 1:] != printed[:, :-1]
    is_met = is_told & (np.abs(values[:, columns] / step - printed) < EPSILON * 1000)
    met, told = is_met.sum(axis=1), is_told.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        by_chance = np.minimum(_MOST_LIKELY, _PEAK * min_step / (honest_spread * np.abs(scale)))
    tail = binomial_tail(met, told, np.where(np.isnan(by_chance), _MOST_LIKELY, by_chance))
    is_hit = (met >= periods) & (tail < alpha)
    return Screened.of(told >= periods, is_hit, met.astype(np.float64), np.maximum(tail, rate))


def too_even(
    values: Floats,
    min_step: Floats,
    *,
    rate: float,
    increments: float = 6.0,
    least_steps: float = 3.0,
    honest_variation: float = 0.2,
    alpha: float = 0.001,
) -> Screened:
    """
    Six increments or more that are all the same, to the step the indicator can show: real work never goes so evenly.

    Args:
        least_steps: An increment smaller than this cannot show variation.
        honest_variation: Spread of honest increments as a share of their mean.
    """
    # One column more: of the first period alone there is no change either.
    change = np.diff(values, axis=1, prepend=np.nan)
    length = _run(np.abs(change[:, 1:] - change[:, :-1]) <= (min_step * (1.0 + EPSILON * 1000))[:, None]) + 1
    length = np.where(np.isnan(change[:, -1]), 0, length)
    mean = np.abs(change[:, -1])
    with np.errstate(divide="ignore", invalid="ignore"):
        alike = np.minimum(_MOST_LIKELY, _PEAK * 2.0 * min_step / (honest_variation * mean))
    tail = np.where(np.isnan(alike), 1.0, alike) ** np.maximum(length - 1, 0)
    is_tested = (np.isfinite(change).sum(axis=1) >= increments) & at_least(mean, least_steps * min_step)
    is_even = (length >= increments) & (tail < alpha)
    return Screened.of(is_tested, is_even, length.astype(np.float64), np.maximum(tail, rate))


def _last_step(fractions: Floats) -> tuple[Floats, Floats, Floats]:
    """The last two columns and their difference; null where there are not two."""
    if fractions.shape[1] < 2:
        nothing = np.full(len(fractions), np.nan)
        return nothing, nothing, nothing
    return fractions[:, -1], fractions[:, -2], fractions[:, -1] - fractions[:, -2]


def _counted(values: Floats) -> Whole:
    return np.asarray((~np.isnan(values)).sum(axis=1))


def _equal_run(values: Floats) -> Whole:
    """How many of the last columns hold the last value; 0 where that is missing."""
    return np.where(np.isnan(values[:, -1]), 0, _run(np.diff(values, axis=1) == 0) + 1)


def _run(held: Flags) -> Whole:
    """How many of the last columns hold without a break."""
    return np.asarray(np.logical_and.accumulate(held[:, ::-1], axis=1).sum(axis=1))


def _median(values: Floats) -> Floats:
    """Median of what is known of each line; 0 where nothing is."""
    if not values.shape[1]:
        return np.zeros(len(values))
    ordered = np.sort(values, axis=1)  # NaN goes to the end
    count = (~np.isnan(values)).sum(axis=1)
    rows, lower = np.arange(len(values)), np.maximum((count - 1) // 2, 0)
    return np.where(count > 0, (ordered[rows, lower] + ordered[rows, np.minimum(count // 2, lower + 1)]) / 2.0, 0.0)


SCREENS = (
    ScreenRule(
        name="deadline_jump",
        rule=deadline_jump,
        look=lambda month, limits: deadline_jump(month.series.fractions, month.series.is_at_deadline, **limits),
        about=SERIES,
    ),
    ScreenRule(
        name="fall",
        rule=fall,
        look=lambda month, limits: fall(month.series.fractions, month.series.is_total, **limits),
        about=SERIES,
    ),
    ScreenRule(
        name="frozen",
        rule=frozen,
        look=lambda month, limits: frozen(
            month.series.values, month.series.fractions, month.series.plan, month.series.min_step, **limits
        ),
        about=SERIES,
    ),
    ScreenRule(
        name="written_to_plan",
        rule=written_to_plan,
        look=lambda month, limits: written_to_plan(
            month.series.values, month.series.plan, month.series.min_step, month.series.scale, **limits
        ),
        about=SERIES,
    ),
    ScreenRule(
        name="too_even",
        rule=too_even,
        look=lambda month, limits: too_even(month.series.values, month.series.min_step, **limits),
        about=SERIES,
    ),
)
