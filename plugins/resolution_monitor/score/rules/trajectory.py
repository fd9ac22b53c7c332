"""What should be attained by a day, and how many days the attained fraction lies behind or ahead.

Source: docs/method.md, clauses 2.4 and 2.5. Days count as float64 from the start t0 of each row; NaN is null.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from resolution_monitor.score.rules.arrays import EPSILON, Flags, Floats, Texts, Whole, above
from resolution_monitor.score.rules.path_points import (
    Points,
    earned_on_table,
    expected_on_steps,
    expected_on_table,
    lag_on_steps,
)

LINEAR, SCURVE, CAGR, TABLE, STEP = "linear", "scurve", "cagr", "table", "step"


@dataclass(frozen=True, slots=True)
class Path:
    """
    The path of each row and the day it is looked at.

    Attributes:
        shape: linear, scurve, cagr, table or step; "" where a row has no path.
        elapsed_days: t - t0.
        total_days: tT - t0, above zero.
        baseline, target: V0 and VT, which bend a cagr path; NaN elsewhere.
        points: Of table and step paths; rows of other shapes hold none.
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


def expected_fraction(path: Path) -> Floats:
    """
    E: 0 until the start, 1 from the deadline on; on a step path from the day after it.

    Source: docs/method.md, clause 2.4.
    """
    result = np.full(len(path.shape), np.nan)
    for shape, rule in _EXPECTED.items():
        chosen = path.shape == shape
        if chosen.any():
            result[chosen] = rule(path.rows(chosen))
    return result


def lag_days(path: Path, fraction: Floats) -> Floats:
    """
    Days behind (+) or ahead (-) of open rows of class lag: null without a fraction, 0 until the start.

    An unfinished row past its deadline goes on falling behind, because the day its fraction was expected does not
    move; the whole is expected on every day from the deadline on, and of these the one nearest to today counts.

    Source: docs/method.md, clause 2.5.
    """
    lag = path.elapsed_days - earned_day(path, fraction)
    is_step = path.shape == STEP
    if is_step.any():
        part = path.rows(is_step)
        within = within_unit(fraction[is_step])
        lag[is_step] = lag_on_steps(part.points, within, part.elapsed_days, part.total_days)
    return np.where(np.isnan(fraction), np.nan, np.where(path.elapsed_days <= 0, 0.0, lag))


def earned_day(path: Path, fraction: Floats) -> Floats:
    """
    ES: the day on which this fraction was expected; of several the nearest to today. Null on step paths.

    Source: docs/method.md, clause 2.5.
    """
    within = within_unit(fraction)
    day = np.full(len(path.shape), np.nan)
    for shape, rule in _EARNED.items():
        chosen = path.shape == shape
        if chosen.any():
            day[chosen] = rule(path.rows(chosen), within[chosen])
    return day


def earned_share(path: Path, fraction: Floats) -> Floats:
    """
    τ: the earned day as a share of the whole time, between 0 and 1. Looked at on day 0 it is the inverse u(a).

    Source: docs/method.md, clause 3; 2.4 for the inverse.
    """
    return np.clip(earned_day(path, fraction) / path.total_days, 0.0, 1.0)


def schedule_index(lag: Floats, elapsed_days: Floats) -> Floats:
    """SPI(t): the share of the elapsed time that was earned; NaN before the start."""
    elapsed = np.where(elapsed_days > 0, elapsed_days, np.nan)
    return (elapsed - lag) / elapsed


def within_unit(fraction: Floats) -> Floats:
    """clamp(a, 0, 1); what lies within the tolerance of an end is that end."""
    near_end = np.where(fraction >= 1.0 - EPSILON, 1.0, np.where(fraction <= EPSILON, 0.0, fraction))
    return np.clip(near_end, 0.0, 1.0)


def _share_of_time(path: Path) -> Floats:
    return np.clip(path.elapsed_days / path.total_days, 0.0, 1.0)


def _on_curve(inverse: Callable[[Path, Floats], Floats]) -> Callable[[Path, Floats], Floats]:
    """The earned day on a path whose fraction rises every day."""

    def earned(path: Path, fraction: Floats) -> Floats:
        day = inverse(path, fraction) * path.total_days
        at_end = np.where(fraction >= 1.0, np.maximum(path.total_days, path.elapsed_days), day)
        return np.where(fraction <= 0.0, 0.0, at_end)

    return earned


def _smooth(path: Path) -> Floats:
    share = _share_of_time(path)
    return share * share * (3.0 - 2.0 * share)


def _smooth_inverse(path: Path, fraction: Floats) -> Floats:
    return 0.5 - np.sin(np.arcsin(1.0 - 2.0 * fraction) / 3.0)


def _growth_rate(path: Path) -> Floats:
    """ln(VT / V0); 0, which means a straight path, where a value is missing or not positive, or both are equal."""
    is_bent = (path.baseline > 0) & (path.target > 0) & above(np.abs(path.target - path.baseline), 0.0)
    start, end = np.where(is_bent, path.baseline, 1.0), np.where(is_bent, path.target, 1.0)
    return np.log1p((end - start) / start)


def _compound(path: Path) -> Floats:
    rate, share = _growth_rate(path), _share_of_time(path)
    bent = np.where(rate == 0, 1.0, rate)
    return np.where(rate == 0, share, np.expm1(bent * share) / np.expm1(bent))


def _compound_inverse(path: Path, fraction: Floats) -> Floats:
    rate = _growth_rate(path)
    bent = np.where(rate == 0, 1.0, rate)
    # A fraction of 1 on a path to almost nothing would leave no room for the logarithm.
    room = np.where(rate == 0, 0.0, np.minimum(fraction, 1.0 - EPSILON) * np.expm1(bent))
    return np.where(rate == 0, fraction, np.log1p(room) / bent)


_EXPECTED: dict[str, Callable[[Path], Floats]] = {
    LINEAR: _share_of_time,
    SCURVE: _smooth,
    CAGR: _compound,
    TABLE: lambda path: expected_on_table(path.points, path.elapsed_days, path.total_days),
    STEP: lambda path: expected_on_steps(path.points, path.elapsed_days, path.total_days),
}

_EARNED: dict[str, Callable[[Path, Floats], Floats]] = {
    LINEAR: _on_curve(lambda path, fraction: fraction),
    SCURVE: _on_curve(_smooth_inverse),
    CAGR: _on_curve(_compound_inverse),
    TABLE: lambda path, fraction: earned_on_table(path.points, fraction, path.elapsed_days, path.total_days),
}


def path_on(path: Path, row: Whole, elapsed_days: Floats) -> Path:
    """The paths of these rows, each looked at on its own day."""
    parts = replace(path, elapsed_days=elapsed_days, shape=path.shape[row], total_days=path.total_days[row])
    points = Points(path.points.day[row], path.points.fraction[row])
    return replace(parts, baseline=path.baseline[row], target=path.target[row], points=points)
