"""Which figures close their indicator: each is judged as the scores judge it, under the facts of its own days."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any

import numpy as np
import pandas

from resolution_monitor.catalogue.entries import Catalogue, Indicator
from resolution_monitor.ledger.closings import Told
from resolution_monitor.ledger.items import ItemKind, items_of
from resolution_monitor.ledger.obligations import obligations_of, periods_owed
from resolution_monitor.ledger.states import ObligationState, is_waived
from resolution_monitor.normalise.report_values import FORM
from resolution_monitor.period import TIME_ZONE, as_at_date, period_begun
from resolution_monitor.pipeline.context import Context
from resolution_monitor.score.month.month import Month
from resolution_monitor.score.month.reached import closable, reached
from resolution_monitor.score.month.scored_period import ScoredPeriod
from resolution_monitor.score.rules.limits import limits_on
from resolution_monitor.store import document_rows, ledger_rows
from resolution_monitor.terms import ReportedValue, Role, Submission

# A period may end long before its figure can be known, and fall due when the ledger has begun.
_LONGEST_PERIOD = timedelta(days=366)
_NUMBERS = ("value", "numerator", "denominator")
# One figure as it was told: the columns of ledger/figures_counted.
Figure = Mapping[str, Any]
_Key = tuple[str, str, date]
_Content = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Span:
    """
    Days of the same facts.

    Attributes:
        since, until: First day, and the first that is no longer one.
        indicators: Those that a report until today can have closed, under the facts of these days.
    """

    since: date
    until: date
    catalogue: Catalogue
    indicators: dict[str, Indicator]


class ClosingFigures:
    """
    Tells of figures of indicators whether they close; what was told before is known to it.

    Attributes:
        item_ids: Indicators that a report until today can have closed.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._today = _day_of(context.now)
        self._spans = list(_spans(context.catalogue, self._today))
        self._documents = document_rows.documents_as_known(context.database, context.sees_until)
        self._ledgers: dict[date, pandas.DataFrame] = {}
        self._known: dict[tuple[str, str], list[Figure]] = defaultdict(list)
        self.item_ids = {key for span in self._spans for key in span.indicators}

    def told(self, figures: Iterable[Figure]) -> list[Told]:
        """
        What each figure says, in any order; all are known from then on.

        A figure is judged beside the others of its body and indicator: a growth needs every year.
        """
        asked = [one for one in figures if self._is_judged(one)]
        for one in asked:
            self._known[one["agency_id"], one["indicator_id"]].append(one)
        closing = {_content(one) for layer in self._layers(asked) for one in self._closing(layer)}
        return [_told(one, is_closed=_content(one) in closing) for one in asked]

    def told_by(self, submission: Submission, values: Sequence[ReportedValue]) -> list[Told]:
        """What the values of one file say, before it is kept."""
        judged = (one for one in values if one.role is Role.OBSERVATION and one.indicator_id in self.item_ids)
        return self.told(self._figure(submission, value) for value in judged)

    def _figure(self, submission: Submission, value: ReportedValue) -> Figure:
        indicator = self._context.catalogue.at(value.period_end).indicators.get(value.indicator_id)
        return {
            **{name: getattr(value, name) for name in ("agency_id", "indicator_id", "period_kind", "period_end")},
            **{name: getattr(value, name) for name in (*_NUMBERS, "value_state", "explanation", "sheet", "cell")},
            "unit": indicator.unit if indicator else value.unit,
            "is_own": value.form == FORM,
            "submission_id": submission.submission_id,
            "received_at": submission.received_at,
        }

    def _is_judged(self, figure: Figure) -> bool:
        span = self._span_of(figure["period_end"])
        indicator = span.indicators.get(figure["indicator_id"])
        calendars = span.catalogue.period_calendars
        return indicator is not None and calendars[indicator.frequency].period_kind == figure["period_kind"]

    def _span_of(self, day: date) -> _Span:
        return next(span for span in self._spans if span.since <= day < span.until)

    def _layers(self, asked: Sequence[Figure]) -> Iterator[list[Figure]]:
        """Lists with one figure for each body, indicator and period, so that each of those asked about is in one."""
        by_place: dict[_Key, dict[_Content, Figure]] = defaultdict(dict)
        wanted = {_content(one) for one in asked}
        for key in {(one["agency_id"], one["indicator_id"]) for one in asked}:
            for one in sorted(self._known[key], key=lambda one: (one["is_own"], one["received_at"])):
                by_place[*key, one["period_end"]][_content(one)] = one
        versions = {
            place: [one for content, one in told.items() if content in wanted] or list(told.values())[-1:]
            for place, told in by_place.items()
        }
        for layer in range(max(map(len, versions.values()), default=0)):
            yield [told[min(layer, len(told) - 1)] for told in versions.values()]

    def _closing(self, figures: Sequence[Figure]) -> Iterator[Figure]:
        """Those of one figure a body, indicator and period that close."""
        for span in self._spans:
            some = [one for one in figures if one["indicator_id"] in span.indicators]
            if not any(span.since <= one["period_end"] < span.until for one in some):
                continue
            closed = reached(self._month(span, some))
            for one in some:
                place = one["agency_id"], one["indicator_id"], one["period_end"]
                if place in closed and span.since <= one["period_end"] < span.until:
                    yield one

    def _month(self, span: _Span, figures: Sequence[Figure]) -> Month:
        """
        The figures, and for which periods they were asked for: the first of them may stand in for a baseline.

        Whether others are missing does not matter here: a figure that reached the target closes, whatever lies between.
        """
        alone = replace(span.catalogue, indicators=span.indicators, successions=(), tasks={})
        values = pandas.DataFrame(list(map(dict, figures)), dtype=object)
        return Month(
            scored=ScoredPeriod(
                catalogue=alone,
                period=period_begun("day", self._today),
                moment=self._context.now,
                limits=limits_on(alone, self._today),
                heirs={},
                handed_over={},
            ),
            values=values,
            task_reports=pandas.DataFrame(),
            ledger=self._ledger(span.since, alone),
            known_at=self._context.now,
            bodies=None,
            documents=self._documents,
        )

    def _ledger(self, since: date, catalogue: Catalogue) -> pandas.DataFrame:
        if since not in self._ledgers:
            self._ledgers[since] = _asked_for(self._context, catalogue, self._today)
        return self._ledgers[since]


def _content(figure: Figure) -> _Content:
    """What makes a figure close, whoever told it and when: the same is judged once."""
    place = figure["agency_id"], figure["indicator_id"], figure["period_end"]
    return (*place, *(figure[name] for name in _NUMBERS), figure["value_state"], figure["unit"])


def _told(figure: Figure, *, is_closed: bool) -> Told:
    return Told(
        agency_id=figure["agency_id"],
        item_id=figure["indicator_id"],
        period_end=figure["period_end"],
        is_closed=is_closed,
        figure=figure["value"],
        is_own=figure["is_own"],
        submission_id=figure["submission_id"],
        received_at=figure["received_at"],
    )


def _spans(catalogue: Catalogue, today: date) -> Iterator[_Span]:
    """Each span of facts up to today."""
    begun = [day for day in catalogue.begins if day <= today]
    first = catalogue.at((begun[0] if begun else today) - timedelta(days=1)) if begun else catalogue.at(today)
    parts = chain([(date.min, first)], ((day, catalogue.at(day)) for day in begun))
    for (since, then), until in zip(parts, [*begun, date.max], strict=True):
        yield _Span(since, until, then, closable(then, today))


def closable_until(catalogue: Catalogue, now: datetime) -> set[str]:
    """Indicators that a report until now can have closed."""
    return {key for span in _spans(catalogue, _day_of(now)) for key in span.indicators}


def first_judged_anew(catalogue: Catalogue, before: datetime, now: datetime) -> date | None:
    """
    Figures of periods that end later may close now and not have closed before, though nothing was told since.

    A figure closes from its period's cut-off on, of an indicator whose deadline has passed, by the limits of the day.

    Returns:
        None: no figure is judged otherwise.
    """
    then, today = _day_of(before), _day_of(now)
    earlier, later = list(_spans(catalogue, then)), list(_spans(catalogue, today))
    if len(earlier) != len(later) or limits_on(catalogue, then) != limits_on(catalogue, today):
        return date.min
    days = (
        [then] if any(a.indicators.keys() != b.indicators.keys() for a, b in zip(earlier, later, strict=True)) else []
    )
    for span in later:
        for calendar, lag in {(one.frequency, one.publication_lag_days) for one in span.indicators.values()}:
            rule = span.catalogue.period_calendars[calendar], span.catalogue.working_days
            settled, settles = as_at_date(*rule, before, lag), as_at_date(*rule, now, lag)
            days += [settled] if settled != settles else []
    return min(days, default=None)


def _day_of(moment: datetime) -> date:
    return moment.astimezone(TIME_ZONE).date()


def _asked_for(context: Context, catalogue: Catalogue, today: date) -> pandas.DataFrame:
    """For which periods the indicators were owed, and not waived."""
    items = [item for item in items_of(catalogue) if item.kind is ItemKind.INDICATOR]
    lag = timedelta(days=max(item.lag_days for item in items))
    periods = periods_owed(catalogue, items, catalogue.ledger_begins_on - _LONGEST_PERIOD - lag, today)
    owed = obligations_of(catalogue, items, periods)
    waivers = ledger_rows.waivers_as_known(context.database, [one.name for one in periods], context.sees_until)
    states = np.where(is_waived(owed, waivers), ObligationState.WAIVED.value, ObligationState.RECEIVED_ON_TIME.value)
    return owed.assign(state=states, received_at=None, owed_by=owed["agency_id"])
