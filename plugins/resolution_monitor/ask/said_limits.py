"""Across which values does a column of an answer round no number? Those at which its colour or state changes."""

from collections.abc import Mapping, Sequence

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.period import Period
from resolution_monitor.score.rules.limits import limits_on
from resolution_monitor.score.rules.said_limits import points_of_parents, rates, share_without_data
from resolution_monitor.wording import Limit


def limits_of_columns(catalogue: Catalogue, period: Period) -> Mapping[str, Sequence[Limit]]:
    """Column -> limits, by the thresholds in force in a period."""
    limits = limits_on(catalogue, period.end)
    return {
        **dict.fromkeys(("low", "high"), points_of_parents(limits)),
        **dict.fromkeys(("attainment_raw_pct", "attainment_pct"), rates(limits)),
        "without_data_pct": (share_without_data(limits),),
    }
