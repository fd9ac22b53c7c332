"""A path that runs straight from dated target to dated target; its fractions rise."""

import numpy as np

from resolution_monitor.method.arrays import EPSILON, Floats, at_most
from resolution_monitor.method.formula import Formula
from resolution_monitor.method.path import Points
from resolution_monitor.method.trajectory import LAG_BEHIND, Trajectory, point_names


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


def _segments(points: Points) -> list[tuple[Floats, Floats, Floats, Floats]]:
    """First day, last day, fraction at both, of each stretch from (t0, 0) on."""
    start = np.zeros((len(points.day), 1))
    day = np.concatenate([start, points.day], axis=1)
    fraction = np.concatenate([start, points.fraction], axis=1)
    ends = range(points.day.shape[1])
    return [(day[:, end], day[:, end + 1], fraction[:, end], fraction[:, end + 1]) for end in ends]


def _earned_formulas(points: int) -> dict[str, Formula]:
    return {
        "ES_first": Formula(_first_day(points), ("w", "N")),
        "ES_last": Formula(_last_day(points), ("w", "N")),
        "ES": Formula("MAX(ES_first,MIN(ES_last,el))", ("ES_first",)),
        **LAG_BEHIND,
    }


def _on_table(points: int) -> str:
    text = "1"
    for number in range(points + 1, 0, -1):
        (first, low), (last, high) = point_names(number - 1, points), point_names(number, points)
        text = f"IF(el<{last},{low}+(el-{first})/({last}-{first})*({high}-{low}),{text})"
    return f"IF(el<=0,0,{text})"


def _crossing(number: int, points: int) -> str:
    (first, low), (last, high) = point_names(number - 1, points), point_names(number, points)
    return f"{first}+(w-{low})/({high}-{low})*({last}-{first})"


def _first_day(points: int) -> str:
    text = _crossing(points + 1, points)
    for number in range(points, 0, -1):
        text = f"IF(w<=f_{number}+1E-9,{_crossing(number, points)},{text})"
    return f"IF(w<=0,0,{text})"


def _last_day(points: int) -> str:
    text = _crossing(1, points)
    for number in range(1, points + 1):
        text = f"IF(w>=f_{number}-1E-9,{_crossing(number + 1, points)},{text})"
    return f"IF(w>=1,MAX(N,el),{text})"


TRAJECTORY = Trajectory(
    name="table",
    takes_points=True,
    expected=lambda path: expected_on_table(path.points, path.elapsed_days, path.total_days),
    earned=lambda path, fraction: earned_on_table(path.points, fraction, path.elapsed_days, path.total_days),
    lag=None,
    given={},
    expected_formula=_on_table,
    earned_formulas=_earned_formulas,
    words={
        "ES_first": ("Ngày sớm nhất ứng với tỷ lệ đạt", "first day on which this was expected"),
        "ES_last": ("Ngày muộn nhất ứng với tỷ lệ đạt", "last day on which this was expected"),
    },
)
