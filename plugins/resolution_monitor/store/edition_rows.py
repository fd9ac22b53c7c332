"""Editions as they were stored: every one that was made, the numbers it printed, and the files they came from."""

from collections.abc import Sequence
from typing import Any

from resolution_monitor.store import queries
from resolution_monitor.store.connect import Database


def editions_made(database: Database) -> list[dict[str, Any]]:
    """Every edition that was made, oldest first, with its hashes and the runs it was made from."""
    with database.transaction() as connection:
        return queries.rows(database, connection, "brief/editions_made")


def figures_of_edition(database: Database, briefing_id: int) -> list[dict[str, Any]]:
    """The numbers an edition printed, in the order in which they were made."""
    with database.transaction() as connection:
        return queries.rows(database, connection, "brief/figures_of_edition", briefing_id=briefing_id)


def files_of_contents(database: Database, contents: Sequence[str]) -> list[dict[str, Any]]:
    """The submissions that brought these contents: submission_id, sender_id, file_name, sha256, received_at."""
    with database.transaction() as connection:
        return queries.rows(database, connection, "ask/files_of_contents", contents=list(contents))
