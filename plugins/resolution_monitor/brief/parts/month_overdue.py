"""Page 2, upper part: what is overdue, with its lead, days and obstacle; deadlines nobody verified stand apart."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from resolution_monitor import wording
from resolution_monitor.brief.charts.length import length
from resolution_monitor.brief.figures import Origin
from resolution_monitor.brief.parts.resolution_figures import ResolutionFigures, Row, is_overdue
from resolution_monitor.brief.sentences import kept_together, shortened
from resolution_monitor.score.month.frames import NodeKind
from resolution_monitor.score.rules.situation import Status

_PRINTED = 10
_NAMED_LEADS = 2
_NAMED_UNVERIFIED = 6
_NAME_LETTERS = 105
_OBSTACLE_LETTERS = 62
_CLOSED = (Status.DONE.value, Status.DONE_LATE.value, Status.ON_TARGET.value)


@dataclass(frozen=True, slots=True)
class Overdue:
    """
    One thing overdue: an item of one body, or a task given to many with those of them that are late.

    Attributes:
        assignments: Longest overdue first.
    """

    item_id: str
    assignments: list[Row]

    @property
    def days(self) -> int:
        return int(self.assignments[0]["overdue_days"])


def overdue_items(made: ResolutionFigures) -> list[Overdue]:
    """Longest overdue first; the children of one task together."""
    groups: dict[str, list[Row]] = {}
    ordered = (assignment for assignment in made.assignments if is_overdue(assignment))
    for assignment in sorted(ordered, key=lambda assignment: (-assignment["overdue_days"], assignment["item_id"])):
        groups.setdefault(assignment["parent_task"] or assignment["item_id"], []).append(assignment)
    items = [Overdue(item_id, assignments) for item_id, assignments in groups.items()]
    return sorted(items, key=lambda item: (-item.days, item.item_id))


def overdue_part(made: ResolutionFigures) -> dict[str, Any]:
    """Heading, the rows printed, what is not printed, and the deadlines that are only assumed."""
    made.at("place_overdue")
    items = overdue_items(made)
    assignments = [assignment for item in items for assignment in item.assignments]
    count = made.count(assignments, "rule_overdue", made.say("about_assignments"))
    words = {"count": count, "lead": "", "days": ""}
    if items:
        origin = Origin(
            made.say("rule_overdue_days"), made.item(items[0].item_id), made.sources(items[0].assignments[:1])
        )
        words |= {"lead": overdue_leads(made, items[0]), "days": made.book.days(items[0].days, origin)}
    printed, rest = items[:_PRINTED], [assignment for item in items[_PRINTED:] for assignment in item.assignments]
    more = made.count(rest, "rule_rest_overdue", made.say("about_assignments")) if rest else None
    return {
        "overdue_heading": made.counted("overdue_heading", len(assignments), **words),
        "overdue": [_row(made, item, items[0].days) for item in printed],
        "overdue_more": made.say("overdue_more", count=more) if more else "",
        "unverified": _unverified(made),
    }


def overdue_leads(made: ResolutionFigures, item: Overdue) -> str:
    """The late bodies by name, of many the first few and how many of how many."""
    names = [made.name(assignment["agency_id"]) for assignment in item.assignments]
    if len(names) <= _NAMED_LEADS:
        return made.listed([kept_together(name) for name in names])
    children = made.nodes(NodeKind.TASK).get(item.item_id)
    about = made.item(item.item_id)
    count = made.count(item.assignments, "rule_overdue", about)
    total = made.book.count(
        int(children["assignments_total"]) if children else len(names), Origin(made.say("rule_children"), about)
    )
    return made.say("leads_many", count=count, total=total, names=", ".join(names[:_NAMED_LEADS]))


def _row(made: ResolutionFigures, item: Overdue, most: int) -> dict[str, Any]:
    assignment = item.assignments[0]
    name = made.item(item.item_id)
    days = made.book.days(item.days, Origin(made.say("rule_overdue_days"), name, made.sources([assignment])))
    kind = made.say("is_indicator") if assignment["item_kind"] == "indicator" else ""
    return {
        "code": made.say("resolution_code", code=assignment["resolution"]),
        "name": shortened(f"{kind}{name}", _NAME_LETTERS),
        "lead": overdue_leads(made, item),
        "bar": length(item.days, str(days), max(most, 1), made.say("days_title", name=name, days=days), width=92),
        "obstacle": _obstacle(made, item),
    }


def _obstacle(made: ResolutionFigures, item: Overdue) -> str:
    """The first that one of the late bodies names; silence is said."""
    found = [
        row
        for assignment in item.assignments
        for row in made.obstacles_of(assignment["agency_id"], assignment["item_id"])
    ]
    if not found:
        return made.say("obstacle_none")
    kind = made.word("obstacle_kind", found[0]["kind"])
    return made.say("obstacle", kind=kind, text=shortened(found[0]["text"], _OBSTACLE_LETTERS))


def unverified_assignments(made: ResolutionFigures) -> list[Row]:
    """Open assignments past a deadline that nobody verified: never overdue, always told."""
    last_day = made.snapshot.period.end
    found = [
        assignment
        for assignment in made.assignments
        if assignment["is_due_assumed"]
        and isinstance(assignment["due_on"], date)
        and assignment["due_on"] <= last_day
        and assignment["status"] not in _CLOSED
    ]
    return sorted(found, key=lambda assignment: (assignment["due_on"], assignment["item_id"]))


def _unverified(made: ResolutionFigures) -> str:
    made.at("place_unverified")
    passed = unverified_assignments(made)
    assumed = [assignment for assignment in made.assignments if assignment["is_due_assumed"]]
    about = made.say("about_assignments")
    counts = {
        "count": made.count(passed, "rule_unverified_passed", about),
        "assumed": made.count(assumed, "rule_unverified", about),
    }
    named = [
        made.say(
            "unverified_item",
            item=assignment["item_id"],
            lead=kept_together(made.name(assignment["agency_id"])),
            due=wording.day(assignment["due_on"], made.language),
        )
        for assignment in passed[:_NAMED_UNVERIFIED]
    ]
    rest = passed[_NAMED_UNVERIFIED:]
    if rest:
        named.append(made.say("unverified_rest", count=made.count(rest, "rule_rest", about)))
    if not assumed:
        return ""
    return made.counted("unverified", len(passed), names=", ".join(named), **counts)
