"""Two trees over the same assignments: nation, resolutions and tasks given to groups; blocks and bodies.

Source: docs/method.md, clause 2.9 and its trees. The nation is computed once, from the first.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas

from resolution_monitor.catalogue.entries import NATION_ID, Catalogue
from resolution_monitor.catalogue.owners import tasks_without_owner
from resolution_monitor.method.arrays import Floats, Whole, sum_per_group
from resolution_monitor.method.limits import Limits
from resolution_monitor.score.month.bundles import sums_in
from resolution_monitor.score.month.frames import COUNT_COLUMNS, NodeKind
from resolution_monitor.score.rules.parents import NodeScores, Sums, Tree, added, roll_up

COUNTED = ("assignments_total", "due_assumed_count", *COUNT_COLUMNS.values())


def node_rows(catalogue: Catalogue, bundles: pandas.DataFrame, limits: Limits) -> pandas.DataFrame:
    """One row per node of both trees, with the columns of nodes that every node has."""
    return pandas.concat(
        [*_of_resolutions(catalogue, bundles, limits), *_of_bodies(catalogue, bundles, limits)], ignore_index=True
    )


def _of_resolutions(catalogue: Catalogue, bundles: pandas.DataFrame, limits: Limits) -> list[pandas.DataFrame]:
    """Nation, resolutions of equal weight, tasks given to groups by their weight in the catalogue, assignments."""
    given = sorted((task for task in catalogue.tasks.values() if task.lead is None), key=lambda task: task.task_id)
    codes, names = sorted(catalogue.resolutions), [task.task_id for task in given]
    above = _places(pandas.Series([task.resolution for task in given], dtype=object), codes)
    place, size = _places(bundles["node_id"], [NATION_ID, *codes, *names]), 1 + len(codes) + len(names)
    unowned = {task.task_id for task in tasks_without_owner(catalogue)}
    tree = Tree(
        parent=np.concatenate([[-1], np.zeros(len(codes), dtype=np.int64), above + 1]),
        weight=np.array([*[1.0] * (1 + len(codes)), *(task.weight for task in given)], dtype=np.float64),
        is_critical=np.zeros(size, dtype=bool),
        own=added(place, sums_in(bundles), size),
        is_unowned=np.array([key in unowned for key in (NATION_ID, *codes, *names)], dtype=bool),
        limits=limits,
    )
    counts = _with_children(_counts(bundles, place, size), tree.parent)
    kinds = [NodeKind.NATION, *[NodeKind.RESOLUTION] * len(codes), *[NodeKind.TASK] * len(names)]
    parents = [None, *[NATION_ID] * len(codes), *(task.resolution for task in given)]
    return [_rows(kinds, [NATION_ID, *codes, *names], parents, roll_up(tree), counts)]


def _of_bodies(catalogue: Catalogue, bundles: pandas.DataFrame, limits: Limits) -> list[pandas.DataFrame]:
    """
    Blocks and their bodies; a body weighs what its assignments do, so that a block is the mean of assignments.

    What is led by a body that does not exist yet, or does not report, counts for its resolution and for nobody here.
    """
    blocks, bodies = sorted(catalogue.blocks), catalogue.reporting_bodies
    keys = sorted(bodies)
    bundles = bundles[bundles["agency_id"].isin(bodies)]
    named = [str(bodies[key].block) for key in keys]
    above = _places(pandas.Series(named, dtype=object), blocks)
    place, size = _places(bundles["agency_id"], keys) + len(blocks), len(blocks) + len(keys)
    sums, weights = _shared(catalogue, bundles)
    tree = Tree(
        parent=np.concatenate([np.full(len(blocks), -1), above]),
        weight=sum_per_group(place, weights, size),
        is_critical=np.zeros(size, dtype=bool),
        own=added(place, sums, size),
        is_unowned=np.zeros(size, dtype=bool),
        limits=limits,
    )
    counts = _with_children(_counts(bundles, place, size), tree.parent)
    kinds = [*[NodeKind.BLOCK] * len(blocks), *[NodeKind.AGENCY] * len(keys)]
    return [_rows(kinds, [*blocks, *keys], [*[None] * len(blocks), *named], roll_up(tree), counts)]


def _shared(catalogue: Catalogue, bundles: pandas.DataFrame) -> tuple[Sums, Floats]:
    """
    The sums of each body and parent, and what they weigh: children of one task that a body leads weigh as the task.

    Source: docs/method.md, clause 2.8: splitting a task changes nothing.
    """
    sums, own = sums_in(bundles), bundles["weight"].to_numpy(dtype=np.float64)
    whole = np.array([catalogue.tasks[key].weight if key in catalogue.tasks else np.nan for key in bundles["node_id"]])
    parts: dict[str, Any] = {}
    for name in ("share", "low", "high"):
        held, weight = getattr(sums, name), getattr(sums, f"{name}_weight")
        factor = np.where(np.isnan(whole) | (weight == 0), 1.0, whole / np.where(weight == 0, 1.0, weight))
        parts |= {name: held * factor, f"{name}_weight": weight * factor}
    return replace(sums, **parts), np.where(np.isnan(whole), own, whole)


def _places(ids: pandas.Series, known: Sequence[str]) -> Whole:
    """The place of each id among the known."""
    place = {key: number for number, key in enumerate(known)}
    codes, names = pandas.factorize(ids)
    return np.array([place[name] for name in names], dtype=np.int64)[codes]


def _counts(bundles: pandas.DataFrame, place: Whole, size: int) -> Whole:
    """One line per node, one column each of COUNTED."""
    return _added_counts(bundles[list(COUNTED)].to_numpy(dtype=np.int64), place, size)


def _with_children(counts: Whole, parent: Whole) -> Whole:
    """Of each node what it holds and what its children hold; parents stand before their children."""
    whole = counts.copy()
    for row in range(len(parent) - 1, -1, -1):
        if parent[row] >= 0:
            whole[parent[row]] += whole[row]
    return whole


def _added_counts(counts: Whole, place: Whole, size: int) -> Whole:
    total = np.zeros((size, len(COUNTED)), dtype=np.int64)
    np.add.at(total, place, counts)
    return total


def _rows(
    kinds: Sequence[NodeKind], ids: Sequence[str], above: Sequence[str | None], scores: NodeScores, counts: Whole
) -> pandas.DataFrame:
    rows: dict[str, Any] = {
        "node_kind": pandas.Series([kind.value for kind in kinds], dtype=object),
        "node_id": pandas.Series(list(ids), dtype=object),
        "parent_id": pandas.Series(list(above), dtype=object),
        "low": scores.low,
        "high": scores.high,
        "share_without_data": scores.nodata_share,
        "colour": scores.colour.astype(object),
        "state": scores.state.astype(object),
        "crit30": scores.is_overdue_critical,
        **{name: counts[:, number] for number, name in enumerate(COUNTED)},
    }
    return pandas.DataFrame(rows)
