"""A path that rises in steps, each on the day after its dated target."""

import numpy as np

from resolution_monitor.method.arrays import Floats, above, at_most
from resolution_monitor.method.formula import Formula
from resolution_monitor.method.path import Points
from resolution_monitor.method.trajectory import Trajectory, point_names


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


def _on_steps(points: int) -> str:
    text = "0"
    for number in range(1, points + 2):
        day, fraction = point_names(number, points)
        text = f"IF({day}<el,{fraction},{text})"
    return text


def _lag_on_steps(points: int) -> str:
    """The oldest due step above what is attained; else the latest coming step that is reached; else 0."""
    ahead = "0"
    for number in range(1, points + 2):
        day, fraction = point_names(number, points)
        ahead = f"IF(AND({day}>el,{fraction}<=w+1E-9),el-{day},{ahead})"
    text = ahead
    for number in range(points + 1, 0, -1):
        day, fraction = point_names(number, points)
        text = f"IF(AND({day}<el,{fraction}>w+1E-9),el-{day},{text})"
    return f"IF(el<=0,0,{text})"


TRAJECTORY = Trajectory(
    name="step",
    takes_points=True,
    expected=lambda path: expected_on_steps(path.points, path.elapsed_days, path.total_days),
    earned=None,
    lag=lambda path, fraction: lag_on_steps(path.points, fraction, path.elapsed_days, path.total_days),
    given={},
    expected_formula=_on_steps,
    earned_formulas=lambda points: {"lag_open": Formula(_lag_on_steps(points), ("w", "N"))},
    words={},
)
