"""What is to be reached: the one end of a range that counts, the path of dated targets, and revisions.

Source: docs/method.md, clause 2.1, targets. One row per indicator and body; NaN is null.
"""

from dataclasses import dataclass

import numpy as np

from resolution_monitor.method.arrays import Flags, Floats, Texts, Whole, above, below, divide
from resolution_monitor.method.kind import BAND_DIRECTION, DOWN

LATE_REVISION_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class Target:
    """The target as the rules take it: VT for up and down, both ends for a band."""

    value: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class DatedTargets:
    """
    Several dated targets as a path.

    Attributes:
        target: VT, the last of them.
        fractions: (v - V0) / (VT - V0), one column per target; NaN throughout where the path is bad.
        is_bad: VT equals V0, or the path falls: BAD_TARGET.
    """

    target: Floats
    fractions: Floats
    is_bad: Flags


def counted_end(direction: Texts, value: Floats, low: Floats, high: Floats) -> Target:
    """
    The end of a range that decides: its low end where more is better, its high end where less is better.

    A single value asked of a band is a band of no width.

    Args:
        value: NaN where the target is written as a range.
        low, high: NaN where the target is written as one value.
    """
    is_band = direction == BAND_DIRECTION
    one_end = np.where(direction == DOWN, high, low)
    return Target(
        value=np.where(is_band, np.nan, np.where(np.isnan(value), one_end, value)),
        low=np.where(is_band, np.where(np.isnan(low), value, low), np.nan),
        high=np.where(is_band, np.where(np.isnan(high), value, high), np.nan),
    )


def dated_targets(values: Floats, baseline: Floats) -> DatedTargets:
    """
    Dated targets become a table of fractions; without a baseline there is none.

    Args:
        values: One column per target in order of date, NaN after the last.
    """
    count = (~np.isnan(values)).sum(axis=1)
    target = _last(values)
    span = target - baseline
    fractions = divide(values - baseline[:, None], np.broadcast_to(span[:, None], values.shape))
    from_start = np.concatenate([np.zeros((len(values), 1)), fractions], axis=1)
    falls = below(from_start[:, 1:], from_start[:, :-1]).any(axis=1)
    is_flat = ~above(np.abs(span), 0.0) & ~np.isnan(span)
    is_bad = (count > 0) & (is_flat | falls)
    return DatedTargets(target=target, fractions=np.where(is_bad[:, None], np.nan, fractions), is_bad=is_bad)


def current_target(is_stated: Flags) -> Whole:
    """
    The number of the target that is asked now, approved or not; it is shown beside the original, whose number is 0.

    Args:
        is_stated: One column per revision in order of time; False after the last.
    """
    numbers = np.where(is_stated, np.arange(1, is_stated.shape[1] + 1), 0)
    return np.asarray(numbers.max(axis=1, initial=0), dtype=np.int64)


def ranking_target(is_stated: Flags, is_approved: Flags) -> Whole:
    """
    The number of the target that a, E, lag and scores are measured by: the last revision that the issuer approved.

    Args:
        is_stated: See current_target.
        is_approved: Whether the authority that issued the resolution approved it.

    Returns:
        0, the original, where it approved none.
    """
    return current_target(is_stated & is_approved)


def is_revised_late(revised_share_of_time: Floats) -> Flags:
    """Whether a revision came after three quarters of the time; one column per revision."""
    return np.asarray(above(revised_share_of_time, LATE_REVISION_SHARE).any(axis=1))


def is_lowered_twice(original: Floats, revisions: Floats, sign: Floats) -> Flags:
    """Whether the target was made easier at least twice; `sign` is +1 where a larger one asks for more."""
    path = np.concatenate([original[:, None], revisions], axis=1) * sign[:, None]
    return np.asarray(below(path[:, 1:], path[:, :-1]).sum(axis=1) >= 2)


def _last(values: Floats) -> Floats:
    """The last value of each row that is not null."""
    result = np.full(len(values), np.nan)
    for column in range(values.shape[1]):
        result = np.where(np.isnan(values[:, column]), result, values[:, column])
    return result
