"""Submissions and what was read from them: states, values, findings."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from resolution_monitor.store import queries
from resolution_monitor.store.bulk import copy_rows
from resolution_monitor.store.connect import Database
from resolution_monitor.store.load_step import LoadStep
from resolution_monitor.terms import Finding, ReportedValue, Submission

READING = "reading"

_VALUE_COLUMNS = (
    "role",
    "agency_id",
    "indicator_id",
    "period_kind",
    "period_end",
    "value",
    "raw_text",
    "printed_name",
    "form",
    "sheet",
    "cell",
)
_FINDING_COLUMNS = (
    "submission_id",
    "check_code",
    "severity",
    "sheet",
    "cell",
    "raw_value",
    "details",
    "text_vi",
    "action_vi",
    "fingerprint",
)


@dataclass(frozen=True, slots=True)
class WordedFinding:
    """A finding of one submission with its Vietnamese text."""

    submission_id: int
    finding: Finding
    text: str
    action: str


def kept_hashes(database: Database) -> list[str]:
    """sha256 of every file that was ever kept."""
    with database.transaction() as connection:
        return [row["sha256"] for row in queries.rows(database, connection, "collect/kept_hashes")]


def insert_submission(
    step: LoadStep, *, sender_id: str, channel: str, file_name: str, sha256: str, size_bytes: int, received_at: datetime
) -> int | None:
    """The new submission's id, or None when this sender sent these bytes before."""
    submission_id = queries.scalar(
        step.database,
        step.connection,
        "collect/insert_submission",
        sender_id=sender_id,
        channel=channel,
        file_name=file_name,
        sha256=sha256,
        size_bytes=size_bytes,
        received_at=received_at,
        recorded_at=step.recorded_at,
    )
    step.changed_rows += submission_id is not None
    return None if submission_id is None else int(submission_id)


def save_state(
    step: LoadStep,
    submission_id: int,
    *,
    state: str,
    periods: Sequence[str],
    document: str | None,
    catalogue_sha256: str | None,
) -> None:
    """Append where the submission stands, unless it stood there already."""
    step.execute(
        "normalise/insert_submission_state",
        submission_id=submission_id,
        state=state,
        periods=list(periods),
        document=document,
        catalogue_sha256=catalogue_sha256,
    )


def save_values(step: LoadStep, submission_id: int, values: Iterable[ReportedValue]) -> int:
    """Append what is new or changed among a submission's values and retract what it no longer holds."""
    queries.execute(step.database, step.connection, "normalise/create_staging")
    rows = ([getattr(value, column) for column in _VALUE_COLUMNS] for value in values)
    copy_rows(step.connection, "staged_value", _VALUE_COLUMNS, rows)
    changed = step.execute("normalise/merge_target", submission_id=submission_id)
    return changed + step.execute("normalise/merge_observation", submission_id=submission_id)


def save_findings(step: LoadStep, scope: str, submission_ids: Sequence[int], findings: Iterable[WordedFinding]) -> int:
    """Raise and withdraw findings so that those of this scope are exactly the given ones."""
    queries.execute(step.database, step.connection, "normalise/create_finding_staging")
    unique = {(worded.submission_id, _fingerprint(worded.finding)): worded for worded in findings}
    rows = (_finding_row(worded, fingerprint) for (_, fingerprint), worded in unique.items())
    copy_rows(step.connection, "staged_finding", _FINDING_COLUMNS, rows)
    return step.execute("normalise/merge_finding", scope=scope, submission_ids=list(submission_ids))


def _fingerprint(finding: Finding) -> str:
    parts = [finding.check, finding.sheet, finding.cell, finding.value, finding.details]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _finding_row(worded: WordedFinding, fingerprint: str) -> list[object]:
    finding = worded.finding
    details = json.dumps(dict(finding.details), ensure_ascii=False, sort_keys=True).replace("\\u0000", "")
    return [
        worded.submission_id,
        finding.check,
        finding.severity.value,
        finding.sheet,
        finding.cell,
        finding.value,
        details,
        worded.text,
        worded.action,
        fingerprint,
    ]


def submissions_to_read(database: Database, period: str, catalogue_sha256: str) -> list[Submission]:
    """Files of the period, and files not yet read under this catalogue, in order of receipt."""
    with database.transaction() as connection:
        rows = queries.rows(
            database, connection, "normalise/submissions_to_read", period=period, catalogue_sha256=catalogue_sha256
        )
    return [Submission(**row) for row in rows]


def count_submissions(database: Database) -> int:
    with database.transaction() as connection:
        return int(queries.scalar(database, connection, "collect/count_submission"))
