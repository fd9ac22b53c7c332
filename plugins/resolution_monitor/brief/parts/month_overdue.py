"""Page 2: what is overdue, with leads, days, the day asked for and the reason; what nobody verified stands apart."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from resolution_monitor import wording
from resolution_monitor.brief.charts.slip import slip
from resolution_monitor.brief.figures import Origin
from resolution_monitor.brief.parts.month_obstacles import reason_of
from resolution_monitor.brief.parts.resolution_figures import (
    CLOSED,
    ResolutionFigures,
    Row,
    is_overdue,
    is_passed_since,
)
from resolution_monitor.brief.sentences import kept_together
from resolution_monitor.brief.snapshot import records
from resolution_monitor.score.month.frames import NodeKind

_PRINTED = 6
_NAMED_LEADS, _NAMED_ON_A_PAGE = 2, 3
_NAMED_UNVERIFIED = 6
_NAMED_PASSED = 4


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

    @property
    def longest(self) -> list[Row]:
        """Those that are overdue by `days`; others may be so for less."""
        return [assignment for assignment in self.assignments if assignment["overdue_days"] == self.days]


def overdue_items(made: ResolutionFigures) -> list[Overdue]:
    """Longest overdue first; the children of one task together."""
    groups: dict[str, list[Row]] = {}
    ordered = (assignment for assignment in made.assignments if is_overdue(assignment))
    for assignment in sorted(ordered, key=lambda assignment: (-assignment["overdue_days"], assignment["item_id"])):
        groups.setdefault(assignment["parent_task"] or assignment["item_id"], []).append(assignment)
    items = [Overdue(item_id, assignments) for item_id, assignments in groups.items()]
    return sorted(items, key=lambda item: (-item.days, item.item_id))


def overdue_part(made: ResolutionFigures) -> dict[str, Any]:
    """Heading, the rows printed, and how many stand in the annex only."""
    made.at("place_overdue")
    items = overdue_items(made)
    assignments = [assignment for item in items for assignment in item.assignments]
    words = {
        "count": made.count(assignments, "rule_overdue", made.say("about_assignments")),
        "things": made.things_in_words(assignments),
        "lead": "",
        "days": "",
    }
    if items:
        origin = Origin(
            made.say("rule_overdue_days"), made.item(items[0].item_id), made.sources(items[0].assignments[:1])
        )
        words |= {"lead": _leads(made, items[0], items[0].longest), "days": made.book.days(items[0].days, origin)}
    return {
        "overdue_heading": made.counted("overdue_heading", len(assignments), **words),
        "overdue": overdue_rows(made, items[:_PRINTED]),
    }


def unverified_part(made: ResolutionFigures) -> dict[str, Any]:
    """What fell due since it was last reported, and the deadlines that are only assumed."""
    made.at("place_unverified")
    return {"overdue_passed": passed_since(made), "unverified": _unverified(made)}


def overdue_leads(made: ResolutionFigures, item: Overdue, most: int = _NAMED_LEADS) -> str:
    """The late bodies by name, of many the first few and how many of how many."""
    return _leads(made, item, item.assignments, most)


def _leads(made: ResolutionFigures, item: Overdue, assignments: list[Row], most: int = _NAMED_LEADS) -> str:
    names = [made.name(assignment["agency_id"]) for assignment in assignments]
    if len(names) <= most:
        return made.listed([kept_together(name) for name in names])
    children = made.nodes(NodeKind.TASK).get(item.item_id)
    about = made.item(item.item_id)
    count = made.count(assignments, "rule_overdue", about)
    total = made.book.count(
        int(children["assignments_total"]) if children else len(names), Origin(made.say("rule_children"), about)
    )
    return made.say("leads_many", count=count, total=total, names=", ".join(names[:most]))


def overdue_days(made: ResolutionFigures, item: Overdue) -> str:
    """Days of an item; where not every late body has as many, that they are the most."""
    origin = Origin(made.say("rule_overdue_days"), made.item(item.item_id), made.sources(item.assignments[:1]))
    days = made.book.days(item.days, origin)
    return str(days) if len(item.longest) == len(item.assignments) else made.say("days_at_most", days=days)


def overdue_rows(made: ResolutionFigures, items: list[Overdue]) -> list[dict[str, Any]]:
    """A row an item, all on one scale of days: the deadline in force, the one asked for, the day of the document."""
    asked = {item.item_id: _asked_on(made, item) for item in items}
    days = [item.assignments[0]["due_on"] for item in items] + [day for day in asked.values() if day]
    ends = (min(days, default=made.as_at), max([*days, made.as_at]))
    return [_row(made, item, asked[item.item_id], ends) for item in items]


def _asked_on(made: ResolutionFigures, item: Overdue) -> date | None:
    """The latest day that one of its late bodies asks for; None where none asks."""
    keys = {(one["agency_id"], one["item_id"]) for one in item.assignments}
    rows = [row for row in records(made.snapshot.requests) if (row["agency_id"], row["task_id"]) in keys]
    return max((row["proposed_due_on"] for row in rows if isinstance(row["proposed_due_on"], date)), default=None)


def _row(made: ResolutionFigures, item: Overdue, asked_on: date | None, ends: tuple[date, date]) -> dict[str, Any]:
    first = item.assignments[0]
    name, due_on = made.names.short_item(item.item_id), first["due_on"]
    days = overdue_days(made, item)
    due, asked = wording.day(due_on, made.language), wording.day(asked_on, made.language) if asked_on else ""
    title = made.say("slip_title_asked" if asked else "slip_title", name=name, due=due, days=days, asked=asked)
    return {
        "code": first["resolution"],
        "name": f"{made.say('is_indicator')}{name}" if first["item_kind"] == "indicator" else name,
        "whole_name": made.item(item.item_id),
        "lead": overdue_leads(made, item, _NAMED_ON_A_PAGE),
        "due": due,
        "days": days,
        "slip": slip(due_on, asked_on, made.as_at, ends, title, width=92),
        "asked": asked or made.say("asked_none"),
        "reason": reason_of(made, item.assignments),
    }


def passed_since(made: ResolutionFigures) -> str:
    """What fell due after its last report: neither overdue, since nothing is known, nor due soon; never left out."""
    found = [one for one in made.assignments if is_passed_since(one, made.as_at)]
    if not found:
        return ""
    found.sort(key=lambda assignment: (assignment["due_on"], assignment["item_id"]))
    about = made.say("about_assignments")
    named = [_dated(made, assignment) for assignment in found[:_NAMED_PASSED]]
    if found[_NAMED_PASSED:]:
        rest = made.count(found[_NAMED_PASSED:], "rule_rest", about)
        named.append(made.say("items_rest", count=rest))
    return made.say("passed_since", count=made.count(found, "rule_passed_since", about), names=", ".join(named))


def _dated(made: ResolutionFigures, assignment: Row) -> str:
    """An assignment by its code, with its body and its deadline."""
    return made.say(
        "item_dated",
        item=assignment["item_id"],
        lead=kept_together(made.name(assignment["agency_id"])),
        due=wording.day(assignment["due_on"], made.language),
    )


def unverified_assignments(made: ResolutionFigures) -> list[Row]:
    """Open assignments past a deadline that nobody verified: never overdue, always told."""
    found = [
        assignment
        for assignment in made.assignments
        if assignment["is_due_assumed"]
        and isinstance(assignment["due_on"], date)
        and assignment["due_on"] <= made.as_at
        and assignment["status"] not in CLOSED
    ]
    return sorted(found, key=lambda assignment: (assignment["due_on"], assignment["item_id"]))


def _unverified(made: ResolutionFigures) -> str:
    passed = unverified_assignments(made)
    assumed = [assignment for assignment in made.assignments if assignment["is_due_assumed"]]
    about = made.say("about_assignments")
    counts = {
        "count": made.count(passed, "rule_unverified_passed", about),
        "assumed": made.count(assumed, "rule_unverified", about),
    }
    named = [_dated(made, assignment) for assignment in passed[:_NAMED_UNVERIFIED]]
    rest = passed[_NAMED_UNVERIFIED:]
    if rest:
        named.append(made.say("items_rest", count=made.count(rest, "rule_rest", about)))
    if not assumed:
        return ""
    return made.counted("unverified", len(passed), names=", ".join(named), **counts)
