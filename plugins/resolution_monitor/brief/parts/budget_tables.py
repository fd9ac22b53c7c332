"""The rows of the budget report's workbook: what the pages say and all that stands behind it."""

from typing import Any

from resolution_monitor.brief.figures import places
from resolution_monitor.brief.parts.budget_figures import BudgetFigures, standing
from resolution_monitor.brief.parts.budget_spending import now_part_of
from resolution_monitor.brief.parts.figure_table import figure_rows
from resolution_monitor.brief.snapshot import records
from resolution_monitor.score.budget import NATION
from resolution_monitor.terms import Role


def workbook_tables(made: BudgetFigures, unmatched: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Sheet key of workbook.yaml -> rows by column key."""
    return {
        "nation": [_node(made, node) for node in map(made.nation, _nation_lines(made)) if node],
        "provinces": [_node(made, node) for node in made.nodes("province", made.revenue)],
        "former_provinces": sorted(
            (_body(made, row) for row in made.bodies(made.revenue)), key=lambda row: row["code"]
        ),
        "central": [_body(made, row) for row in made.bodies(made.spending)],
        "unmatched": unmatched,
        "findings": [_finding(row) for row in records(made.snapshot.findings)],
        "files": records(made.snapshot.submissions.sort_values("file_name")),
        "figures": figure_rows(made.book.figures, made.report.messages),
    }


def _nation_lines(made: BudgetFigures) -> list[str]:
    return [made.balance, made.revenue, *made.beyond_plan, made.spending]


def _measures(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "planned": row["planned"],
        "final": row["observed"],
        "percent": row["attainment_raw_pct"],
        "status": standing(row),
    }


def _node(made: BudgetFigures, node: dict[str, Any]) -> dict[str, Any]:
    body = None if node["node_kind"] == NATION else made.body(node["node_id"])
    return {
        "code": body.official_code if body else node["indicator_id"],
        "name": made.name(node["node_id"]) if body else made.names.item(node["indicator_id"]),
        "members": f"{node['members_counted']}/{node['members_total']}",
        "made_of": ", ".join(made.name(member) for member in made.members(node)) if body else "",
        **_measures(node),
    }


def _body(made: BudgetFigures, row: dict[str, Any]) -> dict[str, Any]:
    body = made.body(row["agency_id"])
    plan, final = (made.cells(row["agency_id"], row["indicator_id"], role) for role in (Role.TARGET, Role.OBSERVATION))
    return {
        "code": body.official_code or body.agency_id,
        "name": made.name(body.agency_id),
        "now": now_part_of(made, row["agency_id"]),
        **_measures(row),
        "plan_cell": places(plan),
        "final_cell": places(final),
    }


def _finding(row: dict[str, Any]) -> dict[str, Any]:
    keys = ("severity", "file_name", "sheet", "cell", "raw_value", "text_vi", "action_vi")
    return {key: row[key] for key in keys}
