"""Files turned away, files only held, and what was purged."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from resolution_monitor.reporting.documents import document_key
from resolution_monitor.store import queries
from resolution_monitor.store.connect import Database
from resolution_monitor.store.driver_errors import errors_as_ours
from resolution_monitor.store.load_step import LoadStep
from resolution_monitor.store.notes import OF_RUNS
from resolution_monitor.store.roles import as_purger
from resolution_monitor.store.versions import tell_journal


@dataclass(frozen=True, slots=True)
class Alike:
    """One of the submissions that share a content."""

    submission_id: int
    sender_id: str
    file_name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Tombstone:
    """
    What is left of a purged submission.

    Attributes:
        removed: What went, by table or place: how many.
        to_remove: What still lies on disk; None once everything is gone.
    """

    submission_id: int
    sender_id: str
    content_mark: str
    reason: str
    ordered_by: str
    removed: Mapping[str, int]
    to_remove: Mapping[str, Any] | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class PrintedEdition:
    """An edition that shows, or may quote, something of a submission."""

    briefing_id: int
    report: str
    period_kind: str
    period_end: Any
    edition: str
    scoring_run_id: int
    state: str


@dataclass(frozen=True, slots=True)
class ToProve:
    """A submission whose bytes are to be proven; `held_since` where they were refused and are only held."""

    submission_id: int
    sender_id: str
    sha256: str
    held_since: datetime | None


def save_marked_refusal(step: LoadStep, sender_id: str, received_at: datetime, document_number: str | None) -> None:
    """Note a file that bore a mark of secrecy; the same arrival again changes nothing."""
    facts = {"sender_id": sender_id, "received_at": received_at, "document_number": document_number}
    step.execute("secrecy/insert_marked_refusal", **facts)


def save_held(step: LoadStep, submission_ids: Sequence[int]) -> None:
    """Note that these refused files are held and not kept."""
    step.execute("secrecy/insert_held", submission_ids=list(submission_ids))


def marked_refusals(
    database: Database, first_at: datetime, last_at: datetime, sender_id: str | None
) -> list[dict[str, Any]]:
    """Files turned away in a span of time: sender_id, received_at, document_number."""
    with database.transaction() as connection:
        span = {"first_at": first_at, "last_at": last_at, "sender_id": sender_id}
        return queries.rows(database, connection, "secrecy/marked_refusals", **span)


def submissions_to_prove(database: Database) -> list[ToProve]:
    with database.transaction() as connection:
        return [ToProve(**row) for row in queries.rows(database, connection, "secrecy/submissions_to_prove")]


def tombstones(database: Database) -> list[Tombstone]:
    with database.transaction() as connection:
        return [Tombstone(**row) for row in queries.rows(database, connection, "secrecy/tombstones")]


def submissions_alike(database: Database, submission_id: int) -> list[Alike]:
    """The submission and all others with its content; empty where there is none of this number."""
    with database.transaction() as connection:
        rows = queries.rows(database, connection, "secrecy/submissions_alike", submission_id=submission_id)
    return [Alike(**row) for row in rows]


def runs_with(step: LoadStep, submission_ids: Sequence[int]) -> list[int]:
    """Scoring runs that values of these submissions went into."""
    rows = queries.rows(step.database, step.connection, "secrecy/runs_with", submission_ids=list(submission_ids))
    return [int(row["scoring_run_id"]) for row in rows]


def editions_with(step: LoadStep, alike: Sequence[Alike], run_ids: Sequence[int]) -> list[PrintedEdition]:
    """Editions that show, or may quote, something of these submissions."""
    asked = {
        "submission_ids": [one.submission_id for one in alike],
        "run_ids": list(run_ids),
        "sha256": alike[0].sha256,
    }
    rows = queries.rows(step.database, step.connection, "secrecy/editions_with", **asked)
    return [PrintedEdition(**row) for row in rows]


def purge_rows(
    step: LoadStep, alike: Sequence[Alike], run_ids: Sequence[int], editions: Sequence[PrintedEdition], drafts: set[int]
) -> dict[str, int]:
    """
    Remove all rows of submissions, the drafts made with them, and of kept editions the numbers that came from them.

    Returns:
        How many rows went, by table.
    """
    as_purger(step.connection)
    submission_ids = [one.submission_id for one in alike]
    found = queries.rows(step.database, step.connection, "secrecy/verifications_of", submission_ids=submission_ids)
    kept = [one.briefing_id for one in editions if one.briefing_id not in drafts]
    removed = {"briefing": _run(step, "delete_editions", briefing_ids=list(drafts))}
    removed["figure"] = _run(step, "delete_figures", briefing_ids=kept, sha256=alike[0].sha256)
    removed["edition_content"] = _run(step, "delete_contents", briefing_ids=kept)
    named = queries.rows(step.database, step.connection, "secrecy/runs_to_keep", run_ids=list(run_ids))
    runs_kept = [int(row["scoring_run_id"]) for row in named]
    removed["score"] = _run(step, "delete_scores", submission_ids=submission_ids, run_ids=runs_kept)
    removed["scoring_run"] = _delete_runs(step, sorted({*run_ids} - {*runs_kept}))
    _run(step, "set_runs_aside", run_ids=runs_kept)
    rows = queries.rows(step.database, step.connection, "secrecy/purge_submissions", submission_ids=submission_ids)
    removed["document_verification"] = _run(step, "delete_verifications", verification_ids=_named_no_more(step, found))
    return removed | {row["table_name"].rpartition(".")[2]: int(row["removed"]) for row in rows}


def _named_no_more(step: LoadStep, found: Sequence[Mapping[str, Any]]) -> list[int]:
    """Of decisions on documents those whose number came from what was just removed, and stands in no other report."""
    agency_ids = sorted({row["agency_id"] for row in found})
    left = queries.rows(step.database, step.connection, "secrecy/proofs_left", agency_ids=agency_ids)
    texts = [(row["agency_id"], row["item_id"], document_key(row["words"])) for row in left]
    return [
        int(row["document_verification_id"])
        for row in found
        if not any(
            (agency_id, item_id) == (row["agency_id"], row["item_id"]) and row["document_key"] in text
            for agency_id, item_id, text in texts
        )
    ]


def _delete_runs(step: LoadStep, run_ids: Sequence[int]) -> int:
    """Runs with all their rows, and what was forecast and asked beside them; the number of runs."""
    _run(step, "delete_replies", run_ids=run_ids)
    return [_run(step, f"delete_of_runs/{table}", run_ids=run_ids) for table in OF_RUNS][-1]


def _run(step: LoadStep, name: str, **parameters: object) -> int:
    return step.execute(f"secrecy/{name}", **parameters)


def save_tombstone(step: LoadStep, tombstone: Tombstone) -> None:
    """Bury a submission and tell the journal."""
    facts = {
        "submission_id": tombstone.submission_id,
        "sender_id": tombstone.sender_id,
        "reason": tombstone.reason,
        "ordered_by": tombstone.ordered_by,
    }
    written = {"removed": json.dumps(dict(tombstone.removed)), "to_remove": json.dumps(tombstone.to_remove)}
    step.execute("secrecy/insert_tombstone", **facts, content_mark=tombstone.content_mark, **written)
    subject = {"submission_id": tombstone.submission_id, "sender_id": tombstone.sender_id}
    tell_journal(step, "purge", subject, author=tombstone.ordered_by, reason=tombstone.reason)


def finish_tombstones(step: LoadStep, submission_ids: Sequence[int], removed: Mapping[str, int]) -> None:
    """Note that nothing of these submissions lies on disk any more."""
    step.execute("secrecy/finish_tombstones", submission_ids=list(submission_ids), removed=json.dumps(dict(removed)))


def rewrite_tables(database: Database) -> None:
    """Have the server write the purged tables anew, so that removed rows do not linger in its files."""
    with (
        errors_as_ours(),
        database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
    ):
        connection.detach()  # it goes with its end, and so does the right it takes
        connection.exec_driver_sql("set role none")
        queries.execute(database, connection, "secrecy/rewrite_tables")
