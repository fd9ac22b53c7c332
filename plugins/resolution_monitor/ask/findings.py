"""What is wrong with what was received?"""

import pandas

from resolution_monitor.period import Period
from resolution_monitor.store import queries
from resolution_monitor.store.connect import Database
from resolution_monitor.terms import Severity

COLUMNS = ("severity", "sender_id", "file_name", "sheet", "cell", "check_code", "raw_value", "text_vi", "action_vi")


def standing_findings(database: Database, period: Period | None, *, with_notes: bool) -> pandas.DataFrame:
    """
    One row per finding that stands, worst first; files of no known period are always among them.

    An empty answer says nothing where no file was looked at: see submissions.files_received.

    Columns: COLUMNS, then details (dict), sha256 of the file and submission_id.
    """
    severities = [severity.value for severity in Severity if with_notes or severity is not Severity.NOTE]
    with database.transaction() as connection:
        frame = queries.frame(
            database, connection, "ask/findings", period=period.name if period else None, severities=severities
        )
    return frame[[*COLUMNS, "details", "sha256", "submission_id"]]
