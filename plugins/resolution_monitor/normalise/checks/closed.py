"""What stands of an indicator that is closed is changed by nobody's later figure until a named person accepts it.

Source: docs/method.md, clause 2.5.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from resolution_monitor.catalogue.entries import Check, Indicator
from resolution_monitor.ledger.closings import Closed
from resolution_monitor.normalise.checks.slips import planned_on, shown_number
from resolution_monitor.normalise.notes import Notes
from resolution_monitor.normalise.observe import Reading
from resolution_monitor.normalise.report_cells import RowCells
from resolution_monitor.period import Period
from resolution_monitor.reporting.content import IndicatorEntry
from resolution_monitor.reporting.layout import VALUE_STATES
from resolution_monitor.terms import ReportedValue
from resolution_monitor.wording import day

CHECK = "closed-figure-differs"
# What stands of the indicator of a value; None where it is open.
ClosedValue = Callable[[ReportedValue], Closed | None]
_NOTHING = "(chưa có số)"


def check_closed_figure(
    cells: RowCells, entry: IndicatorEntry, indicator: Indicator, closed: Closed, period: Period
) -> None:
    """
    A row of the sheet Chỉ tiêu whose indicator is closed: another figure than the one that stands is asked about.

    A gap from before may be filled, but not by a figure that would have closed it sooner.
    """
    stands_on = closed.figure_on(period.end)
    if stands_on is None and not _reaches(entry.value, indicator, period):
        return
    if stands_on is None or entry.value != closed.figures[stands_on]:
        told = VALUE_STATES[entry.state] if entry.value is None else shown_number(entry.value)
        cells.note(CHECK, "value", told, item=entry.indicator_id, **_standing(closed, stands_on, period.end))


def _reaches(value: Decimal | None, indicator: Indicator, period: Period) -> bool:
    """Whether a figure may reach the target; a band, whose edges its rule knows, is taken to."""
    if value is None:
        return False
    planned = planned_on(indicator, period)
    return {"up": value >= planned, "down": value <= planned}.get(indicator.direction, True)


def _standing(closed: Closed, stands_on: date | None, period_end: date) -> dict[str, str]:
    figure = closed.figures[stands_on] if stands_on is not None else None
    accepted = _NOTHING if figure is None else shown_number(figure)
    return {"accepted": accepted, "told_for": day(stands_on or period_end), "since": day(closed.since)}


def without_differing(
    form: Reading, checks: Mapping[str, Check], closed_value: ClosedValue, accepted: Mapping[str, str] | None
) -> Reading:
    """
    A form without figures that differ from what stands of closed indicators, each told.

    Args:
        accepted: Items of which a named person accepted what the file says of them, with the person's words.
    """
    notes, taken = Notes(checks, accepted=accepted), []
    for value in form.values:
        closed = closed_value(value)
        stands_on = closed.figure_on(value.period_end) if closed else None
        differs = closed is not None and stands_on is not None and value.value != closed.figures[stands_on]
        if closed is None or not differs or _is_accepted(notes, value, closed, stands_on):
            taken.append(value)
    return replace(form, values=tuple(taken), findings=(*form.findings, *notes.findings))


def _is_accepted(notes: Notes, value: ReportedValue, closed: Closed, stands_on: date | None) -> bool:
    told = shown_number(value.value) if value.value is not None else value.raw_text
    details = {"item": value.indicator_id, **_standing(closed, stands_on, value.period_end)}
    place = {"sheet": value.sheet, "cell": value.cell, "value": told}
    if decision := notes.decision(CHECK, value.indicator_id):
        return not notes.add_justified(CHECK, **place, justification=decision, **details)
    return not notes.add(CHECK, **place, **details)
