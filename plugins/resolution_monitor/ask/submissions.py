"""Which files speak of a period, and where does each stand?"""

import pandas

from resolution_monitor.period import Period
from resolution_monitor.store import queries
from resolution_monitor.store.connect import Database


def submissions(database: Database, period: Period) -> pandas.DataFrame:
    """One row per file: sender_id, file_name, sha256, state, document."""
    with database.transaction() as connection:
        return queries.frame(database, connection, "ask/submissions", period=period.name)
