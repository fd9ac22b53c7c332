"""Page 2 of the budget report: central bodies over and under their plan."""

import math
from datetime import date
from typing import Any

from resolution_monitor.brief.charts.deviation import deviation
from resolution_monitor.brief.contents.budget_figures import BudgetFigures, Measured
from resolution_monitor.brief.report import Report
from resolution_monitor.brief.sentences import listed
from resolution_monitor.catalogue.names import successor_on
from resolution_monitor.score.attainment import OVERSPEND_TOLERANCE

_OVER = 100.0 * (1.0 + OVERSPEND_TOLERANCE)
_UNDER = 95.0
_MOST_POINTS = 60.0

Spender = tuple[dict[str, Any], Measured]


def spending_page(report: Report, made: BudgetFigures) -> dict[str, Any]:
    """The upper part of page 2: every central body with both figures, in two columns, highest share first."""
    rows = [row for row in made.bodies(made.spending) if row["planned"] is not None and row["observed"] is not None]
    spenders = sorted(((row, made.measured(row)) for row in rows), key=lambda one: -(one[1].raw_percent or 0.0))
    half = math.ceil(len(spenders) / 2)
    printed = [_row(report, made, spender) for spender in spenders]
    return {
        "spending_heading": _heading(report, made, spenders),
        "spending_scope": report.messages.say("spending_scope", period=made.snapshot.period.name),
        "spending_columns": [printed[:half], printed[half:]] if printed else [],
        "spending_absent": _absent(report, made) if spenders else "",
    }


def _absent(report: Report, made: BudgetFigures) -> str:
    """Ministries of the period that no sheet names: a total printed there may still hold them."""
    period = made.snapshot.period
    named = {row["agency_id"] for row in made.bodies(made.spending)}
    ministries = (body for body in made.snapshot.catalogue.bodies.values() if body.kind == "ministry")
    absent = [b.short_vi for b in ministries if b.exists_in(period.start, period.end) and b.agency_id not in named]
    return report.messages.say("spending_absent", names=listed(absent)) if absent else ""


def _heading(report: Report, made: BudgetFigures, spenders: list[Spender]) -> str:
    over = [one for one in spenders if (one[1].raw_percent or 0.0) > _OVER]
    under = [one for one in spenders if (one[1].raw_percent or 0.0) < _UNDER]
    counts = {
        "over": made.book.count(len(over), "số cơ quan chi trên 100,5% dự toán"),
        "under": made.book.count(len(under), "số cơ quan chi dưới 95% dự toán"),
        "count": made.book.count(len(spenders), "số cơ quan có đủ dự toán và quyết toán"),
    }
    if not spenders:
        return report.messages.say("spending_none")
    if not over:
        return report.messages.say("spending_heading_within", **counts)
    top = made.body(over[0][0]["agency_id"]).short_vi
    return report.messages.say("spending_heading", top=top, top_percent=over[0][1].percent, **counts)


def _row(report: Report, made: BudgetFigures, spender: Spender) -> dict[str, Any]:
    row, found = spender
    points = None if found.raw_percent is None else found.raw_percent - 100.0
    figure = made.book.difference(points, "tỷ lệ so với dự toán trừ 100", found.percent.sources)
    name = made.body(row["agency_id"]).short_vi
    return {
        "name": name,
        "planned": found.planned,
        "final": found.final,
        "points": figure,
        "is_short": (found.raw_percent or 0.0) < _UNDER,
        "bar": deviation(points, report.messages.say("deviation_title", name=name, points=figure), most=_MOST_POINTS),
    }


def now_part_of(made: BudgetFigures, agency_id: str) -> str:
    """The body of today that stands for one of the period, or nothing when it is still itself."""
    today = successor_on(made.snapshot.catalogue, agency_id, date.max)
    return "" if today == agency_id else made.body(today).short_vi
