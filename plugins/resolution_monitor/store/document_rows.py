"""What named persons found of the documents that prove things to be done, as rows."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pandas

from resolution_monitor.store import queries
from resolution_monitor.store.connect import Database
from resolution_monitor.store.load_step import load_step
from resolution_monitor.store.versions import decide

_TABLE = "document_verification"


def documents_as_known(database: Database, known_at: datetime | None = None) -> pandas.DataFrame:
    """One row per body, item and document; see score/documents_as_known."""
    with database.transaction() as connection:
        return queries.frame(database, connection, "score/documents_as_known", known_at=known_at)


def save_verification(
    database: Database,
    document: Mapping[str, str],
    *,
    verdict: str,
    issued_on: date | None,
    source: str,
    author: str,
    now: datetime,
) -> bool:
    """
    Keep what a person found of a document and tell the journal; whether it was new.

    Args:
        document: agency_id, item_id, document and document_key.
    """
    found: dict[str, Any] = {**document, "verdict": verdict, "issued_on": issued_on, "source": source, "author": author}
    about = ["agency_id", "item_id", "document", "verdict", "issued_on"]
    with load_step(database, "document verification", now) as step:
        return decide(step, _TABLE, found, act="verify document", about=about, why="source")
