"""Paths from baseline to target: the day they are looked at, and the points that some of them run through.

Source: docs/method.md, clauses 2.4 and 2.5. Days count as float64 from the start t0 of each row; NaN is null.
"""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from resolution_monitor.method.arrays import EPSILON, Flags, Floats, Texts, Whole

# The shape where nothing else is written, and the one of several dated targets.
LINEAR, TABLE = "linear", "table"


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


@dataclass(frozen=True, slots=True)
class Path:
    """
    The path of each row and the day it is looked at.

    Attributes:
        shape: A name of registry.trajectories; "" where a row has no path.
        elapsed_days: t - t0.
        total_days: tT - t0, above zero.
        baseline, target: V0 and VT, which bend a cagr path; NaN elsewhere.
        points: Of shapes that take points.
    """

    shape: Texts
    elapsed_days: Floats
    total_days: Floats
    baseline: Floats
    target: Floats
    points: Points

    @classmethod
    def straight(cls, elapsed_days: Floats, total_days: Floats) -> "Path":
        """Straight paths for every row."""
        size = len(elapsed_days)
        nothing = np.full(size, np.nan)
        return cls(np.full(size, LINEAR), elapsed_days, total_days, nothing, nothing, Points.none(size))

    def rows(self, chosen: Flags) -> "Path":
        """The chosen rows alone."""
        if chosen.all():
            return self
        parts: dict[str, Any] = {part.name: getattr(self, part.name) for part in fields(self)}
        return Path(**{name: part.rows(chosen) if name == "points" else part[chosen] for name, part in parts.items()})


def share_of_time(path: Path) -> Floats:
    """The share of the whole time that is over, between 0 and 1."""
    return np.clip(path.elapsed_days / path.total_days, 0.0, 1.0)


def within_unit(fraction: Floats) -> Floats:
    """clamp(a, 0, 1); what lies within the tolerance of an end is that end."""
    near_end = np.where(fraction >= 1.0 - EPSILON, 1.0, np.where(fraction <= EPSILON, 0.0, fraction))
    return np.clip(near_end, 0.0, 1.0)
