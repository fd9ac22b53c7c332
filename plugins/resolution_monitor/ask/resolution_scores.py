"""What are the scores of resolutions, tasks, bodies, blocks and the nation, as known at a time?"""

from collections.abc import Sequence
from datetime import datetime

import pandas

from resolution_monitor.ask.month_as_known import month_as_known
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.period import Period
from resolution_monitor.score.month.frames import COUNT_COLUMNS, NodeKind, ResolutionScores, typed
from resolution_monitor.score.month.scores import score_resolutions
from resolution_monitor.store import tree_rows
from resolution_monitor.store.connect import Database

TREE_LEVELS = tuple(kind.value for kind in NodeKind)

NODE_COLUMNS = (
    *("code", "name", "low", "high", "without_data_pct", "colour", "state", "assignments_total", "due_assumed_count"),
    *COUNT_COLUMNS.values(),
)
# What a terminal has room for.
NODE_COLUMNS_SHOWN = (
    *("code", "name", "low", "high", "without_data_pct", "state", "assignments_total"),
    *("overdue_count", "red_count", "no_data_count"),
)
AGENCY_COLUMNS_SHOWN = (
    *("code", "name", "composite_low", "composite_high", "progress_low", "timeliness_low", "reporting"),
    *("reports_missing", "assignments_total", "overdue_count"),
)
AGENCY_COLUMNS = (
    *("code", "name", "block", "composite_low", "composite_high", "progress_low", "progress_high"),
    *("timeliness_low", "timeliness_high", "reporting", "reports_due", "reports_missing", "rated_assignments"),
    *(
        "effective_assignments",
        "low",
        "high",
        "state",
        "assignments_total",
        "coordinated_total",
        *COUNT_COLUMNS.values(),
    ),
)


def tree_scores(
    database: Database, catalogue: Catalogue, period: Period, level: str, known_at: datetime | None
) -> pandas.DataFrame:
    """
    One row per node of a level, by code; see columns_of_level.

    Args:
        level: One of TREE_LEVELS.
        known_at: Nothing recorded later is seen; None sees everything.

    Raises:
        NothingToReportError: Nothing was known of the period then.
    """
    month = month_as_known(database, catalogue, period, known_at)
    return rows_of_level(score_resolutions(month), month.catalogue, level)


def rows_of_level(scores: ResolutionScores, catalogue: Catalogue, level: str) -> pandas.DataFrame:
    """The same of scores that are made already, by the names of the catalogue as valid in the period."""
    names, nodes = names_of_nodes(catalogue), scores.nodes[scores.nodes["node_kind"] == level]
    rows = nodes.assign(
        code=nodes["node_id"],
        name=[names[code] for code in nodes["node_id"]],
        block=nodes["parent_id"],
        without_data_pct=nodes["share_without_data"] * 100.0,
    )
    return rows.sort_values("code").reset_index(drop=True)[list(columns_of_level(level))]


def columns_of_level(level: str, *, is_shown: bool = False) -> Sequence[str]:
    """AGENCY_COLUMNS for bodies, NODE_COLUMNS for the rest; with `is_shown` those that fit a terminal."""
    if level == NodeKind.AGENCY.value:
        return AGENCY_COLUMNS_SHOWN if is_shown else AGENCY_COLUMNS
    return NODE_COLUMNS_SHOWN if is_shown else NODE_COLUMNS


def names_of_nodes(catalogue: Catalogue) -> dict[str, str]:
    """Vietnamese name of every node; codes of resolutions, tasks, blocks and bodies never meet."""
    return {
        **{key: body.short_vi for key, body in catalogue.bodies.items()},
        **{key: block.name_vi for key, block in catalogue.blocks.items()},
        **{key: resolution.number for key, resolution in catalogue.resolutions.items()},
        **{key: task.name_vi for key, task in catalogue.tasks.items()},
    }


def scores_as_stored(database: Database, scoring_run_id: int) -> ResolutionScores:
    """The scores of a run, as they were stored."""
    assignments, nodes = tree_rows.tree_of_run(database, scoring_run_id)
    return ResolutionScores(assignments=typed(assignments), nodes=typed(nodes))
