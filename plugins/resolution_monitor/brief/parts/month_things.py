"""What the month counts: tasks, each once however many bodies it is given to, and indicators, by state."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from resolution_monitor.brief.figures import Figure, Origin
from resolution_monitor.brief.parts.resolution_figures import STATES, ResolutionFigures, Row, state_of
from resolution_monitor.brief.resolution_snapshot import Standing
from resolution_monitor.score.month.frames import NodeKind

# State of a tree's node -> the state of a page; see resolution_figures.STATE_OF for that of an assignment.
_STATE_OF_NODE = {
    "RED": "red",
    "AMBER": "amber",
    "GREEN": "green",
    "INSUFFICIENT": "no_data",
    "NOT_STARTED": "not_started",
}
KINDS = ("task", "indicator")


@dataclass(frozen=True, slots=True)
class Thing:
    """
    A task or an indicator.

    Attributes:
        state: One of STATES; of a task given to many that of their node.
        assignments: One a body it is given to; none of a task that nobody owns.
    """

    item_id: str
    kind: str
    resolution: str
    state: str
    assignments: tuple[Row, ...]

    @property
    def leads(self) -> list[str]:
        """agency_ids."""
        return [assignment["agency_id"] for assignment in self.assignments]


def things_of(made: ResolutionFigures, assignments: Iterable[Row], standing: Standing | None) -> list[Thing]:
    """
    Tasks first, by code. A task given to many is one, in the state of its node.

    Source: docs/method.md, trees: a task given to many is one.
    """
    if standing is None:
        return []
    nodes = made.nodes(NodeKind.TASK, standing)
    groups: dict[tuple[str, str], list[Row]] = {}
    for assignment in assignments:
        item_id = assignment["parent_task"] or assignment["item_id"]
        groups.setdefault((assignment["item_kind"], item_id), []).append(assignment)
    found = [_thing(item_id, kind, rows, nodes) for (kind, item_id), rows in groups.items()]
    found += [
        Thing(task_id, "task", node["parent_id"] or made.snapshot.catalogue.tasks[task_id].resolution, "no_data", ())
        for task_id, node in nodes.items()
        if not node["assignments_total"] and node["state"] == "INSUFFICIENT"
    ]
    return sorted(found, key=lambda thing: (KINDS.index(thing.kind), thing.item_id))


def _thing(item_id: str, kind: str, rows: list[Row], nodes: Mapping[str, Row]) -> Thing:
    first = rows[0]
    state = _STATE_OF_NODE[nodes[item_id]["state"]] if first["parent_task"] else state_of(first)
    return Thing(item_id, kind, first["resolution"], state, tuple(rows))


def of_kind(things: Iterable[Thing], kind: str) -> list[Thing]:
    return [thing for thing in things if thing.kind == kind]


def in_state(things: Iterable[Thing], state: str) -> list[Thing]:
    return [thing for thing in things if thing.state == state]


def counts_by_state(things: Iterable[Thing]) -> dict[str, int]:
    """State -> how many, in the order of STATES."""
    states = [thing.state for thing in things]
    return {state: states.count(state) for state in STATES}


def count_things(made: ResolutionFigures, things: list[Thing], rule: str, about: str) -> Figure:
    """How many things there are, with the cells of their assignments; `rule` is the key of a message."""
    rows = [assignment for thing in things for assignment in thing.assignments]
    return made.book.count(len(things), Origin(made.say(rule), about, made.sources(rows)))


def change_of_things(made: ResolutionFigures, now: list[Thing], before: list[Thing], about: str) -> Figure:
    """How many more or fewer than in the edition before; None where there is none."""
    rows = [assignment for thing in (*now, *before) for assignment in thing.assignments]
    difference = len(now) - len(before) if made.has_before else None
    return made.book.change(difference, Origin(made.say("rule_change"), about, made.sources(rows)))
