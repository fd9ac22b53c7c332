"""What bodies owe: the monthly workbook, each indicator by its frequency, each task while it is open."""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from resolution_monitor.catalogue.entries import Catalogue, Task
from resolution_monitor.errors import LedgerError
from resolution_monitor.period import Period

REPORT_ID = "report"
# The Steering Committee's chain: the workbook in which tasks are reported, too, unless they say otherwise.
REPORT_CALENDAR = "month"
_WEIGHT = "weight"


class ItemKind(StrEnum):
    """What is owed."""

    REPORT = "report"
    INDICATOR = "indicator"
    TASK = "task"


@dataclass(frozen=True, slots=True)
class Item:
    """
    One thing that bodies owe again and again.

    Attributes:
        agency_ids: Who owes it; those that ended stand for their successors.
        calendar: Key of the calendar whose periods it is owed by.
        lag_days: Days after a period's end before its figure can be known.
        begins_on: Owed for periods that end on this day or later; None means ever since. What ends it is what was
            reported of it: see ledger.closings.
        weight: Its importance, 0 or more.
        is_weight_assumed: The weight is the system's default, not the catalogue's.
    """

    kind: ItemKind
    item_id: str
    agency_ids: tuple[str, ...]
    calendar: str
    lag_days: int = 0
    begins_on: date | None = None
    weight: float = 1.0
    is_weight_assumed: bool = True

    def is_owed_for(self, period: Period) -> bool:
        return self.begins_on is None or self.begins_on <= period.end


def items_of(catalogue: Catalogue) -> list[Item]:
    """Everything that is owed under this catalogue while it is open."""
    return [_report(catalogue), *_indicators(catalogue), *_tasks(catalogue)]


def _report(catalogue: Catalogue) -> Item:
    reporters = tuple(key for key, body in catalogue.bodies.items() if body.block is not None)
    return Item(kind=ItemKind.REPORT, item_id=REPORT_ID, agency_ids=reporters, calendar=REPORT_CALENDAR)


def _indicators(catalogue: Catalogue) -> Iterator[Item]:
    # Figures that come in a form of their own are one sender's account of many bodies; those owe nothing themselves.
    told_by_forms = {form.indicator_id for form in catalogue.forms.values()}
    for indicator in catalogue.indicators.values():
        if indicator.indicator_id not in told_by_forms:
            yield Item(
                kind=ItemKind.INDICATOR,
                item_id=indicator.indicator_id,
                agency_ids=catalogue.reporters_of(indicator),
                calendar=indicator.frequency,
                lag_days=indicator.publication_lag_days,
                begins_on=indicator.t0,
                weight=indicator.weight,
                is_weight_assumed=_WEIGHT in indicator.assumed,
            )


def calendar_of(task: Task) -> str:
    """Key of the calendar by which a task is reported: its own, else that of the Steering Committee's chain."""
    return task.frequency or REPORT_CALENDAR


def _tasks(catalogue: Catalogue) -> Iterator[Item]:
    """A parent has no lead and is not owed: its children are."""
    for task in catalogue.tasks.values():
        if task.lead is not None:
            yield Item(
                kind=ItemKind.TASK,
                item_id=task.task_id,
                agency_ids=(task.lead,),
                calendar=calendar_of(task),
                begins_on=catalogue.resolutions[task.resolution].issued_on,
                weight=task.weight,
                is_weight_assumed=_WEIGHT in task.assumed,
            )


def kind_of_item(catalogue: Catalogue, item_id: str) -> ItemKind:
    """
    What an item's code stands for.

    Raises:
        LedgerError: It is neither the report, an indicator nor a task.
    """
    if item_id == REPORT_ID:
        return ItemKind.REPORT
    if item_id in catalogue.indicators:
        return ItemKind.INDICATOR
    if item_id in catalogue.tasks:
        return ItemKind.TASK
    near = _near(item_id, [REPORT_ID, *catalogue.indicators, *catalogue.tasks])
    raise LedgerError(f"item {item_id!r} is not known; write {REPORT_ID}, an indicator or a task{near}")


def require_agency(catalogue: Catalogue, agency_id: str) -> None:
    """
    Refuse a code that no body bears.

    Raises:
        LedgerError: With the codes nearest to it.
    """
    if agency_id not in catalogue.bodies:
        near = _near(agency_id, catalogue.bodies)
        raise LedgerError(f"agency {agency_id!r} is not known; write its code in catalogue/bodies{near}")


def _near(written: str, known: Iterable[str]) -> str:
    found = difflib.get_close_matches(written.upper(), list(known), n=3, cutoff=0.5)
    return f", such as {', '.join(found)}" if found else ""
