"""Which day counts of what is done, and why: the day told, the first report that said so, and what was verified."""

from datetime import date
from typing import Any

from resolution_monitor.ask.documents import found_of
from resolution_monitor.ask.worked_month import Row
from resolution_monitor.ledger.items import ItemKind
from resolution_monitor.method.arrays import Floats
from resolution_monitor.score.month.scores import Worked
from resolution_monitor.score.rules.days import dates

_NO_PROOF = "a named person found that the document proves nothing: the task counts as open"
_UNPROVEN = "said to be done without a day and a number of its product: it counts as open"
_VERIFIED = "the document was verified: its legal day counts"
_AS_TOLD = "told in the month in which it was done: the day told counts"
_LATER = "told to be done before the first report that says so, and not verified: the first day of that report counts"


def day_of_product(worked: Worked, assignment: Row) -> dict[str, Any] | None:
    """
    told_on, first_claimed_on, verified_on, counted_on, document, why and who found it; None while nothing is said done.

    Source: docs/method.md, clause 2.5, day of a deliverable.
    """
    if assignment["item_kind"] != ItemKind.TASK.value or assignment["task_state"] != "done":
        return None
    base, claims = worked.tasks.base, worked.tasks.claims
    is_it = (base["item_id"] == assignment["item_id"]) & (base["agency_id"] == assignment["agency_id"])
    place = int(is_it.to_numpy().argmax())
    found = found_of(worked, assignment)
    verified_on = _day(claims.verified_day, place)
    return {
        "document": assignment["product"],
        "told_on": assignment["done_on"],
        "first_claimed_on": _day(claims.claimed_day, place),
        "verified_on": verified_on,
        "counted_on": assignment["met_on"],
        "why": _why(assignment, found, verified_on),
        "found": found.get("verdict"),
        "author": found.get("author"),
        "source": found.get("source"),
        "found_at": found.get("recorded_at"),
    }


def _why(assignment: Row, found: Row, verified_on: date | None) -> str:
    if found.get("verdict") == "invalid":
        return _NO_PROOF
    if assignment["met_on"] is None:
        return _UNPROVEN
    if verified_on is not None:
        return _VERIFIED
    return _LATER if assignment["met_on"] != assignment["done_on"] else _AS_TOLD


def _day(days: Floats, place: int) -> date | None:
    found: date | None = dates(days[place : place + 1])[0]
    return found
