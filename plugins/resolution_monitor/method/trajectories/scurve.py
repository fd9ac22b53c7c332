"""A path that starts and ends slowly."""

import numpy as np

from resolution_monitor.method.arrays import Floats
from resolution_monitor.method.path import Path, share_of_time
from resolution_monitor.method.trajectory import Trajectory, on_curve, on_curve_formulas


def _smooth(path: Path) -> Floats:
    share = share_of_time(path)
    return share * share * (3.0 - 2.0 * share)


def _smooth_inverse(path: Path, fraction: Floats) -> Floats:
    return 0.5 - np.sin(np.arcsin(1.0 - 2.0 * fraction) / 3.0)


TRAJECTORY = Trajectory(
    name="scurve",
    takes_points=False,
    expected=_smooth,
    earned=on_curve(_smooth_inverse),
    lag=None,
    given={},
    expected_formula=lambda points: "u*u*(3-2*u)",
    earned_formulas=on_curve_formulas("N*(0.5-SIN(ASIN(1-2*w)/3))"),
    words={},
)
