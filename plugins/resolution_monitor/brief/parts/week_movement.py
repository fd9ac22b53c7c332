"""What moved since the week before: tasks and indicators that became better, and those that became worse."""

from dataclasses import dataclass
from typing import Any

from resolution_monitor import wording
from resolution_monitor.brief.charts.mark_pair import mark_pair
from resolution_monitor.brief.parts.month_obstacles import reason_of
from resolution_monitor.brief.parts.month_things import Thing, count_things, things_of
from resolution_monitor.brief.parts.resolution_figures import MARKS, ResolutionFigures
from resolution_monitor.brief.sentences import kept_together

# What has no data is worse than what is known to be late, and better than what is known to be red.
_RANKS = {"green": 0, "amber": 1, "no_data": 2, "red": 3}
# State of a page -> its word: that of a node.
WORDS = {**MARKS, "no_data": "INSUFFICIENT"}


@dataclass(frozen=True, slots=True)
class Move:
    """A task or indicator in another state than a week before; `before` and the state of `thing` are of STATES."""

    thing: Thing
    before: str

    @property
    def steps(self) -> int:
        """How far it became worse (+) or better (-)."""
        return _RANKS[self.thing.state] - _RANKS[self.before]


def moves_of(made: ResolutionFigures, things: list[Thing]) -> list[Move]:
    """Whatever is in another state than before; what had not begun, or has not, moved nowhere."""
    then = {thing.item_id: thing.state for thing in things_of(made, made.assignments_before, made.snapshot.before)}
    found = [Move(thing, then[thing.item_id]) for thing in things if thing.item_id in then]
    return [move for move in found if {move.before, move.thing.state} <= _RANKS.keys() and move.steps]


def better_and_worse(moves: list[Move]) -> tuple[list[Move], list[Move]]:
    """The longest ways first."""
    better = sorted((one for one in moves if one.steps < 0), key=lambda one: (one.steps, one.thing.item_id))
    worse = sorted((one for one in moves if one.steps > 0), key=lambda one: (-one.steps, one.thing.item_id))
    return better, worse


def movement_part(made: ResolutionFigures, things: list[Thing], most: int) -> dict[str, Any]:
    """Two lists of `most` rows."""
    made.at("place_movement")
    better, worse = better_and_worse(moves_of(made, things))
    return {"better": _list(made, "better", better, most), "worse": _list(made, "worse", worse, most)}


def _list(made: ResolutionFigures, key: str, moves: list[Move], most: int) -> dict[str, Any]:
    about = made.say("about_assignments")
    things = [move.thing for move in moves]
    counts = {kind: [one for one in things if one.kind == kind] for kind in ("task", "indicator")}
    words = {f"{kind}s": count_things(made, held, f"rule_{key}_{kind}s", about) for kind, held in counts.items()}
    heading = made.counted(f"{key}_heading", len(moves), **words) if made.has_before else made.say(f"{key}_first")
    rest = moves[most:]
    more = count_things(made, [move.thing for move in rest], "rule_more", about)
    return {
        "heading": heading,
        "rows": [_row(made, move) for move in moves[:most]],
        "more": made.say("movement_more", count=more) if rest else "",
    }


def _row(made: ResolutionFigures, move: Move) -> dict[str, Any]:
    thing = move.thing
    before, now = WORDS[move.before], WORDS[thing.state]
    words = {"before": made.say(f"mark_{before}"), "now": made.say(f"mark_{now}")}
    return {
        "mark_pair": mark_pair(before, now, made.say("mark_pair_title", **words)),
        "code": thing.resolution,
        "name": made.names.short_item(thing.item_id),
        "why": made.say("movement_why", lead=_lead(made, thing), what=_what(made, move)),
    }


def _lead(made: ResolutionFigures, thing: Thing) -> str:
    if len(thing.leads) == 1:
        return kept_together(made.name(thing.leads[0]))
    return made.say("movement_bodies", count=made.count(list(thing.assignments), "rule_children", thing.item_id))


def _what(made: ResolutionFigures, move: Move) -> str:
    """A task that is done says when; what became worse says the reason that its body gave."""
    done = [row["done_on"] for row in move.thing.assignments if row["done_on"]]
    if move.steps < 0:
        return made.say("movement_done", day=wording.day(max(done), made.language)) if done else made.say("movement_up")
    return reason_of(made, move.thing.assignments)
