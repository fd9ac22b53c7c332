"""Lower half of the daily bulletin: what is new since the day before, what falls due soon, what is overdue."""

from datetime import date, datetime, timedelta
from typing import Any

import pandas

from resolution_monitor import wording
from resolution_monitor.brief.figures import Figure, Origin
from resolution_monitor.brief.parts.bulletin_values import day_total
from resolution_monitor.brief.parts.month_overdue import (
    Overdue,
    overdue_days,
    overdue_items,
    overdue_leads,
    passed_since,
)
from resolution_monitor.brief.parts.resolution_figures import CLOSED, ResolutionFigures, Row, is_overdue
from resolution_monitor.brief.sentences import kept_together, shortened
from resolution_monitor.brief.snapshot import records
from resolution_monitor.terms import Severity

_PRINTED = 4
_LETTERS = 64
_WORST_FIRST = [severity.value for severity in Severity]


def lists_part(made: ResolutionFigures) -> dict[str, Any]:
    """Four short lists, each with a heading that counts and a line for what is not printed."""
    made.at("place_lists")
    findings, obstacles = new_findings(made), new_obstacles(made)
    soon = due_soon(made)
    return {
        "findings": _list(made, "findings", findings, [_finding(made, row) for row in findings[:_PRINTED]]),
        "obstacles": _obstacle_list(made, obstacles),
        "soon": _list(made, "soon", soon, [_soon(made, assignment) for assignment in soon[:_PRINTED]]),
        "overdue": _overdue_list(made),
    }


def since(made: ResolutionFigures) -> datetime:
    """The tick of the bulletin before."""
    return made.snapshot.as_of - timedelta(days=1)


def _arrived(made: ResolutionFigures, frame: pandas.DataFrame) -> list[Row]:
    return [row for row in records(frame) if since(made) < row["received_at"] <= made.snapshot.as_of]


def new_findings(made: ResolutionFigures) -> list[Row]:
    """Of files that came since the bulletin before, what hinders most first; notes are left to the workbook."""
    found = [row for row in _arrived(made, made.snapshot.findings) if row["severity"] != "note"]
    return sorted(found, key=lambda row: (_WORST_FIRST.index(row["severity"]), row["sender_id"]))


def new_obstacles(made: ResolutionFigures) -> list[Row]:
    return [row for row in _arrived(made, made.snapshot.obstacles) if not row["is_resolved"]]


def standing_obstacles(made: ResolutionFigures) -> list[Row]:
    """All that bodies reported and nobody removed."""
    return [row for row in records(made.snapshot.obstacles) if not row["is_resolved"]]


def soon_days(made: ResolutionFigures) -> int:
    """How far ahead the bulletin looks."""
    return int(made.report.settings["soon_days"])


def due_soon(made: ResolutionFigures) -> list[Row]:
    """Open tasks and indicators with a verified deadline in the days after the day."""
    first = made.snapshot.period.end
    last = first + timedelta(days=soon_days(made))
    found = [
        assignment
        for assignment in made.assignments
        if isinstance(assignment["due_on"], date)
        and first < assignment["due_on"] <= last
        and not assignment["is_due_assumed"]
        and assignment["status"] not in CLOSED
    ]
    return sorted(found, key=lambda assignment: (assignment["due_on"], assignment["item_id"]))


def overdue_assignments(made: ResolutionFigures) -> list[Row]:
    """Longest overdue first."""
    found = (assignment for assignment in made.assignments if is_overdue(assignment))
    return sorted(found, key=lambda assignment: (-assignment["overdue_days"], assignment["item_id"]))


def _overdue_list(made: ResolutionFigures) -> dict[str, Any]:
    """One line per task, the bodies it was given to together; the heading counts each body's own."""
    items, rows = overdue_items(made), overdue_assignments(made)
    rest = [assignment for item in items[_PRINTED:] for assignment in item.assignments]
    lines = [_overdue(made, item) for item in items[:_PRINTED]]
    found = _list(made, "overdue", rows, lines, rest, things=made.things_in_words(rows))
    return {**found, "note": passed_since(made)}


def _obstacle_list(made: ResolutionFigures, obstacles: list[Row]) -> dict[str, Any]:
    """
    What new reports name. Where they name nothing, what is counted elsewhere is said before it: the day's own figure of
    obstacles, and those that stand since earlier reports.
    """
    found = _list(made, "obstacles", obstacles, [_obstacle(made, row) for row in obstacles[:_PRINTED]])
    if obstacles:
        return found
    standing, about = standing_obstacles(made), made.say("about_standing")
    daily = day_total(made, made.report.settings["obstacles_figure"])
    if daily:
        found["heading"] = made.say("obstacles_heading_daily", count=daily)
    elif standing:
        found["heading"] = made.say("obstacles_heading_standing")
    if standing:
        found["lines"] = [made.say("obstacles_standing", count=_count(made, standing, "rule_obstacles", about))]
    return found


def _list(
    made: ResolutionFigures,
    key: str,
    rows: list[Row],
    lines: list[str],
    unprinted: list[Row] | None = None,
    **words: Any,
) -> dict[str, Any]:
    about = made.say("about_assignments" if key == "overdue" else f"about_{key}")
    rest = rows[_PRINTED:] if unprinted is None else unprinted
    words |= {"count": _count(made, rows, f"rule_{key}", about)}
    more = {"count": _count(made, rest, "rule_rest", about), "sheet": made.say(f"sheet_{key}")} if rest else {}
    return {
        "heading": made.counted(f"{key}_heading", len(rows), **words),
        "lines": lines,
        "more": made.say(f"more_{key}", **more) if rest else "",
        "note": "",
    }


def _count(made: ResolutionFigures, rows: list[Row], rule: str, about: str) -> Figure:
    return made.book.count(len(rows), Origin(made.say(rule), about, made.sources(rows)))


def _finding(made: ResolutionFigures, row: Row) -> str:
    place = f"{row['sheet'] or ''}!{row['cell'] or ''}".strip("!")
    name = kept_together(made.name(row["sender_id"]))
    text = shortened(row["text_vi"], _LETTERS)
    return made.say("finding_line" if place else "finding_line_file", name=name, place=place, text=text)


def _obstacle(made: ResolutionFigures, row: Row) -> str:
    kind = made.word("obstacle_kind", row["kind"])
    name = kept_together(made.name(row["agency_id"]))
    return made.say("obstacle_line", name=name, kind=kind, text=shortened(row["text"], _LETTERS))


def _soon(made: ResolutionFigures, assignment: Row) -> str:
    lead = kept_together(made.name(assignment["agency_id"]))
    return made.say(
        "soon_line",
        **_words(made, assignment, assignment["item_id"]),
        lead=lead,
        due=wording.day(assignment["due_on"], made.language),
    )


def _overdue(made: ResolutionFigures, item: Overdue) -> str:
    words = _words(made, item.assignments[0], item.item_id)
    return made.say("overdue_line", **words, lead=overdue_leads(made, item), days=overdue_days(made, item))


def _words(made: ResolutionFigures, assignment: Row, item_id: str) -> dict[str, str]:
    code = made.say("resolution_code", code=assignment["resolution"])
    return {"code": code, "name": shortened(made.item(item_id), _LETTERS)}
