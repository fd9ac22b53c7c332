"""What should be attained by a day, and how many days the attained fraction lies behind or ahead.

Source: docs/method.md, clauses 2.4 and 2.5. Each row by the record of its shape. NaN is null.
"""

from dataclasses import replace

import numpy as np

from resolution_monitor.method.arrays import Flags, Floats, Texts, Whole
from resolution_monitor.method.path import Path, Points, within_unit
from resolution_monitor.method.registry import trajectories
from resolution_monitor.method.trajectory import Trajectory


def expected_fraction(path: Path) -> Floats:
    """
    E: 0 until the start, 1 from the deadline on; on a step path from the day after it.

    Source: docs/method.md, clause 2.4.
    """
    result = np.full(len(path.shape), np.nan)
    for shape, chosen in _shapes(path):
        result[chosen] = shape.expected(path.rows(chosen))
    return result


def lag_days(path: Path, fraction: Floats) -> Floats:
    """
    Days behind (+) or ahead (-) of open rows of class lag: null without a fraction, 0 until the start.

    An unfinished row past its deadline goes on falling behind, because the day its fraction was expected does not
    move; the whole is expected on every day from the deadline on, and of these the one nearest to today counts.

    Source: docs/method.md, clause 2.5.
    """
    lag, within = path.elapsed_days - earned_day(path, fraction), within_unit(fraction)
    for shape, chosen in _shapes(path):
        if shape.lag is not None:
            lag[chosen] = shape.lag(path.rows(chosen), within[chosen])
    return np.where(np.isnan(fraction), np.nan, np.where(path.elapsed_days <= 0, 0.0, lag))


def earned_day(path: Path, fraction: Floats) -> Floats:
    """
    ES: the day on which this fraction was expected; of several the nearest to today. Null on step paths.

    Source: docs/method.md, clause 2.5.
    """
    within = within_unit(fraction)
    day = np.full(len(path.shape), np.nan)
    for shape, chosen in _shapes(path):
        if shape.earned is not None:
            day[chosen] = shape.earned(path.rows(chosen), within[chosen])
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


def path_on(path: Path, row: Whole, elapsed_days: Floats) -> Path:
    """The paths of these rows, each looked at on its own day."""
    parts = replace(path, elapsed_days=elapsed_days, shape=path.shape[row], total_days=path.total_days[row])
    points = Points(path.points.day[row], path.points.fraction[row])
    return replace(parts, baseline=path.baseline[row], target=path.target[row], points=points)


def is_stepwise(shapes: Texts) -> Flags:
    """Of which paths fractions come in steps: there is no earned day, and the colour follows the days behind."""
    return np.isin(shapes, [name for name, shape in trajectories().items() if shape.is_stepwise])


def takes_points(shapes: Texts) -> Flags:
    """Which paths run through their dated targets by themselves."""
    return np.isin(shapes, [name for name, shape in trajectories().items() if shape.takes_points])


def _shapes(path: Path) -> list[tuple[Trajectory, Flags]]:
    """The records of the paths and which rows are theirs; a row without a path has none."""
    return [(trajectories()[str(name)], path.shape == name) for name in np.unique(path.shape) if name]
