"""Paths given by points: straight between them (table), or rising in steps the day after each (step).

Source: docs/method.md, clauses 2.4 and 2.5. Days count from the start t0 of each row; NaN is null.
"""

from dataclasses import dataclass

import numpy as np

from resolution_monitor.score.rules.arrays import EPSILON, Flags, Floats, Whole, above, at_most


@dataclass(frozen=True, slots=True)
class Points:
    """
    The given points of many paths: one row per path, one column per point, NaN where a row has fewer.

    Attributes:
        day: Of each point; points outside the open span from t0 to tT play no part.
        fraction: Attained by then, of the whole.
    """

    day: Floats
    fraction: Floats

    @classmethod
    def none(cls, rows: int) -> "Points":
        """Rows without any point."""
        return cls(np.empty((rows, 0)), np.empty((rows, 0)))

    def rows(self, chosen: Flags | Whole) -> "Points":
        """The points of the chosen rows; the same row may be taken many times."""
        return Points(self.day[chosen], self.fraction[chosen])

    def until(self, total_days: Floats) -> "Points":
        """The same points in order of day, those outside the span left out, and the deadline with 1 added."""
        end = total_days[:, None]
        usable = (self.day > 0) & (self.day < end) & ~np.isnan(self.fraction)
        day = np.where(usable, self.day, np.inf)
        order = np.argsort(day, axis=1, kind="stable")
        day = np.take_along_axis(day, order, axis=1)
        fraction = np.take_along_axis(self.fraction, order, axis=1)
        is_rest = np.isinf(day)
        return Points(
            day=np.concatenate([np.where(is_rest, end, day), end], axis=1),
            fraction=np.concatenate([np.where(is_rest, 1.0, fraction), np.ones(end.shape)], axis=1),
        )


def expected_on_table(points: Points, elapsed: Floats, total: Floats) -> Floats:
    """E of a table path: straight from (t0, 0) through the points to (tT, 1)."""
    result = np.where(elapsed >= total, 1.0, 0.0)
    for first, last, low, high in _segments(points.until(total)):
        within = (elapsed >= first) & (elapsed < last) & (elapsed > 0)
        share = (elapsed - first) / np.where(last > first, last - first, 1.0)
        result = np.where(within, low + share * (high - low), result)
    return result


def earned_on_table(points: Points, fraction: Floats, elapsed: Floats, total: Floats) -> Floats:
    """
    ES of a table path: of all days on which this fraction is expected, the one nearest to today.

    A stretch on which nothing more is expected counts as a whole, so nobody is late within it.

    Args:
        fraction: Between 0 and 1.
    """
    nearest = np.where(fraction >= 1.0, np.maximum(total, elapsed), np.where(fraction <= 0.0, 0.0, np.nan))
    for first, last, low, high in _segments(points.until(total)):
        is_flat = np.abs(high - low) <= EPSILON
        crossing = first + (fraction - low) / np.where(is_flat, 1.0, high - low) * (last - first)
        day = np.clip(np.where(is_flat, elapsed, crossing), first, last)
        holds = at_most(fraction, np.maximum(low, high)) & at_most(np.minimum(low, high), fraction)
        is_nearer = holds & ~(np.abs(nearest - elapsed) <= np.abs(day - elapsed))
        nearest = np.where(is_nearer, day, nearest)
    return nearest


def expected_on_steps(points: Points, elapsed: Floats, total: Floats) -> Floats:
    """E of a step path: the last fraction that was due before the day."""
    result = np.zeros(len(elapsed))
    due = points.until(total)
    for day, fraction in zip(due.day.T, due.fraction.T, strict=True):
        result = np.where(day < elapsed, fraction, result)
    return result


def lag_on_steps(points: Points, fraction: Floats, elapsed: Floats, total: Floats) -> Floats:
    """
    Days since the oldest due step that is not reached; else minus the days to the latest coming step that is; else 0.

    Args:
        fraction: Between 0 and 1.
    """
    due = points.until(total)
    reached = at_most(due.fraction, fraction[:, None])
    missed = above(due.fraction, fraction[:, None]) & (due.day < elapsed[:, None])
    oldest = np.where(missed, due.day, np.inf).min(axis=1)
    latest = np.where(reached & (due.day > elapsed[:, None]), due.day, -np.inf).max(axis=1)
    ahead = np.where(np.isinf(latest), 0.0, elapsed - latest)
    return np.where(np.isinf(oldest), ahead, elapsed - oldest)


def _segments(points: Points) -> list[tuple[Floats, Floats, Floats, Floats]]:
    """First day, last day, fraction at both, of each stretch from (t0, 0) on."""
    start = np.zeros((len(points.day), 1))
    day = np.concatenate([start, points.day], axis=1)
    fraction = np.concatenate([start, points.fraction], axis=1)
    ends = range(points.day.shape[1])
    return [(day[:, end], day[:, end + 1], fraction[:, end], fraction[:, end + 1]) for end in ends]
