"""Catalogues as they were in force: their files kept by content, and found again by time."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from resolution_monitor.store import queries
from resolution_monitor.store.connect import Database
from resolution_monitor.store.load_step import load_step
from resolution_monitor.store.versions import tell_journal


def version_as_known(database: Database, known_at: datetime | None = None) -> str | None:
    """
    sha256 of the catalogue in force at a time; before the first that was kept, of that one; None: none was kept.

    Args:
        known_at: None asks for the newest.
    """
    with database.transaction() as connection:
        found: str | None = queries.scalar(database, connection, "catalogue/version_as_known", known_at=known_at)
    return found


def save_version(database: Database, catalogue_sha256: str, files: Mapping[str, bytes], now: datetime) -> bool:
    """
    Keep a catalogue as the one in force from now on; whether it was another before.

    Args:
        files: Path below catalogue/ -> content.
    """
    with load_step(database, "catalogue version", now) as step:
        in_force = queries.scalar(database, step.connection, "catalogue/version_as_known", known_at=None)
        if in_force == catalogue_sha256:
            return False
        for path, content in files.items():
            queries.execute(
                database,
                step.connection,
                "catalogue/insert_file",
                catalogue_sha256=catalogue_sha256,
                path=path,
                file_sha256=hashlib.sha256(content).hexdigest(),
                content=content,
            )
        step.execute("catalogue/insert_version", catalogue_sha256=catalogue_sha256)
    return True


def periods_reported(database: Database) -> list[str]:
    """Names of the periods that accepted reports speak of."""
    with database.transaction() as connection:
        return [row["period"] for row in queries.rows(database, connection, "catalogue/periods_reported")]


def is_accepted(database: Database, catalogue_sha256: str) -> bool:
    """Whether a named person accepted this catalogue although it says otherwise of the past."""
    with database.transaction() as connection:
        parameters = {"catalogue_sha256": catalogue_sha256}
        return bool(queries.scalar(database, connection, "catalogue/correction_exists", **parameters))


def save_correction(
    database: Database, catalogue_sha256: str, changes: Sequence[str], *, reason: str, author: str, now: datetime
) -> None:
    """Note in the journal who accepts which changes of the past, and why."""
    subject = {"catalogue_sha256": catalogue_sha256, "changes": list(changes)}
    with load_step(database, "correct catalogue", now) as step:
        tell_journal(step, "correct catalogue", subject, author=author, reason=reason)


def files_of_version(database: Database, catalogue_sha256: str) -> dict[str, bytes]:
    """The files of a catalogue that was kept, by path below catalogue/."""
    with database.transaction() as connection:
        found = queries.rows(database, connection, "catalogue/files_of_version", catalogue_sha256=catalogue_sha256)
    return {row["path"]: bytes(row["content"]) for row in found}
