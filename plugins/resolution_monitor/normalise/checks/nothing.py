"""A body that says it has nothing to report: believed where cases are rare, else only once a named person accepts it.

Source: docs/method.md, clause 2.3, kind ratio: declaring nothing must never pay.
"""

from collections.abc import Sequence

from resolution_monitor.catalogue.entries import Indicator
from resolution_monitor.method.nothing_to_report import (
    LEAST_CHANCE,
    PERIODS,
    Cases,
    chance_of_none,
    claims_of,
    is_plausible,
)
from resolution_monitor.method.registry import kinds
from resolution_monitor.normalise.checks.slips import shown_number
from resolution_monitor.normalise.report_cells import RowCells
from resolution_monitor.reporting.content import IndicatorEntry, ValueState
from resolution_monitor.reporting.layout import VALUE_STATES


def says_nothing(entry: IndicatorEntry) -> bool:
    """Whether a row says that nothing happened: by its state, or by a share of no case at all."""
    return (entry.state is ValueState.NO_ACTIVITY and entry.value is None) or entry.denominator == 0


def is_doubtful(entry: IndicatorEntry, indicator: Indicator, told: Sequence[Cases]) -> bool:
    """Whether nothing is claimed of a rated indicator although there were always cases, or nobody knows of any."""
    return indicator.resolution is not None and says_nothing(entry) and not is_plausible(told)


def check_nothing(cells: RowCells, entry: IndicatorEntry, indicator: Indicator, told: Sequence[Cases]) -> None:
    """
    One row of the sheet Chỉ tiêu that claims nothing, and is doubtful.

    Args:
        told: What its share was made of in the periods before, as accepted.
    """
    by_state = entry.state is ValueState.NO_ACTIVITY
    field, written = ("state", VALUE_STATES[entry.state]) if by_state else ("denominator", "0")
    cells.note("nothing-not-plausible", field, written, item=entry.indicator_id, before=_before(indicator, told))


def _before(indicator: Indicator, told: Sequence[Cases]) -> str:
    if not kinds()[indicator.kind].has_parts:
        return "chỉ tiêu này không tính theo tử số, mẫu số"
    counted = [one for one in told if not one.is_claimed][-PERIODS:]
    if not counted:
        return "chưa có kỳ trước nào ghi mẫu số"
    words = f"mẫu số các kỳ trước: {'; '.join(shown_number(one.denominator) for one in counted)}"
    if chance_of_none(told) >= LEAST_CHANCE and claims_of(told) > 1:
        words += (
            f"; đã báo không phát sinh {claims_of(told)} trong {len(told) + 1} kỳ gần nhất, nhiều hơn mức thường gặp"
        )
    return words
