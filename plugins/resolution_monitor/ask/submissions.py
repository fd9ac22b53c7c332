"""Which files speak of a period, where does each stand, and were there any?"""

from datetime import datetime

import pandas

from resolution_monitor.errors import NothingToReportError
from resolution_monitor.period import Period
from resolution_monitor.store import queries
from resolution_monitor.store.connect import Database


def submissions(database: Database, period: Period, known_at: datetime | None = None) -> pandas.DataFrame:
    """One row per file, as known at a time: sender_id, file_name, sha256, state, document."""
    with database.transaction() as connection:
        return queries.frame(database, connection, "ask/submissions", period=period.name, known_at=known_at)


def files_received(database: Database, period: Period | None) -> int:
    """
    How many files of a period were received and read; None counts all, those of no known period too.

    Raises:
        NothingToReportError: None was: an answer about them would read as clean although nothing was looked at.
    """
    name = period.name if period else None
    with database.transaction() as connection:
        found: int = queries.scalar(database, connection, "ask/count_of_files", period=name)
    if not found:
        of_period = f" of period {name}" if name else ""
        raise NothingToReportError(
            f"no file{of_period} was received and read: nothing was looked at, which is no clean answer; "
            "./monitor missing lists what is owed"
        )
    return found
