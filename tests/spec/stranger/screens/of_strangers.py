"""What a stranger writes: a screen of a figure that moved by many points in one period."""

import numpy as np

from resolution_monitor.method.arrays import Floats, above
from resolution_monitor.score.screens.screen import SERIES, ScreenRule
from resolution_monitor.score.screens.screened import Screened


def great_step(fractions: Floats, *, rate: float, points: float = 30.0) -> Screened:
    """The newest period moved the attained fraction by more than so many points."""
    step = np.abs(fractions[:, -1] - fractions[:, -2]) * 100.0
    return Screened.of(~np.isnan(step), above(step, points), step, rate)


SCREENS = (
    ScreenRule(
        name="great_step",
        rule=great_step,
        look=lambda month, limits: great_step(month.series.fractions, **limits),
        about=SERIES,
    ),
)
