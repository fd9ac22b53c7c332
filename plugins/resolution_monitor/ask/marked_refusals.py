"""What came of a period's senders and was turned away or purged, so that nobody is called silent who was not."""

from datetime import datetime, time

from resolution_monitor.period import TIME_ZONE, Period
from resolution_monitor.store import secrecy_rows
from resolution_monitor.store.closed_rows import closed_files
from resolution_monitor.store.connect import Database


def marked_and_purged(database: Database, period: Period, until: datetime, agency_id: str | None) -> list[str]:
    """One sentence for each file since the period began: when, whose, and the document number where there is one."""
    since = datetime.combine(period.start, time.min, TIME_ZONE)
    lines = []
    for row in secrecy_rows.marked_refusals(database, since, until, agency_id):
        number = f", document {row['document_number']}" if row["document_number"] else ""
        came = _moment(row["received_at"])
        lines.append(f"turned away: a file of {row['sender_id']} with a secrecy mark, {came}{number}")
    for one in closed_files(database):
        if one.decision is None and since <= one.received_at < until and agency_id in (None, one.sender_id):
            came = _moment(one.received_at)
            lines.append(f"closed: a file of {one.sender_id}, {came}; see ./monitor marked {one.closed_number}")
    for stone in secrecy_rows.tombstones(database):
        if since <= stone.recorded_at < until and agency_id in (None, stone.sender_id):
            lines.append(f"purged: submission {stone.submission_id} of {stone.sender_id}, {_moment(stone.recorded_at)}")
    return lines


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(TIME_ZONE):%Y-%m-%d %H:%M}"
