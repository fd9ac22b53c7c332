"""A path that grows by the same rate every year."""

import numpy as np

from resolution_monitor.method.arrays import EPSILON, Floats, above
from resolution_monitor.method.formula import Formula
from resolution_monitor.method.path import Path, share_of_time
from resolution_monitor.method.trajectory import Trajectory, on_curve, on_curve_formulas


def _growth_rate(path: Path) -> Floats:
    """ln(VT / V0); 0, which means a straight path, where a value is missing or not positive, or both are equal."""
    is_bent = (path.baseline > 0) & (path.target > 0) & above(np.abs(path.target - path.baseline), 0.0)
    start, end = np.where(is_bent, path.baseline, 1.0), np.where(is_bent, path.target, 1.0)
    return np.log1p((end - start) / start)


def _compound(path: Path) -> Floats:
    rate, share = _growth_rate(path), share_of_time(path)
    bent = np.where(rate == 0, 1.0, rate)
    return np.where(rate == 0, share, np.expm1(bent * share) / np.expm1(bent))


def _compound_inverse(path: Path, fraction: Floats) -> Floats:
    rate = _growth_rate(path)
    bent = np.where(rate == 0, 1.0, rate)
    # A fraction of 1 on a path to almost nothing would leave no room for the logarithm.
    room = np.where(rate == 0, 0.0, np.minimum(fraction, 1.0 - EPSILON) * np.expm1(bent))
    return np.where(rate == 0, fraction, np.log1p(room) / bent)


TRAJECTORY = Trajectory(
    name="cagr",
    takes_points=False,
    expected=_compound,
    earned=on_curve(_compound_inverse),
    lag=None,
    given={"bent": Formula('IF(OR(V0="",VT=""),0,IF(AND(V0>0,VT>0,ABS(VT-V0)>1E-9),1,0))')},
    expected_formula=lambda points: "IF(bent=1,(V0*(VT/V0)^u-V0)/(VT-V0),u)",
    earned_formulas=on_curve_formulas("IF(bent=1,N*LN((V0+w*(VT-V0))/V0)/LN(VT/V0),w*N)"),
    words={"bent": ("Lộ trình cong", "the path is bent")},
)
