"""The record of a shape of paths: what is expected by a day, the day something was expected, and both as formulas.

Source: docs/method.md, clauses 2.4 and 2.5.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from resolution_monitor.method.arrays import Floats
from resolution_monitor.method.formula import Formula, Words
from resolution_monitor.method.path import Path

# From a path and a fraction between 0 and 1 to days.
Days = Callable[[Path, Floats], Floats]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trajectory:
    """
    All that is said of one shape; what does not apply is written as None or False.

    Attributes:
        name: As the catalogue and worked cases write it; the name of its module.
        takes_points: It runs through the dated targets before the last.
        expected: E_path on the day that the path is looked at.
        earned: ES, the day on which a fraction was expected, the nearest to the day looked at; None where fractions
            come in steps: there is no such day, nothing to forecast by, and the colour follows the days behind.
        lag: Of steps, the days behind (+) or ahead (-) while open; None where they follow from `earned`.
        given: Formulas that E_path needs beside days and values.
        expected_formula: E_path of el, N, u and as many points.
        earned_formulas: ES of w, el, N and as many points, with what it needs; of steps lag_open.
        words: Of names that no other shape uses.
    """

    name: str
    takes_points: bool
    expected: Callable[[Path], Floats]
    earned: Days | None
    lag: Days | None
    given: Mapping[str, Formula]
    expected_formula: Callable[[int], str]
    earned_formulas: Callable[[int], dict[str, Formula]]
    words: Words

    @property
    def is_stepwise(self) -> bool:
        return self.earned is None


def on_curve(inverse: Days) -> Days:
    """The earned day on a path whose fraction rises every day; `inverse` gives the share of the time."""

    def earned(path: Path, fraction: Floats) -> Floats:
        day = inverse(path, fraction) * path.total_days
        at_end = np.where(fraction >= 1.0, np.maximum(path.total_days, path.elapsed_days), day)
        return np.where(fraction <= 0.0, 0.0, at_end)

    return earned


def on_curve_formulas(inverse: str) -> Callable[[int], dict[str, Formula]]:
    """`on_curve` as a formula; `inverse` gives days."""
    return lambda points: {"ES": Formula(f"IF(w>=1,MAX(N,el),IF(w<=0,0,{inverse}))", ("w", "N")), **LAG_BEHIND}


def point_names(number: int, points: int) -> tuple[str, str]:
    """Day and fraction of a point; before the first stands the start, after the last the deadline."""
    if number == 0:
        return "0", "0"
    return (f"x_{number}", f"f_{number}") if number <= points else ("N", "1")


# The lag that follows from the earned day.
LAG_BEHIND = {"lag_open": Formula('IF(nolag=1,"",IF(el<=0,0,el-ES))', ("ES",))}
