"""What a figure of a body's report must be by itself: possible, and no contradiction to what stands beside it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from resolution_monitor.catalogue.entries import Indicator
from resolution_monitor.method.nothing_to_report import Cases
from resolution_monitor.method.registry import kinds
from resolution_monitor.normalise.checks.nothing import check_nothing, is_doubtful
from resolution_monitor.normalise.checks.slips import WHOLE, shown_number
from resolution_monitor.normalise.looks import is_percentage
from resolution_monitor.normalise.report_cells import RowCells
from resolution_monitor.reporting.content import IndicatorEntry, ValueState
from resolution_monitor.reporting.documents import document_in
from resolution_monitor.reporting.layout import VALUE_STATES

_MOST_DECIMALS_SHOWN = 6
# Unit -> the lowest and the highest figure there can be.
_SCALES = {
    "điểm 0-1": (Decimal(0), Decimal(1)),
    "hạng": (Decimal(1), Decimal(250)),
    "có/không": (Decimal(0), Decimal(1)),
}


def check_figure(cells: RowCells, entry: IndicatorEntry, indicator: Indicator, cases: Sequence[Cases] = ()) -> None:
    """
    One row of the sheet Chỉ tiêu, by itself.

    Args:
        cases: What its share was made of in the periods before, in order, as accepted.
    """
    claims_nothing = is_doubtful(entry, indicator, cases)
    if claims_nothing:
        check_nothing(cells, entry, indicator, cases)
    check_state(cells, entry, asks_why=not claims_nothing)
    check_sign(cells, entry, indicator)
    check_scale(cells, entry, indicator)
    check_ratio(cells, entry, indicator)
    # What is only watched, as the daily figures of provinces, is not scored and needs no proof.
    if kinds()[indicator.kind].is_product and indicator.resolution is not None:
        check_proof(cells, entry)


def check_proof(cells: RowCells, entry: IndicatorEntry) -> None:
    """What is done is proved by a document with its number and day; without one the score counts it as not done."""
    if entry.value is not None and entry.value >= 1 and document_in(entry.explanation) is None:
        cells.note("done-without-document", "explanation", entry.explanation[:60] or None, item=entry.indicator_id)


def check_state(cells: RowCells, entry: IndicatorEntry, *, asks_why: bool = True) -> None:
    """
    A value that is reported is there, zero is zero, and where there is none its reason is.

    Args:
        asks_why: False where more than a reason is asked for already.
    """
    has_value = entry.state in (ValueState.REPORTED, ValueState.ZERO)
    is_zero = entry.value == 0
    if has_value is not (entry.value is not None) or (entry.state is ValueState.ZERO and not is_zero):
        written = cells.text("value") or "(trống)"
        state = VALUE_STATES[entry.state]
        cells.note("state-contradicts-value", "state", written, item=entry.indicator_id, state=state)
    elif not has_value and asks_why:
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
    """A share keeps to its range, and is its numerator by its denominator within the rounding of what is written."""
    value, numerator, denominator = entry.value, entry.numerator, entry.denominator
    if not is_percentage(indicator.unit) or value is None:
        return
    kind = kinds()[indicator.kind]
    if kind.is_signed:
        if abs(value) > WHOLE:
            cells.note("growth-over-hundred", "value", shown_number(value), item=entry.indicator_id)
        return
    if value > WHOLE:
        check = "percent-out-of-range" if kind.has_parts else "share-over-hundred"
        cells.note(check, "value", shown_number(value), item=entry.indicator_id)
    if (numerator is None and denominator is None) or value < 0:
        return
    if numerator is None or denominator is None:
        if kind.has_parts:
            empty = "numerator" if numerator is None else "denominator"
            cells.note("ratio-half-told", empty, None, item=entry.indicator_id)
    elif kind.has_parts and numerator > denominator:
        whole = shown_number(denominator)
        cells.note("part-exceeds-whole", "numerator", shown_number(numerator), item=entry.indicator_id, whole=whole)
    elif value <= WHOLE:
        _check_quotient(cells, entry.indicator_id, value, _share(numerator, denominator))


def _check_quotient(cells: RowCells, item: str, value: Decimal, worked_out: Decimal | None) -> None:
    if worked_out is not None and abs(worked_out - value) <= _half_of_last_digit(value):
        return
    if worked_out and 0 < value <= 1 and abs(value * WHOLE - worked_out) <= 1:
        cells.note("share-looks-small", "value", shown_number(value), item=item, last=shown_number(worked_out))
        return
    shown = "(không chia được cho 0)" if worked_out is None else shown_number(worked_out)
    cells.note("ratio-not-met", "value", shown_number(value), item=item, summed=shown)


def _share(numerator: Decimal, denominator: Decimal) -> Decimal | None:
    return numerator / denominator * WHOLE if denominator else None


def _half_of_last_digit(value: Decimal) -> Decimal:
    """59.7 may be anything from 59.65 to 59.75."""
    exponent = value.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    # A spreadsheet keeps 0.1 + 0.2 as 0.30000000000000004: so many digits are a calculation, not a rounding.
    return Decimal("0.5").scaleb(-min(decimals, _MOST_DECIMALS_SHOWN)) + Decimal("1e-9")


def check_parts(rows: Mapping[str, tuple[RowCells, IndicatorEntry]], indicators: Mapping[str, Indicator]) -> None:
    """What is a part of another figure of the same report does not exceed it."""
    for item, (cells, entry) in rows.items():
        whole = rows.get(indicators[item].part_of or "")
        held = whole[1].value if whole else None
        if entry.value is not None and held is not None and entry.value > held:
            told = f"{shown_number(held)} ({indicators[item].part_of})"
            cells.note("part-exceeds-whole", "value", shown_number(entry.value), item=item, whole=told)
