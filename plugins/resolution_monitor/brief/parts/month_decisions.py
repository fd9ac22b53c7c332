"""The decision box: at most three matters out of requests and obstacles, proposed by a written rule.

A matter is an open request or obstacle that names who decides. Most urgent first: tasks overdue, longest first, then
red, then amber, then the rest; of equals a request before an obstacle, and what states the cost of delay before what
does not. One matter a body and one a task, so that neither fills the box alone; where that leaves room, the next.
"""

from dataclasses import dataclass
from typing import Any

from resolution_monitor.brief.figures import Origin
from resolution_monitor.brief.parts.resolution_figures import ResolutionFigures, Row, is_overdue, state_of
from resolution_monitor.brief.sentences import ended, kept_together, shortened
from resolution_monitor.brief.snapshot import records

_MOST = 3
_TEXT_LETTERS = 108
_COST_LETTERS = 72


@dataclass(frozen=True, slots=True)
class Matter:
    """
    Something a leader is asked to decide.

    Attributes:
        decider: agency_id.
        cost: Of delay, in the body's words; empty when not stated. Of an obstacle nobody is asked for it.
        assignment: The task it is about; None for a matter of no one task.
    """

    is_request: bool
    row: Row
    decider: str
    cost: str
    assignment: Row | None

    @property
    def subject(self) -> str:
        """The task it is about, one given to many as a whole; empty where it is about none."""
        return (self.assignment["parent_task"] or self.assignment["item_id"]) if self.assignment else ""

    @property
    def urgency(self) -> tuple[int, float, bool, bool, str, int]:
        overdue = self.assignment["overdue_days"] if self.assignment and is_overdue(self.assignment) else 0.0
        state = "overdue" if overdue else state_of(self.assignment) if self.assignment else ""
        rank = {"overdue": 0, "red": 1, "amber": 2}.get(state, 3)
        agency_id, number = self.row["agency_id"], int(self.row["number"])
        return rank, -overdue, not self.is_request, not self.cost, agency_id, number


def decision_part(made: ResolutionFigures) -> dict[str, Any]:
    """What the box prints; a sentence alone where no matter asks for a decision."""
    made.at("place_decisions")
    matters = proposed(made)
    count = made.book.count(len(matters), Origin(made.say("rule_matters"), made.say("about_requests")))
    return {
        "decision_heading": made.counted("decision_heading", len(matters), count=count),
        "matters": [_printed(made, number, matter) for number, matter in enumerate(matters, start=1)],
        "decision_none": _nothing_asked(made) if not matters else "",
    }


def _nothing_asked(made: ResolutionFigures) -> str:
    """That nothing names who decides; and how many requests and obstacles stand without naming anybody else."""
    standing = [
        *records(made.snapshot.requests),
        *(row for row in records(made.snapshot.obstacles) if not row["is_resolved"]),
    ]
    if not standing:
        return made.say("decision_none")
    return made.say("decision_none_named", count=made.count(standing, "rule_standing", made.say("about_requests")))


def proposed(made: ResolutionFigures) -> list[Matter]:
    """The matters the rule proposes, most urgent first."""
    ordered = sorted(_matters(made), key=lambda matter: matter.urgency)
    bodies: set[str] = set()
    subjects: set[str] = set()
    first: list[Matter] = []
    for matter in ordered:
        if matter.row["agency_id"] not in bodies and matter.subject not in subjects:
            first.append(matter)
            bodies.add(matter.row["agency_id"])
            subjects |= {matter.subject} - {""}
    chosen = [*first, *(matter for matter in ordered if matter not in first)][:_MOST]
    return sorted(chosen, key=lambda matter: matter.urgency)


def _matters(made: ResolutionFigures) -> list[Matter]:
    assignments = {(assignment["agency_id"], assignment["item_id"]): assignment for assignment in made.assignments}
    requests = [
        Matter(
            True, row, row["decider"], row["cost_of_delay"] or "", assignments.get((row["agency_id"], row["task_id"]))
        )
        for row in records(made.snapshot.requests)
    ]
    obstacles = [
        Matter(False, row, row["resolver"], "", assignments.get((row["agency_id"], row["task_id"])))
        for row in records(made.snapshot.obstacles)
        if not row["is_resolved"] and row["resolver"] != row["agency_id"]
    ]
    return [matter for matter in (*requests, *obstacles) if matter.decider]


def _printed(made: ResolutionFigures, number: int, matter: Matter) -> dict[str, Any]:
    key = matter.row["kind"] if matter.is_request else "obstacle"
    cells = made.sources([matter.row])
    place = made.say("matter_place", place=f"{cells[0].sheet}!{cells[0].cell}") if cells else ""
    return {
        "number": number,
        "text": made.say(f"matter_{key}", text=shortened(matter.row["text"], _TEXT_LETTERS)),
        "why": f"{_why(made, matter)} {place}".strip(),
        "decider": kept_together(made.name(matter.decider)),
    }


def _why(made: ResolutionFigures, matter: Matter) -> str:
    parts = [made.name(matter.row["agency_id"])]
    if matter.assignment:
        parts.append(made.say("matter_task", code=matter.assignment["resolution"], task=matter.assignment["item_id"]))
        parts += _lateness(made, matter.assignment)
    return made.say("matter_why", parts=", ".join(parts), cost=_cost(made, matter)).strip()


def _cost(made: ResolutionFigures, matter: Matter) -> str:
    if not matter.is_request:
        return ""
    cost = shortened(matter.cost, _COST_LETTERS)
    return made.say("matter_cost", cost=ended(cost)) if cost else made.say("matter_no_cost")


def _lateness(made: ResolutionFigures, assignment: Row) -> list[str]:
    if not is_overdue(assignment):
        return []
    origin = Origin(made.say("rule_overdue_days"), made.item(assignment["item_id"]), made.sources([assignment]))
    return [made.say("matter_overdue", days=made.book.days(int(assignment["overdue_days"]), origin))]
