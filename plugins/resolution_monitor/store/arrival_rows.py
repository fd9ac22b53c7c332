"""Arrivals: which file of the inbox became which submission, and what its sender was told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from resolution_monitor.store import queries
from resolution_monitor.store.bulk import copy_rows
from resolution_monitor.store.connect import Database
from resolution_monitor.store.load_step import LoadStep, load_step

_COLUMNS = ("sender_id", "file_name", "size_bytes", "modified_at", "received_at", "submission_id")


@dataclass(frozen=True, slots=True)
class Arrival:
    """
    One file as the inbox lists it.

    Attributes:
        submission_id: What it became; None while that is only asked for.
    """

    sender_id: str
    file_name: str
    size_bytes: int
    modified_at: datetime
    received_at: datetime
    submission_id: int | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """Another name under which a submission's content came."""

    submission_id: int
    file_name: str
    first_name: str


def not_kept(database: Database, listed: Sequence[Arrival]) -> list[int]:
    """Positions of the files that were never kept as they are now."""
    with database.transaction() as connection:
        queries.execute(database, connection, "collect/create_arrival_staging")
        copy_rows(connection, "staged_arrival", ("position", *_COLUMNS), _rows(listed))
        return [int(row["position"]) for row in queries.rows(database, connection, "collect/arrivals_not_kept")]


def insert_arrivals(step: LoadStep, arrivals: Sequence[Arrival]) -> list[Copy]:
    """Note which submission each file became; all other names of these submissions, whenever they came."""
    _stage(step, arrivals)
    noted = queries.rows(step.database, step.connection, "collect/insert_arrivals", recorded_at=step.recorded_at)
    # Of itself this is no load: a file that was only touched brings nothing that a briefing could see. One that its
    # sender returned to counts again.
    step.changed_rows += sum(row["returned_at"] is not None for row in noted)
    return [Copy(**row) for row in queries.rows(step.database, step.connection, "collect/copies_of_staged")]


def note_removed(database: Database, arrivals: Sequence[Arrival], now: datetime) -> None:
    """Note that files were taken out of the inbox: what lies there again has come again."""
    with load_step(database, "inbox cleared", now) as step:
        _stage(step, arrivals)
        queries.execute(step.database, step.connection, "collect/note_removed", removed_at=now)


def receipts_owed(database: Database, limit: int) -> list[dict[str, Any]]:
    """What receipts must say and do not say yet, the earliest first."""
    with database.transaction() as connection:
        return queries.rows(database, connection, "collect/receipts_owed", limit=limit)


def outcomes_of_returns(database: Database, submission_ids: Sequence[int]) -> dict[tuple[int, datetime], str]:
    """Of each submission and time its sender returned to it: counts, retracted, closed or superseded."""
    with database.transaction() as connection:
        rows = queries.rows(database, connection, "collect/outcomes_of_returns", submission_ids=list(submission_ids))
    return {(row["submission_id"], row["returned_at"]): row["outcome"] for row in rows}


def note_receipts(database: Database, states: dict[int, str]) -> None:
    """Note what the receipts of arrivals now say."""
    with database.transaction() as connection:
        told = {"arrival_ids": list(states), "states": list(states.values())}
        queries.execute(database, connection, "collect/note_receipts", **told)


def _stage(step: LoadStep, arrivals: Sequence[Arrival]) -> None:
    queries.execute(step.database, step.connection, "collect/create_arrival_staging")
    copy_rows(step.connection, "staged_arrival", ("position", *_COLUMNS), _rows(arrivals))


def _rows(arrivals: Sequence[Arrival]) -> list[list[object]]:
    return [[position, *(getattr(one, column) for column in _COLUMNS)] for position, one in enumerate(arrivals)]
