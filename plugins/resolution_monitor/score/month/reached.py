"""Which figures close their indicator: the target reached at its deadline or later, so that nothing more is due.

Source: docs/method.md, clause 2.5.
"""

from datetime import date

import numpy as np

from resolution_monitor.catalogue.entries import Catalogue, Indicator
from resolution_monitor.method.registry import kinds
from resolution_monitor.score.month.indicators import indicator_workings
from resolution_monitor.score.month.month import Month
from resolution_monitor.score.month.revisions import ranking_targets
from resolution_monitor.score.rules.days import dates


def closable(catalogue: Catalogue, day: date) -> dict[str, Indicator]:
    """Indicators that a report until a day can have closed: products at any time, others from their deadline on."""
    return {key: one for key, one in catalogue.indicators.items() if one.resolution is not None and _is_due(one, day)}


def reached(month: Month) -> set[tuple[str, str, date]]:
    """
    agency_id, indicator_id and the last day of each period whose figure closes: the target is reached at last.

    Args:
        month: With no indicators but those asked about, each body by itself: who stands for whom is the ledger's to
            say, period by period.
    """
    workings = indicator_workings(month)
    rows, columns = np.nonzero(workings.measured.closes)
    closing = workings.base[["agency_id", "item_id"]].iloc[rows]
    days = dates(workings.measured.days[rows, columns])
    return set(zip(closing["agency_id"], closing["item_id"], days, strict=True))


def _is_due(indicator: Indicator, day: date) -> bool:
    (targets,) = ranking_targets([indicator])
    last = max((target.due_on for target in targets), default=None)
    return kinds()[indicator.kind].is_product or (last is not None and last <= day)
