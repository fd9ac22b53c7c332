"""What the scores of resolutions are made from, as known at a time, and their tables leaf_score and tree_score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pandas

from resolution_monitor.store import queries
from resolution_monitor.store.connect import Database
from resolution_monitor.store.score_rows import Compared, Run, save_run

LEAVES, NODES = "leaf_score", "tree_score"


@dataclass(frozen=True, slots=True)
class Reported:
    """
    What bodies reported of periods up to a day, with the columns of the statements.

    Attributes:
        values: score/kpi_values_as_known.
        task_reports: score/task_reports_as_known.
    """

    values: pandas.DataFrame
    task_reports: pandas.DataFrame


def newest_input(database: Database, last_day: date, known_at: datetime | None = None) -> datetime | None:
    """When the newest row was recorded that the scores can depend on (not after `known_at`); None: nothing is known."""
    with database.transaction() as connection:
        found: datetime | None = queries.scalar(
            database, connection, "score/newest_input", last_day=last_day, known_at=known_at
        )
    return found


def reported_as_known(database: Database, last_day: date, known_at: datetime | None = None) -> Reported:
    """Figures and task reports of periods that end by a day; `known_at` hides what was recorded later."""
    with database.transaction() as connection:
        values, task_reports = (
            queries.frame(database, connection, f"score/{name}_as_known", last_day=last_day, known_at=known_at)
            for name in ("kpi_values", "task_reports")
        )
    return Reported(values=values, task_reports=task_reports)


def save_tree(
    database: Database,
    run: Run,
    leaves: pandas.DataFrame,
    nodes: pandas.DataFrame,
    now: datetime,
    *,
    beside: Mapping[str, pandas.DataFrame] | None = None,
) -> int:
    """
    Store the leaves and nodes of a scoring run; the id of the run.

    Args:
        beside: Forecasts and questions, by table. They are kept as they were when the run was first made, and not held
            against a run made again: what came to be known of other months since changes them and no score.

    Raises:
        DatabaseError: A run made again differs from what is stored.
    """
    compared = {
        LEAVES: Compared("score/leaves_of_run", _columns(leaves)),
        NODES: Compared("score/nodes_of_run", _columns(nodes)),
    }
    return save_run(database, run, {LEAVES: leaves, NODES: nodes, **(beside or {})}, compared, now)


def tree_of_run(database: Database, scoring_run_id: int) -> tuple[pandas.DataFrame, pandas.DataFrame]:
    """Leaves and nodes of a scoring run as stored, in order; see score.resolution_frames for their columns."""
    with database.transaction() as connection:
        leaves, nodes = (
            queries.frame(database, connection, f"score/{name}_of_run", scoring_run_id=scoring_run_id)
            for name in ("leaves", "nodes")
        )
    return leaves, nodes


def _columns(frame: pandas.DataFrame) -> Sequence[str]:
    return [str(name) for name in frame.columns]
