"""Editions as they were stored: every one that was made, the numbers it printed, and the files they came from."""

import zlib
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


def content_of_edition(database: Database, briefing_id: int) -> dict[str, Any] | None:
    """
    What an edition was made of besides its runs, and all that it says as text; None where that was not kept.

    Returns:
        language, catalogue_sha256, renderer_sha256, seen_until, content.
    """
    with database.transaction() as connection:
        found = queries.rows(database, connection, "brief/edition_content", briefing_id=briefing_id)
    if not found:
        return None
    kept = found[0]
    return {**kept, "content": zlib.decompress(bytes(kept.pop("view_model"))).decode()}


def run_numbered(database: Database, scoring_run_id: int) -> dict[str, Any] | None:
    """A scoring run as score_rows.latest_run gives the newest; None where a purge took it away."""
    with database.transaction() as connection:
        found = queries.rows(database, connection, "brief/run_numbered", scoring_run_id=scoring_run_id)
    return found[0] if found else None


def files_of_contents(database: Database, contents: Sequence[str]) -> list[dict[str, Any]]:
    """The submissions that brought these contents: submission_id, sender_id, file_name, sha256, received_at."""
    with database.transaction() as connection:
        return queries.rows(database, connection, "ask/files_of_contents", contents=list(contents))
