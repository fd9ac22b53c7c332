"""How much of what was expected by now is there: P0, and the points of timeliness before any special case.

Source: docs/method.md, clause 2.7. NaN is null.
"""

import numpy as np

from resolution_monitor.method.arrays import Floats
from resolution_monitor.method.limits import METHOD, Limits


def pace_pct(fraction: Floats, expected: Floats, limits: Limits = METHOD) -> Floats:
    """P0: 100 where all that was expected is there; the divisor never falls below .20, so an early gap costs little."""
    shortfall = np.maximum(0.0, expected - fraction)
    return np.asarray(100.0 * np.clip(1.0 - shortfall / np.maximum(expected, limits.expected_floor), 0.0, 1.0))


def timeliness_pct(lag_days: Floats, elapsed_days: Floats, limits: Limits = METHOD) -> Floats:
    """S from a lag: 0 once the lag reaches 90 days or a fifth of the elapsed time, whichever is longer."""
    scale_days = np.maximum(limits.timeliness_scale_days, limits.timeliness_scale_share * elapsed_days)
    return np.asarray(100.0 * (1.0 - np.clip(lag_days / scale_days, 0.0, 1.0)))
