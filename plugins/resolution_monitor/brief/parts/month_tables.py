"""The workbook of the monthly briefing: what the pages say, and all that stands behind it."""

from typing import Any

from resolution_monitor.brief.figures import places
from resolution_monitor.brief.parts.baseline_table import baseline_rows
from resolution_monitor.brief.parts.figure_table import figure_rows
from resolution_monitor.brief.parts.month_overdue import unverified_assignments
from resolution_monitor.brief.parts.month_reports import blocks_of, missing_bodies
from resolution_monitor.brief.parts.resolution_figures import (
    STATES,
    ResolutionFigures,
    Row,
    in_state,
    is_overdue,
    of_resolution,
)
from resolution_monitor.brief.snapshot import known, records
from resolution_monitor.ledger.items import ItemKind
from resolution_monitor.score.month.frames import NodeKind
from resolution_monitor.score.month.revisions import REVISION_FLAGS


def workbook_tables(made: ResolutionFigures) -> dict[str, list[dict[str, Any]]]:
    """Sheet key of workbook.yaml -> rows by column key."""
    assignments = sorted(
        made.assignments,
        key=lambda assignment: (assignment["resolution"], assignment["item_id"], assignment["agency_id"]),
    )
    unverified = {id(assignment) for assignment in unverified_assignments(made)}
    return {
        "resolutions": [_resolution(made, node) for node in made.nodes(NodeKind.RESOLUTION).values()],
        "blocks": [_block(made, one) for one in blocks_of(made)],
        "agencies": _agencies(made),
        "tasks": [
            _task(made, assignment, id(assignment) in unverified)
            for assignment in assignments
            if assignment["item_kind"] == "task"
        ],
        "indicators": [
            _indicator(made, assignment) for assignment in assignments if assignment["item_kind"] == "indicator"
        ],
        "baselines": baseline_rows(made, assignments),
        "missing": [_missing(made, *pair) for pair in missing_bodies(made)],
        "obstacles": [obstacle_row(made, row) for row in records(made.snapshot.obstacles)],
        "requests": [request_row(made, row) for row in records(made.snapshot.requests)],
        "questions": [_question(made, row) for row in records(made.snapshot.questions)],
        "findings": [finding_row(made, row) for row in records(made.snapshot.findings)],
        "files": [file_row(made, row) for row in made.files],
        "figures": figure_rows(made.book.figures, made.report.messages),
    }


def _counts(made: ResolutionFigures, assignments: list[Row]) -> dict[str, int]:
    """Assignments by state and in all, and the tasks and indicators they are about."""
    things = {f"{kind}s": len(found) for kind, found in made.things(assignments).items()}
    states = {state: len(in_state(assignments, state)) for state in STATES}
    return {**states, "overdue": sum(map(is_overdue, assignments)), "total": len(assignments), **things}


def _scores(node: Row) -> dict[str, Any]:
    share = known(node["share_without_data"])
    return {
        "state": node["state"],
        "low": known(node["low"]),
        "high": known(node["high"]),
        "share": None if share is None else share * 100.0,
    }


def _resolution(made: ResolutionFigures, node: Row) -> dict[str, Any]:
    code = node["node_id"]
    assignments = of_resolution(made.assignments, code)
    before = made.nodes(NodeKind.RESOLUTION, made.snapshot.before) if made.snapshot.before else {}
    entry = made.snapshot.catalogue.resolutions[code]
    return {
        "code": entry.number,
        "name": made.names.resolution(code),
        "focal": made.name(entry.focal_agency),
        "state_before": before[code]["state"] if code in before else None,
        **_scores(node),
        **_counts(made, assignments),
        "passed": passed_count(made, assignments),
    }


def passed_count(made: ResolutionFigures, assignments: list[Row]) -> int:
    """How many of them are past a deadline that nobody verified."""
    passed = {id(one) for one in unverified_assignments(made)}
    return sum(id(one) in passed for one in assignments)


def _block(made: ResolutionFigures, one: Any) -> dict[str, Any]:
    node = made.nodes(NodeKind.BLOCK).get(one.block)
    assignments = [assignment for assignment in made.assignments if assignment["block"] == one.block]
    return {
        "code": one.block,
        "name": made.names.block(one.block),
        "owed": len(one.now.owed),
        "on_time": len(one.now.on_time),
        "late": len(one.now.late),
        "missing": len(one.now.missing),
        "percent": one.now.on_time_pct,
        "percent_before": one.before.on_time_pct,
        **(_scores(node) if node else {}),
        **_counts(made, assignments),
    }


def _agencies(made: ResolutionFigures) -> list[dict[str, Any]]:
    frame = made.snapshot.now.obligations
    reports = {row["agency_id"]: row for row in records(frame[frame["item_kind"] == ItemKind.REPORT.value])}
    periods = dict(missing_bodies(made))
    led: dict[str, list[Row]] = {}
    for assignment in made.assignments:
        led.setdefault(assignment["agency_id"], []).append(assignment)
    nodes = made.nodes(NodeKind.AGENCY)
    return [
        _agency(made, agency_id, reports.get(agency_id), periods.get(agency_id), nodes.get(agency_id), led)
        for agency_id in made.snapshot.catalogue.reporting_bodies
    ]


def _agency(
    made: ResolutionFigures, agency_id: str, report: Row | None, periods: int | None, node: Row | None, led: Any
) -> dict[str, Any]:
    assignments = led.get(agency_id, [])
    ends = ("progress_low", "progress_high", "timeliness_low", "timeliness_high", "reporting")
    return {
        "code": agency_id,
        "name": made.name(agency_id),
        "block": made.snapshot.catalogue.bodies[agency_id].block,
        "report_state": report["state"] if report else None,
        "received_at": report["received_at"] if report else None,
        "periods": periods,
        **_counts(made, assignments),
        "passed": passed_count(made, assignments),
        **({end: known(node[end]) for end in ends} if node else {}),
    }


def _assignment(made: ResolutionFigures, assignment: Row) -> dict[str, Any]:
    return {
        "code": assignment["item_id"],
        "resolution": assignment["resolution"],
        "name": made.item(assignment["item_id"]),
        "lead": made.name(assignment["agency_id"]),
        "status": assignment["status"],
        "due_on": assignment["due_on"],
        "overdue_days": int(assignment["overdue_days"]) if is_overdue(assignment) else None,
        "percent": known(assignment["attainment_pct"]),
        "confidence": "proxy" if assignment["is_proxy"] else assignment["confidence"],
        "cell": places(made.sources([assignment])),
    }


def _task(made: ResolutionFigures, assignment: Row, is_unverified: bool) -> dict[str, Any]:
    obstacles = made.obstacles_of(assignment["agency_id"], assignment["item_id"])
    return {
        **_assignment(made, assignment),
        "due_note": "passed" if is_unverified else "assumed" if assignment["is_due_assumed"] else "",
        "task_state": assignment["task_state"],
        "done_pct": known(assignment["done_pct"]),
        "done_on": assignment["done_on"],
        "met_on": assignment.get("met_on"),
        "product": assignment["product"],
        "obstacle": "; ".join(row["text"] for row in obstacles),
    }


def _indicator(made: ResolutionFigures, assignment: Row) -> dict[str, Any]:
    entry = made.snapshot.catalogue.indicators.get(assignment["item_id"])
    keys = ("value", "baseline", "target", "target_low", "target_high")
    return {
        **_assignment(made, assignment),
        "unit": made.report.messages.unit(entry.unit) if entry else "",
        **{key: known(assignment[key]) for key in keys},
        "value_on": assignment["value_on"],
        **{key: assignment[key] for key in ("target_original", "target_current", "revised_on")},
        "ranking": _ranking(assignment),
        "revision_note": "|".join(flag for flag in REVISION_FLAGS if flag in assignment["flags"].split("|")),
        "assumed": "|".join(entry.assumed) if entry else "",
    }


def _ranking(assignment: Row) -> str:
    """Which target counts where a document changed it; nothing of others."""
    if assignment["revised_on"] is None:
        return ""
    return "original" if assignment["ranking_since"] is None else "revision"


def _missing(made: ResolutionFigures, agency_id: str, periods: int) -> dict[str, Any]:
    return {
        "code": agency_id,
        "name": made.name(agency_id),
        "block": made.snapshot.catalogue.bodies[agency_id].block,
        "periods": periods,
        "assignments": sum(assignment["agency_id"] == agency_id for assignment in made.assignments),
    }


def _said(made: ResolutionFigures, row: Row) -> dict[str, Any]:
    return {
        "name": made.name(row["agency_id"]),
        "task": row["task_id"],
        "task_name": made.item(row["task_id"]) if row["task_id"] else "",
        "text": row["text"],
        "cell": places(made.sources([row])),
    }


def obstacle_row(made: ResolutionFigures, row: Row) -> dict[str, Any]:
    """An obstacle as its body reported it."""
    return {
        **_said(made, row),
        "kind": made.word("obstacle_kind", row["kind"]),
        "resolver": made.name(row["resolver"]) if row["resolver"] else "",
        "is_resolved": "yes" if row["is_resolved"] else "no",
    }


def request_row(made: ResolutionFigures, row: Row) -> dict[str, Any]:
    return {
        **_said(made, row),
        "kind": made.word("request_kind", row["kind"]),
        "decider": made.name(row["decider"]) if row["decider"] else "",
        "proposed_due_on": row["proposed_due_on"],
        "cost": row["cost_of_delay"],
    }


def _question(made: ResolutionFigures, row: Row) -> dict[str, Any]:
    """A question as it goes to its body; none of it stands on the page."""
    screen = made.snapshot.catalogue.screening.screens[row["screen"]]
    finds = screen.finds
    return {
        "name": made.name(row["agency_id"]),
        "item": row["item_id"],
        "screen": made.names.screen(row["screen"]),
        "question": row["question"],
        "rate": float(row["false_alarm_rate"]) * 100.0,
        "share": float(row["false_share"]) * 100.0,
        "mild": finds.mild * 100.0 if finds else None,
        "verify": "yes" if row["needs_verification"] else "no",
        "reply_until": row["reply_until"],
        "reply": row["reply"] or "",
    }


def finding_row(made: ResolutionFigures, row: Row) -> dict[str, Any]:
    """A finding with its sender by name."""
    keys = ("severity", "file_name", "sheet", "cell", "raw_value", "text_vi", "action_vi")
    return {"name": made.name(row["sender_id"]), **{key: row[key] for key in keys}}


def file_row(made: ResolutionFigures, row: Row) -> dict[str, Any]:
    """A received file with its sender by name."""
    plain = {key: row[key] for key in ("sender_id", "file_name", "state", "received_at", "sha256")}
    return {**plain, "name": made.name(row["sender_id"]), "demonstration": "yes" if row["is_demonstration"] else "no"}
