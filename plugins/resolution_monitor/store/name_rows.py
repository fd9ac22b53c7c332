"""Names that nobody is known to bear, and what people decided about them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from resolution_monitor.store import queries
from resolution_monitor.store.connect import Database
from resolution_monitor.store.load_step import load_step
from resolution_monitor.store.versions import decide

_WAITING = ("unknown-body", "named-body-unknown")


def standing_decisions(database: Database) -> dict[str, str | None]:
    """Key of a name -> the body that is meant, or None where it is no body; in the order of the keys."""
    with database.transaction() as connection:
        rows = queries.rows(database, connection, "names/standing_decisions")
    return {row["name_key"]: row["agency_id"] for row in rows}


def uncertain_names(database: Database) -> Sequence[dict[str, Any]]:
    """Names that stand in findings: written_name, times, and one place: file_name, sheet, cell."""
    with database.transaction() as connection:
        return queries.rows(database, connection, "names/uncertain_names", checks=list(_WAITING))


def waiting_submissions(database: Database, catalogue_sha256: str) -> Sequence[dict[str, Any]]:
    """Files that hold an uncertain name and were read under another catalogue: submission_id, written_name."""
    parameters = {"checks": list(_WAITING), "catalogue_sha256": catalogue_sha256}
    with database.transaction() as connection:
        return queries.rows(database, connection, "names/waiting_submissions", **parameters)


def save_decision(
    database: Database, key: str, written: str, agency_id: str | None, *, reason: str, author: str, now: datetime
) -> bool:
    """Note what a name means and tell the journal; whether it was new."""
    subject = {"written_name": written, "agency_id": agency_id}
    decision = {"name_key": key, **subject, "reason": reason, "author": author}
    with load_step(database, "name", now) as step:
        return decide(step, "name_decision", decision, act="settle name", about=list(subject), why="reason")
