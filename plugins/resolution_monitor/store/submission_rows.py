"""Submissions and what was read from them: states, values, findings."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from resolution_monitor.store import queries
from resolution_monitor.store.bulk import copy_rows
from resolution_monitor.store.connect import Database
from resolution_monitor.store.load_step import LoadStep
from resolution_monitor.store.versions import merge, version_lines
from resolution_monitor.terms import Finding, Submission

# Scopes of findings: what the reading of a file raises, and what its receipt does.
READING, RECEIPT = "reading", "receipt"

_FILE_COLUMNS = ("sender_id", "channel", "file_name", "sha256", "size_bytes", "received_at")


@dataclass(frozen=True, slots=True)
class WordedFinding:
    """A finding of one submission with its Vietnamese text."""

    submission_id: int
    finding: Finding
    text: str
    action: str


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """One file that was received and kept under its hash."""

    sender_id: str
    channel: str
    file_name: str
    sha256: str
    size_bytes: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class ReceivedIds:
    """
    Submissions by sender and hash.

    Attributes:
        new: Ids of those that were not known before.
        known: Id and name of all of them.
    """

    new: dict[tuple[str, str], int]
    known: dict[tuple[str, str], tuple[int, str]]


def insert_submissions(step: LoadStep, files: Sequence[ReceivedFile]) -> ReceivedIds:
    """Note received files in their order; the same bytes from the same sender change nothing."""
    queries.execute(step.database, step.connection, "collect/create_staging")
    rows = ([position, *(getattr(file, column) for column in _FILE_COLUMNS)] for position, file in enumerate(files))
    copy_rows(step.connection, "staged_submission", ("position", *_FILE_COLUMNS), rows)
    new = queries.rows(step.database, step.connection, "collect/insert_submissions", recorded_at=step.recorded_at)
    known = queries.rows(step.database, step.connection, "collect/known_names")
    step.changed_rows += len(new)
    return ReceivedIds(
        new={(row["sender_id"], row["sha256"]): int(row["submission_id"]) for row in new},
        known={(row["sender_id"], row["sha256"]): (int(row["submission_id"]), row["file_name"]) for row in known},
    )


def save_findings(step: LoadStep, scope: str, submission_ids: Sequence[int], findings: Iterable[WordedFinding]) -> int:
    """Raise and withdraw findings so that those of this scope are exactly the given ones."""
    unique = {(worded.submission_id, _fingerprint(worded.finding)): worded for worded in findings}
    rows = (_finding_row(scope, worded, fingerprint) for (_, fingerprint), worded in unique.items())
    return merge(step, "finding", version_lines("finding", rows), submission_ids=submission_ids, scopes=[scope])


def _fingerprint(finding: Finding) -> str:
    parts = [finding.check, finding.sheet, finding.cell, finding.value, finding.details]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _finding_row(scope: str, worded: WordedFinding, fingerprint: str) -> dict[str, object]:
    finding = worded.finding
    return {
        "submission_id": worded.submission_id,
        "scope": scope,
        "check_code": finding.check,
        "severity": finding.severity.value,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "raw_value": finding.value,
        "details": json.dumps(dict(finding.details), ensure_ascii=False, sort_keys=True).replace("\\u0000", ""),
        "text_vi": worded.text,
        "action_vi": worded.action,
        "fingerprint": fingerprint,
    }


def submissions_to_read(database: Database, catalogue_sha256: str, asked: Sequence[int]) -> list[Submission]:
    """Files nobody read yet, refused ones under another catalogue, and those asked for; in order of receipt."""
    parameters = {"catalogue_sha256": catalogue_sha256, "submission_ids": list(asked)}
    with database.transaction() as connection:
        return _found(database, connection, "normalise/submissions_to_read", **parameters)


def submissions_of_period(database: Database, period: str, sender_id: str | None) -> list[Submission]:
    """Files that speak of a period, of one sender or of all, in order of receipt."""
    parameters = {"period": period, "sender_id": sender_id}
    with database.transaction() as connection:
        return _found(database, connection, "normalise/submissions_of_period", **parameters)


def submissions_by_number(database: Database, submission_ids: Sequence[int]) -> list[Submission]:
    """Files asked for by number, in order of receipt; those that are not known are left out."""
    with database.transaction() as connection:
        return _by_number(database, connection, submission_ids)


def _found(database: Database, connection: Connection, name: str, **parameters: Any) -> list[Submission]:
    """The files whose numbers a statement gives, in order of receipt."""
    found = queries.rows(database, connection, name, **parameters)
    return _by_number(database, connection, [row["submission_id"] for row in found])


def _by_number(database: Database, connection: Connection, submission_ids: Sequence[int]) -> list[Submission]:
    asked = {"submission_ids": list(submission_ids)}
    rows = queries.rows(database, connection, "normalise/submissions_by_number", **asked)
    return [Submission(**row) for row in rows]


def changes_of_load(step: LoadStep, submission_ids: Sequence[int]) -> list[dict[str, Any]]:
    """What a load under way changed in what these files say, item by item."""
    parameters = {"recorded_at": step.recorded_at, "submission_ids": list(submission_ids)}
    return queries.rows(step.database, step.connection, "normalise/changes_of_load", **parameters)


def count_submissions(database: Database) -> int:
    with database.transaction() as connection:
        return int(queries.scalar(database, connection, "collect/count_submission"))
