"""Two trees over the same assignments: nation, resolutions and tasks given to groups; blocks and bodies.

Source: docs/method.md, clause 2.9 and its trees. The nation is computed once, from the first.
"""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pandas

from resolution_monitor.catalogue.entries import NATION_ID, Catalogue, Task
from resolution_monitor.catalogue.owners import tasks_without_owner
from resolution_monitor.method.arrays import Floats, Whole, sum_per_group
from resolution_monitor.method.limits import Limits
from resolution_monitor.score.month.bundles import sums_in
from resolution_monitor.score.month.frames import COUNT_COLUMNS, NodeKind
from resolution_monitor.score.rules.parents import INSUFFICIENT, NodeScores, Sums, added, judge, sums_of

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
    weight = np.array([task.weight for task in given], dtype=np.float64)
    is_task = (bundles["node_kind"] == NodeKind.TASK.value).to_numpy(dtype=bool)
    of_task, of_code = bundles[is_task], bundles[~is_task]
    task_place, code_place = _places(of_task["node_id"], names), _places(of_code["node_id"], codes)
    tasks = _with_unowned(given, judge(added(task_place, sums_in(of_task), len(names)), limits), catalogue)
    above = _places(pandas.Series([task.resolution for task in given], dtype=object), codes)
    own = _joined(sums_in(of_code), _children(above, weight, tasks, len(codes)))
    resolutions = judge(added(np.concatenate([code_place, np.arange(len(codes))]), own, len(codes)), limits)
    nation = judge(_children(np.zeros(len(codes), dtype=np.int64), np.ones(len(codes)), resolutions, 1), limits)
    task_counts, code_counts = _counts(of_task, task_place, len(names)), _counts(of_code, code_place, len(codes))
    code_counts = code_counts + _added_counts(task_counts, above, len(codes))
    return [
        _rows(NodeKind.NATION, [NATION_ID], [None], nation, code_counts.sum(axis=0, keepdims=True)),
        _rows(NodeKind.RESOLUTION, codes, [NATION_ID] * len(codes), resolutions, code_counts),
        _rows(NodeKind.TASK, names, [task.resolution for task in given], tasks, task_counts),
    ]


def _with_unowned(given: Sequence[Task], scores: NodeScores, catalogue: Catalogue) -> NodeScores:
    """
    Tasks that nobody answers for have no data: no child is not "not started".

    Source: docs/method.md, trees.
    """
    unowned = {task.task_id for task in tasks_without_owner(catalogue)}
    is_dark = np.array([task.task_id in unowned for task in given], dtype=bool)
    dark = np.where(is_dark, INSUFFICIENT, scores.colour)
    return replace(
        scores,
        nodata_share=np.where(is_dark, 1.0, scores.nodata_share),
        colour=dark,
        state=np.where(is_dark, INSUFFICIENT, scores.state),
    )


def _of_bodies(catalogue: Catalogue, bundles: pandas.DataFrame, limits: Limits) -> list[pandas.DataFrame]:
    """Blocks and their bodies; a body weighs what its assignments do, so that a block is the mean of assignments."""
    blocks, bodies = sorted(catalogue.blocks), catalogue.reporting_bodies
    keys = sorted(bodies)
    place = _places(bundles["agency_id"], keys)
    sums, weights = _shared(catalogue, bundles)
    agencies = judge(added(place, sums, len(keys)), limits)
    named = [str(bodies[key].block) for key in keys]
    above = _places(pandas.Series(named, dtype=object), blocks)
    weight = sum_per_group(place, weights, len(keys))
    counts = _counts(bundles, place, len(keys))
    return [
        _rows(
            NodeKind.BLOCK,
            blocks,
            [None] * len(blocks),
            judge(_children(above, weight, agencies, len(blocks)), limits),
            _added_counts(counts, above, len(blocks)),
        ),
        _rows(NodeKind.AGENCY, keys, named, agencies, counts),
    ]


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


def _children(owner: Whole, weight: Floats, children: NodeScores, size: int) -> Sums:
    """Sums over nodes, none of which is critical."""
    return sums_of(owner, weight, np.zeros(len(owner), dtype=bool), children, size)


def _joined(first: Sums, second: Sums) -> Sums:
    return Sums(*(np.concatenate([getattr(first, part.name), getattr(second, part.name)]) for part in fields(Sums)))


def _counts(bundles: pandas.DataFrame, place: Whole, size: int) -> Whole:
    """One line per node, one column each of COUNTED."""
    return _added_counts(bundles[list(COUNTED)].to_numpy(dtype=np.int64), place, size)


def _added_counts(counts: Whole, place: Whole, size: int) -> Whole:
    total = np.zeros((size, len(COUNTED)), dtype=np.int64)
    np.add.at(total, place, counts)
    return total


def _rows(
    kind: NodeKind, ids: Sequence[str], above: Sequence[str | None], scores: NodeScores, counts: Whole
) -> pandas.DataFrame:
    rows: dict[str, Any] = {
        "node_kind": pandas.Series([kind.value] * len(ids), dtype=object),
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
