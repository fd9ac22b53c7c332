"""What a leaf weighs in the means above it: in its resolution's node, and in each body that leads or helps it."""

from typing import Any

import numpy as np
import pandas

from resolution_monitor.ask.worked_month import Row
from resolution_monitor.score.month.frames import NodeKind
from resolution_monitor.score.month.scores import Worked
from resolution_monitor.score.rules.situation import Status

_OUTSIDE = [Status.UNRATED.value, Status.NOT_STARTED.value]


def weights_of(worked: Worked, leaf: Row) -> dict[str, Any]:
    """node: its parent in the tree of resolutions; bodies: one entry for each that leads or helps it."""
    return {"node": _in_node(worked, leaf), "bodies": _in_bodies(worked, leaf)}


def _in_node(worked: Worked, leaf: Row) -> dict[str, Any]:
    """
    Its share of the mean of its parent: children without points take no part.

    Source: docs/method.md, clause 2.9.
    """
    node_id = leaf["parent_task"] or leaf["resolution"]
    kind = NodeKind.TASK if leaf["parent_task"] else NodeKind.RESOLUTION
    leaves, nodes = worked.scores.leaves, worked.scores.nodes
    above_it = leaves["parent_task"].where(leaves["parent_task"].notna(), leaves["resolution"])
    siblings = leaves[above_it == node_id]
    weights = siblings["weight"].where(siblings["progress_low"].notna() & ~siblings["status"].isin(_OUTSIDE), 0.0).sum()
    tasks = nodes[(nodes["node_kind"] == NodeKind.TASK.value) & (nodes["parent_id"] == node_id) & nodes["low"].notna()]
    total = float(weights + sum(worked.month.catalogue.tasks[key].weight for key in tasks["node_id"]))
    node = nodes[(nodes["node_kind"] == kind.value) & (nodes["node_id"] == node_id)].iloc[0]
    return _part(leaf["progress_low"], float(leaf["weight"]), total) | {
        "node_kind": kind.value,
        "node_id": node_id,
        "low": _number(node["low"]),
        "high": _number(node["high"]),
    }


def _in_bodies(worked: Worked, leaf: Row) -> list[dict[str, Any]]:
    """
    Its share of D and S of each body, weight times role.

    Source: docs/method.md, clause 2.8.
    """
    made, leaves = worked.bodies, worked.scores.leaves
    is_it = ((leaves["item_id"] == leaf["item_id"]) & (leaves["agency_id"] == leaf["agency_id"])).to_numpy()
    assignments = made.assignments
    role = np.where(assignments.is_lead, 1.0, worked.month.limits.coordinating_weight)
    counted = np.where(np.isin(assignments.status, _OUTSIDE), 0.0, assignments.weight * role)
    totals = np.bincount(assignments.agency, weights=counted, minlength=len(made.agencies))
    low = made.scores.low
    entries = []
    for place in np.flatnonzero(is_it[made.leaf]):
        agency = assignments.agency[place]
        part = _part(leaf["progress_low"] if counted[place] else np.nan, float(counted[place]), float(totals[agency]))
        entries.append(
            part
            | {
                "agency_id": made.agencies[agency],
                "role": "lead" if assignments.is_lead[place] else "coordinating",
                "leaf_weight": float(assignments.weight[place]),
                "role_weight": float(role[place]),
                "D_low": _number(low.delivery[agency]),
                "S_low": _number(low.timeliness[agency]),
                "R": _number(made.reporting[agency]),
                "C_low": _number(low.composite[agency]),
                "C_high": _number(made.scores.high.composite[agency]),
            }
        )
    return entries


def _part(points: float, weight: float, total: float) -> dict[str, Any]:
    """Weight, all weights that count, the share, and what the leaf adds to the mean."""
    is_counted = not pandas.isna(points) and total > 0
    share = weight / total if is_counted else None
    return {
        "weight": weight,
        "weights_total": total,
        "share": share,
        "adds": None if share is None else share * points,
    }


def _number(value: float) -> float | None:
    return None if pandas.isna(value) else float(value)
