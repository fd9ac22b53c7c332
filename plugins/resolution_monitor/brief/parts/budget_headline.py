"""Top of page 1 of the budget report: the decision box, the nation's measures, and what qualifies them."""

from decimal import Decimal
from typing import Any

from resolution_monitor.brief.charts.bullet import bullet
from resolution_monitor.brief.charts.marks import ink_of
from resolution_monitor.brief.figures import THOUSAND_BILLIONS, Figure, Origin, places
from resolution_monitor.brief.parts.budget_figures import BudgetFigures, Measured
from resolution_monitor.brief.report import Report
from resolution_monitor.brief.snapshot import records
from resolution_monitor.terms import Role

Nation = dict[str, tuple[dict[str, Any], Measured]]


def headline(report: Report, made: BudgetFigures, notes: list[str]) -> dict[str, Any]:
    """
    The finding, its table and the remark on it.

    Args:
        notes: What the reader should know although nobody asks a decision; three at most are printed.
    """
    made.at("place_measures")
    nation = _nation(made)
    largest = max(float(value) for node, _ in nation.values() for value in (node["observed"], node["planned"]) if value)
    beyond = _beyond_plan(made)
    before = str(int(made.snapshot.period.name) - 1)
    return {
        "decision": _decision(report, notes),
        "revenue_heading": _heading(report, made, nation, beyond),
        "measures": [_measure(report, made, key, *pair, largest) for key, pair in nation.items()],
        "column_before": report.messages.say("column_before", before=before),
        "remark_heading": _remark_heading(report, beyond),
        "remarks": [*_beyond_lines(report, made, beyond), *_remarks(report, made)],
    }


def _decision(report: Report, notes: list[str]) -> str:
    say = report.messages.say
    if not notes:
        return say("decision_none")
    numbered = " ".join(f"({number}) {note};" for number, note in enumerate(notes[:3], start=1))
    return say("decision_notes", notes=numbered.removesuffix(";") + ".")


def _nation(made: BudgetFigures) -> Nation:
    keys = (("balance", made.balance), ("revenue", made.revenue), ("spending", made.spending))
    nodes = ((key, made.nation(indicator_id)) for key, indicator_id in keys)
    return {
        key: (node, made.measured(node, THOUSAND_BILLIONS)) for key, node in nodes if node and node["members_counted"]
    }


def _heading(report: Report, made: BudgetFigures, nation: Nation, beyond: list[Figure]) -> str:
    say = report.messages.say
    because = say("because_beyond_plan") if beyond else ""
    area = nation["revenue"][1].percent
    if "balance" not in nation:
        return say("headline_area", area=area, because=because)
    balance = nation["balance"][1]
    if not balance.is_short:
        return say("headline_met", balance=balance.percent, area=area, because=because)
    gap = made.book.money(-(balance.excess or Decimal(0)), THOUSAND_BILLIONS, _gap(made, balance))
    return say("headline_short", balance=balance.percent, gap=gap, area=area, because=because)


def _gap(made: BudgetFigures, found: Measured) -> Origin:
    return Origin(made.rule("short_of_plan"), found.origin.about, found.origin.sources)


def _measure(
    report: Report, made: BudgetFigures, key: str, node: dict[str, Any], found: Measured, largest: float
) -> dict[str, Any]:
    say = report.messages.say
    title = say("bullet_title", final=found.final, planned=found.planned)
    origin = found.origin
    counted = made.book.count(
        node["members_counted"], Origin(made.rule("bodies_with_both"), origin.about, origin.sources)
    )
    total = made.book.count(
        node["members_total"], Origin(made.rule("bodies_with_either"), origin.about, origin.sources)
    )
    return {
        "name": say(f"measure_{key}", members=counted, members_total=total),
        "planned": found.planned,
        "final": found.final,
        "percent": found.percent,
        "before": found.before,
        "bullet": bullet(
            float(node["observed"] or 0),
            float(node["planned"] or 0),
            largest,
            title,
            fill=ink_of(found.status),
            width=150,
        ),
    }


def _beyond_plan(made: BudgetFigures) -> list[Figure]:
    """What local budgets took in that no plan contains: the sum first, then each line; empty when not stated."""
    rows = {row["indicator_id"]: row for key in made.beyond_plan for row in made.bodies(key)}
    # Carry-over and surplus are nearly all of it: without both the sum would mislead.
    if not set(made.beyond_plan[:2]) <= rows.keys():
        return []
    stated = [rows[key] for key in made.beyond_plan if key in rows]
    cells = [tuple(made.cells(row["agency_id"], row["indicator_id"], Role.OBSERVATION)) for row in stated]
    whole = Origin(made.rule("beyond_plan"), made.about("local_budgets"), tuple(c for cs in cells for c in cs))
    total = sum((row["observed"] for row in stated), Decimal(0))
    return [
        made.book.money(total, THOUSAND_BILLIONS, whole),
        *(
            made.book.money(
                row["observed"],
                THOUSAND_BILLIONS,
                Origin(made.rule("cell"), made.names.item(row["indicator_id"]), found),
            )
            for row, found in zip(stated, cells, strict=True)
        ),
    ]


def _remark_heading(report: Report, beyond: list[Figure]) -> str:
    if not beyond:
        return report.messages.say("remark_heading")
    return report.messages.say("remark_heading_beyond", total=beyond[0])


def _beyond_lines(report: Report, made: BudgetFigures, beyond: list[Figure]) -> list[str]:
    if not beyond:
        return []
    words = [key for key in made.beyond_plan if made.bodies(key)]
    parts = [report.messages.say(f"beyond_{key}", amount=part) for key, part in zip(words, beyond[1:], strict=True)]
    return [report.messages.say("beyond_lines", parts=made.listed(parts), place=places(beyond[0].sources))]


def _remarks(report: Report, made: BudgetFigures) -> list[str]:
    """What the forms themselves say of the revenue figures, quoted with its cell."""
    say = report.messages.say
    findings = made.snapshot.findings
    remarks = records(findings[findings["check_code"] == "form-remark"])
    lines = {
        role: [row for row in remarks if row["details"].get("form") == f"revenue_{role}"] for role in ("plan", "final")
    }
    if not lines["final"]:
        return [say("remark_none")]
    said = [
        say("remark_quote", remark=row["raw_value"], **{key: row[key] for key in ("file_name", "sheet", "cell")})
        for row in lines["final"]
    ]
    return [" ".join([*said, say("remark_plan_silent")])] if not lines["plan"] else said
