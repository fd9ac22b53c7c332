"""From when what leads say to be done counts, and what named persons found of the documents that prove it.

Source: docs/method.md, clauses 2.3 and 2.5. Day numbers as float64; NaN is null.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

import numpy as np
import pandas

from resolution_monitor.ledger.claims import claimed_from
from resolution_monitor.method.arrays import Flags, Floats, nulls
from resolution_monitor.period import periods_between
from resolution_monitor.reporting.documents import document_key
from resolution_monitor.score.month.month import Month
from resolution_monitor.score.month.report_history import History
from resolution_monitor.score.rules.days import day_numbers

VALID, INVALID = "valid", "invalid"


@dataclass(frozen=True, slots=True)
class Judged:
    """
    What is known of the document of each row.

    Attributes:
        verified_day: Its legal day as a named person found it; NaN where nobody did.
        is_invalid: A named person found that it proves nothing.
    """

    verified_day: Floats
    is_invalid: Flags


def first_days(month: Month, calendars: pandas.Series, ends: pandas.Series, since: pandas.Series) -> Floats:
    """
    The first day that each report can speak for.

    Args:
        calendars: Key of the calendar each is reported by.
        ends: Last day of its period.
        since: When it first came; null where that is not known.
    """
    catalogue = month.catalogue

    @cache
    def first_day(calendar: str, end: date, received_at: datetime | None) -> int:
        clock = catalogue.period_calendars[calendar]
        period = periods_between(clock.period_kind, end, end)[-1]
        return claimed_from(clock, catalogue.working_days, period, received_at).toordinal()

    instants = [None if pandas.isna(one) else one for one in since]
    return np.array([first_day(*one) for one in zip(calendars, ends, instants, strict=True)], dtype=np.float64)


def run_from(history: History, is_told: Flags, is_done: Flags, first_day: Floats) -> Floats:
    """
    Of each row the first day that its unbroken run of reports that say done speaks for; NaN where the last does not.

    Args:
        is_told, is_done, first_day: Of each entry.
    """
    last_open = history.last_of(is_told & ~is_done)
    in_run = np.flatnonzero(is_done & (np.arange(len(history.row)) > last_open[history.row]))
    found = np.full(history.size, np.inf)
    np.fmin.at(found, history.row[in_run], first_day[in_run])
    return np.where(np.isinf(found), np.nan, found)


def judged(month: Month, keys: pandas.DataFrame, products: np.ndarray) -> Judged:
    """
    What named persons found of the documents that rows rest on.

    Args:
        keys: agency_id and item_id of each row.
        products: Number of the document of each row; None where there is none.
    """
    documents = month.documents
    if documents.empty:
        return Judged(nulls(len(keys)), np.zeros(len(keys), dtype=bool))
    days = day_numbers(documents["issued_on"])
    names = zip(documents["agency_id"], documents["item_id"], documents["document_key"], strict=True)
    found = {key: (verdict, day) for key, verdict, day in zip(names, documents["verdict"], days, strict=True)}
    asked = zip(keys["agency_id"], keys["item_id"], map(document_key, products), strict=True)
    held = [found.get(key, ("", np.nan)) for key in asked]
    return Judged(
        verified_day=np.array([day if verdict == VALID else np.nan for verdict, day in held], dtype=np.float64),
        is_invalid=np.array([verdict == INVALID for verdict, _ in held], dtype=bool),
    )
