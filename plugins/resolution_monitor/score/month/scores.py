"""One month of resolutions: from what was known of it to the scores of leaves and nodes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.period import Period
from resolution_monitor.score.month.bodies import BodyWorkings, agency_columns, body_workings
from resolution_monitor.score.month.bundles import bundles_of, joined_bundles
from resolution_monitor.score.month.frames import LEAF_COLUMNS, NODE_COLUMNS, NodeKind, ResolutionScores, joined
from resolution_monitor.score.month.indicators import Workings, indicator_leaves, indicator_workings
from resolution_monitor.score.month.known import Known, scoring_moment
from resolution_monitor.score.month.pieces import pieces_of
from resolution_monitor.score.month.scope import Scope
from resolution_monitor.score.month.tasks import TaskWorkings, task_leaves, task_workings
from resolution_monitor.score.month.tree import node_rows
from resolution_monitor.score.rules.limits import limits_at

LEAF_ORDER = ["resolution", "item_kind", "item_id", "agency_id"]


@dataclass(frozen=True, slots=True)
class Worked:
    """One month with every intermediate value of its scores."""

    scores: ResolutionScores
    indicators: Workings
    tasks: TaskWorkings
    bodies: BodyWorkings


@dataclass(frozen=True, slots=True)
class ScoredParts:
    """
    What a run makes anew.

    Attributes:
        leaves: LEAF_COLUMNS.
        bundles: BUNDLE_COLUMNS, of the same leaves.
        nodes: NODE_COLUMNS; every node that is no body, and bodies as far as they may have changed.
    """

    leaves: pandas.DataFrame
    bundles: pandas.DataFrame
    nodes: pandas.DataFrame


def score_resolutions(catalogue: Catalogue, period: Period, known: Known) -> ResolutionScores:
    """
    Score every leaf as at the last of its own periods that is settled when the period is briefed, then both trees.

    The same knowledge gives the same tables, in whatever order it comes.

    Raises:
        CatalogueError: An indicator of a resolution is of a kind that no figure can measure.
    """
    whole = score_whole(catalogue, period, known)
    return ResolutionScores(leaves=whole.leaves, nodes=whole.nodes)


def work_resolutions(catalogue: Catalogue, period: Period, known: Known) -> Worked:
    """The same, with what lies between."""
    moment = scoring_moment(catalogue, period)
    indicators, tasks = indicator_workings(catalogue, moment, known), task_workings(catalogue, moment, known)
    leaves = in_order([indicator_leaves(indicators), task_leaves(tasks)])
    bodies = body_workings(catalogue, moment, known, leaves, catalogue.reporting_bodies)
    limits = limits_at(catalogue, moment)
    nodes = _nodes(node_rows(catalogue, bundles_of(catalogue, leaves, limits), limits), bodies)
    return Worked(ResolutionScores(leaves=leaves, nodes=nodes), indicators, tasks, bodies)


def score_whole(catalogue: Catalogue, period: Period, known: Known) -> ScoredParts:
    """The same with the sums of each body, from which another run can go on."""
    moment = scoring_moment(catalogue, period)
    leaves, limits = leaves_of(catalogue, period, known), limits_at(catalogue, moment)
    bundles = bundles_of(catalogue, leaves, limits)
    bodies = body_workings(catalogue, moment, known, leaves, catalogue.reporting_bodies)
    return ScoredParts(leaves, bundles, _nodes(node_rows(catalogue, bundles, limits), bodies))


def score_touched(
    catalogue: Catalogue, period: Period, known: Known, scope: Scope, kept: pandas.DataFrame
) -> ScoredParts:
    """
    Score the leaves of bodies whose reports changed, and every node from these and from what was kept of the others.

    Args:
        known: At least of the bodies to be rescored.
        kept: Bundles of a whole run of the same period under the same rules and catalogue.
    """
    moment = scoring_moment(catalogue, period)
    leaves, limits = leaves_of(catalogue, period, replace(known, bodies=scope.rescored)), limits_at(catalogue, moment)
    anew = bundles_of(catalogue, leaves, limits)
    bundles = joined_bundles(kept, anew, scope.rescored)
    bodies = body_workings(catalogue, moment, known, leaves, scope.renewed)
    return ScoredParts(
        leaves=_of(leaves, scope.touched),
        bundles=_of(anew, scope.touched),
        nodes=_nodes(node_rows(catalogue, bundles, limits), bodies),
    )


def leaves_of(catalogue: Catalogue, period: Period, known: Known) -> pandas.DataFrame:
    """LEAF_COLUMNS of the bodies asked about, in LEAF_ORDER."""
    moment = scoring_moment(catalogue, period)
    parts = [indicator_leaves(indicator_workings(some, moment, theirs)) for some, theirs in pieces_of(catalogue, known)]
    return in_order([*parts, task_leaves(task_workings(catalogue, moment, known))])


def in_order(parts: Sequence[pandas.DataFrame]) -> pandas.DataFrame:
    """The parts as one table of leaves."""
    return joined(parts, LEAF_COLUMNS).sort_values(LEAF_ORDER).reset_index(drop=True)


def _of(frame: pandas.DataFrame, bodies: frozenset[str]) -> pandas.DataFrame:
    return frame[frame["agency_id"].isin(bodies)].reset_index(drop=True)


def _nodes(nodes: pandas.DataFrame, bodies: BodyWorkings) -> pandas.DataFrame:
    """Every node that is no body, and these bodies, by kind and code."""
    is_agency = nodes["node_kind"] == NodeKind.AGENCY.value
    whole = [nodes[~is_agency], nodes[is_agency].merge(agency_columns(bodies), on="node_id", how="inner")]
    ordered = joined(whole, NODE_COLUMNS)
    kind = ordered["node_kind"].map({one.value: number for number, one in enumerate(NodeKind)})
    in_order = ordered.assign(order=kind).sort_values(["order", "node_id"]).drop(columns="order")
    return in_order.reset_index(drop=True)
