"""The thresholds in force as messages name them: a text that states one never holds its number."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from resolution_monitor.method.limits import Limits
from resolution_monitor.score.rules.said_limits import percent_of, points_of_parents, rates, share_without_data
from resolution_monitor.wording import SIGN, WHOLE, Limit, shortest


def limit_words(limits: Limits, language: str) -> Mapping[str, str]:
    """Place in a message -> the threshold in the numbers of the language, in percent or points."""
    over = percent_of(limits.overspend_tolerance)
    numbers = {
        "green_from": percent_of(limits.green_from),
        "amber_from": percent_of(limits.amber_from),
        "parent_green_from": Decimal(repr(limits.parent_green_from)),
        "parent_amber_from": Decimal(repr(limits.parent_amber_from)),
        "nodata_above": percent_of(limits.nodata_share),
        "overspend_by": over,
        "overspend_above": 100 + over,
    }
    return {name: shortest(number, 6, language) for name, number in numbers.items()}


def setting_words(settings: Mapping[str, Any], language: str) -> Mapping[str, str]:
    """Place in a message -> the number that report.yaml sets under that name."""
    numbers = {name: value for name, value in settings.items() if isinstance(value, (int, float))}
    return {name: shortest(Decimal(repr(value)), 6, language) for name, value in numbers.items()}


def limits_of_formats(limits: Limits) -> Mapping[str, Sequence[Limit]]:
    """Format of a column in workbook.yaml -> the values across which it rounds no number."""
    return {
        "percent": WHOLE,
        "rate": (*WHOLE, *rates(limits)),
        "points": (*WHOLE, *points_of_parents(limits)),
        "share": (*WHOLE, share_without_data(limits)),
        "money": SIGN,
        "figure": SIGN,
    }
