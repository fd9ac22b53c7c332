"""A straight path."""

from resolution_monitor.method.path import share_of_time
from resolution_monitor.method.trajectory import Trajectory, on_curve, on_curve_formulas

TRAJECTORY = Trajectory(
    name="linear",
    takes_points=False,
    expected=share_of_time,
    earned=on_curve(lambda path, fraction: fraction),
    lag=None,
    given={},
    expected_formula=lambda points: "u",
    earned_formulas=on_curve_formulas("w*N"),
    words={},
)
