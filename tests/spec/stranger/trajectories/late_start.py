"""What a stranger writes: a path on which little is expected early, the square of the time."""

import numpy as np

from resolution_monitor.method.path import share_of_time
from resolution_monitor.method.trajectory import Trajectory, on_curve, on_curve_formulas

TRAJECTORY = Trajectory(
    name="late_start",
    takes_points=False,
    expected=lambda path: share_of_time(path) ** 2,
    earned=on_curve(lambda path, fraction: np.sqrt(fraction)),
    lag=None,
    given={},
    expected_formula=lambda points: "u^2",
    earned_formulas=on_curve_formulas("N*w^0.5"),
    words={},
)
