"""What a figure of a body's report must be: possible in itself, and likely beside its target and the figure before."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from resolution_monitor.catalogue.entries import Indicator
from resolution_monitor.method.registry import kinds
from resolution_monitor.normalise.report_cells import RowCells
from resolution_monitor.reporting.content import IndicatorEntry, ValueState
from resolution_monitor.reporting.layout import VALUE_STATES
from resolution_monitor.wording import shortest

_PERCENT = "%"
_WHOLE = Decimal(100)
_MOST_DECIMALS_SHOWN = 6
# Unit -> the lowest and the highest figure there can be.
_SCALES = {
    "điểm 0-1": (Decimal(0), Decimal(1)),
    "hạng": (Decimal(1), Decimal(250)),
    "có/không": (Decimal(0), Decimal(1)),
}
# A unit read as the one below or above it is a thousand times off; real figures come near it by no more than half.
_THOUSANDFOLD = Decimal(500)
# A share written as a fraction is a hundred times too small.
_HUNDREDFOLD = Decimal(50)
_TIMES_THE_TARGET = Decimal(10)


def check_figure(cells: RowCells, entry: IndicatorEntry, indicator: Indicator, last: Decimal | None, day: date) -> None:
    """
    One row of the sheet Chỉ tiêu.

    Args:
        last: The figure of the period before; None where it is not known.
        day: The last day of the period.
    """
    check_state(cells, entry)
    check_sign(cells, entry, indicator)
    check_scale(cells, entry, indicator)
    check_ratio(cells, entry, indicator)
    if entry.value and not cells.is_blocked:
        check_likely(cells, entry, indicator, last, day)


def check_state(cells: RowCells, entry: IndicatorEntry) -> None:
    """A value that is reported is there, zero is zero, and where there is none its reason is."""
    has_value = entry.state in (ValueState.REPORTED, ValueState.ZERO)
    is_zero = entry.value == 0
    if has_value is not (entry.value is not None) or (entry.state is ValueState.ZERO and not is_zero):
        written = cells.text("value") or "(trống)"
        state = VALUE_STATES[entry.state]
        cells.note("state-contradicts-value", "state", written, item=entry.indicator_id, state=state)
    elif not has_value:
        cells.note("no-value", "state", VALUE_STATES[entry.state], item=entry.indicator_id)


def check_sign(cells: RowCells, entry: IndicatorEntry, indicator: Indicator) -> None:
    """Nothing that is counted or measured lies below zero; a growth may."""
    parts = {"value": entry.value, "numerator": entry.numerator, "denominator": entry.denominator}
    for field, number in parts.items():
        if number is not None and number < 0 and not (field == "value" and kinds()[indicator.kind].is_signed):
            cells.note("figure-negative", field, shown_number(number), item=entry.indicator_id)


def check_scale(cells: RowCells, entry: IndicatorEntry, indicator: Indicator) -> None:
    """A rank begins at 1, an index ends at 1, what is counted has no fraction."""
    value = entry.value
    if value is None or value < 0:
        return
    low, high = _SCALES.get(indicator.unit, (None, None))
    if low is not None and high is not None and not low <= value <= high:
        ends = {"low": shown_number(low), "high": shown_number(high)}
        cells.note("out-of-scale", "value", shown_number(value), item=entry.indicator_id, unit=indicator.unit, **ends)
    elif indicator.min_step >= 1 and value != int(value):
        cells.note("not-whole", "value", shown_number(value), item=entry.indicator_id, unit=indicator.unit)


def check_ratio(cells: RowCells, entry: IndicatorEntry, indicator: Indicator) -> None:
    """A share lies from 0 to 100 and is its numerator by its denominator, within the rounding of what is written."""
    value, numerator, denominator = entry.value, entry.numerator, entry.denominator
    if indicator.unit != _PERCENT or kinds()[indicator.kind].is_signed or value is None or value < 0:
        return
    if not kinds()[indicator.kind].has_parts:
        if value > _WHOLE:
            cells.note("share-over-hundred", "value", shown_number(value), item=entry.indicator_id)
        return
    if value > _WHOLE:
        cells.note("percent-out-of-range", "value", shown_number(value), item=entry.indicator_id)
    if numerator is None and denominator is None:
        return
    if numerator is None or denominator is None:
        cells.note(
            "ratio-half-told", "numerator" if numerator is None else "denominator", None, item=entry.indicator_id
        )
    elif numerator > denominator:
        whole = shown_number(denominator)
        cells.note("part-exceeds-whole", "numerator", shown_number(numerator), item=entry.indicator_id, whole=whole)
    elif value <= _WHOLE:
        _check_quotient(cells, entry.indicator_id, value, _share(numerator, denominator))


def _check_quotient(cells: RowCells, item: str, value: Decimal, worked_out: Decimal | None) -> None:
    if worked_out is None or abs(worked_out - value) > _half_of_last_digit(value):
        shown = "(không chia được cho 0)" if worked_out is None else shown_number(worked_out)
        cells.note("ratio-not-met", "value", shown_number(value), item=item, summed=shown)


def _share(numerator: Decimal, denominator: Decimal) -> Decimal | None:
    return numerator / denominator * _WHOLE if denominator else None


def _half_of_last_digit(value: Decimal) -> Decimal:
    """59.7 may be anything from 59.65 to 59.75."""
    exponent = value.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    # A spreadsheet keeps 0.1 + 0.2 as 0.30000000000000004: so many digits are a calculation, not a rounding.
    return Decimal("0.5").scaleb(-min(decimals, _MOST_DECIMALS_SHOWN)) + Decimal("1e-9")


def check_likely(cells: RowCells, entry: IndicatorEntry, indicator: Indicator, last: Decimal | None, day: date) -> None:
    """A figure that is possible but far from what was to be expected: one finding, the likeliest slip first."""
    value, item = abs(entry.value or Decimal(0)), entry.indicator_id
    before = abs(last) if last else None
    if before is not None and not value < before * _THOUSANDFOLD:
        _tell_jump(cells, item, value, before, "kỳ trước")
    elif before is not None and indicator.unit.startswith(_PERCENT) and value <= 1 and value * _HUNDREDFOLD <= before:
        cells.note("share-looks-small", "value", shown_number(value), item=item, last=shown_number(before))
    elif before is not None and not value * _THOUSANDFOLD > before:
        _tell_jump(cells, item, value, before, "kỳ trước")
    elif before is not None and kinds()[indicator.kind].grows and value < before:
        cells.note("total-falls", "value", shown_number(value), item=item, last=shown_number(before))
    else:
        _check_target(cells, item, value, indicator, day)


def _tell_jump(cells: RowCells, item: str, value: Decimal, other: Decimal, against: str) -> None:
    times = max(value / other, other / value)
    told = {"times": shortest(times, 0), "other": shown_number(other), "against": against}
    cells.note("unit-looks-wrong", "value", shown_number(value), item=item, **told)


def _check_target(cells: RowCells, item: str, value: Decimal, indicator: Indicator, day: date) -> None:
    """Held against the target being worked towards; what is to go down may begin anywhere above it."""
    targets = [target for target in indicator.targets if target.due_on >= day] or list(indicator.targets[-1:])
    planned = targets[0].planned(indicator.direction) if targets else None
    if not planned or indicator.direction != "up" or value <= planned * _TIMES_THE_TARGET:
        return
    if value >= planned * _THOUSANDFOLD:
        _tell_jump(cells, item, value, planned, "mục tiêu")
    else:
        cells.note("far-beyond-target", "value", shown_number(value), item=item, target=shown_number(planned))


def check_parts(rows: Mapping[str, tuple[RowCells, IndicatorEntry]], indicators: Mapping[str, Indicator]) -> None:
    """What is a part of another figure of the same report does not exceed it."""
    for item, (cells, entry) in rows.items():
        whole = rows.get(indicators[item].part_of or "")
        held = whole[1].value if whole else None
        if entry.value is not None and held is not None and entry.value > held:
            told = f"{shown_number(held)} ({indicators[item].part_of})"
            cells.note("part-exceeds-whole", "value", shown_number(entry.value), item=item, whole=told)


def shown_number(value: Decimal) -> str:
    return shortest(value, _MOST_DECIMALS_SHOWN)
