"""What is wrong with what was received?"""

from collections.abc import Hashable
from datetime import datetime
from typing import Any

import pandas

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.normalise.finding_text import check_text
from resolution_monitor.period import Period
from resolution_monitor.store import finding_rows
from resolution_monitor.store.connect import Database
from resolution_monitor.terms import Finding, Severity

COLUMNS = ("severity", "sender_id", "file_name", "sheet", "cell", "check_code", "raw_value", "text_vi", "action_vi")


def standing_findings(
    database: Database, period: Period | None, *, with_notes: bool, known_at: datetime | None = None
) -> pandas.DataFrame:
    """
    One row per finding that stands, worst first; files of no known period are always among them.

    An empty answer says nothing where no file was looked at: see submissions.files_received.

    Columns: COLUMNS, then details (dict), sha256 of the file and submission_id.
    """
    severities = [severity.value for severity in Severity if with_notes or severity is not Severity.NOTE]
    period_name = period.name if period else None
    frame = finding_rows.standing_findings(
        database, severities=severities, period_name=period_name, with_unread=True, known_at=known_at
    )
    return frame[[*COLUMNS, "details", "sha256", "submission_id"]]


def in_words(findings: pandas.DataFrame, catalogue: Catalogue, language: str) -> pandas.DataFrame:
    """
    The findings with text and action in a language, beside the Vietnamese ones that they were stored with.

    What the catalogue has no words for in the language, or no check any more, says what was stored.
    """
    said = [_said(row, catalogue, language) for row in findings.to_dict("records")]
    words = pandas.DataFrame(said, columns=["text", "action"], index=findings.index, dtype=object)
    return findings.join(words)


def _said(row: dict[Hashable, Any], catalogue: Catalogue, language: str) -> tuple[str, str]:
    check = catalogue.checks.get(row["check_code"])
    if check is None or language not in check.words:
        return row["text_vi"], row["action_vi"]
    details = tuple((str(name), str(value)) for name, value in row["details"].items())
    finding = Finding(check.check, check.severity, row["sheet"], row["cell"], row["raw_value"], details)
    return check_text(check, finding, language)
