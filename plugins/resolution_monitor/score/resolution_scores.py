"""One month of resolutions: from what was known of it to the scores of leaves and nodes."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.period import Period
from resolution_monitor.score.limits import limits_at
from resolution_monitor.score.resolution_agencies import BodyWorkings, agency_columns, body_workings
from resolution_monitor.score.resolution_frames import LEAF_COLUMNS, NODE_COLUMNS, NodeKind, ResolutionScores, typed
from resolution_monitor.score.resolution_indicators import Workings, indicator_leaves, indicator_workings
from resolution_monitor.score.resolution_known import Known, scoring_moment
from resolution_monitor.score.resolution_tasks import TaskWorkings, task_leaves, task_workings
from resolution_monitor.score.resolution_tree import node_rows

LEAF_ORDER = ["resolution", "item_kind", "item_id", "agency_id"]


@dataclass(frozen=True, slots=True)
class Worked:
    """One month with every intermediate value of its scores."""

    scores: ResolutionScores
    indicators: Workings
    tasks: TaskWorkings
    bodies: BodyWorkings


def score_resolutions(catalogue: Catalogue, period: Period, known: Known) -> ResolutionScores:
    """
    Score every leaf as at the last of its own periods that is settled when the period is briefed, then both trees.

    The same knowledge gives the same tables, in whatever order it comes.

    Raises:
        CatalogueError: An indicator of a resolution is of a kind that no figure can measure.
    """
    return work_resolutions(catalogue, period, known).scores


def work_resolutions(catalogue: Catalogue, period: Period, known: Known) -> Worked:
    """The same, with what lies between."""
    moment = scoring_moment(catalogue, period)
    indicators, tasks = indicator_workings(catalogue, moment, known), task_workings(catalogue, moment, known)
    parts = [indicator_leaves(indicators), task_leaves(tasks)]
    leaves = _joined(parts, LEAF_COLUMNS).sort_values(LEAF_ORDER).reset_index(drop=True)
    nodes = node_rows(catalogue, leaves, limits_at(catalogue, moment))
    bodies = body_workings(catalogue, moment, known, leaves)
    is_agency = nodes["node_kind"] == NodeKind.AGENCY.value
    whole = [nodes[~is_agency], nodes[is_agency].merge(agency_columns(bodies), on="node_id", how="left")]
    ordered = _joined(whole, NODE_COLUMNS)
    kind = ordered["node_kind"].map({one.value: number for number, one in enumerate(NodeKind)})
    in_order = ordered.assign(order=kind).sort_values(["order", "node_id"]).drop(columns="order")
    scores = ResolutionScores(leaves=leaves, nodes=in_order.reset_index(drop=True))
    return Worked(scores, indicators, tasks, bodies)


def _joined(parts: Sequence[pandas.DataFrame], columns: dict[str, str]) -> pandas.DataFrame:
    """The parts below each other with all columns; what a part has no column for is not known of it."""
    whole = [part.reindex(columns=list(columns)).astype(object) for part in parts]
    return typed(pandas.concat(whole, ignore_index=True))
