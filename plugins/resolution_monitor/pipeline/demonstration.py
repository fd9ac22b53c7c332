"""The demonstration's own act of a named person: documents older than the first report of them are verified."""

from datetime import datetime, timedelta

from resolution_monitor.ask.documents import documents
from resolution_monitor.period import Period
from resolution_monitor.pipeline.context import open_context
from resolution_monitor.pipeline.documents import verify_document
from resolution_monitor.settings import Settings

# Made up, and marked as such wherever it is shown.
_AUTHOR = "Văn phòng Ban Chỉ đạo (minh họa)"
_SOURCE = "Đối chiếu với bản gốc văn bản (minh họa)"
_AFTER = timedelta(hours=1)


def verify_told_documents(settings: Settings, period: Period, tick: datetime) -> int:
    """
    Find every document that counts later than told to be as it was told, an hour after a briefing; how many.

    What was made before that hour keeps the day of the first report; later months know better.
    """
    now = tick + _AFTER
    with open_context(settings, now, sees_until=now) as context:
        rows = documents(context.database, context.catalogue, period, known_at=now)
        waiting = rows[(rows["found"] == "") & rows["told_on"].notna() & (rows["told_on"] != rows["counted_on"])]
        for row in waiting.to_dict("records"):
            verify_document(
                context,
                agency_id=row["agency_id"],
                item_id=row["item_id"],
                document=row["document"],
                verdict="valid",
                issued_on=row["told_on"],
                source=_SOURCE,
                author=_AUTHOR,
            )
        return len(waiting)
