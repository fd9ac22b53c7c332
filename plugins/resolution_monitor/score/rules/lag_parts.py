"""Which items and bodies make up the lag of a resolution: parts that add up to it exactly.

Source: docs/method.md, clauses 2.5 and 2.9: weights are normalised within each parent over children with a lag.
"""

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from resolution_monitor import wording
from resolution_monitor.method.arrays import Floats, Whole, divide, sum_per_group

_CENT = Decimal("0.01")


def shares_of_root(parent: Whole, weight: Floats, is_counted: np.ndarray) -> Floats:
    """
    What part of its root each node is; 0 where nothing below it counts.

    Args:
        parent: Row number of each node's parent, -1 at a root; a parent stands before its children.
        weight: Within its parent, in any unit.
        is_counted: Of assignments: it has a lag. Parents count where an assignment below them does.
    """
    counts = is_counted.copy()
    for row in range(len(parent) - 1, -1, -1):
        if parent[row] >= 0:
            counts[parent[row]] |= counts[row]
    has_parent = parent >= 0
    used = np.where(counts & has_parent, weight, 0.0)
    sums = sum_per_group(np.where(has_parent, parent, 0), np.where(has_parent, used, 0.0), len(parent))
    share = np.where(has_parent, np.nan_to_num(divide(used, sums[parent])), counts.astype(np.float64))
    for row in np.flatnonzero(has_parent).tolist():
        share[row] *= share[parent[row]]
    return share


def lag_parts(share: Floats, lag_days: Floats) -> Floats:
    """The days each assignment brings to its root's lag, behind (+) or ahead (-), 0 without one; their sum is it."""
    return np.where(np.isnan(lag_days), 0.0, share * np.where(np.isnan(lag_days), 0.0, lag_days))


def printed_parts(parts: Sequence[float]) -> list[Decimal]:
    """
    The parts with two decimals, adding up to their rounded sum to the last digit.

    Each is rounded down, then the cents that are missing go where most was cut off.
    """
    exact = [Decimal(repr(float(part))) for part in parts]
    whole = wording.rounded(sum(exact, Decimal(0)), 2)
    floors = [(part // _CENT - (part < 0 and part % _CENT != 0)) * _CENT for part in exact]
    missing = int((whole - sum(floors, Decimal(0))) / _CENT)
    order = sorted(range(len(exact)), key=lambda number: (floors[number] - exact[number], number))
    chosen = set(order[:missing])
    return [floor + (_CENT if number in chosen else 0) for number, floor in enumerate(floors)]
