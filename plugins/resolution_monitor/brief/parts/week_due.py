"""What falls due in the two weeks to come: a box a day, and below it what may not be in time."""

from datetime import date, timedelta
from typing import Any

from resolution_monitor import wording
from resolution_monitor.brief.charts.marks import mark
from resolution_monitor.brief.parts.month_obstacles import reason_of
from resolution_monitor.brief.parts.resolution_figures import MARKS, NOT_OPEN, ResolutionFigures, Row, state_of
from resolution_monitor.brief.sentences import kept_together

DAYS = 14
_WEEK = 7
_MARKS_A_DAY = 3
_LATE = ("red", "amber", "no_data")


def due_in_two_weeks(made: ResolutionFigures) -> list[Row]:
    """Open assignments with a verified deadline in the two weeks after the document's day, the nearest first."""
    last = made.as_at + timedelta(days=DAYS)
    found = [
        one
        for one in made.assignments
        if isinstance(one["due_on"], date)
        and made.as_at < one["due_on"] <= last
        and not one["is_due_assumed"]
        and one["status"] not in NOT_OPEN
    ]
    return sorted(found, key=lambda one: (one["due_on"], one["item_id"], one["agency_id"]))


def late_of(rows: list[Row]) -> list[Row]:
    """Those that may not be in time."""
    return [row for row in rows if state_of(row) in _LATE]


def due_part(made: ResolutionFigures, most: int) -> dict[str, Any]:
    """Heading, fourteen days, and `most` of the rows that may not be in time."""
    made.at("place_due")
    rows = due_in_two_weeks(made)
    late = late_of(rows)
    about = made.say("about_assignments")
    words = {"count": made.count(rows, "rule_due", about), "late": made.count(late, "rule_due_late", about)}
    return {
        "due_heading": made.counted("due_heading", len(rows), **words),
        "days": [_day(made, made.as_at + timedelta(days=after), rows) for after in range(1, DAYS + 1)] if rows else [],
        "due": [_row(made, row) for row in late[:most]],
        "due_more": made.say("due_more", count=made.count(late[most:], "rule_more", about)) if late[most:] else "",
    }


def _day(made: ResolutionFigures, day: date, rows: list[Row]) -> dict[str, Any]:
    own = [row for row in rows if row["due_on"] == day]
    worst = sorted(own, key=lambda row: list(MARKS).index(state_of(row)) if state_of(row) in MARKS else len(MARKS))
    marks = [mark(MARKS.get(state_of(row), ""), made.say(f"state_{state_of(row)}")) for row in worst[:_MARKS_A_DAY]]
    return {
        "weekday": made.say(f"weekday_{day.weekday()}"),
        "day": wording.day_of_month(day, made.language),
        "marks": [{"mark": one} for one in marks],
        "count": made.count(own, "rule_due", wording.day(day, made.language)) if own else "",
        "is_weekend": day.weekday() >= 5,
    }


def _row(made: ResolutionFigures, row: Row) -> dict[str, Any]:
    return {
        "day": wording.day_of_month(row["due_on"], made.language),
        "is_near": (row["due_on"] - made.as_at).days <= _WEEK,
        "mark": mark(MARKS[state_of(row)], made.say(f"state_{state_of(row)}")),
        "code": row["resolution"],
        "name": made.names.short_item(row["parent_task"] or row["item_id"]),
        "lead": kept_together(made.name(row["agency_id"])),
        "reason": reason_of(made, [row]),
    }
