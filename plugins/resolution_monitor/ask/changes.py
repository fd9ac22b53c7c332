"""What did a body change in what it reported for a period?"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.errors import NothingToReportError
from resolution_monitor.ledger.corrections import Answer, Change, changes_of, events_by_item
from resolution_monitor.ledger.items import require_agency
from resolution_monitor.period import Period
from resolution_monitor.store import ledger_rows
from resolution_monitor.store.connect import Database

_ENDS = ("old", "new")
_OF_ANSWER = ("submission", "file", "sheet", "cell", "received_at")
COLUMNS = (
    *("period", "agency_id", "item_kind", "item_id", "item", "change", "changed_at", *_ENDS),
    *(f"{end}_{name}" for end in _ENDS for name in _OF_ANSWER),
    *("reason", "author"),
)


def changes(
    database: Database, catalogue: Catalogue, agency_id: str, period: Period, known_at: datetime | None = None
) -> pandas.DataFrame:
    """
    One row per answer that gave way to another with COLUMNS, by item, oldest first; empty where nothing changed.

    What came when the period was closed never stood and changed nothing.

    Raises:
        LedgerError: There is no such body.
        NothingToReportError: It reported nothing for the period.
    """
    require_agency(catalogue, agency_id)
    versions, decisions = ledger_rows.versions_of_body(database, agency_id, period, known_at)
    if versions.empty:
        when = f" by {known_at.isoformat(timespec='minutes')}" if known_at else ""
        raise NothingToReportError(f"{agency_id} reported nothing for {period.name}{when}, so nothing can have changed")
    events = events_by_item(_records(versions), _records(decisions))
    rows = [
        {"period": period.name, "agency_id": agency_id, **_row(catalogue, change)}
        for item in sorted(events)
        for change in changes_of(item, events[item])
    ]
    return pandas.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _records(frame: pandas.DataFrame) -> list[dict[str, Any]]:
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in frame.itertuples(index=False, name=None)]


def _row(catalogue: Catalogue, change: Change) -> dict[str, object]:
    kind, item_id = change.item
    known = catalogue.indicators.get(item_id) or catalogue.tasks.get(item_id)
    return {
        "item_kind": kind,
        "item_id": item_id,
        "item": known.name_vi if known else item_id,
        "change": change.kind.value,
        "changed_at": change.changed_at,
        **_written("old", change.old),
        **_written("new", change.new),
        "reason": change.reason,
        "author": change.author,
    }


def _written(end: str, answer: Answer | None) -> dict[str, object]:
    if answer is None:
        return {end: None, **{f"{end}_{name}": None for name in _OF_ANSWER}}
    found = (answer.submission_id, answer.file_name, *answer.place, answer.received_at)
    return {end: _text(answer), **{f"{end}_{name}": value for name, value in zip(_OF_ANSWER, found, strict=True)}}


def _text(answer: Answer) -> str:
    """Such as "reported 91.5" or "done 100 2026-10-03 12/QĐ-BYT"; what is not told is left out."""
    return " ".join(_plain(part) for part in answer.said if part not in (None, ""))


def _plain(part: object) -> str:
    if isinstance(part, Decimal):
        return f"{part.normalize():f}"
    return part.isoformat() if isinstance(part, date) else str(part)
