"""The workbook of the daily bulletin."""

from typing import Any

from resolution_monitor.brief.figures import places
from resolution_monitor.brief.parts.bulletin_lists import due_soon, new_findings, new_obstacles, overdue_assignments
from resolution_monitor.brief.parts.bulletin_values import values_of
from resolution_monitor.brief.parts.figure_table import figure_rows
from resolution_monitor.brief.parts.month_tables import file_row, finding_row, obstacle_row
from resolution_monitor.brief.parts.resolution_figures import ResolutionFigures, Row
from resolution_monitor.brief.snapshot import records


def workbook_tables(made: ResolutionFigures, values: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """
    Sheet key of workbook.yaml -> rows by column key.

    Args:
        values: The rows of the page's table of figures.
    """
    plain = ("code", "name", "unit", "how", "now", "before", "change", "counted")
    return {
        "owed": [_owed(made, row) for row in records(made.snapshot.now.obligations)],
        "values": [{key: row[key] for key in plain} for row in values],
        "provinces": _provinces(made),
        "findings": [finding_row(made, row) for row in new_findings(made)],
        "obstacles": [obstacle_row(made, row) for row in new_obstacles(made)],
        "soon": [_assignment(made, assignment) for assignment in due_soon(made)],
        "overdue": [_assignment(made, assignment) for assignment in overdue_assignments(made)],
        "files": [file_row(made, row) for row in made.files],
        "figures": figure_rows(made.book.figures, made.report.messages),
    }


def _owed(made: ResolutionFigures, row: Row) -> dict[str, Any]:
    body = made.snapshot.catalogue.bodies.get(row["agency_id"])
    return {
        "code": row["agency_id"],
        "name": made.name(row["agency_id"]),
        "block": body.block if body else None,
        "item": row["item_id"],
        "item_name": made.item(row["item_id"]),
        "report_state": row["state"],
        "received_at": row["received_at"],
    }


def _provinces(made: ResolutionFigures) -> list[dict[str, Any]]:
    """One row per province body and indicator that has a value on either day."""
    ids = sorted(set(made.snapshot.daily["indicator_id"])) if not made.snapshot.daily.empty else []
    rows = []
    for indicator_id in ids:
        now, then = values_of(made, indicator_id).by_body, values_of(made, indicator_id, -1).by_body
        for agency_id in sorted(now.keys() | then.keys()):
            today, before = now.get(agency_id), then.get(agency_id)
            rows.append(
                {
                    "code": indicator_id,
                    "item_name": made.item(indicator_id),
                    "name": made.name(agency_id),
                    "now": today["value"] if today else None,
                    "before": before["value"] if before else None,
                    "numerator": today["numerator"] if today else None,
                    "denominator": today["denominator"] if today else None,
                    "cell": places(made.sources([row for row in (today, before) if row])),
                }
            )
    return rows


def _assignment(made: ResolutionFigures, assignment: Row) -> dict[str, Any]:
    return {
        "code": assignment["item_id"],
        "resolution": assignment["resolution"],
        "name": made.item(assignment["item_id"]),
        "lead": made.name(assignment["agency_id"]),
        "due_on": assignment["due_on"],
        "overdue_days": int(assignment["overdue_days"]),
        "cell": places(made.sources([assignment])),
    }
