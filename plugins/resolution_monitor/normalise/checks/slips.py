"""A figure that is possible but far from what was to be expected: slips of the keyboard, of the unit, of the row."""

from collections.abc import Mapping
from decimal import Decimal

from resolution_monitor.catalogue.entries import Indicator
from resolution_monitor.method.registry import kinds
from resolution_monitor.normalise.looks import is_percentage
from resolution_monitor.normalise.report_cells import RowCells
from resolution_monitor.normalise.values import number_of
from resolution_monitor.period import Period
from resolution_monitor.reporting.content import IndicatorEntry
from resolution_monitor.wording import shortest

WHOLE = Decimal(100)
_YES_NO = "có/không"
_MOST_DECIMALS_SHOWN = 6
# A unit read as the one below or above it is a thousand times off; real figures come near it by no more than half.
_THOUSANDFOLD = Decimal(500)
# A share written as a fraction is a hundred times too small.
_HUNDREDFOLD = Decimal(50)
# A digit too many or too few is ten times off. No honest pair of the demonstration moved by more than 1.4 times from
# one month, quarter or year to the next; counts of single days leap 12.7 times, and are left out.
_TENFOLD = Decimal(5)
_LEAPING = {"day", "week"}
# Of so few of the smallest steps that can be measured a figure may move by any number of times.
_FEWEST_STEPS = 20
_TIMES_THE_TARGET = Decimal(10)
# Points that a share moves at most: 8.0 up and 0.3 down from month to month in the demonstration.
_MOST_POINTS, _MOST_POINTS_BACK, _MOST_POINTS_OF_YEAR = Decimal(20), Decimal(10), Decimal(30)
# A share that is exactly its target while it stood far from it was most likely copied out of the column beside it.
_FAR_FROM_TARGET = Decimal(10)
# Shares that trade places: off their own row by so much, and so near to another row.
_FEWEST_POINTS, _TIMES_NEARER, _FEWEST_TRADED = Decimal(5), 5, 2


def check_likely(
    cells: RowCells, entry: IndicatorEntry, indicator: Indicator, last: Decimal | None, period: Period
) -> None:
    """
    One finding at most, the likeliest slip first; where no figure came before, the baseline stands for it.

    Args:
        last: The figure of the period before; None where it is not known.
    """
    if entry.value is None or cells.is_blocked:
        return
    value, item = abs(entry.value), entry.indicator_id
    baseline = indicator.baseline.value if indicator.baseline else None
    before, against = (abs(last), "kỳ trước") if last is not None else (abs(baseline or Decimal(0)), "mức gốc")
    planned = planned_on(indicator, period)
    if _is_fraction(value, before, planned, indicator):
        cells.note("share-looks-small", "value", shown_number(value), item=item, last=shown_number(before or planned))
    elif value and before and not before / _THOUSANDFOLD < value < before * _THOUSANDFOLD:
        _tell_jump(cells, "unit-looks-wrong", item, value, before, against)
    elif last is not None and kinds()[indicator.kind].grows and value < before:
        cells.note("total-falls", "value", shown_number(value), item=item, last=shown_number(before))
    elif _leaps(value, before, indicator, period):
        _tell_jump(cells, "figure-leaps", item, value, before, against)
    elif last is not None and _moves_far(value, before, indicator, period):
        cells.note("share-moves-far", "value", shown_number(value), item=item, last=shown_number(before))
    elif last is not None and _is_target(value, before, planned, indicator):
        cells.note("target-as-value", "value", shown_number(value), item=item, last=shown_number(before))
    elif value and planned and indicator.direction == "up" and not kinds()[indicator.kind].is_signed:
        _check_target(cells, item, value, planned)


def planned_on(indicator: Indicator, period: Period) -> Decimal:
    """The target being worked towards; zero where there is none."""
    targets = [target for target in indicator.targets if target.due_on >= period.end] or list(indicator.targets[-1:])
    return (targets[0].planned(indicator.direction) if targets else None) or Decimal(0)


def _is_fraction(value: Decimal, before: Decimal, planned: Decimal, indicator: Indicator) -> bool:
    """What begins at nothing may be small, and so may what is to become small."""
    if not is_percentage(indicator.unit) or not 0 < value <= 1:
        return False
    may_be_small = kinds()[indicator.kind].grows or indicator.direction != "up"
    other = before or (Decimal(0) if may_be_small else planned)
    return value * _HUNDREDFOLD <= other


def _leaps(value: Decimal, before: Decimal, indicator: Indicator, period: Period) -> bool:
    if not before or period.kind in _LEAPING or kinds()[indicator.kind].is_signed or indicator.unit == _YES_NO:
        return False
    is_small = max(value, before) < _FEWEST_STEPS * Decimal(str(indicator.min_step))
    return not is_small and (value >= before * _TENFOLD or value * _TENFOLD <= before)


def _moves_far(value: Decimal, before: Decimal, indicator: Indicator, period: Period) -> bool:
    if not is_percentage(indicator.unit) or period.kind in _LEAPING or kinds()[indicator.kind].is_signed:
        return False
    if period.kind == "year":
        return abs(value - before) > _MOST_POINTS_OF_YEAR
    falls_back = indicator.direction == "up" and value < before
    return abs(value - before) > (_MOST_POINTS_BACK if falls_back else _MOST_POINTS)


def _is_target(value: Decimal, before: Decimal, planned: Decimal, indicator: Indicator) -> bool:
    is_far = abs(value - before) > _FAR_FROM_TARGET / WHOLE * before
    return bool(planned) and value == planned and is_far and indicator.unit != _YES_NO


def _tell_jump(cells: RowCells, check: str, item: str, value: Decimal, other: Decimal, against: str) -> None:
    times = max(value / other, other / value) if value else Decimal(0)
    told = "rất nhiều" if not times else shortest(times, 0)
    cells.note(check, "value", shown_number(value), item=item, times=told, other=shown_number(other), against=against)


def _check_target(cells: RowCells, item: str, value: Decimal, planned: Decimal) -> None:
    """Held against the target; what is to go down may begin anywhere above it."""
    if value >= planned * _THOUSANDFOLD:
        _tell_jump(cells, "unit-looks-wrong", item, value, planned, "mục tiêu")
    elif value > planned * _TIMES_THE_TARGET:
        cells.note("far-beyond-target", "value", shown_number(value), item=item, target=shown_number(planned))


def check_columns(cells: RowCells, entry: IndicatorEntry, before: Decimal | None) -> None:
    """
    The figure of the period before where this one belongs, and another in the column of the one before.

    Args:
        before: As it was accepted; None where nobody knows.
    """
    told = number_of(cells.held("last_value"), dot_groups_thousands=False)
    if before is not None and told is not None and entry.value == before != told:
        shown = {"last": shown_number(told), "before": shown_number(before)}
        cells.note("columns-exchanged", "value", shown_number(before), item=entry.indicator_id, **shown)


def check_exchanged(
    rows: Mapping[str, tuple[RowCells, IndicatorEntry]],
    lasts: Mapping[str, Decimal | None],
    indicators: Mapping[str, Indicator],
) -> None:
    """Shares that left their own row for where another row stood: exchanged, or pasted one row down."""
    values = {
        item: (entry.value, last)
        for item, (_, entry) in rows.items()
        if entry.value is not None and (last := lasts.get(item)) is not None and is_percentage(indicators[item].unit)
    }
    twins = {item: twin for item in values if (twin := _twin(item, values)) is not None}
    traded = {item: twin for item, twin in twins.items() if twin in twins or item in twins.values()}
    if len(traded) < _FEWEST_TRADED:
        return
    for item, twin in traded.items():
        cells, entry = rows[item]
        told = {
            "item": item,
            "last": shown_number(values[item][1]),
            "twin": twin,
            "other": shown_number(values[twin][1]),
        }
        cells.note("rows-exchanged", "value", shown_number(entry.value or Decimal(0)), **told)


def check_targets(
    rows: Mapping[str, tuple[RowCells, IndicatorEntry]],
    lasts: Mapping[str, Decimal | None],
    indicators: Mapping[str, Indicator],
    period: Period,
) -> None:
    """The column of targets pasted over that of values: of several figures each came to its very target at once."""
    reached = [
        item
        for item, (_, entry) in rows.items()
        if entry.value and (last := lasts.get(item)) is not None and last != entry.value
        if entry.value == planned_on(indicators[item], period) and indicators[item].unit != _YES_NO
    ]
    for item in reached if len(reached) >= _FEWEST_TRADED else ():
        cells, entry = rows[item]
        if not cells.is_blocked:
            told = {"item": item, "last": shown_number(lasts[item] or Decimal(0))}
            cells.note("target-as-value", "value", shown_number(entry.value or Decimal(0)), **told)


def _twin(item: str, values: Mapping[str, tuple[Decimal, Decimal]]) -> str | None:
    """The other row whose last figure this one's looks like, much more than like its own."""
    value, last = values[item]
    moved = abs(value - last)
    if moved < _FEWEST_POINTS:
        return None
    others = ((abs(value - other_last), other) for other, (_, other_last) in values.items() if other != item)
    nearest = min(others, default=None)
    return nearest[1] if nearest and nearest[0] * _TIMES_NEARER <= moved else None


def shown_number(value: Decimal) -> str:
    return shortest(value, _MOST_DECIMALS_SHOWN)
