"""A figure that is possible but far from what was to be expected: slips of the keyboard, of the unit, of the row."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from resolution_monitor.catalogue.entries import Indicator, Target
from resolution_monitor.method.registry import kinds
from resolution_monitor.normalise.looks import is_percentage
from resolution_monitor.normalise.report_cells import RowCells
from resolution_monitor.normalise.values import number_of
from resolution_monitor.period import Period
from resolution_monitor.reporting.content import IndicatorEntry
from resolution_monitor.wording import shortest

WHOLE = Decimal(100)
YES_NO = "có/không"
# A check, and what fills its text beside the figure and its place.
_Slip = tuple[str, dict[str, str]]
_MOST_DECIMALS_SHOWN = 6
# A unit read as the one below or above it is a thousand times off; real figures come near it by no more than half.
_THOUSANDFOLD = Decimal(500)
# A share written as a fraction is a hundred times too small.
HUNDREDFOLD = Decimal(50)
# At the first report one percent at most is a fraction where it is no tenth of the target; what is to become small may
# have become so.
_TENFOLD_OF_TARGET, _TENFOLD_OF_CEILING = Decimal(10), Decimal(25)
# A digit too many or too few is ten times off. No honest pair of the demonstration moved by more than 1.4 times from
# one month, quarter or year to the next; counts of single days leap 12.7 times, and are left out.
_TENFOLD = Decimal(5)
_LEAPING = {"day", "week"}
# Of so few of the smallest steps that can be measured a figure may move by any number of times.
_FEWEST_STEPS = 20
_TIMES_THE_TARGET, _TIMES_THE_TARGET_OF_SHARE = Decimal(10), Decimal(3)
# Points that a share moves at most: 8.0 up and 0.3 down from month to month in the demonstration.
_MOST_POINTS, _MOST_POINTS_BACK, _MOST_POINTS_OF_YEAR = Decimal(20), Decimal(10), Decimal(30)
# A share that is exactly its target while it stood far from it was most likely copied out of the column beside it.
_FAR_FROM_TARGET = Decimal(10)
# Figures that trade places: off their own row by so many points, or hundredths of what is no share, and so much nearer
# to another row.
_FEWEST_POINTS, _FEWEST_PARTS, _TIMES_NEARER, FEWEST_AT_ONCE = Decimal(5), Decimal(25), 5, 2


def check_likely(
    cells: RowCells, entry: IndicatorEntry, indicator: Indicator, last: Decimal | None, period: Period
) -> bool:
    """
    One finding at most, the likeliest slip; whether there was one.

    Args:
        last: The figure of the period before; None where it is not known.
    """
    if entry.value is None or cells.is_blocked:
        return False
    value = abs(entry.value)
    found = _likeliest(value, last, indicator, period)
    if found is not None and found[0] == "target-as-value" and entry.has_parts:
        found = None
    if found is not None:
        check, details = found
        cells.note(check, "value", shown_number(value), item=entry.indicator_id, **details)
    return found is not None


def _likeliest(value: Decimal, last: Decimal | None, indicator: Indicator, period: Period) -> _Slip | None:
    """The check and what it tells; where no figure came before, the baseline stands for it."""
    baseline = indicator.baseline.value if indicator.baseline else None
    before, against = (abs(last), "kỳ trước") if last is not None else (abs(baseline or Decimal(0)), "mức gốc")
    planned = planned_on(indicator, period)
    told = {"last": shown_number(before)}
    if _is_fraction(value, before, planned, indicator):
        return "share-looks-small", {"last": shown_number(before or planned)}
    if value and before and not before / _THOUSANDFOLD < value < before * _THOUSANDFOLD:
        return "unit-looks-wrong", _jump(value, before, against)
    if last is not None and not value and kinds()[indicator.kind].grows and before:
        return "total-falls", told
    if _leaps(value, before, indicator, period):
        return "figure-leaps", _jump(value, before, against)
    if last is not None and kinds()[indicator.kind].grows and value < before:
        return "total-falls", told
    if last is not None and _moves_far(value, before, indicator, period):
        return "share-moves-far", told
    if before and _is_target(value, before, period, indicator):
        return "target-as-value", told
    if value and planned and indicator.direction == "up" and not kinds()[indicator.kind].is_signed:
        return _beyond_target(value, planned, is_first_share=not before and is_percentage(indicator.unit))
    return None


def planned_on(indicator: Indicator, period: Period) -> Decimal:
    """The target being worked towards, as the resolution wrote it; zero where there is none."""
    return _worked_towards(indicator, indicator.targets, period)


def all_planned_on(indicator: Indicator, period: Period) -> set[Decimal]:
    """The same, and as every document stated it anew; never zero."""
    versions = (indicator.targets, *(one.targets for one in indicator.revisions))
    return {_worked_towards(indicator, targets, period) for targets in versions} - {Decimal(0)}


def _worked_towards(indicator: Indicator, targets: Sequence[Target], period: Period) -> Decimal:
    coming = [target for target in targets if target.due_on >= period.end] or list(targets[-1:])
    return (coming[0].planned(indicator.direction) if coming else None) or Decimal(0)


def _is_fraction(value: Decimal, before: Decimal, planned: Decimal, indicator: Indicator) -> bool:
    """What begins at nothing may be small; where nothing came before, the target says whether percentages are meant."""
    if not is_percentage(indicator.unit) or not 0 < value <= 1:
        return False
    if before:
        return value * HUNDREDFOLD <= before
    if kinds()[indicator.kind].grows:
        return False
    return value * (_TENFOLD_OF_TARGET if indicator.direction == "up" else _TENFOLD_OF_CEILING) <= planned


def _leaps(value: Decimal, before: Decimal, indicator: Indicator, period: Period) -> bool:
    if not before or period.kind in _LEAPING or kinds()[indicator.kind].is_signed or indicator.unit == YES_NO:
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


def _is_target(value: Decimal, before: Decimal, period: Period, indicator: Indicator) -> bool:
    is_far = abs(value - before) > _FAR_FROM_TARGET / WHOLE * before
    return value in all_planned_on(indicator, period) and is_far and indicator.unit != YES_NO


def _jump(value: Decimal, other: Decimal, against: str) -> dict[str, str]:
    times = max(value / other, other / value) if value else Decimal(0)
    return {"times": shortest(times, 0) if times else "rất nhiều", "other": shown_number(other), "against": against}


def _beyond_target(value: Decimal, planned: Decimal, *, is_first_share: bool) -> _Slip | None:
    """Held against the target; what is to go down may begin anywhere above it, a share has no room for ten times."""
    if value >= planned * _THOUSANDFOLD:
        return "unit-looks-wrong", _jump(value, planned, "mục tiêu")
    is_far_share = value > planned * _TIMES_THE_TARGET_OF_SHARE and value > planned + _MOST_POINTS
    if value > planned * _TIMES_THE_TARGET or (is_first_share and is_far_share):
        return "far-beyond-target", {"target": shown_number(planned), "times": shortest(value / planned, 0)}
    return None


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
    period: Period,
) -> None:
    """Figures that left their own row for where another row stood: exchanged, or pasted one row down."""
    values = {
        item: (entry.value, last)
        for item, (_, entry) in rows.items()
        if entry.value is not None and (last := lasts.get(item)) is not None
        if _can_trade(entry.value, last, indicators[item], period)
    }
    twins = {item: twin for item in values if (twin := _twin(item, values, indicators[item].unit)) is not None}
    traded = {item: twin for item, twin in twins.items() if twin in twins or item in twins.values()}
    if len(traded) < FEWEST_AT_ONCE:
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
        item for item, (_, entry) in rows.items() if came_to_target(entry, lasts.get(item), indicators[item], period)
    ]
    for item in reached if len(reached) >= FEWEST_AT_ONCE else ():
        cells, entry = rows[item]
        if not cells.is_blocked:
            last = lasts.get(item)
            told = {"item": item, "last": "(chưa có số)" if last is None else shown_number(last)}
            cells.note("target-as-value", "value", shown_number(entry.value or Decimal(0)), **told)


def came_to_target(entry: IndicatorEntry, last: Decimal | None, indicator: Indicator, period: Period) -> bool:
    """
    Whether a figure is its very target and was not before.

    At the first report the whole, which many reach, says nothing; nor does what has parts.
    """
    value = entry.value
    if not value or entry.has_parts or indicator.unit == YES_NO or value not in all_planned_on(indicator, period):
        return False
    return value != last if last is not None else not (is_percentage(indicator.unit) and value == WHOLE)


def _can_trade(value: Decimal, last: Decimal, indicator: Indicator, period: Period) -> bool:
    """Counts too where they do not leap by themselves: few of the smallest steps are like many others."""
    if is_percentage(indicator.unit):
        return True
    fewest = _FEWEST_STEPS * Decimal(str(indicator.min_step))
    return period.kind not in _LEAPING and indicator.unit != YES_NO and min(value, last) >= fewest


def _twin(item: str, values: Mapping[str, tuple[Decimal, Decimal]], unit: str) -> str | None:
    """The other row whose last figure this one's looks like, much more than like its own."""
    value, last = values[item]
    moved = _apart(value, last, unit)
    if moved < (_FEWEST_POINTS if is_percentage(unit) else _FEWEST_PARTS):
        return None
    others = ((_apart(value, other_last, unit), other) for other, (_, other_last) in values.items() if other != item)
    nearest = min(others, default=None)
    return nearest[1] if nearest and nearest[0] * _TIMES_NEARER <= moved else None


def _apart(value: Decimal, other: Decimal, unit: str) -> Decimal:
    """In points; of what is no share in hundredths of the larger."""
    gap = abs(value - other)
    return gap if is_percentage(unit) else gap / max(abs(value), abs(other), Decimal("1e-9")) * WHOLE


def shown_number(value: Decimal) -> str:
    return shortest(value, _MOST_DECIMALS_SHOWN)
