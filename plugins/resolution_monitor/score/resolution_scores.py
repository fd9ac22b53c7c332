"""One month of resolutions: from what was known of it to the scores of leaves and nodes."""

from collections.abc import Sequence

import pandas

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.period import Period
from resolution_monitor.score.resolution_agencies import agency_columns
from resolution_monitor.score.resolution_bundles import bundles_of
from resolution_monitor.score.resolution_frames import LEAF_COLUMNS, NODE_COLUMNS, NodeKind, ResolutionScores, typed
from resolution_monitor.score.resolution_indicators import indicator_leaves
from resolution_monitor.score.resolution_known import Known, scoring_moment
from resolution_monitor.score.resolution_tasks import task_leaves
from resolution_monitor.score.resolution_tree import node_rows

LEAF_ORDER = ["resolution", "item_kind", "item_id", "agency_id"]


def score_resolutions(catalogue: Catalogue, period: Period, known: Known) -> ResolutionScores:
    """
    Score every leaf as at the last of its own periods that is settled when the period is briefed, then both trees.

    The same knowledge gives the same tables, in whatever order it comes.

    Raises:
        CatalogueError: An indicator of a resolution is of a kind that no figure can measure.
    """
    moment = scoring_moment(catalogue, period)
    parts = [indicator_leaves(catalogue, moment, known), task_leaves(catalogue, moment, known)]
    leaves = _joined(parts, LEAF_COLUMNS).sort_values(LEAF_ORDER).reset_index(drop=True)
    nodes = node_rows(catalogue, bundles_of(catalogue, leaves))
    agencies = agency_columns(catalogue, moment, known, leaves)
    is_agency = nodes["node_kind"] == NodeKind.AGENCY.value
    whole = [nodes[~is_agency], nodes[is_agency].merge(agencies, on="node_id", how="left")]
    ordered = _joined(whole, NODE_COLUMNS)
    kind = ordered["node_kind"].map({one.value: number for number, one in enumerate(NodeKind)})
    in_order = ordered.assign(order=kind).sort_values(["order", "node_id"]).drop(columns="order")
    return ResolutionScores(leaves=leaves, nodes=in_order.reset_index(drop=True))


def _joined(parts: Sequence[pandas.DataFrame], columns: dict[str, str]) -> pandas.DataFrame:
    """The parts below each other with all columns; what a part has no column for is not known of it."""
    whole = [typed(part.reindex(columns=list(columns))) for part in parts]
    return pandas.concat(whole, ignore_index=True)
