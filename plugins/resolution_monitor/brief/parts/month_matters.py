"""Matters that a leader is asked to decide: open requests and obstacles that name who decides, by a written rule.

Requests of one kind about one task are one matter, whoever asks. Most urgent first: tasks overdue, longest first, then
red, then amber, then the rest; of equals a request before an obstacle, and what states the cost of delay before what
does not. One matter a body and one a task, so that neither fills the box alone; where that leaves room, the next.
"""

from dataclasses import dataclass
from typing import Any

from resolution_monitor.brief.parts.resolution_figures import ResolutionFigures, Row, is_overdue, state_of
from resolution_monitor.brief.snapshot import records

_MOST = 3
EXTENSION = "extension"


@dataclass(frozen=True, slots=True)
class Matter:
    """
    Something a leader is asked to decide.

    Attributes:
        rows: The requests or obstacles, that of the body whose task is worst first.
        decider: agency_id.
        assignments: Of each row its task; None for a matter of no one task.
    """

    is_request: bool
    rows: tuple[Row, ...]
    decider: str
    assignments: tuple[Row | None, ...]

    @property
    def row(self) -> Row:
        return self.rows[0]

    @property
    def assignment(self) -> Row | None:
        return self.assignments[0]

    @property
    def cost(self) -> str:
        """Of delay, in the words of the first body that states it; empty when not stated, and of obstacles."""
        return next((row["cost_of_delay"] for row in self.rows if self.is_request and row["cost_of_delay"]), "")

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


def proposed(made: ResolutionFigures) -> list[Matter]:
    """The matters the rule proposes, most urgent first."""
    ordered = all_matters(made)
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


def all_matters(made: ResolutionFigures) -> list[Matter]:
    """Every matter that names who decides, most urgent first: the order of the annex."""
    assignments = {(assignment["agency_id"], assignment["item_id"]): assignment for assignment in made.assignments}
    requests = [(True, row, row["decider"]) for row in records(made.snapshot.requests)]
    obstacles = [
        (False, row, row["resolver"])
        for row in records(made.snapshot.obstacles)
        if not row["is_resolved"] and row["resolver"] != row["agency_id"]
    ]
    groups: dict[Any, list[Matter]] = {}
    for is_request, row, decider in (*requests, *obstacles):
        if decider:
            one = Matter(is_request, (row,), decider, (assignments.get((row["agency_id"], row["task_id"])),))
            groups.setdefault(_same(one), []).append(one)
    return sorted((_joined(group) for group in groups.values()), key=lambda matter: matter.urgency)


def _same(matter: Matter) -> tuple[Any, ...]:
    """What is asked alike: extensions of one task of many bodies; all else stands by itself."""
    if matter.is_request and matter.row["kind"] == EXTENSION and matter.subject:
        return (matter.subject, matter.decider)
    return (matter.is_request, matter.row["agency_id"], matter.row["number"], matter.row["submission_id"])


def _joined(group: list[Matter]) -> Matter:
    ordered = sorted(group, key=lambda matter: matter.urgency)
    rows = tuple(row for matter in ordered for row in matter.rows)
    return Matter(ordered[0].is_request, rows, ordered[0].decider, tuple(one.assignments[0] for one in ordered))
