"""Files that may bear a mark of secrecy, what was decided of them, and files too large to be copied."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from resolution_monitor.store import queries
from resolution_monitor.store.arrival_rows import Arrival
from resolution_monitor.store.connect import Database
from resolution_monitor.store.load_step import LoadStep
from resolution_monitor.store.versions import tell_journal


@dataclass(frozen=True, slots=True)
class ClosedFile:
    """
    A file that may bear a mark of secrecy.

    Attributes:
        decision: "release" or "turn-away"; None while nobody has decided.
    """

    closed_number: int
    sender_id: str
    received_at: datetime
    content_mark: str
    decision: str | None
    author: str | None
    reason: str | None
    decided_at: datetime | None


def closed_files(database: Database) -> list[ClosedFile]:
    with database.transaction() as connection:
        return [ClosedFile(**row) for row in queries.rows(database, connection, "secrecy/closed_files")]


def save_closed_file(step: LoadStep, sender_id: str, received_at: datetime, content_mark: str) -> None:
    """Note a file that waits for a decision; the same content of the same sender again changes nothing."""
    facts = {"sender_id": sender_id, "received_at": received_at, "content_mark": content_mark}
    step.execute("secrecy/insert_closed_file", **facts)


def save_decision(step: LoadStep, closed: ClosedFile, decision: str, *, author: str, reason: str) -> bool:
    """Note what a person decided, and tell the journal; whether nobody had decided before."""
    facts = {"closed_number": closed.closed_number, "decision": decision, "author": author, "reason": reason}
    is_first = step.execute("secrecy/insert_closed_decision", **facts) > 0
    if is_first:
        subject = {"closed_number": closed.closed_number, "sender_id": closed.sender_id}
        tell_journal(step, decision, subject, author=author, reason=reason)
    return is_first


def save_untaken(step: LoadStep, files: Sequence[Arrival]) -> None:
    """Note files that were too large to be copied."""
    for one in files:
        facts = {name: getattr(one, name) for name in ("sender_id", "file_name", "size_bytes", "modified_at")}
        step.execute("collect/insert_untaken", **facts, received_at=one.received_at)


def untaken(database: Database, sender_ids: Sequence[str]) -> set[tuple[str, str, int, datetime]]:
    """Files whose senders were told that they are too large: sender, name, size, time of change."""
    with database.transaction() as connection:
        rows = queries.rows(database, connection, "collect/untaken_files", sender_ids=list(sender_ids))
    return {(row["sender_id"], row["file_name"], row["size_bytes"], row["modified_at"]) for row in rows}
