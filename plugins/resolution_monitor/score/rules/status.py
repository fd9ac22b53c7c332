"""Where an indicator stands: the status table and the colour rule of all three classes.

Source: docs/method.md, clauses 2.5 and 2.6. NaN is null.
"""

import numpy as np

from resolution_monitor.method.arrays import Flags, Floats, Texts, above, at_least, at_most, below
from resolution_monitor.method.limits import Limits
from resolution_monitor.score.rules.pace import pace_pct
from resolution_monitor.score.rules.progress import progress_of
from resolution_monitor.score.rules.situation import DELIVERABLE, LAG, NOLAG, Progress, Situation, Standing, Status
from resolution_monitor.score.rules.trajectory import is_stepwise, schedule_index

# From this chance of falling short on, a forecast is a warning.
HIGH_FROM = 0.60


def standing_of(situation: Situation) -> Standing:
    """Expected fraction, lag, overdue days and status of every row."""
    progress = progress_of(situation)
    elapsed, total = situation.path.elapsed_days, situation.path.total_days
    is_delivered = situation.judged_as == DELIVERABLE
    is_met = at_least(progress.fraction, 1.0) & (is_delivered | (situation.missed == 0))
    is_closed = is_met & ~situation.is_overspent & (is_delivered | (elapsed >= total))
    late_days = progress.achieved_after_days - total
    has_index = (situation.judged_as == LAG) & ~is_closed
    index = np.where(has_index, schedule_index(progress.open_lag_days, elapsed), np.nan)
    open_overdue = np.where(is_met, 0.0, np.maximum(0.0, elapsed - total))
    pace = pace_pct(progress.counted, progress.expected, situation.limits)
    colour = _colour(situation, progress, index, pace)
    return Standing(
        fraction=progress.fraction,
        expected=progress.expected,
        pace=pace,
        lag_days=np.where(is_closed, late_days, progress.open_lag_days),
        schedule_index=index,
        overdue_days=np.where(is_closed, np.maximum(0.0, late_days), open_overdue),
        achieved_after_days=progress.achieved_after_days,
        is_closed=is_closed,
        is_silent=~is_closed & ((situation.missed >= 1) | np.isnan(progress.fraction)),
        status=_status(situation, progress, is_met, is_closed, colour),
    )


def _status(situation: Situation, progress: Progress, is_met: Flags, is_closed: Flags, colour: Texts) -> Texts:
    """The first line of the status table that holds."""
    elapsed, total = situation.path.elapsed_days, situation.path.total_days
    is_delivered = situation.judged_as == DELIVERABLE
    lines: list[tuple[Flags, Status]] = [
        (is_closed & (progress.achieved_after_days <= total), Status.DONE),
        (is_closed, Status.DONE_LATE),
        ((elapsed > total) & ~is_met & ~situation.is_unrated, Status.OVERDUE),
        (elapsed < 0, Status.NOT_STARTED),
        (situation.is_unrated, Status.UNRATED),
        ((situation.missed >= 2) | np.isnan(progress.fraction), Status.NO_DATA),
        (is_met & ~is_delivered & ~situation.is_overspent, Status.ON_TARGET),
    ]
    return np.select([held for held, _ in lines], [status.value for _, status in lines], default=colour)


def _colour(situation: Situation, progress: Progress, index: Floats, pace: Floats) -> Texts:
    limits = situation.limits
    is_by_days = (situation.judged_as == DELIVERABLE) | is_stepwise(situation.path.shape)
    is_measured = situation.judged_as == LAG
    is_regressed = is_measured & below(progress.fraction, -situation.tolerance)
    starts_up = below(progress.expected, limits.start_up_fraction) | (situation.path.elapsed_days == 0)
    colour = np.select(
        [situation.judged_as == NOLAG, is_regressed, is_by_days, starts_up],
        [_by_share(pace / 100.0, limits), "RED", _by_days(progress.open_lag_days, limits), "GREEN"],
        default=_by_share(index, limits),
    )
    is_doubted = (situation.missed == 1) | situation.is_overspent | _is_warned(situation)
    return np.where((colour == "GREEN") & is_doubted, "AMBER", colour)


def _by_share(share: Floats, limits: Limits) -> Texts:
    tests = [at_least(share, limits.green_from), at_least(share, limits.amber_from)]
    return np.select(tests, ["GREEN", "AMBER"], default="RED")


def _by_days(lag: Floats, limits: Limits) -> Texts:
    is_late = above(lag, 0.0) | np.isnan(lag)
    return np.select([~is_late, at_most(lag, limits.step_amber_days)], ["GREEN", "AMBER"], default="RED")


def _is_warned(situation: Situation) -> Flags:
    """The forecast of falling short was high at both of the last two origins: a warning, never a red."""
    return is_sustained(situation.forecast_last, situation.forecast_previous)


def is_sustained(last: Floats, previous: Floats) -> Flags:
    """Whether the chance was high at both of the last two origins: then green becomes amber, never red."""
    return at_least(last, HIGH_FROM) & at_least(previous, HIGH_FROM)
