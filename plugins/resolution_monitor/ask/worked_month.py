"""One month of resolutions with every intermediate value of its scores, and where one assignment stands in it."""

from datetime import datetime
from typing import Any

from resolution_monitor.ask.month_as_known import month_as_known
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.errors import LedgerError
from resolution_monitor.ledger.items import ItemKind, kind_of_item, require_agency
from resolution_monitor.period import Period
from resolution_monitor.score.formulas.explained import Explained, explained_indicator, explained_task
from resolution_monitor.score.month.scores import Worked, work_resolutions
from resolution_monitor.store.connect import Database

Row = dict[str, Any]


def worked_month(database: Database, catalogue: Catalogue, period: Period, known_at: datetime | None = None) -> Worked:
    """
    The month as known at a time, by the functions that production scores with; None sees everything.

    Raises:
        NothingToReportError: Nothing was known of it then.
    """
    return work_resolutions(month_as_known(database, catalogue, period, known_at))


def assignment_of(worked: Worked, item_id: str, agency_id: str) -> Row:
    """
    The row of an assignment, by its item and a body that leads or helps it.

    Raises:
        LedgerError: The item is no assignment, or the body has no part in it.
    """
    rows = worked.scores.assignments[worked.scores.assignments["item_id"] == item_id].to_dict("records")
    if not rows:
        raise LedgerError(f"{item_id!r} is not scored: it belongs to no resolution, or is given to a group")
    holder = worked.month.scored.holder_of(agency_id)
    for row in rows:
        if holder in (row["agency_id"], *_helpers(worked, item_id)):
            return {str(name): value for name, value in row.items()}
    leads = ", ".join(sorted({row["agency_id"] for row in rows}))
    raise LedgerError(f"{agency_id} neither leads nor helps {item_id}; it is led by {leads}")


def _helpers(worked: Worked, item_id: str) -> set[str]:
    """Bodies of the day that coordinate a task."""
    task = worked.month.catalogue.tasks.get(item_id)
    return {worked.month.scored.holder_of(key) for key in task.coordinating} if task else set()


def explained_assignment(worked: Worked, assignment: Row) -> Explained:
    """What an assignment was scored from, and every value on the way."""
    is_task = assignment["item_kind"] == ItemKind.TASK.value
    base = worked.tasks.base if is_task else worked.indicators.base
    is_it = (base["item_id"] == assignment["item_id"]) & (base["agency_id"] == assignment["agency_id"])
    place = int(is_it.to_numpy().argmax())
    if is_task:
        return explained_task(worked.tasks, place, assignment)
    return explained_indicator(worked.indicators, place, assignment)


def require_item(catalogue: Catalogue, agency_id: str, item_id: str) -> None:
    """
    Refuse what the catalogue does not know.

    Raises:
        LedgerError: With the codes nearest to it.
    """
    require_agency(catalogue, agency_id)
    if kind_of_item(catalogue, item_id) is ItemKind.REPORT:
        raise LedgerError("a report as a whole has no score of its own; name an indicator or a task")
