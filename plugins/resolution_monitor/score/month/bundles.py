"""Assignments added up by body and parent: what the trees above need of them, and what is kept for the next run.

Source: docs/method.md, clause 2.9 and its trees. The sums of a body stay what they are while none of its assignments
changes, so a run that scores a few bodies anew adds up the same numbers in the same order as one that scores everybody.
"""

from collections.abc import Collection, Sequence

import numpy as np
import pandas

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.method.arrays import Whole, sum_per_group
from resolution_monitor.method.limits import METHOD, Limits
from resolution_monitor.score.month.frames import BUNDLE_COLUMNS, COUNT_COLUMNS, SUM_COLUMNS, NodeKind
from resolution_monitor.score.rules.parents import Sums, assignment_scores, sums_of

BUNDLE_KEY = ["agency_id", "node_kind", "node_id"]


def bundles_of(catalogue: Catalogue, assignments: pandas.DataFrame, limits: Limits = METHOD) -> pandas.DataFrame:
    """BUNDLE_COLUMNS, one row per body and parent of its assignments, by BUNDLE_KEY; these come in their own order."""
    parents = _parents(catalogue)
    agency, agencies = pandas.factorize(assignments["agency_id"], sort=True)
    key = agency * len(parents) + _parent_of(assignments, parents)
    keys, owner = np.unique(key, return_inverse=True)
    named = [parents[number] for number in (keys % len(parents)).tolist()] if len(parents) else []
    return pandas.DataFrame(
        {
            "agency_id": np.asarray(agencies, dtype=object)[keys // max(len(parents), 1)],
            "node_kind": pandas.Series([kind for kind, _ in named], dtype=object),
            "node_id": pandas.Series([node_id for _, node_id in named], dtype=object),
            **_counted(assignments, owner, len(keys)),
            **_summed(assignments, owner, len(keys), limits),
        }
    )[list(BUNDLE_COLUMNS)]


def joined_bundles(kept: pandas.DataFrame, anew: pandas.DataFrame, agencies: Collection[str]) -> pandas.DataFrame:
    """What was kept, with everything of these bodies replaced."""
    stays = kept[~kept["agency_id"].isin(agencies)]
    return pandas.concat([stays, anew], ignore_index=True).sort_values(BUNDLE_KEY).reset_index(drop=True)


def sums_in(bundles: pandas.DataFrame) -> Sums:
    """The bundles as partial sums. The catalogue names nothing as critical, so nothing is."""
    nothing = np.zeros(len(bundles), dtype=bool)
    return Sums(
        count=bundles["started_count"].to_numpy(dtype=np.int64),
        colour=bundles["colour"].to_numpy(dtype=np.str_),
        is_ill=nothing,
        is_overdue=nothing,
        **{name: bundles[name].to_numpy(dtype=np.float64) for name in SUM_COLUMNS},
    )


def _parents(catalogue: Catalogue) -> list[tuple[str, str]]:
    """What assignments can hang on, in the order of bundles: resolutions, and tasks given to groups."""
    given = sorted(task.task_id for task in catalogue.tasks.values() if task.lead is None)
    resolutions = [(NodeKind.RESOLUTION.value, code) for code in sorted(catalogue.resolutions)]
    return [*resolutions, *((NodeKind.TASK.value, task_id) for task_id in given)]


def _parent_of(assignments: pandas.DataFrame, parents: Sequence[tuple[str, str]]) -> Whole:
    """The place of each assignment's parent: the task given to a group that it belongs to, else its resolution."""
    place = {node_id: number for number, (_, node_id) in enumerate(parents)}
    above = assignments["parent_task"].where(assignments["parent_task"].isin(place), assignments["resolution"])
    codes, names = pandas.factorize(above)
    return np.array([place[name] for name in names], dtype=np.int64)[codes]


def _counted(assignments: pandas.DataFrame, owner: Whole, size: int) -> dict[str, Whole]:
    status = assignments["status"].to_numpy(dtype=object)
    is_assumed = assignments["is_due_assumed"].to_numpy(dtype=bool)
    chosen = {"assignments_total": np.ones(len(assignments), dtype=bool), "due_assumed_count": is_assumed}
    chosen |= {column: status == code.value for code, column in COUNT_COLUMNS.items()}
    return {name: np.bincount(owner[held], minlength=size).astype(np.int64) for name, held in chosen.items()}


def _summed(assignments: pandas.DataFrame, owner: Whole, size: int, limits: Limits) -> dict[str, np.ndarray]:
    weight = assignments["weight"].to_numpy(dtype=np.float64)
    low, high, overdue = (
        assignments[name].to_numpy(dtype=np.float64) for name in ("progress_low", "progress_high", "overdue_days")
    )
    scores = assignment_scores(assignments["status"].to_numpy(dtype=np.str_), low, high, overdue, limits=limits)
    sums = sums_of(owner, weight, np.zeros(len(assignments), dtype=bool), scores, size)
    return {
        "weight": sum_per_group(owner, weight, size),
        "started_count": sums.count,
        **{name: getattr(sums, name) for name in SUM_COLUMNS},
        "colour": sums.colour.astype(object),
    }
