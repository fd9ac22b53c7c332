"""The lag of one resolution, assignment by assignment: which items and bodies it comes from.

Source: docs/method.md, clauses 2.5 and 2.9. The resolution's lag is the nested weighted mean of the lags below it.
"""

import numpy as np
import pandas

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.method.arrays import Floats, Whole
from resolution_monitor.score.rules.lag_parts import lag_parts, printed_parts, shares_of_root

LAG_COLUMNS = ("item_id", "agency_id", "status", "lag_days", "share_pct", "part_days")


def lag_of_resolution(catalogue: Catalogue, assignments: pandas.DataFrame, resolution: str) -> pandas.DataFrame:
    """
    Each assignment that has a lag with LAG_COLUMNS, the largest part first.

    `part_days` (Decimal, two places) add up to the resolution's rounded lag to the last digit; share_pct is the weight
    behind it. Left out is what has no lag: kept levels, unverified deadlines, no data at all.

    Args:
        assignments: ASSIGNMENT_COLUMNS.
    """
    own = assignments[assignments["resolution"] == resolution].reset_index(drop=True)
    parent, weight = _tree(catalogue, own)
    lag = own["lag_days"].to_numpy(dtype=np.float64)
    first = len(parent) - len(own)
    is_counted = np.concatenate([np.zeros(first, dtype=bool), ~np.isnan(lag)])
    share = shares_of_root(parent, weight, is_counted)[first:]
    told: pandas.DataFrame = own.assign(share_pct=share * 100.0, part=lag_parts(share, lag))[~np.isnan(lag)]
    parts = pandas.Series(printed_parts(told["part"].tolist()), index=told.index, dtype=object)
    printed = told.assign(part_days=parts)
    ordered = printed.sort_values(["part_days", "item_id", "agency_id"], ascending=[False, True, True])
    return ordered.reset_index(drop=True)[list(LAG_COLUMNS)]


def _tree(catalogue: Catalogue, own: pandas.DataFrame) -> tuple[Whole, Floats]:
    """The resolution, the tasks given to groups, then the assignments."""
    groups = sorted({task for task in own["parent_task"] if task is not None})
    row_of = {task: number + 1 for number, task in enumerate(groups)}
    above = [0 if task is None else row_of[task] for task in own["parent_task"]]
    weights = [1.0, *(catalogue.tasks[task].weight for task in groups), *own["weight"].tolist()]
    return np.array([-1, *([0] * len(groups)), *above], dtype=np.int64), np.array(weights, dtype=np.float64)
