"""Scores of tasks, resolutions, blocks and the nation: a tree rolled up level by level from its leaves.

Source: docs/method.md, clause 2.9. One element per node of any number of trees; NaN is null.
"""

from dataclasses import dataclass

import numpy as np

from resolution_monitor.score.arrays import EPSILON, Flags, Floats, Texts, Whole, above, at_least, divide, sum_per_group
from resolution_monitor.score.limits import METHOD, Limits
from resolution_monitor.score.situation import Status

INSUFFICIENT = "INSUFFICIENT"
NOT_STARTED = Status.NOT_STARTED.value

LEAF_COLOURS = {
    Status.DONE: "GREEN",
    Status.DONE_LATE: "GREEN",
    Status.ON_TARGET: "GREEN",
    Status.GREEN: "GREEN",
    Status.AMBER: "AMBER",
    Status.RED: "RED",
    Status.OVERDUE: "RED",
    Status.NO_DATA: INSUFFICIENT,
    Status.UNRATED: INSUFFICIENT,
    Status.NOT_STARTED: NOT_STARTED,
}


@dataclass(frozen=True, slots=True)
class Tree:
    """
    Nodes of trees. A node without status is a parent, even if it has no child.

    Attributes:
        parent: Row number of the parent; -1 at a root.
        weight: Within its parent, in any unit.
        is_critical: Its parent cannot be green while it is not well.
        status: Of a leaf, a code of Status; "" of a parent.
        low, high: Points of a leaf; NaN where it is not rated.
        overdue_days: Of a leaf.
        limits: Thresholds in force.
    """

    parent: Whole
    weight: Floats
    is_critical: Flags
    status: Texts
    low: Floats
    high: Floats
    overdue_days: Floats
    limits: Limits = METHOD


@dataclass(frozen=True, slots=True)
class NodeScores:
    """
    What each node, leaves included, is worth.

    Attributes:
        nodata_share: The share of its weight that has no data or is not rated.
        colour: GREEN, AMBER, RED, INSUFFICIENT or NOT_STARTED.
        state: INSUFFICIENT where too much is without data, else the colour.
        is_overdue_critical: crit30: a critical leaf below is overdue by more than 30 days, through critical links.
    """

    low: Floats
    high: Floats
    nodata_share: Floats
    colour: Texts
    state: Texts
    is_overdue_critical: Flags


def roll_up(tree: Tree) -> NodeScores:
    """Every node from its children: the deepest parents first, so that no recursion is needed."""
    scores = _leaves(tree)
    depth = _depths(tree.parent)
    for level in range(int(depth.max(initial=0)), -1, -1):
        nodes = np.flatnonzero((depth == level) & (tree.status == ""))
        if len(nodes):
            children = np.flatnonzero((depth == level + 1) & (scores.colour != NOT_STARTED))
            _settle(tree, scores, nodes, children)
    return scores


def _depths(parent: Whole) -> Whole:
    """How many parents stand above each node."""
    depth = np.zeros(len(parent), dtype=np.int64)
    above_it = parent.copy()
    while (above_it >= 0).any():
        depth += above_it >= 0
        above_it = np.where(above_it >= 0, parent[above_it], -1)
    return depth


def _leaves(tree: Tree) -> NodeScores:
    names = [status.value for status in LEAF_COLOURS]
    held = [tree.status == name for name in names]
    colour = np.select(held, list(LEAF_COLOURS.values()), default=INSUFFICIENT).astype("<U16")
    is_rated = (tree.status != NOT_STARTED) & (tree.status != Status.UNRATED.value)
    return NodeScores(
        low=np.where(is_rated, tree.low, np.nan),
        high=np.where(is_rated, tree.high, np.nan),
        nodata_share=(colour == INSUFFICIENT).astype(np.float64),
        colour=colour,
        state=colour.copy(),
        is_overdue_critical=above(tree.overdue_days, tree.limits.critical_overdue_days),
    )


def _settle(tree: Tree, scores: NodeScores, nodes: Whole, children: Whole) -> None:
    """Write the nodes of one level into the scores; children that have not started are already left out."""
    place = np.full(len(tree.parent), -1)
    place[nodes] = np.arange(len(nodes))
    owner = place[tree.parent[children]]
    weight = tree.weight[children]
    count = np.bincount(owner, minlength=len(nodes))
    critical = tree.is_critical[children]
    is_ill = critical & np.isin(scores.state[children], ["RED", INSUFFICIENT])
    is_overdue = _any(owner, critical & scores.is_overdue_critical[children], len(nodes))
    low = _mean(owner, weight, scores.low[children], len(nodes))
    share = np.where(count == 0, 0.0, _mean(owner, weight, scores.nodata_share[children], len(nodes)))
    colour = _by_points(low, tree.limits)
    single = np.isin(owner, np.flatnonzero(count == 1))
    colour[owner[single]] = scores.colour[children[single]]
    is_doubted = _any(owner, is_ill, len(nodes)) | is_overdue
    colour = np.where((colour == "GREEN") & is_doubted, "AMBER", colour)
    colour = np.where(count == 0, NOT_STARTED, colour)
    scores.low[nodes] = low
    scores.high[nodes] = _mean(owner, weight, scores.high[children], len(nodes))
    scores.nodata_share[nodes] = share
    scores.colour[nodes] = colour
    scores.state[nodes] = np.where(above(share, tree.limits.nodata_share), INSUFFICIENT, colour)
    scores.is_overdue_critical[nodes] = is_overdue


def _by_points(low: Floats, limits: Limits) -> Texts:
    tests = [np.isnan(low), at_least(low, limits.parent_green_from), at_least(low, limits.parent_amber_from)]
    return np.select(tests, [INSUFFICIENT, "GREEN", "AMBER"], default="RED").astype("<U16")


def _mean(owner: Whole, weight: Floats, values: Floats, size: int) -> Floats:
    """Weighted mean per owner over the values that are there; null where their weights come to nothing."""
    known = ~np.isnan(values)
    sums = sum_per_group(owner, np.where(known, weight * values, 0.0), size)
    weights = sum_per_group(owner, np.where(known, weight, 0.0), size)
    return divide(sums, np.where(weights > EPSILON, weights, 0.0))


def _any(owner: Whole, held: Flags, size: int) -> Flags:
    return np.bincount(owner[held], minlength=size) > 0
