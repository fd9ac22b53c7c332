"""What one answer of a body's report must hold to be used, and a report that repeats the one before."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from resolution_monitor.catalogue.entries import Indicator
from resolution_monitor.normalise.notes import Notes
from resolution_monitor.normalise.report_cells import RowCells
from resolution_monitor.reporting.content import BodyReport, IndicatorEntry, TaskEntry, TaskState, ValueState
from resolution_monitor.reporting.layout import VALUE_STATES
from resolution_monitor.wording import day, shortest

_PERCENT = "%"
_WHOLE = Decimal(100)
# So many figures can be alike by chance; more that are all alike were copied.
FEWEST_COPIED = 3
_MOST_DECIMALS_SHOWN = 6


def check_state(cells: RowCells, entry: IndicatorEntry) -> None:
    """A value that is reported is there, zero is zero, and where there is none there is no value."""
    has_value = entry.state in (ValueState.REPORTED, ValueState.ZERO)
    is_zero = entry.value == 0
    if has_value is (entry.value is not None) and (is_zero or entry.state is not ValueState.ZERO):
        return
    written = cells.text("value") or "(trống)"
    cells.note("state-contradicts-value", "state", written, item=entry.indicator_id, state=VALUE_STATES[entry.state])


def check_ratio(cells: RowCells, entry: IndicatorEntry, indicator: Indicator) -> None:
    """A share lies from 0 to 100 and is its numerator by its denominator, within the rounding of what is written."""
    if entry.value is None or indicator.kind != "ratio" or indicator.unit != _PERCENT:
        return
    if not 0 <= entry.value <= _WHOLE:
        cells.note("percent-out-of-range", "value", _number(entry.value), item=entry.indicator_id)
    elif entry.numerator is not None and entry.denominator is not None:
        worked_out = _share(entry.numerator, entry.denominator)
        if worked_out is None or abs(worked_out - entry.value) > _half_of_last_digit(entry.value):
            shown = "(không chia được cho 0)" if worked_out is None else _number(worked_out)
            cells.note("ratio-not-met", "value", _number(entry.value), item=entry.indicator_id, summed=shown)


def _share(numerator: Decimal, denominator: Decimal) -> Decimal | None:
    return numerator / denominator * _WHOLE if denominator else None


def _half_of_last_digit(value: Decimal) -> Decimal:
    """59.7 may be anything from 59.65 to 59.75."""
    exponent = value.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    # A spreadsheet keeps 0.1 + 0.2 as 0.30000000000000004: so many digits are a calculation, not a rounding.
    return Decimal("0.5").scaleb(-min(decimals, _MOST_DECIMALS_SHOWN)) + Decimal("1e-9")


def check_percent(cells: RowCells, entry: TaskEntry) -> None:
    """What is done lies from 0 to 100; 0.5 is more often 50% of a cell shown as percent than half of one."""
    done = entry.done_pct
    if done is None:
        return
    if not 0 <= done <= _WHOLE:
        cells.note("percent-out-of-range", "done_pct", _number(done), item=entry.task_id)
    elif 0 < done < 1 or (done == 1 and entry.state is TaskState.DONE):
        cells.note("percent-looks-small", "done_pct", _number(done), item=entry.task_id)


def check_done(cells: RowCells, entry: TaskEntry, latest_day: date) -> None:
    """What is done has a product with its number, and a day that has come."""
    if entry.done_on is not None and entry.done_on > latest_day:
        cells.note("date-in-future", "done_on", day(entry.done_on), item=entry.task_id, latest=day(latest_day))
    if entry.state is TaskState.DONE and (entry.done_on is None or not entry.product):
        cells.note("done-without-product", "state", entry.task_id)


def figures_of(report: BodyReport) -> dict[str, Decimal]:
    """Every figure of a report that can still move, by the code of its item: what is done stays at its hundred."""
    values = {entry.indicator_id: entry.value for entry in report.indicators}
    shares = {entry.task_id: entry.done_pct for entry in report.tasks if entry.state is not TaskState.DONE}
    return {item: figure for item, figure in (values | shares).items() if figure is not None}


def check_copied(notes: Notes, report: BodyReport, before: Mapping[str, Decimal] | None) -> None:
    """
    Figures that are all those of the body's report before may be right; somebody must look.

    Args:
        before: Figures of the last report of the same body and kind of period; None when there was none.
    """
    figures = figures_of(report)
    if before and len(figures) >= FEWEST_COPIED and figures == dict(before):
        notes.add("copied-report", value=str(len(figures)))


def _number(value: Decimal) -> str:
    return shortest(value, _MOST_DECIMALS_SHOWN)
