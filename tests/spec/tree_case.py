"""A small state for the spec of trees: two resolutions, three bodies, five assignments, six months; sums for a clerk.

Both resolutions were issued on 30 April 2026 and run to the end of 2026: 245 days. On 31 October 184 are over, 75.1 %.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas

from resolution_monitor.catalogue.entries import Catalogue, Indicator, Resolution, Target, Task
from resolution_monitor.catalogue.resolution_entries import Baseline
from resolution_monitor.ledger.items import items_of
from resolution_monitor.ledger.obligations import obligations_of
from resolution_monitor.period import TIME_ZONE, parse_period, periods_between
from resolution_monitor.score.month.month import Known, Month, month_of
from resolution_monitor.score.month.scored_period import scored_period

OCTOBER = parse_period("2026-10")
ISSUED = date(2026, 4, 30)
YEAR_END = date(2026, 12, 31)
BODIES = ("BTC", "BYT", "VPTW")
MONTHS = periods_between("month", date(2026, 5, 1), date(2026, 10, 31))
BRIEFED = datetime(2026, 11, 12, 7, 0, tzinfo=TIME_ZONE)
VALUE_COLUMNS = (
    *("agency_id", "indicator_id", "period_kind", "period_end", "value", "numerator", "denominator", "value_state"),
    *("submission_id", "sheet", "cell", "received_at"),
)
TASK_COLUMNS = (
    *("agency_id", "task_id", "period_kind", "period_end", "state", "done_pct", "done_on", "product"),
    *("submission_id", "sheet", "cell"),
)


def resolution(code: str) -> Resolution:
    return Resolution(code, f"{code}-NQ/TW", ISSUED, "x", "x", (), "x", "VPTW", "high", "high")


def indicator(indicator_id: str, lead: str, **changed: Any) -> Indicator:
    """A level that is to rise from 0 to 245 in 245 days: one a day, so that a value behind is a day behind."""
    whole = {
        "unit": "điểm",
        "kind": "level",
        "direction": "up",
        "min_step": 0.1,
        "frequency": "month",
        "baseline": Baseline(Decimal(0), ISSUED, "x", "high"),
        "targets": (Target(2026, ">=", Decimal(245)),),
        **changed,
    }
    return Indicator(
        indicator_id,
        "x",
        "x",
        aggregation="none",
        trajectory=whole.pop("trajectory", "linear"),
        bodies=(),
        source="x",
        confidence=whole.pop("confidence", "high"),
        resolution=indicator_id[:2],
        lead=lead,
        t0=ISSUED,
        **whole,
    )


def task(task_id: str, lead: str | None, due_on: date | None, **changed: Any) -> Task:
    whole = {"parent": None, "coordinating": (), "is_due_assumed": False, "weight": 1.0, **changed}
    return Task(
        task_id,
        task_id[:2],
        "x",
        "x",
        lead=lead,
        lead_group=None,
        coordinating_as_written=(),
        due_on=due_on,
        product="x",
        source="x",
        confidence="high",
        **whole,
    )


def small(catalogue: Catalogue, items: Sequence[Indicator | Task]) -> Catalogue:
    """The real catalogue's calendars and three of its bodies, with resolutions 91 and 92 and these items alone."""
    return replace(
        catalogue,
        bodies={key: catalogue.bodies[key] for key in BODIES},
        successions=(),
        resolutions={code: resolution(code) for code in ("91", "92")},
        indicators={item.indicator_id: item for item in items if isinstance(item, Indicator)},
        tasks={item.task_id: item for item in items if isinstance(item, Task)},
    )


def ledger_of(catalogue: Catalogue, *, missing: Sequence[tuple[str, str, str]] = ()) -> pandas.DataFrame:
    """All that is owed from May to October, received on the due day, but for (agency, item, period)."""
    kinds = {"month", "quarter", "year"}
    periods = [one for kind in sorted(kinds) for one in periods_between(kind, date(2025, 1, 1), date(2026, 10, 31))]
    owed = obligations_of(catalogue, items_of(catalogue), periods)
    keys = zip(owed["agency_id"], owed["item_id"], owed["period_name"], strict=True)
    is_in = pandas.Series([key not in missing for key in keys], index=owed.index)
    states = is_in.map({True: "received_on_time", False: "missing"})
    return owed.assign(state=states, received_at=owed["due_at"].where(is_in))


def value(item: Indicator, period: str, amount: float | None, **changed: Any) -> dict[str, Any]:
    named = parse_period(period)
    row = {
        "agency_id": item.lead,
        "indicator_id": item.indicator_id,
        "period_kind": named.kind,
        "period_end": named.end,
        "value": None if amount is None else Decimal(str(amount)),
        "value_state": "reported",
        "submission_id": 1,
        "sheet": "Chỉ tiêu",
        "cell": "G2",
        "received_at": BRIEFED,
    }
    return {name: {**row, **changed}.get(name) for name in VALUE_COLUMNS}


def report(item: Task, period: str, **changed: Any) -> dict[str, Any]:
    row = {
        "agency_id": item.lead,
        "task_id": item.task_id,
        "period_kind": parse_period(period).kind,
        "period_end": parse_period(period).end,
        "state": "under_way",
        "product": "",
        "submission_id": 1,
        "sheet": "Nhiệm vụ",
        "cell": "E2",
    }
    return {name: {**row, **changed}.get(name) for name in TASK_COLUMNS}


def october(
    catalogue: Catalogue, ledger: pandas.DataFrame, values: Sequence[Any] = (), reports: Sequence[Any] = ()
) -> Month:
    """October as known at its briefing."""
    known = Known(
        values=pandas.DataFrame(list(values), columns=list(VALUE_COLUMNS), dtype=object),
        task_reports=pandas.DataFrame(list(reports), columns=list(TASK_COLUMNS), dtype=object),
        ledger=ledger,
        known_at=BRIEFED,
    )
    return month_of(scored_period(catalogue, OCTOBER), known)
