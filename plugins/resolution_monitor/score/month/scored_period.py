"""A period and what is valid on the day it is scored: catalogue, thresholds, and who stands for whom."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

import numpy as np
import pandas

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.names import successor_on
from resolution_monitor.method.arrays import Floats
from resolution_monitor.method.limits import Limits
from resolution_monitor.period import TIME_ZONE, Period, as_at_date, periods_between
from resolution_monitor.score.rules.days import day_numbers
from resolution_monitor.score.rules.limits import limits_on


@dataclass(frozen=True, slots=True)
class ScoredPeriod:
    """
    What a period is scored by, before anything is known of it.

    Attributes:
        catalogue: As valid on the period's last day.
        moment: When it is scored; see scoring_moment.
        limits: Thresholds and weights of the period's last day.
        heirs: Bodies that have ended by the period's last day -> who stands for each.
        handed_over: Item and the body that led it before -> who leads it on that day.
    """

    catalogue: Catalogue
    period: Period
    moment: datetime
    limits: Limits
    heirs: Mapping[str, str]
    handed_over: Mapping[tuple[str, str], str]

    @property
    def day(self) -> date:
        """The Vietnamese day on which the period is scored."""
        return _day_of(self.moment)

    def holder_of(self, agency_id: str) -> str:
        """Who stands for a body on the day: what a body left behind is its successor's."""
        return self.heirs.get(agency_id, agency_id)

    def names_of(self, bodies: Collection[str]) -> set[str]:
        """These bodies and all that they stand for."""
        return {*bodies, *(ended for ended, heir in self.heirs.items() if heir in bodies)}


def scored_period(catalogue: Catalogue, period: Period) -> ScoredPeriod:
    """
    The one place where it is decided what a period is scored by: facts valid in it (docs/method.md, clause 2.1).

    Args:
        catalogue: As loaded, or as kept when something was known; what it says of the period's last day counts.

    Raises:
        CatalogueError: A threshold has no value on the day.
    """
    then = catalogue.at(period.end)
    return ScoredPeriod(
        catalogue=then,
        period=period,
        moment=scoring_moment(then, period),
        limits=limits_on(then, period.end),
        heirs={
            one.predecessor: successor_on(then, one.predecessor, period.end)
            for one in then.successions
            if one.effective_on <= period.end
        },
        handed_over=_handed_over(then),
    )


def _handed_over(then: Catalogue) -> dict[tuple[str, str], str]:
    """What somebody else led before: what was reported of it, and owed, goes on with whoever leads it now."""
    found = {}
    for earlier in then.before:
        for now, before in ((then.tasks, earlier.tasks), (then.indicators, earlier.indicators)):
            for item_id, one in before.items():
                lead = now[item_id].lead if item_id in now else None
                if lead is not None and one.lead is not None and one.lead != lead:
                    found[item_id, one.lead] = lead
    return found


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


def scoring_moments(catalogue: Catalogue, kinds: Iterable[str], ends: pandas.Series) -> list[datetime]:
    """When each of many periods was scored, by their kinds and last days."""

    @cache
    def moment_of(kind: str, number: int) -> datetime:
        day = date.fromordinal(number)
        return scoring_moment(catalogue, periods_between(kind, day, day)[-1])

    return [moment_of(kind, int(end)) for kind, end in zip(kinds, day_numbers(ends), strict=True)]


def as_at_days(scored: ScoredPeriod, calendars: Sequence[str], lags: Sequence[int]) -> Floats:
    """t of each row, as the number of its day: the end of the last period whose cut-off has passed by the moment."""
    catalogue = scored.catalogue

    @cache
    def day(calendar: str, lag_days: int) -> int:
        found = as_at_date(catalogue.period_calendars[calendar], catalogue.working_days, scored.moment, lag_days)
        return found.toordinal()

    return np.array([day(*one) for one in zip(calendars, lags, strict=True)], dtype=np.float64)


def _day_of(moment: datetime) -> date:
    return moment.astimezone(TIME_ZONE).date()
