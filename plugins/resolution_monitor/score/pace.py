"""How much of what was expected by now is there: P0, and the points of timeliness before any special case.

Source: docs/method.md, clause 2.7. NaN is null.
"""

import numpy as np

from resolution_monitor.score.arrays import Floats

EXPECTED_FLOOR = 0.20
TIMELINESS_SCALE_DAYS = 90.0
TIMELINESS_SCALE_SHARE = 0.20


def pace_pct(fraction: Floats, expected: Floats) -> Floats:
    """P0: 100 where all that was expected is there; the divisor never falls below .20, so an early gap costs little."""
    shortfall = np.maximum(0.0, expected - fraction)
    return np.asarray(100.0 * np.clip(1.0 - shortfall / np.maximum(expected, EXPECTED_FLOOR), 0.0, 1.0))


def timeliness_pct(lag_days: Floats, elapsed_days: Floats) -> Floats:
    """S from a lag: 0 once the lag reaches 90 days or a fifth of the elapsed time, whichever is longer."""
    scale_days = np.maximum(TIMELINESS_SCALE_DAYS, TIMELINESS_SCALE_SHARE * elapsed_days)
    return np.asarray(100.0 * (1.0 - np.clip(lag_days / scale_days, 0.0, 1.0)))
