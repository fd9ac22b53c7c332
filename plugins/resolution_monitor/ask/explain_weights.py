"""What an assignment weighs in the means above it: its resolution's node, and each body that leads or helps it."""

from typing import Any

import numpy as np
import pandas

from resolution_monitor.ask.worked_month import Row
from resolution_monitor.score.month.bodies import shared_parents
from resolution_monitor.score.month.frames import NodeKind
from resolution_monitor.score.month.scores import Worked
from resolution_monitor.score.rules.situation import Status

_OUTSIDE = [Status.UNRATED.value, Status.NOT_STARTED.value]


def weights_of(worked: Worked, assignment: Row) -> dict[str, Any]:
    """node: its parent in the tree of resolutions; bodies: one entry for each that leads or helps it."""
    return {"node": _in_node(worked, assignment), "bodies": _in_bodies(worked, assignment)}


def _in_node(worked: Worked, assignment: Row) -> dict[str, Any]:
    """
    Its share of the mean of its parent: children without points take no part.

    Source: docs/method.md, clause 2.9.
    """
    node_id = assignment["parent_task"] or assignment["resolution"]
    kind = NodeKind.TASK if assignment["parent_task"] else NodeKind.RESOLUTION
    assignments, nodes = worked.scores.assignments, worked.scores.nodes
    above_it = assignments["parent_task"].where(assignments["parent_task"].notna(), assignments["resolution"])
    siblings = assignments[above_it == node_id]
    weights = siblings["weight"].where(siblings["progress_low"].notna() & ~siblings["status"].isin(_OUTSIDE), 0.0).sum()
    tasks = nodes[(nodes["node_kind"] == NodeKind.TASK.value) & (nodes["parent_id"] == node_id) & nodes["low"].notna()]
    total = float(weights + sum(worked.month.catalogue.tasks[key].weight for key in tasks["node_id"]))
    node = nodes[(nodes["node_kind"] == kind.value) & (nodes["node_id"] == node_id)].iloc[0]
    return _part(assignment["progress_low"], float(assignment["weight"]), total) | {
        "node_kind": kind.value,
        "node_id": node_id,
        "low": _number(node["low"]),
        "high": _number(node["high"]),
    }


def _in_bodies(worked: Worked, assignment: Row) -> list[dict[str, Any]]:
    """
    Its share of D and S of each body, weight times role; children of one parent share the parent's weight.

    Source: docs/method.md, clause 2.8.
    """
    made, assignments = worked.bodies, worked.scores.assignments
    is_it = (
        (assignments["item_id"] == assignment["item_id"]) & (assignments["agency_id"] == assignment["agency_id"])
    ).to_numpy()
    duties = made.duties
    role = np.where(duties.is_lead, 1.0, worked.month.limits.coordinating_weight)
    shares = made.scores.shares
    counted = shares.weight
    sharing = np.bincount(shares.whole[duties.is_rated], minlength=len(shares.agency))
    parents = shared_parents(worked.month.catalogue)
    totals = np.bincount(duties.agency, weights=counted, minlength=len(made.agencies))
    low = made.scores.low
    entries = []
    for place in np.flatnonzero(is_it[made.assignment]):
        agency = duties.agency[place]
        part = _part(
            assignment["progress_low"] if counted[place] else np.nan, float(counted[place]), float(totals[agency])
        )
        entries.append(
            part
            | {
                "agency_id": made.agencies[agency],
                "role": "lead" if duties.is_lead[place] else "coordinating",
                "assignment_weight": float(duties.weight[place]),
                "role_weight": float(role[place]),
                "shared_parent": parents.get(assignment["item_id"], (None, 0.0))[0],
                "shared_by": int(sharing[shares.whole[place]]),
                "D_low": _number(low.delivery[agency]),
                "S_low": _number(low.timeliness[agency]),
                "R": _number(made.reporting[agency]),
                "C_low": _number(low.composite[agency]),
                "C_high": _number(made.scores.high.composite[agency]),
            }
        )
    return entries


def _part(points: float, weight: float, total: float) -> dict[str, Any]:
    """Weight, all weights that count, the share, and what the assignment adds to the mean."""
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
