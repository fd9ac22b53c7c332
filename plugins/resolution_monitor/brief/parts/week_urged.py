"""Who must be urged, what was asked in the week, what newly stands in the way, and how long the overdue list is."""

from datetime import date, datetime, time, timedelta
from typing import Any

from resolution_monitor import wording
from resolution_monitor.brief.figures import Origin
from resolution_monitor.brief.parts.month_overdue import Overdue, overdue_days, overdue_items, overdue_leads
from resolution_monitor.brief.parts.month_reports import all_reports, missing_bodies
from resolution_monitor.brief.parts.resolution_figures import ResolutionFigures, Row, is_overdue
from resolution_monitor.brief.sentences import kept_together
from resolution_monitor.brief.snapshot import records
from resolution_monitor.period import TIME_ZONE

_URGED = 3
_DAYS_TO_ANSWER = 7


def urged_part(made: ResolutionFigures) -> dict[str, Any]:
    """The box: overdue items of which the body says neither why nor until when; longest first, one a body."""
    made.at("place_urged")
    silent = [item for item in overdue_items(made) if _is_silent(made, item)]
    chosen: list[Overdue] = []
    for item in silent:
        if not {row["agency_id"] for row in item.assignments} & {r["agency_id"] for o in chosen for r in o.assignments}:
            chosen.append(item)
    day = wording.day(made.as_at + timedelta(days=_DAYS_TO_ANSWER), made.language)
    rows = [assignment for item in silent for assignment in item.assignments]
    count = made.count(rows, "rule_silent", made.say("about_assignments"))
    return {
        "urged_heading": made.counted("urged_heading", len(silent), count=count),
        "urged": [_urged(made, number, item, day) for number, item in enumerate(chosen[:_URGED], start=1)],
        "urged_none": "" if silent else made.say("urged_none"),
    }


def _is_silent(made: ResolutionFigures, item: Overdue) -> bool:
    keys = {(one["agency_id"], one["item_id"]) for one in item.assignments}
    asked = any((row["agency_id"], row["task_id"]) in keys for row in records(made.snapshot.requests))
    return not asked and not any(made.obstacles_of(*key) for key in keys)


def _urged(made: ResolutionFigures, number: int, item: Overdue, day: str) -> dict[str, Any]:
    words = {
        "lead": overdue_leads(made, item),
        "name": made.names.short_item(item.item_id),
        "code": made.say("resolution_code", code=item.assignments[0]["resolution"]),
        "days": overdue_days(made, item),
    }
    return {"number": str(number), "text": made.say("urged", **words), "until": made.say("urged_until", day=day)}


def asked_in_week(made: ResolutionFigures) -> list[Row]:
    """Requests for a later day that came in the week."""
    return [row for row in _of_the_week(made, records(made.snapshot.requests)) if row["kind"] == "extension"]


def asked_part(made: ResolutionFigures, most: int) -> dict[str, Any]:
    """`most` of them, with both days."""
    made.at("place_asked")
    rows = asked_in_week(made)
    count = made.count(rows, "rule_asked", made.say("about_requests"))
    return {
        "asked_heading": made.counted("asked_heading", len(rows), count=count),
        "asked": [_asked(made, row) for row in rows[:most]],
        "asked_more": _more(made, "asked_more", rows[most:]),
    }


def new_obstacles(made: ResolutionFigures) -> list[Row]:
    """Obstacles that came in the week and stand."""
    return [row for row in _of_the_week(made, records(made.snapshot.obstacles)) if not row["is_resolved"]]


def obstacles_of_week(made: ResolutionFigures, most: int) -> dict[str, Any]:
    """`most` of them."""
    made.at("place_obstacles")
    rows = new_obstacles(made)
    count = made.count(rows, "rule_new_obstacles", made.say("about_obstacles"))
    return {
        "obstacles_heading": made.counted("new_obstacles_heading", len(rows), count=count),
        "obstacles": [_obstacle(made, row) for row in rows[:most]],
        "obstacles_more": _more(made, "obstacles_more", rows[most:]),
    }


def _of_the_week(made: ResolutionFigures, rows: list[Row]) -> list[Row]:
    """What was received from the first to the last day of the week, in the order of its coming."""
    period = made.snapshot.period
    begin = datetime.combine(period.start, time(), TIME_ZONE)
    end = datetime.combine(period.end + timedelta(days=1), time(), TIME_ZONE)
    own = [row for row in rows if begin <= row["received_at"] < end]
    return sorted(own, key=lambda row: (row["received_at"], row["agency_id"], row["number"]))


def _more(made: ResolutionFigures, key: str, rows: list[Row]) -> str:
    return made.say(key, count=made.count(rows, "rule_more", made.say("about_requests"))) if rows else ""


def _asked(made: ResolutionFigures, row: Row) -> dict[str, str]:
    own = [one for one in made.assignments if (one["agency_id"], one["item_id"]) == (row["agency_id"], row["task_id"])]
    due_on = own[0]["due_on"] if own else None
    return {
        "name": _task(made, row, own),
        "lead": kept_together(made.name(row["agency_id"])),
        "due": wording.day(due_on, made.language) if isinstance(due_on, date) else wording.NO_VALUE,
        "asked": wording.day(row["proposed_due_on"], made.language)
        if isinstance(row["proposed_due_on"], date)
        else made.say("asked_no_day"),
    }


def _task(made: ResolutionFigures, row: Row, own: list[Row]) -> str:
    task_id = own[0]["parent_task"] or row["task_id"] if own else row["task_id"]
    return made.names.short_item(task_id) if task_id else made.say("matter_general")


def _obstacle(made: ResolutionFigures, row: Row) -> dict[str, str]:
    own = [one for one in made.assignments if (one["agency_id"], one["item_id"]) == (row["agency_id"], row["task_id"])]
    return {
        "name": kept_together(made.name(row["agency_id"])),
        "task": _task(made, row, own),
        "kind": made.word("obstacle_kind", row["kind"]),
    }


def overdue_trend(made: ResolutionFigures) -> str:
    """How many assignments are overdue, beside the week before."""
    made.at("place_counts")
    about = made.say("about_assignments")
    now = [one for one in made.assignments if is_overdue(one)]
    then = [one for one in made.assignments_before if is_overdue(one)]
    words = {"count": made.count(now, "rule_overdue", about), "change": made.change(now, then, about)}
    return made.say("overdue_trend" if made.has_before else "overdue_trend_first", **words)


def weekly_reports(made: ResolutionFigures) -> str:
    """Who owed something for the week, and who of them sent nothing; silence where nobody owes."""
    made.at("place_reports")
    everything = all_reports(made)
    if not everything.owed:
        return made.say("reports_nobody_owes")
    about = made.say("about_reports")
    missing = [agency_id for agency_id, _ in missing_bodies(made)]

    def count(agency_ids: list[str], rule: str) -> Any:
        return made.book.count(len(agency_ids), Origin(made.say(rule), about, made.file_sources(agency_ids)))

    words = {"owed": count(everything.owed, "rule_owed"), "missing": count(missing, "rule_missing")}
    return made.counted("reports", len(missing), **words, names=made.listed([made.name(key) for key in missing[:5]]))
