"""What closes items and what people accepted of closed ones, as rows."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from resolution_monitor.store import queries
from resolution_monitor.store.connect import Database
from resolution_monitor.store.load_step import load_step

# Submission -> item -> who accepted what it says of the item, and why.
Acceptances = dict[int, dict[str, str]]


def task_reports_counted(database: Database, known_at: datetime | None = None) -> list[dict[str, Any]]:
    """One row per submission, body, task and period: state, done_on, product, received_at."""
    with database.transaction() as connection:
        return queries.rows(database, connection, "ledger/task_reports_counted", known_at=known_at)


def figures_counted(
    database: Database, item_ids: Collection[str], known_at: datetime | None = None
) -> list[dict[str, Any]]:
    """One row per submission, body, indicator and period of some indicators, with what the scores read of a figure."""
    with database.transaction() as connection:
        asked = {"item_ids": sorted(item_ids), "known_at": known_at}
        return queries.rows(database, connection, "ledger/figures_counted", **asked)


def acceptances(database: Database) -> Acceptances:
    """What named persons accepted, and did not take back."""
    with database.transaction() as connection:
        rows = queries.rows(database, connection, "ledger/acceptances")
    found: Acceptances = {}
    for row in rows:
        found.setdefault(int(row["submission_id"]), {})[row["item_id"]] = f"{row['author']}: {row['reason']}"
    return found


def save_acceptance(
    database: Database, submission_id: int, item_id: str, *, reason: str, author: str, is_withdrawn: bool, now: datetime
) -> None:
    """Note in the journal that a person accepts what a file says of a closed item, or does so no longer."""
    subject = json.dumps({"submission_id": submission_id, "item_id": item_id}, ensure_ascii=False)
    action = "withdraw acceptance" if is_withdrawn else "accept"
    with load_step(database, action, now) as step:
        step.execute("ledger/insert_journal", author=author, action=action, subject=subject, reason=reason)
