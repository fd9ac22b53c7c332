"""Which files wait for an answer, what is told of them, and that they were answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from resolution_monitor.store import queries
from resolution_monitor.store.connect import Database
from resolution_monitor.store.load_step import LoadStep


@dataclass(frozen=True, slots=True)
class UnansweredFile:
    """One file that was read or refused, and whose sender was not told yet."""

    submission_id: int
    sender_id: str
    file_name: str
    sha256: str
    received_at: datetime
    state: str
    is_demonstration: bool


def unanswered_files(database: Database, since: datetime) -> list[UnansweredFile]:
    """In order of receipt; what came before `since` is not answered in hindsight."""
    with database.transaction() as connection:
        rows = queries.rows(database, connection, "answer/unanswered", since=since)
    return [UnansweredFile(**row) for row in rows]


def findings_of(database: Database, submission_ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """Submission -> its findings that stand, each with severity, place, value, text and action."""
    found: dict[int, list[dict[str, Any]]] = {submission_id: [] for submission_id in submission_ids}
    with database.transaction() as connection:
        for row in queries.rows(database, connection, "answer/findings_of", submission_ids=list(submission_ids)):
            found[int(row["submission_id"])].append(row)
    return found


def save_answers(step: LoadStep, names: Mapping[int, str]) -> None:
    """Note by which file each submission was answered."""
    step.execute("answer/insert_answers", submission_ids=list(names), file_names=list(names.values()))
