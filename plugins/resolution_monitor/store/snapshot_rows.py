"""What a report on resolutions reads besides scores and ledger: what bodies say, findings, files, daily values."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import pandas

from resolution_monitor.store import queries
from resolution_monitor.store.connect import Database


def obstacles_as_known(database: Database, last_day: date, known_at: datetime | None) -> pandas.DataFrame:
    """Every obstacle that stands, of periods that end by a day."""
    return _frame(database, "versions/in_standing_reports/obstacle", last_day=last_day, known_at=known_at)


def requests_as_known(database: Database, last_day: date, known_at: datetime | None) -> pandas.DataFrame:
    """Every request that stands, of periods that end by a day."""
    return _frame(database, "versions/in_standing_reports/request", last_day=last_day, known_at=known_at)


def reports_as_known(database: Database, known_at: datetime | None) -> pandas.DataFrame:
    """Every report that stands: agency_id, period_name, submission_id."""
    return _frame(database, "brief/reports_as_known", known_at=known_at)


def submissions_as_known(
    database: Database, submission_ids: Iterable[int], period_name: str, known_at: datetime | None
) -> pandas.DataFrame:
    """The files of a period, and those with these numbers."""
    ids = sorted(set(submission_ids))
    return _frame(
        database, "brief/submissions_as_known", submission_ids=ids, period_name=period_name, known_at=known_at
    ).sort_values(["sender_id", "file_name", "sha256"], ignore_index=True)


def daily_values_as_known(database: Database, days: Sequence[date], known_at: datetime | None) -> pandas.DataFrame:
    """Values of daily indicators on these days."""
    return _frame(database, "brief/daily_values_as_known", days=list(days), known_at=known_at)


def _frame(database: Database, name: str, **parameters: Any) -> pandas.DataFrame:
    with database.transaction() as connection:
        return queries.frame(database, connection, name, **parameters)
