"""Two trees over the same leaves: nation, resolutions and tasks given to groups; blocks and bodies.

Source: docs/method.md, clause 2.9 and its trees. The nation is computed once, from the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas

from resolution_monitor.catalogue.entries import NATION_ID, Catalogue
from resolution_monitor.score.arrays import Floats, Whole, sum_per_group
from resolution_monitor.score.limits import Limits
from resolution_monitor.score.parents import NodeScores, Tree, roll_up
from resolution_monitor.score.resolution_frames import COUNT_COLUMNS, NodeKind

Node = tuple[str, str]
NO_PARENT = -1


@dataclass(frozen=True, slots=True)
class Planted:
    """
    Parents of one tree, each before its children, and the leaves below them.

    Attributes:
        nodes: node_kind and node_id.
        parent: Row number of each parent's own parent; -1 at a root.
        weight: Of each parent within its own.
        leaf_parent: Row number of the parent of each leaf.
    """

    nodes: list[Node]
    parent: Whole
    weight: Floats
    leaf_parent: Whole


def node_rows(catalogue: Catalogue, leaves: pandas.DataFrame, limits: Limits) -> pandas.DataFrame:
    """One row per node of both trees, with the columns of nodes that every node has."""
    trees = (_of_resolutions(catalogue, leaves), _of_bodies(catalogue, leaves))
    frames = [_rolled(tree, leaves, limits) for tree in trees]
    return pandas.concat(frames, ignore_index=True)


def _of_resolutions(catalogue: Catalogue, leaves: pandas.DataFrame) -> Planted:
    """Nation, resolutions of equal weight, tasks given to groups by their weight in the catalogue, leaves."""
    given = [task for task in catalogue.tasks.values() if task.lead is None]
    nation, codes = (NodeKind.NATION.value, NATION_ID), list(catalogue.resolutions)
    resolutions = [(NodeKind.RESOLUTION.value, code) for code in codes]
    nodes = [nation, *resolutions, *((NodeKind.TASK.value, task.task_id) for task in given)]
    row_of = {node: row for row, node in enumerate(nodes)}
    above = [row_of[(NodeKind.RESOLUTION.value, task.resolution)] for task in given]
    parents_of_leaves = [
        (NodeKind.TASK.value, task) if (NodeKind.TASK.value, task) in row_of else (NodeKind.RESOLUTION.value, code)
        for task, code in zip(leaves["parent_task"], leaves["resolution"], strict=True)
    ]
    return Planted(
        nodes=nodes,
        parent=np.array([NO_PARENT, *([0] * len(codes)), *above], dtype=np.int64),
        weight=np.array([1.0] * (1 + len(codes)) + [task.weight for task in given]),
        leaf_parent=np.array([row_of[parent] for parent in parents_of_leaves], dtype=np.int64),
    )


def _of_bodies(catalogue: Catalogue, leaves: pandas.DataFrame) -> Planted:
    """Blocks and their bodies; a body weighs what its leaves weigh together, so that a block is the mean of leaves."""
    blocks, bodies = list(catalogue.blocks), catalogue.reporting_bodies
    agencies = sorted(bodies)
    nodes = [*((NodeKind.BLOCK.value, block) for block in blocks), *((NodeKind.AGENCY.value, key) for key in agencies)]
    row_of = {node: row for row, node in enumerate(nodes)}
    above = [row_of[(NodeKind.BLOCK.value, str(bodies[key].block))] for key in agencies]
    leaf_parent = np.array([row_of[(NodeKind.AGENCY.value, key)] for key in leaves["agency_id"]], dtype=np.int64)
    weights = sum_per_group(leaf_parent, leaves["weight"].to_numpy(dtype=np.float64), len(nodes))
    return Planted(
        nodes=nodes,
        parent=np.array([*([NO_PARENT] * len(blocks)), *above], dtype=np.int64),
        weight=weights,
        leaf_parent=leaf_parent,
    )


def _rolled(planted: Planted, leaves: pandas.DataFrame, limits: Limits) -> pandas.DataFrame:
    size = len(planted.nodes)
    scores = roll_up(_tree(planted, leaves, limits))
    ids = [node_id for _, node_id in planted.nodes]
    rows: dict[str, Any] = {
        "node_kind": [kind for kind, _ in planted.nodes],
        "node_id": ids,
        "parent_id": [None if row == NO_PARENT else ids[row] for row in planted.parent],
        **_columns(scores, size),
        **_counted(planted, leaves),
    }
    return pandas.DataFrame(rows)


def _tree(planted: Planted, leaves: pandas.DataFrame, limits: Limits) -> Tree:
    """Parents first, then leaves. The catalogue names nothing as critical, so nothing is."""
    size, count = len(planted.nodes), len(leaves)
    nothing = np.full(size, np.nan)
    return Tree(
        parent=np.concatenate([planted.parent, planted.leaf_parent]),
        weight=np.concatenate([planted.weight, leaves["weight"].to_numpy(dtype=np.float64)]),
        is_critical=np.zeros(size + count, dtype=bool),
        status=np.concatenate([np.full(size, ""), leaves["status"].to_numpy(dtype=np.str_)]),
        low=np.concatenate([nothing, leaves["progress_low"].to_numpy(dtype=np.float64)]),
        high=np.concatenate([nothing, leaves["progress_high"].to_numpy(dtype=np.float64)]),
        overdue_days=np.concatenate([nothing, leaves["overdue_days"].to_numpy(dtype=np.float64)]),
        limits=limits,
    )


def _columns(scores: NodeScores, size: int) -> dict[str, np.ndarray]:
    return {
        "low": scores.low[:size],
        "high": scores.high[:size],
        "share_without_data": scores.nodata_share[:size],
        "colour": scores.colour[:size],
        "state": scores.state[:size],
        "crit30": scores.is_overdue_critical[:size],
    }


def _counted(planted: Planted, leaves: pandas.DataFrame) -> dict[str, Whole]:
    """How many leaves of which status stand below each node."""
    status = leaves["status"].to_numpy(dtype=np.str_)
    chosen = {"leaves_total": np.ones(len(leaves), dtype=bool), "due_assumed_count": _held(leaves["is_due_assumed"])}
    chosen |= {column: status == code.value for code, column in COUNT_COLUMNS.items()}
    return {name: _summed(planted.parent, planted.leaf_parent[held]) for name, held in chosen.items()}


def _held(flags: Sequence[bool] | pandas.Series) -> np.ndarray:
    return np.asarray(flags, dtype=bool)


def _summed(parent: Whole, leaf_parent: Whole) -> Whole:
    """Leaves below each node; parents stand before their children, so one walk from the end is enough."""
    counts = np.bincount(leaf_parent, minlength=len(parent)).astype(np.int64)
    for row in range(len(parent) - 1, -1, -1):
        if parent[row] != NO_PARENT:
            counts[parent[row]] += counts[row]
    return counts
