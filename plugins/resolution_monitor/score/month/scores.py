"""One month of resolutions: from what was known of it to the scores of assignments and nodes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas

from resolution_monitor.score.month.bodies import BodyWorkings, agency_columns, body_workings
from resolution_monitor.score.month.bundles import bundles_of, joined_bundles
from resolution_monitor.score.month.frames import ASSIGNMENT_COLUMNS, NODE_COLUMNS, NodeKind, ResolutionScores, joined
from resolution_monitor.score.month.indicators import Workings, indicator_assignments, indicator_workings
from resolution_monitor.score.month.month import Month
from resolution_monitor.score.month.pieces import pieces_of
from resolution_monitor.score.month.scope import Scope
from resolution_monitor.score.month.tasks import TaskWorkings, task_assignments, task_workings
from resolution_monitor.score.month.tree import node_rows

ASSIGNMENT_ORDER = ["resolution", "item_kind", "item_id", "agency_id"]


@dataclass(frozen=True, slots=True)
class Worked:
    """One month with every intermediate value of its scores."""

    month: Month
    scores: ResolutionScores
    indicators: Workings
    tasks: TaskWorkings
    bodies: BodyWorkings


@dataclass(frozen=True, slots=True)
class ScoredParts:
    """
    What a run makes anew.

    Attributes:
        assignments: ASSIGNMENT_COLUMNS.
        bundles: BUNDLE_COLUMNS, of the same assignments.
        nodes: NODE_COLUMNS; every node that is no body, and bodies as far as they may have changed.
    """

    assignments: pandas.DataFrame
    bundles: pandas.DataFrame
    nodes: pandas.DataFrame


def score_resolutions(month: Month) -> ResolutionScores:
    """
    Score every assignment as at the last of its own periods that is settled when the period is briefed; then both
    trees.

    The same knowledge gives the same tables, in whatever order it comes.

    Raises:
        CatalogueError: An indicator of a resolution is of a kind that no figure can measure.
    """
    whole = score_whole(month)
    return ResolutionScores(assignments=whole.assignments, nodes=whole.nodes)


def work_resolutions(month: Month) -> Worked:
    """The same, with what lies between."""
    indicators, tasks = indicator_workings(month), task_workings(month)
    assignments = in_order([indicator_assignments(indicators), task_assignments(tasks)])
    bodies = body_workings(month, assignments, month.catalogue.reporting_bodies)
    nodes = _nodes(month, bundles_of(month.catalogue, assignments, month.limits), bodies)
    return Worked(month, ResolutionScores(assignments=assignments, nodes=nodes), indicators, tasks, bodies)


def score_whole(month: Month) -> ScoredParts:
    """The same with the sums of each body, from which another run can go on."""
    assignments = assignments_of(month)
    bundles = bundles_of(month.catalogue, assignments, month.limits)
    bodies = body_workings(month, assignments, month.catalogue.reporting_bodies)
    return ScoredParts(assignments, bundles, _nodes(month, bundles, bodies))


def score_touched(month: Month, scope: Scope, kept: pandas.DataFrame) -> ScoredParts:
    """
    Score the assignments of bodies whose reports changed, and every node from these and what was kept of the others.

    Args:
        month: With what is known at least of the bodies to be rescored.
        kept: Bundles of a whole run of the same period under the same rules and catalogue.
    """
    assignments = assignments_of(replace(month, bodies=scope.rescored))
    anew = bundles_of(month.catalogue, assignments, month.limits)
    bundles = joined_bundles(kept, anew, scope.rescored)
    bodies = body_workings(month, assignments, scope.renewed)
    return ScoredParts(
        assignments=_of(assignments, scope.touched),
        bundles=_of(anew, scope.touched),
        nodes=_nodes(month, bundles, bodies),
    )


def assignments_of(month: Month) -> pandas.DataFrame:
    """ASSIGNMENT_COLUMNS of the bodies asked about, in ASSIGNMENT_ORDER."""
    parts = [indicator_assignments(indicator_workings(piece)) for piece in pieces_of(month)]
    return in_order([*parts, task_assignments(task_workings(month))])


def in_order(parts: Sequence[pandas.DataFrame]) -> pandas.DataFrame:
    """The parts as one table of assignments."""
    return joined(parts, ASSIGNMENT_COLUMNS).sort_values(ASSIGNMENT_ORDER).reset_index(drop=True)


def _of(frame: pandas.DataFrame, bodies: frozenset[str]) -> pandas.DataFrame:
    return frame[frame["agency_id"].isin(bodies)].reset_index(drop=True)


def _nodes(month: Month, bundles: pandas.DataFrame, bodies: BodyWorkings) -> pandas.DataFrame:
    """Every node that is no body, and these bodies, by kind and code."""
    nodes = node_rows(month.catalogue, bundles, month.limits)
    is_agency = nodes["node_kind"] == NodeKind.AGENCY.value
    whole = [nodes[~is_agency], nodes[is_agency].merge(agency_columns(bodies), on="node_id", how="inner")]
    ordered = joined(whole, NODE_COLUMNS)
    kind = ordered["node_kind"].map({one.value: number for number, one in enumerate(NodeKind)})
    in_order = ordered.assign(order=kind).sort_values(["order", "node_id"]).drop(columns="order")
    return in_order.reset_index(drop=True)
