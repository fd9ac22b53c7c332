"""What lies behind one score: versions of a value, findings on its files, versions of its entry, stored runs."""

from collections.abc import Sequence
from datetime import date, datetime

import pandas

from resolution_monitor.period import Period
from resolution_monitor.store import queries
from resolution_monitor.store.connect import Database


def versions_of(
    database: Database, agency_ids: Sequence[str], item: tuple[str, str], last_day: date, known_at: datetime | None
) -> pandas.DataFrame:
    """
    Every version of what bodies reported of an item of periods up to a day, oldest file first.

    Args:
        item: ("indicator" or "task", its code).
    """
    kind, item_id = item
    asked = {"agency_ids": list(agency_ids), "item_id": item_id, "last_day": last_day, "known_at": known_at}
    table = "task_report" if kind == "task" else "observation"
    with database.transaction() as connection:
        versions = queries.frame(database, connection, f"versions/of_item/{table}", **asked)
    return versions.rename(columns={"state": "task_state"})


def entry_versions(database: Database, item_id: str, known_at: datetime | None) -> pandas.DataFrame:
    """When the catalogue's entry of an item, its targets and baseline were loaded."""
    with database.transaction() as connection:
        return queries.frame(database, connection, "ask/entry_versions", item_id=item_id, known_at=known_at)


def stored_assignment(
    database: Database, period: Period, item_id: str, agency_id: str, known_at: datetime | None
) -> pandas.DataFrame:
    """What the runs of a period stored of one assignment, newest knowledge first."""
    with database.transaction() as connection:
        return queries.frame(
            database,
            connection,
            "ask/stored_assignment",
            period_kind=period.kind,
            period_end=period.end,
            item_id=item_id,
            agency_id=agency_id,
            known_at=known_at,
        )


def cells_of_files(database: Database, submission_ids: Sequence[int], known_at: datetime | None) -> pandas.DataFrame:
    """What was read from the cells of these files: item_id, sheet, cell, raw_text, and the file."""
    with database.transaction() as connection:
        return queries.frame(
            database, connection, "ask/cells_of_files", submission_ids=list(submission_ids), known_at=known_at
        )
