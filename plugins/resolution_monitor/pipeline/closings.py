"""What closes items, gathered once at an edge: task reports and figures that stand, as known now."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.ledger.closings import Closings, Told, closes
from resolution_monitor.ledger.items import ItemKind, items_of
from resolution_monitor.ledger.obligations import obligations_of, periods_owed
from resolution_monitor.ledger.states import ObligationState, is_waived
from resolution_monitor.normalise.body_report import ReportReading
from resolution_monitor.period import TIME_ZONE, period_begun
from resolution_monitor.pipeline.context import Context
from resolution_monitor.reporting.documents import document_key
from resolution_monitor.score.month.month import Month
from resolution_monitor.score.month.reached import closable, reached
from resolution_monitor.score.month.scored_period import ScoredPeriod
from resolution_monitor.score.rules.limits import limits_on
from resolution_monitor.store import closing_rows, document_rows, ledger_rows
from resolution_monitor.terms import Submission

# A period may end long before its figure can be known, and fall due when the ledger has begun.
_LONGEST_PERIOD = timedelta(days=366)


def closings_of(context: Context) -> Closings:
    """What was reported of items that can be closed, as the road sees it."""
    return Closings([*_of_tasks(context), *_of_indicators(context)])


def _of_tasks(context: Context) -> Iterator[Told]:
    disproved = _disproved(context)
    for row in closing_rows.task_reports_counted(context.database, context.sees_until):
        yield Told(
            agency_id=row["agency_id"],
            item_id=row["item_id"],
            period_end=row["period_end"],
            is_closed=closes(row["state"], row["done_on"], row["product"]),
            done_on=row["done_on"],
            product=row["product"] or "",
            submission_id=row["submission_id"],
            received_at=row["received_at"],
            disproved_on=disproved.get((row["agency_id"], row["item_id"], document_key(row["product"]))),
        )


def _disproved(context: Context) -> dict[tuple[str, str, str], date]:
    """Since when documents are known to prove nothing, by body, item and document."""
    found = document_rows.documents_as_known(context.database, context.sees_until)
    rows = found[found["verdict"] == "invalid"].to_dict("records")
    return {
        (row["agency_id"], row["item_id"], row["document_key"]): row["recorded_at"].astimezone(TIME_ZONE).date()
        for row in rows
    }


def told_of_tasks(submission: Submission, reading: ReportReading) -> Iterator[Told]:
    """What a file of this run says of tasks, before it is kept."""
    if reading.report is None:
        return
    for entry in reading.report.tasks:
        yield Told(
            agency_id=submission.sender_id,
            item_id=entry.task_id,
            period_end=reading.report.period.end,
            is_closed=closes(entry.state.value, entry.done_on, entry.product),
            done_on=entry.done_on,
            product=entry.product,
            submission_id=submission.submission_id,
            received_at=submission.received_at,
        )


def _of_indicators(context: Context) -> Iterator[Told]:
    """Each span of dated facts by itself: what closed an indicator is judged by the facts of its day."""
    today = context.now.astimezone(TIME_ZONE).date()
    asked = [(since, closable(then, today), then) for since, then in _spans(context.catalogue, today)]
    if not any(indicators for _, indicators, _ in asked):
        return
    values = closing_rows.values_standing(context.database, today, context.sees_until)
    for place, (since, indicators, then) in enumerate(asked):
        until = asked[place + 1][0] if place + 1 < len(asked) else date.max
        some = values[values["indicator_id"].isin(indicators)]
        if len(some):
            alone = replace(then, indicators=indicators, successions=(), tasks={})
            closed = reached(_month(context, alone, some, today))
            yield from (Told(agency_id, key, day, True) for agency_id, key, day in closed if since <= day < until)


def _spans(catalogue: Catalogue, today: date) -> list[tuple[date, Catalogue]]:
    """First day of each span of facts up to today, and the catalogue of that span."""
    begun = [day for day in catalogue.begins if day <= today]
    before = catalogue.at((begun[0] if begun else today) - timedelta(days=1)) if begun else catalogue.at(today)
    return [(date.min, before), *((day, catalogue.at(day)) for day in begun)]


def _month(context: Context, catalogue: Catalogue, values: pandas.DataFrame, today: date) -> Month:
    """
    The figures, and for which periods they were asked for: the first of them may stand in for a baseline.

    Whether others are missing does not matter here: a figure that reached the target closes, whatever lies between.
    """
    items = [item for item in items_of(catalogue) if item.kind is ItemKind.INDICATOR]
    lag = timedelta(days=max(item.lag_days for item in items))
    periods = periods_owed(catalogue, items, catalogue.ledger_begins_on - _LONGEST_PERIOD - lag, today)
    owed = obligations_of(catalogue, items, periods)
    waivers = ledger_rows.waivers_as_known(context.database, [one.name for one in periods], context.sees_until)
    states = np.where(is_waived(owed, waivers), ObligationState.WAIVED.value, ObligationState.RECEIVED_ON_TIME.value)
    return Month(
        scored=ScoredPeriod(
            catalogue=catalogue,
            period=period_begun("day", today),
            moment=context.now,
            limits=limits_on(catalogue, today),
            heirs={},
            handed_over={},
        ),
        values=values,
        task_reports=pandas.DataFrame(),
        ledger=owed.assign(state=states, received_at=None, owed_by=owed["agency_id"]),
        known_at=context.now,
        bodies=None,
        documents=document_rows.documents_as_known(context.database, context.sees_until),
    )
