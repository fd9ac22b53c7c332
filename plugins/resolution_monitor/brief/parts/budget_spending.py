"""Page 2 of the budget report: central bodies over and under their plan."""

import math
from datetime import date
from decimal import Decimal
from typing import Any

from resolution_monitor.brief.charts.deviation import deviation
from resolution_monitor.brief.charts.marks import mark, shape_of
from resolution_monitor.brief.figures import THOUSAND_BILLIONS, Figure, Origin
from resolution_monitor.brief.parts.budget_figures import MOST_POINTS, BudgetFigures, Measured
from resolution_monitor.brief.report import Report
from resolution_monitor.brief.sentences import kept_together
from resolution_monitor.catalogue.names import successor_on
from resolution_monitor.score.rules.said_limits import percent_of, rates
from resolution_monitor.wording import Limit

Spender = tuple[dict[str, Any], Measured]


def spending_page(report: Report, made: BudgetFigures) -> dict[str, Any]:
    """The upper part of page 2: every central body with both figures, in two columns, highest share first."""
    made.at("place_spending")
    rows = [row for row in made.bodies(made.spending) if row["planned"] is not None and row["observed"] is not None]
    spenders = sorted(((row, made.measured(row)) for row in rows), key=lambda one: -(one[1].raw_percent or 0.0))
    half = math.ceil(len(spenders) / 2)
    printed = [_row(report, made, spender) for spender in spenders]
    return {
        "spending_heading": _heading(report, made, spenders),
        "spending_scope": report.messages.say("spending_scope"),
        "spending_columns": [printed[:half], printed[half:]] if printed else [],
        "spending_notes": _notes(report, made) if spenders else [],
    }


def absent_ministries(made: BudgetFigures) -> str:
    """Ministries of the period that no sheet names: a total printed there may still hold them."""
    period = made.snapshot.period
    named = {row["agency_id"] for row in made.bodies(made.spending)}
    ministries = (body for body in made.snapshot.catalogue.bodies.values() if body.kind == "ministry")
    absent = [
        made.name(b.agency_id) for b in ministries if b.exists_in(period.start, period.end) and b.agency_id not in named
    ]
    return made.listed(absent)


def _notes(report: Report, made: BudgetFigures) -> list[str]:
    absent = absent_ministries(made)
    return [
        report.messages.say("spending_caveat"),
        *([report.messages.say("spending_absent", names=absent)] if absent else []),
    ]


def _heading(report: Report, made: BudgetFigures, spenders: list[Spender]) -> str:
    over = [one for one in spenders if one[1].status == "OVER"]
    green_from = Limit(percent_of(made.limits.green_from))
    under = [one for one in spenders if one[1].is_below(green_from)]
    counts = {
        "over": _count(made, over, "bodies_over"),
        "under": _count(made, under, "bodies_under"),
        "count": _count(made, spenders, "bodies_with_both_spending"),
    }
    if not spenders:
        return report.messages.say("spending_none")
    if not over:
        return report.messages.say("spending_heading_within", **counts)
    top = max(over, key=lambda one: one[1].excess or Decimal(0))
    amounts = {"top_excess": _excess(made, [top]), "excess": _excess(made, over)}
    name = made.name(top[0]["agency_id"])
    return report.messages.say("spending_heading", top=name, **amounts, **counts)


def _count(made: BudgetFigures, some: list[Spender], rule: str) -> Figure:
    return made.book.count(len(some), _origin(made, rule, some))


def _excess(made: BudgetFigures, over: list[Spender]) -> Figure:
    total = sum((found.excess or Decimal(0) for _, found in over), Decimal(0))
    return made.book.money(total, THOUSAND_BILLIONS, _origin(made, "excess", over))


def _origin(made: BudgetFigures, rule: str, some: list[Spender]) -> Origin:
    cells = tuple(source for _, found in some for source in found.origin.sources)
    about = some[0][1].origin.about if len(some) == 1 else made.about("central_bodies")
    return Origin(made.rule(rule), about, cells)


def _row(report: Report, made: BudgetFigures, spender: Spender) -> dict[str, Any]:
    row, found = spender
    points = None if found.raw_percent is None else found.raw_percent - 100.0
    rule = Origin(made.rule("deviation"), found.origin.about, found.origin.sources)
    from_plan = [Limit(one.value - 100, one.is_passed_at) for one in rates(made.limits)]
    figure = made.book.difference(points, rule, from_plan)
    name = made.name(row["agency_id"])
    # A mark stands where a threshold of attention is passed; what lies near or above the plan needs none.
    is_low = shape_of(found.status) in ("square", "triangle")
    return {
        "name": kept_together(name),
        "planned": found.planned,
        "final": found.final,
        "points": figure,
        "mark": mark(found.status, report.messages.say(f"status_{found.status}")) if is_low else "",
        "bar": deviation(points, report.messages.say("deviation_title", name=name, points=figure), most=MOST_POINTS),
    }


def now_part_of(made: BudgetFigures, agency_id: str) -> str:
    """The body of today that stands for one of the period: itself while it exists."""
    return made.name(successor_on(made.snapshot.catalogue, agency_id, date.max))
