"""Page 2, upper part: what is overdue, with its lead, days and obstacle; deadlines nobody verified stand apart."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from resolution_monitor import wording
from resolution_monitor.brief.charts.length import length
from resolution_monitor.brief.figures import Origin
from resolution_monitor.brief.parts.resolution_figures import (
    CLOSED,
    ResolutionFigures,
    Row,
    is_overdue,
    is_passed_since,
)
from resolution_monitor.brief.sentences import kept_together, shortened
from resolution_monitor.score.month.frames import NodeKind

_PRINTED = 10
_NAMED_LEADS = 2
_NAMED_UNVERIFIED = 6
_NAME_LETTERS = 105
_OBSTACLE_LETTERS, _FEWEST_LETTERS = 62, 28
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
    """Heading, the rows printed, what is not printed, and the deadlines that are only assumed."""
    made.at("place_overdue")
    items = overdue_items(made)
    assignments = [assignment for item in items for assignment in item.assignments]
    count = made.count(assignments, "rule_overdue", made.say("about_assignments"))
    words = {"count": count, "lead": "", "days": "", "things": made.things_in_words(assignments)}
    if items:
        origin = Origin(
            made.say("rule_overdue_days"), made.item(items[0].item_id), made.sources(items[0].assignments[:1])
        )
        words |= {"lead": _leads(made, items[0], items[0].longest), "days": made.book.days(items[0].days, origin)}
    printed, rest = items[:_PRINTED], [assignment for item in items[_PRINTED:] for assignment in item.assignments]
    more = made.count(rest, "rule_rest_overdue", made.say("about_assignments")) if rest else None
    return {
        "overdue_heading": made.counted("overdue_heading", len(assignments), **words),
        "overdue": _rows(made, printed),
        "overdue_more": made.say("overdue_more", count=more) if more else "",
        "overdue_passed": passed_since(made),
        "unverified": _unverified(made),
    }


def overdue_leads(made: ResolutionFigures, item: Overdue) -> str:
    """The late bodies by name, of many the first few and how many of how many."""
    return _leads(made, item, item.assignments)


def _leads(made: ResolutionFigures, item: Overdue, assignments: list[Row]) -> str:
    names = [made.name(assignment["agency_id"]) for assignment in assignments]
    if len(names) <= _NAMED_LEADS:
        return made.listed([kept_together(name) for name in names])
    children = made.nodes(NodeKind.TASK).get(item.item_id)
    about = made.item(item.item_id)
    count = made.count(assignments, "rule_overdue", about)
    total = made.book.count(
        int(children["assignments_total"]) if children else len(names), Origin(made.say("rule_children"), about)
    )
    return made.say("leads_many", count=count, total=total, names=", ".join(names[:_NAMED_LEADS]))


def overdue_days(made: ResolutionFigures, item: Overdue) -> str:
    """Days of an item; where not every late body has as many, that they are the most."""
    origin = Origin(made.say("rule_overdue_days"), made.item(item.item_id), made.sources(item.assignments[:1]))
    days = made.book.days(item.days, origin)
    return str(days) if len(item.longest) == len(item.assignments) else made.say("days_at_most", days=days)


def _rows(made: ResolutionFigures, items: list[Overdue]) -> list[dict[str, Any]]:
    days = [overdue_days(made, item) for item in items]
    widest = max(map(len, days), default=0)
    return [_row(made, item, printed, items[0].days, widest) for item, printed in zip(items, days, strict=True)]


def _row(made: ResolutionFigures, item: Overdue, days: str, most: int, widest: int) -> dict[str, Any]:
    assignment = item.assignments[0]
    name = made.item(item.item_id)
    kind = made.say("is_indicator") if assignment["item_kind"] == "indicator" else ""
    title = made.say("days_title", name=name, days=days)
    return {
        "code": made.say("resolution_code", code=assignment["resolution"]),
        "name": shortened(f"{kind}{name}", _NAME_LETTERS),
        "lead": overdue_leads(made, item),
        "bar": length(item.days, days, max(most, 1), title, widest=widest, width=92),
        "obstacle": _obstacle(made, item),
    }


def _obstacle(made: ResolutionFigures, item: Overdue) -> str:
    """The first that one of the late bodies names, with whose it is where several are late; silence is said."""
    found = [
        row
        for assignment in item.assignments
        for row in made.obstacles_of(assignment["agency_id"], assignment["item_id"])
    ]
    if not found:
        return made.say("obstacle_none")
    first = found[0]
    kind, name = made.word("obstacle_kind", first["kind"]), made.name(first["agency_id"])
    if len(item.assignments) == 1:
        return made.say("obstacle", kind=kind, text=shortened(first["text"], _OBSTACLE_LETTERS))
    text = shortened(first["text"], max(_OBSTACLE_LETTERS - len(name), _FEWEST_LETTERS))
    said = made.say("obstacle_of", name=kept_together(name), kind=kind, text=text)
    others = list({row["agency_id"]: row for row in found if row["agency_id"] != first["agency_id"]}.values())
    if not others:
        return said
    count = made.count(others, "rule_obstacles_more", made.item(item.item_id))
    return made.say("obstacle_more", said=said, count=count)


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
    made.at("place_unverified")
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
