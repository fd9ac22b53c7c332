"""The annexes: every matter, overdue item, indicator, obstacle, missing report and question behind pages 1 and 2."""

from typing import Any

from resolution_monitor import wording
from resolution_monitor.brief.charts.marks import mark
from resolution_monitor.brief.figures import Origin, places
from resolution_monitor.brief.parts.month_decisions import asked_of
from resolution_monitor.brief.parts.month_matters import Matter, all_matters
from resolution_monitor.brief.parts.month_overdue import overdue_items, overdue_rows
from resolution_monitor.brief.parts.month_reports import missing_bodies
from resolution_monitor.brief.parts.month_things import Thing, of_kind
from resolution_monitor.brief.parts.resolution_figures import ResolutionFigures, Row
from resolution_monitor.brief.snapshot import known, records
from resolution_monitor.period import TIME_ZONE

# In the order printed; each has a heading annex_<key> and, when it is empty, says so.
ANNEXES = ("matters", "overdue", "indicators", "obstacles", "missing", "questions")


def annexes_part(made: ResolutionFigures, things: list[Thing]) -> dict[str, Any]:
    """Rows of each annex by its key."""
    made.at("place_annexes")
    rows = {
        "matters": [_matter(made, number, one) for number, one in enumerate(all_matters(made), start=1)],
        "overdue": overdue_rows(made, overdue_items(made)),
        "indicators": [_indicator(made, thing) for thing in of_kind(things, "indicator")],
        "obstacles": [_obstacle(made, row) for row in records(made.snapshot.obstacles) if not row["is_resolved"]],
        "missing": [_missing(made, *pair) for pair in missing_bodies(made)],
        "questions": [_question(made, row) for row in _answered_or_late(made)],
    }
    return {
        "annexes": [
            {"key": key, "number": str(number), "heading": made.say(f"annex_{key}"), "rows": rows[key]}
            for number, key in enumerate(ANNEXES, start=1)
        ],
        "last_annex": str(len(ANNEXES) + 1),
    }


def _matter(made: ResolutionFigures, number: int, matter: Matter) -> dict[str, Any]:
    return {
        "number": str(number),
        "asked": asked_of(made, matter),
        "decider": made.name(matter.decider),
        "said": [_said(made, row) for row in matter.rows],
    }


def _said(made: ResolutionFigures, row: Row) -> dict[str, str]:
    """What one body wrote, whole, with its cell."""
    cost = row.get("cost_of_delay") or ""
    return {
        "name": made.name(row["agency_id"]),
        "text": row["text"],
        "cost": made.say("annex_cost", cost=cost) if cost else "",
        "cell": places(made.sources([row])),
    }


def _indicator(made: ResolutionFigures, thing: Thing) -> dict[str, Any]:
    row = thing.assignments[0]
    entry = made.snapshot.catalogue.indicators.get(thing.item_id)
    unit = entry.unit if entry else ""
    name = made.item(thing.item_id)
    value_on = row["value_on"]
    return {
        "code": thing.item_id,
        "name": name,
        "unit": made.report.messages.unit(unit) if unit else "",
        "lead": made.name(row["agency_id"]),
        "mark": mark(row["status"], made.word("status", row["status"])),
        # The mark is drawn: our fonts have no letter for it.
        "status": made.word("status", row["status"]).lstrip("■▲●◌– "),
        **{key: _number(made, row, key, unit, name) for key in ("baseline", "value", "target")},
        "value_on": wording.day(value_on, made.language) if value_on is not None else "",
    }


def _number(made: ResolutionFigures, row: Row, key: str, unit: str, name: str) -> Any:
    value = known(row[key])
    if value is None:
        return wording.NO_VALUE
    return made.book.written(value, unit, Origin(made.say(f"rule_{key}"), name, made.sources([row])))


def _obstacle(made: ResolutionFigures, row: Row) -> dict[str, str]:
    return {
        "name": made.name(row["agency_id"]),
        "task": made.names.short_item(row["task_id"]) if row["task_id"] else made.say("matter_general"),
        "kind": made.word("obstacle_kind", row["kind"]),
        "text": row["text"],
        "resolver": made.name(row["resolver"]) if row["resolver"] else wording.NO_VALUE,
        "cell": places(made.sources([row])),
    }


def _missing(made: ResolutionFigures, agency_id: str, periods: int) -> dict[str, Any]:
    name = made.name(agency_id)
    block = made.snapshot.catalogue.bodies[agency_id].block
    led = [one for one in made.assignments if one["agency_id"] == agency_id]
    return {
        "name": name,
        "block": made.say(f"block_{block}") if block else "",
        "periods": made.book.count(periods, Origin(made.say("rule_periods"), name)),
        "led": made.count(led, "rule_led", name),
    }


def _answered_or_late(made: ResolutionFigures) -> list[Row]:
    """Questions whose time to reply is over: none reaches a leader before, and none without its reply beside it."""
    today = made.snapshot.as_of.astimezone(TIME_ZONE).date()
    return [row for row in records(made.snapshot.questions) if row["reply"] or row["reply_until"] < today]


def _question(made: ResolutionFigures, row: Row) -> dict[str, str]:
    return {
        "name": made.name(row["agency_id"]),
        "item": made.names.short_item(row["item_id"]),
        "question": row["question"],
        "reply": row["reply"] or made.say("annex_no_reply"),
    }
