"""Findings that stand, on whatever files somebody asks about."""

from collections.abc import Sequence
from datetime import datetime

import pandas

from resolution_monitor.store import queries
from resolution_monitor.store.connect import Database
from resolution_monitor.terms import Severity

ALL_SEVERITIES = tuple(severity.value for severity in Severity)


def standing_findings(
    database: Database,
    *,
    severities: Sequence[str] = ALL_SEVERITIES,
    submission_ids: Sequence[int] | None = None,
    period_name: str | None = None,
    with_unread: bool = False,
    received: tuple[datetime | None, datetime | None] = (None, None),
    known_at: datetime | None = None,
) -> pandas.DataFrame:
    """
    One row per finding, worst first.

    Args:
        submission_ids: Findings on these files; None asks about any.
        period_name: Findings on files of this period; None asks about any.
        with_unread: With a period, files of no known period are among them.
        received: Findings on files received after the one and not after the other; None is no end.

    Returns:
        sender_id, file_name, sha256 and received_at of the file, sheet, cell, severity, check_code, raw_value, text_vi,
        action_vi, submission_id, details.
    """
    asked = {
        "severities": list(severities),
        "submission_ids": None if submission_ids is None else list(submission_ids),
        "period_name": period_name,
        "with_unread": with_unread,
        "first_at": received[0],
        "last_at": received[1],
        "known_at": known_at,
    }
    with database.transaction() as connection:
        return queries.frame(database, connection, "findings/standing", **asked)
