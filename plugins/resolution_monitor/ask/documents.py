"""Which documents prove what is done: the day told, the day that counts, and what a named person found?"""

from datetime import date, datetime
from typing import Any

import pandas

from resolution_monitor.ask.worked_month import worked_month
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.ledger.items import require_agency
from resolution_monitor.period import Period
from resolution_monitor.reporting.documents import document_key
from resolution_monitor.score.month.scores import Worked
from resolution_monitor.store.connect import Database

COLUMNS = (
    *("item_id", "item", "agency_id", "agency", "document", "told_on", "counted_on", "due_on", "late_days"),
    *("late_days_as_told", "found", "found_on", "author", "source"),
)
Row = dict[Any, Any]


def documents(
    database: Database,
    catalogue: Catalogue,
    period: Period,
    *,
    known_at: datetime | None = None,
    agency_id: str | None = None,
) -> pandas.DataFrame:
    """
    One row per item that is said to be done with a document, with COLUMNS: largest difference of days first.

    late_days are those after the deadline by the day that counts, None while the deadline is not verified; found is
    "" while nobody looked at the document, else valid or invalid.

    Raises:
        LedgerError: There is no such body.
        NothingToReportError: Nothing was known of the period then.
    """
    if agency_id is not None:
        require_agency(catalogue, agency_id)
    worked = worked_month(database, catalogue, period, known_at)
    rows = [
        _row(worked, assignment)
        for assignment in worked.scores.assignments.to_dict("records")
        if assignment["product"] and agency_id in (None, assignment["agency_id"])
    ]
    rows.sort(key=lambda row: (-_days(row["told_on"], row["counted_on"]), row["item_id"], row["agency_id"]))
    return pandas.DataFrame(rows, columns=list(COLUMNS))


def found_of(worked: Worked, assignment: Row) -> Row:
    """What a named person found of the document of an assignment: verdict, issued_on, author, source, recorded_at."""
    held = worked.month.documents
    is_it = (
        (held["agency_id"] == assignment["agency_id"])
        & (held["item_id"] == assignment["item_id"])
        & (held["document_key"] == document_key(assignment["product"]))
    )
    return next(iter(held[is_it].to_dict("records")), {})


def _row(worked: Worked, assignment: Row) -> Row:
    catalogue, found = worked.month.catalogue, found_of(worked, assignment)
    entry = catalogue.tasks.get(assignment["item_id"]) or catalogue.indicators[assignment["item_id"]]
    due_on = None if assignment["is_due_assumed"] else assignment["due_on"]
    return {
        "item_id": assignment["item_id"],
        "item": entry.name_vi,
        "agency_id": assignment["agency_id"],
        "agency": catalogue.bodies[assignment["agency_id"]].short_vi,
        "document": assignment["product"],
        "told_on": assignment["done_on"],
        "counted_on": assignment["met_on"],
        "due_on": due_on,
        "late_days": _late(assignment["met_on"], due_on),
        "late_days_as_told": _late(assignment["done_on"], due_on),
        "found": found.get("verdict", ""),
        "found_on": found.get("issued_on"),
        "author": found.get("author", ""),
        "source": found.get("source", ""),
    }


def _late(day: date | None, due_on: date | None) -> int | None:
    return None if day is None or due_on is None else max(0, (day - due_on).days)


def _days(first: date | None, then: date | None) -> int:
    return (then - first).days if first and then else 0
