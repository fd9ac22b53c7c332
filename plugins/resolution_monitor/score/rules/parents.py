"""Scores of tasks, resolutions, blocks and the nation: trees rolled up level by level from their assignments.

Source: docs/method.md, clause 2.9. One element per node of any number of trees; NaN is null. A parent follows from the
sums over its children alone, and sums add up: so what did not change need not be looked at again.
"""

from dataclasses import dataclass, fields, replace
from typing import TypeVar

import numpy as np

from resolution_monitor.method.arrays import (
    EPSILON,
    Flags,
    Floats,
    Texts,
    Whole,
    above,
    at_least,
    divide,
    sum_per_group,
)
from resolution_monitor.method.limits import METHOD, Limits
from resolution_monitor.score.rules.situation import Status

INSUFFICIENT = "INSUFFICIENT"
NOT_STARTED = Status.NOT_STARTED.value
_COLOUR = "<U16"
Rows = TypeVar("Rows", "NodeScores", "Sums")
# Of Sums, what is added up with its weights.
WEIGHED = ("share_weight", "share", "low_weight", "low", "high_weight", "high")

ASSIGNMENT_COLOURS = {
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
    The parents of trees, with what their assignments come to; assignments are no nodes.

    Attributes:
        parent: Row number of the parent; -1 at a root.
        weight: Within its parent, in any unit.
        is_critical: Its parent cannot be green while it is not well.
        own: Of its own assignments; see sums_of.
        is_unowned: Nobody answers for it: it has no data, whatever it holds, and is not "not started".
        limits: Thresholds in force.
    """

    parent: Whole
    weight: Floats
    is_critical: Flags
    own: "Sums"
    is_unowned: Flags
    limits: Limits = METHOD


@dataclass(frozen=True, slots=True)
class NodeScores:
    """
    What each node or assignment is worth.

    Attributes:
        nodata_share: The share of its weight that has no data or is not rated.
        colour: GREEN, AMBER, RED, INSUFFICIENT or NOT_STARTED.
        state: INSUFFICIENT where too much is without data, else the colour.
        is_overdue_critical: crit30: a critical assignment below is overdue by more than 30 days (critical links).
    """

    low: Floats
    high: Floats
    nodata_share: Floats
    colour: Texts
    state: Texts
    is_overdue_critical: Flags

    def rows(self, chosen: Flags | Whole) -> "NodeScores":
        """The scores of the chosen nodes alone."""
        return NodeScores(*(getattr(self, part.name)[chosen] for part in fields(self)))


@dataclass(frozen=True, slots=True)
class Sums:
    """
    What the children of each node come to; those that have not started are left out. NaN never occurs.

    Attributes:
        count: How many children.
        share_weight, share: Sum of weights, and of weight times the share without data.
        low_weight, low: The same of LOW, over the children that have one.
        high_weight, high: The same of HIGH.
        colour: Of the only child; of several children that of any of them, "" of none.
        is_ill: A critical child is in state RED or INSUFFICIENT.
        is_overdue: A critical child has crit30.
    """

    count: Whole
    share_weight: Floats
    share: Floats
    low_weight: Floats
    low: Floats
    high_weight: Floats
    high: Floats
    colour: Texts
    is_ill: Flags
    is_overdue: Flags

    def rows(self, chosen: Flags | Whole) -> "Sums":
        """The sums of the chosen elements alone."""
        return Sums(*(getattr(self, part.name)[chosen] for part in fields(self)))


def roll_up(tree: Tree) -> NodeScores:
    """Every node from its assignments and children: the deepest first, so that no recursion is needed."""
    size = len(tree.parent)
    depth, scores = _depths(tree.parent), judge(tree.own, tree.limits)
    place = np.full(size, -1)
    for level in range(int(depth.max(initial=0)), -1, -1):
        nodes, children = np.flatnonzero(depth == level), np.flatnonzero(depth == level + 1)
        place[nodes] = np.arange(len(nodes))
        below = sums_of(
            place[tree.parent[children]],
            tree.weight[children],
            tree.is_critical[children],
            scores.rows(children),
            len(nodes),
        )
        both = joined(tree.own.rows(nodes), below)
        judged = judge(added(np.tile(np.arange(len(nodes)), 2), both, len(nodes)), tree.limits)
        judged = _without_data(judged, tree.is_unowned[nodes])
        for part in fields(NodeScores):
            getattr(scores, part.name)[nodes] = getattr(judged, part.name)
    return scores


def _without_data(scores: NodeScores, is_dark: Flags) -> NodeScores:
    """These nodes have no data: no child is not "not started"."""
    return replace(
        scores,
        nodata_share=np.where(is_dark, 1.0, scores.nodata_share),
        colour=np.where(is_dark, INSUFFICIENT, scores.colour),
        state=np.where(is_dark, INSUFFICIENT, scores.state),
    )


def _depths(parent: Whole) -> Whole:
    """How many parents stand above each node."""
    depth = np.zeros(len(parent), dtype=np.int64)
    above_it = parent.copy()
    while (above_it >= 0).any():
        depth += above_it >= 0
        above_it = np.where(above_it >= 0, parent[above_it], -1)
    return depth


def assignment_scores(
    status: Texts, low: Floats, high: Floats, overdue_days: Floats, *, limits: Limits = METHOD
) -> NodeScores:
    """What each assignment is worth to its parent."""
    names = [code.value for code in ASSIGNMENT_COLOURS]
    held = [status == name for name in names]
    colour = np.select(held, list(ASSIGNMENT_COLOURS.values()), default=INSUFFICIENT).astype(_COLOUR)
    is_rated = (status != NOT_STARTED) & (status != Status.UNRATED.value)
    return NodeScores(
        low=np.where(is_rated, low, np.nan),
        high=np.where(is_rated, high, np.nan),
        nodata_share=(colour == INSUFFICIENT).astype(np.float64),
        colour=colour,
        state=colour.copy(),
        is_overdue_critical=above(overdue_days, limits.critical_overdue_days),
    )


def sums_of(owner: Whole, weight: Floats, is_critical: Flags, children: NodeScores, size: int) -> Sums:
    """
    What children come to for each of `size` nodes.

    Args:
        owner: Row number of the node of each child.
        weight, is_critical: Of each child within its node.
    """
    started = np.flatnonzero(children.colour != NOT_STARTED)
    owner, weight, critical, children = owner[started], weight[started], is_critical[started], children.rows(started)
    is_ill = critical & np.isin(children.state, ["RED", INSUFFICIENT])
    colour = np.full(size, "", dtype=_COLOUR)
    colour[owner] = children.colour
    weighed = [_weighed(owner, weight, part, size) for part in (children.nodata_share, children.low, children.high)]
    return Sums(
        count=np.bincount(owner, minlength=size).astype(np.int64),
        colour=colour,
        is_ill=_any(owner, is_ill, size),
        is_overdue=_any(owner, critical & children.is_overdue_critical, size),
        **dict(zip(WEIGHED, (sums for pair in weighed for sums in pair), strict=True)),
    )


def added(owner: Whole, parts: Sums, size: int) -> Sums:
    """The sums of each of `size` nodes from partial ones, added in their order."""
    colour, held = np.full(size, "", dtype=_COLOUR), np.flatnonzero(parts.count)
    colour[owner[held]] = parts.colour[held]
    return Sums(
        count=sum_per_group(owner, parts.count.astype(np.float64), size).astype(np.int64),
        colour=colour,
        is_ill=_any(owner, parts.is_ill, size),
        is_overdue=_any(owner, parts.is_overdue, size),
        **{name: sum_per_group(owner, getattr(parts, name), size) for name in WEIGHED},
    )


def joined(first: Rows, second: Rows) -> Rows:
    """The elements of both, those of the first in front."""
    parts = (part.name for part in fields(first))
    return type(first)(*(np.concatenate([getattr(first, name), getattr(second, name)]) for name in parts))


def judge(sums: Sums, limits: Limits = METHOD) -> NodeScores:
    """Points, share without data, colour and state of each node."""
    low, share = _mean(sums.low, sums.low_weight), _mean(sums.share, sums.share_weight)
    share = np.where(sums.count == 0, 0.0, share)
    colour = np.where(sums.count == 1, sums.colour, _by_points(low, limits))
    colour = np.where((colour == "GREEN") & (sums.is_ill | sums.is_overdue), "AMBER", colour)
    colour = np.where(sums.count == 0, NOT_STARTED, colour).astype(_COLOUR)
    return NodeScores(
        low=low,
        high=_mean(sums.high, sums.high_weight),
        nodata_share=share,
        colour=colour,
        state=np.where(above(share, limits.nodata_share), INSUFFICIENT, colour).astype(_COLOUR),
        is_overdue_critical=sums.is_overdue,
    )


def _by_points(low: Floats, limits: Limits) -> Texts:
    tests = [np.isnan(low), at_least(low, limits.parent_green_from), at_least(low, limits.parent_amber_from)]
    return np.select(tests, [INSUFFICIENT, "GREEN", "AMBER"], default="RED").astype(_COLOUR)


def _weighed(owner: Whole, weight: Floats, values: Floats, size: int) -> tuple[Floats, Floats]:
    """Of each owner the sum of weights, and of weight times value, over the values that are there."""
    known = ~np.isnan(values)
    weights = sum_per_group(owner, np.where(known, weight, 0.0), size)
    return weights, sum_per_group(owner, np.where(known, weight * values, 0.0), size)


def _mean(sums: Floats, weights: Floats) -> Floats:
    """Null where the weights come to nothing."""
    return divide(sums, np.where(weights > EPSILON, weights, 0.0))


def _any(owner: Whole, held: Flags, size: int) -> Flags:
    return np.bincount(owner[held], minlength=size) > 0
