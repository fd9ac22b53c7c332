"""What the scores of resolutions are made from, as known at a time, and the tables that hold them.

A run that made only some of its rows anew stores these alone; the views assignment_score and tree_score show them all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pandas

from resolution_monitor.period import DAY, KINDS
from resolution_monitor.store import queries
from resolution_monitor.store.binary_copy import copy_frame
from resolution_monitor.store.connect import Database
from resolution_monitor.store.load_step import LoadStep
from resolution_monitor.store.score_rows import Compared, Run, comparable, save_run

# The figures of days that bodies are held against each other by are the last four reported: ten years of all others are
# nine in ten of everything known.
_DAYS_OF_PEERS = 31
ASSIGNMENTS, NODES, BUNDLES = "assignment_part", "tree_part", "bundle_part"


@dataclass(frozen=True, slots=True)
class TreeTables:
    """
    What a run of resolutions stores, or reads again; see score.month.frames for the columns.

    Attributes:
        bundles: The assignments added up by body and parent.
    """

    assignments: pandas.DataFrame
    bundles: pandas.DataFrame
    nodes: pandas.DataFrame


@dataclass(frozen=True, slots=True)
class Touched:
    """
    What became known between two moments of what the scores of a period depend on.

    Attributes:
        agency_ids: Bodies as reported; those that ended since are among them.
        reaches_all: Others may be touched, too; score/touched_bodies says by what.
    """

    agency_ids: frozenset[str]
    reaches_all: bool


@dataclass(frozen=True, slots=True)
class Reported:
    """
    What bodies reported of periods up to a day, with the columns of the statements.

    Attributes:
        values: score/kpi_values_as_known.
        task_reports: score/task_reports_as_known.
        documents: score/documents_as_known.
    """

    values: pandas.DataFrame
    task_reports: pandas.DataFrame
    documents: pandas.DataFrame


def newest_input(database: Database, last_day: date, known_at: datetime | None = None) -> datetime | None:
    """When the newest row was recorded that the scores can depend on (not after `known_at`); None: nothing is known."""
    with database.transaction() as connection:
        found: datetime | None = queries.scalar(
            database, connection, "score/newest_input", last_day=last_day, known_at=known_at
        )
    return found


def values_until(last_day: date, known_at: datetime | None = None, days_from: date | None = None) -> dict[str, Any]:
    """
    The parameters of score/kpi_values_as_known.

    Args:
        days_from: Figures of single days are looked at from this one on; by default those of the last 31.
    """
    return {
        "last_day": last_day,
        "known_at": known_at,
        "kinds": [kind for kind in KINDS if kind != DAY],
        "days_from": days_from or last_day - timedelta(days=_DAYS_OF_PEERS),
    }


def reported_as_known(database: Database, last_day: date, known_at: datetime | None = None) -> Reported:
    """Figures and task reports of periods that end by a day; `known_at` hides what was recorded later."""
    asked = values_until(last_day, known_at)
    with database.transaction() as connection:
        values, task_reports = (
            queries.frame(database, connection, f"score/{name}_as_known", **asked)
            for name in ("kpi_values", "task_reports")
        )
        documents = queries.frame(database, connection, "score/documents_as_known", known_at=known_at)
    return Reported(values=values, task_reports=task_reports, documents=documents)


def tellings_as_known(
    database: Database, indicator_ids: Sequence[str], last_day: date, known_at: datetime | None = None
) -> dict[str, pandas.DataFrame]:
    """
    What was told more than once of some indicators: answers, taken_back and decisions; see their statements.

    Where nothing was, nothing was taken back or decided on either.
    """
    with database.transaction() as connection:
        asked = {"indicator_ids": list(indicator_ids), "last_day": last_day}
        answers = queries.frame(database, connection, "score/first_answers_as_known", known_at=known_at, **asked)
        if answers.empty:
            return {}
        ids = [int(number) for number in answers["submission_id"].unique()]
        return {
            "answers": answers,
            "taken_back": queries.frame(
                database, connection, "ledger/decisions_on_submissions", submission_ids=ids, known_at=known_at
            ),
            "decisions": queries.frame(database, connection, "score/baseline_decisions_as_known", known_at=known_at),
        }


def save_tree(
    database: Database,
    run: Run,
    tables: TreeTables,
    now: datetime,
    *,
    beside: Mapping[str, pandas.DataFrame] | None = None,
) -> int:
    """
    Store what a scoring run made; the id of the run.

    Args:
        beside: Forecasts and questions, by table. They are kept as they were when the run was first made, and not held
            against a run made again: what came to be known of other months since changes them and no score.

    Raises:
        DatabaseError: A whole run made again differs from what is stored.
    """
    compared = {
        ASSIGNMENTS: Compared("score/assignments_of_run", _columns(tables.assignments)),
        NODES: Compared("score/nodes_of_run", _columns(tables.nodes)),
    }
    made = {ASSIGNMENTS: tables.assignments, BUNDLES: tables.bundles, NODES: tables.nodes, **(beside or {})}
    return save_run(database, run, made, {} if run.base_run_id else compared, now, _append)


def _append(step: LoadStep, table: str, frame: pandas.DataFrame) -> None:
    copy_frame(step.database, step.connection, table, frame)


def count_of_run(database: Database, scoring_run_id: int) -> dict[str, int]:
    """How many assignments and nodes a run has, those in its base included."""
    with database.transaction() as connection:
        return queries.rows(database, connection, "score/count_of_run", scoring_run_id=scoring_run_id)[0]


def bundles_of_run(database: Database, scoring_run_id: int) -> pandas.DataFrame:
    """The sums of a whole run by body and parent, in order."""
    with database.transaction() as connection:
        return queries.copied_frame(
            database,
            connection,
            "score/bundles_of_run",
            ("agency_id", "node_kind", "node_id", "colour"),
            scoring_run_id=scoring_run_id,
        )


def touched_since(
    database: Database, last_day: date, *, since: datetime, until: datetime, seen_at: datetime
) -> Touched:
    """
    Whose scores may have changed.

    Args:
        last_day: Figures and reports of periods that end after it play no part.
        since, until: When the earlier and the later knowledge ended.
        seen_at: Up to when the earlier one took files as received: one whose channel's clock was ahead counts later.
    """
    with database.transaction() as connection:
        found = queries.rows(
            database,
            connection,
            "score/touched_bodies",
            last_day=last_day,
            since=since,
            until=until,
            seen_at=seen_at,
        )
    return Touched(
        agency_ids=frozenset(row["agency_id"] for row in found),
        reaches_all=any(row["reaches_all"] for row in found),
    )


def tree_of_run(database: Database, scoring_run_id: int) -> tuple[pandas.DataFrame, pandas.DataFrame]:
    """Assignments and nodes of a scoring run as stored, in order; see score.month.frames for their columns."""
    with database.transaction() as connection:
        assignments, nodes = (
            queries.frame(database, connection, f"score/{name}_of_run", scoring_run_id=scoring_run_id)
            for name in ("assignments", "nodes")
        )
    return assignments, nodes


def differing_rows(
    database: Database, scoring_run_id: int, assignments: pandas.DataFrame, nodes: pandas.DataFrame
) -> list[str]:
    """Rows that a run holds and these tables do not, and the other way round, by what they are rows of."""
    pairs = zip(tree_of_run(database, scoring_run_id), (assignments, nodes), strict=True)
    rows = [
        row
        for stored, made in pairs
        for row in sorted({*comparable(stored, _columns(made))} ^ {*comparable(made, _columns(made))})
    ]
    return [" ".join(row[:3]) for row in rows]


def _columns(frame: pandas.DataFrame) -> Sequence[str]:
    return [str(name) for name in frame.columns]
