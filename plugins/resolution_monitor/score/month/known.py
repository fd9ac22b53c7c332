"""What was known of a month of resolutions, and the day each row is scored at."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import numpy as np
import pandas

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.names import successor_on
from resolution_monitor.ledger.rates import settled
from resolution_monitor.method.arrays import Floats
from resolution_monitor.period import TIME_ZONE, Period, as_at_date


@dataclass(frozen=True, slots=True)
class Known:
    """
    What was known at a time, one table each.

    Attributes:
        values: agency_id, indicator_id, period_kind, period_end, value, numerator, denominator, value_state,
            submission_id, sheet, cell, received_at; every period up to the one asked for.
        task_reports: agency_id, task_id, period_end, state, done_pct, done_on, product, submission_id, sheet, cell.
        ledger: Obligations with their state: agency_id, item_kind, item_id, period_kind, period_end, due_at,
            cut_off_at, state, received_at (see ledger.states.states_at).
        known_at: k, the moment of knowledge.
        bodies: Only their leaves are to be scored, and the tables may leave out others; None: everybody's.
    """

    values: pandas.DataFrame
    task_reports: pandas.DataFrame
    ledger: pandas.DataFrame
    known_at: datetime
    bodies: Collection[str] | None = None


def scoring_moment(catalogue: Catalogue, period: Period) -> datetime:
    """
    When a period is scored: on the tick of its briefing; where there is none, at its cut-off.

    Scores of a period are the same whenever they are computed, but for what has become known since.
    """
    calendars = [one for one in catalogue.period_calendars.values() if one.period_kind == period.kind]
    calendar = next((one for one in calendars if one.briefing), calendars[0])
    if calendar.briefing:
        return calendar.briefing.fixed(period)
    return calendar.cut_off_at(period, catalogue.working_days)


def as_at_days(catalogue: Catalogue, calendars: list[str], lags: list[int], moment: datetime) -> Floats:
    """t of each row, as the number of its day: the end of the last period whose cut-off has passed by the moment."""

    @cache
    def day(calendar: str, lag_days: int) -> int:
        found = as_at_date(catalogue.period_calendars[calendar], catalogue.working_days, moment, lag_days)
        return found.toordinal()

    return np.array([day(*one) for one in zip(calendars, lags, strict=True)], dtype=np.float64)


def holders(catalogue: Catalogue, moment: datetime) -> Callable[[str], str]:
    """Who stands for a body at the moment: what a body left behind is its successor's."""
    day = moment.astimezone(TIME_ZONE).date()

    @cache
    def holder_of(agency_id: str) -> str:
        return successor_on(catalogue, agency_id, day)

    return holder_of


def with_holders(catalogue: Catalogue, frame: pandas.DataFrame, moment: datetime) -> pandas.DataFrame:
    """The same rows under the bodies of the moment."""
    codes, agency_ids = pandas.factorize(frame["agency_id"].to_numpy(dtype=object))
    held = np.array([*map(holders(catalogue, moment), agency_ids)], dtype=object)
    return frame.assign(agency_id=pandas.Series(held[codes], frame.index, object))


def latest_of(frame: pandas.DataFrame, by: str, key: list[str]) -> pandas.DataFrame:
    """Of rows with the same key the last by a column, of equals the last one given; others keep their order."""
    is_repeated = frame.duplicated(key, keep=False)
    if not is_repeated.any():
        return frame
    repeated = frame[is_repeated].sort_values(by, kind="stable").drop_duplicates(key, keep="last")
    return pandas.concat([frame[~is_repeated], repeated], ignore_index=True)


def due_by(ledger: pandas.DataFrame, item_kind: str, moment: datetime) -> pandas.DataFrame:
    """What of a kind was cut off by the moment and is not waived: what is not due is never missing."""
    return settled(ledger[ledger["item_kind"] == item_kind], moment)
