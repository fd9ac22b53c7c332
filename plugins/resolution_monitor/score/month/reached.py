"""Which indicators were closed on which day: reached at their deadline or later, so that nothing more is due.

Source: docs/method.md, clause 2.5.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import numpy as np

from resolution_monitor.catalogue.entries import Catalogue, Indicator
from resolution_monitor.score.month.aims import BINARY
from resolution_monitor.score.month.indicators import indicator_workings
from resolution_monitor.score.month.known import Known
from resolution_monitor.score.rules.days import dates


def closable(catalogue: Catalogue, day: date) -> dict[str, Indicator]:
    """Indicators that a report until a day can have closed: products at any time, others from their deadline on."""
    return {key: one for key, one in catalogue.indicators.items() if one.resolution is not None and _is_due(one, day)}


def reached(catalogue: Catalogue, moment: datetime, known: Known) -> Iterator[tuple[str, str, date]]:
    """
    agency_id, indicator_id and the last day of the period that closed it.

    Args:
        catalogue: With no indicators but those asked about.
    """
    # Each body by itself: who stands for whom is the ledger's to say, period by period.
    workings = indicator_workings(replace(catalogue, successions=()), moment, known)
    measured, is_product = workings.measured, workings.asked.aims.is_binary
    days = np.where(is_product, np.fmin(measured.achieved_day, measured.closed_day), measured.closed_day)
    keys = zip(workings.base["agency_id"], workings.base["item_id"], dates(days), strict=True)
    return ((agency_id, item_id, day) for agency_id, item_id, day in keys if day is not None)


def _is_due(indicator: Indicator, day: date) -> bool:
    last = max((target.due_on for target in indicator.targets), default=None)
    return indicator.kind == BINARY or (last is not None and last <= day)
