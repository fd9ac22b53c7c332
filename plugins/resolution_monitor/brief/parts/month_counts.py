"""Page 1, middle: tasks with their assignments, and indicators, each counted by state beside the edition before."""

from typing import Any

from resolution_monitor.brief.charts.marks import mark
from resolution_monitor.brief.figures import Figure, Origin
from resolution_monitor.brief.parts.month_overdue import unverified_assignments
from resolution_monitor.brief.parts.month_things import (
    KINDS,
    Thing,
    change_of_things,
    count_things,
    in_state,
    of_kind,
    things_of,
)
from resolution_monitor.brief.parts.resolution_figures import MARKS, STATES, ResolutionFigures
from resolution_monitor.brief.parts.resolution_figures import in_state as assignments_in_state

# From this share without data on, how many are red says little.
_DARK_SHARE = 0.5


def counts_part(made: ResolutionFigures, things: list[Thing]) -> dict[str, Any]:
    """Heading, the three rows of counts, and what stands below them."""
    made.at("place_counts")
    before = things_of(made, made.assignments_before, made.snapshot.before)
    heading = _heading(made, things, before)
    rows = [_row(made, kind, of_kind(things, kind), of_kind(before, kind)) for kind in KINDS]
    return {
        "states_heading": heading,
        "count_columns": [
            {"mark": mark(MARKS.get(state, ""), ""), "name": made.say(f"state_{state}")} for state in STATES
        ],
        "counts": [rows[0], _assignments_row(made), rows[1]] if things else [],
        "unowned": _unowned(made, things),
        "passed_unverified": _passed_unverified(made),
    }


def _heading(made: ResolutionFigures, things: list[Thing], before: list[Thing]) -> str:
    """The finding: what cannot be judged where that is most, else how many are red and how that moved."""
    if not things:
        return made.say("states_empty")
    dark = in_state(things, "no_data")
    words = _words_of_kinds(made, dark, things)
    if len(dark) == len(things):
        return made.say("states_all_dark", **words)
    if len(dark) >= _DARK_SHARE * len(things):
        return made.say("states_mostly_dark", **words)
    if not in_state(things, "red"):
        return made.counted("states_no_red_dark", len(dark), **words)
    moves = {f"{kind}s": _movement(made, of_kind(things, kind), of_kind(before, kind)) for kind in KINDS}
    return made.say("states_red", **moves)


def _words_of_kinds(made: ResolutionFigures, dark: list[Thing], things: list[Thing]) -> dict[str, str]:
    """What is dark, and all there is, as "3 nhiệm vụ và 2 chỉ tiêu"."""
    return {
        "dark": _in_words(made, dark, "rule_dark"),
        "total": _in_words(made, things, "rule"),
    }


def _in_words(made: ResolutionFigures, things: list[Thing], rule: str) -> str:
    parts = []
    for kind in KINDS:
        found = of_kind(things, kind)
        if found:
            count = count_things(made, found, f"{rule}_{kind}s", made.say("about_assignments"))
            parts.append(made.counted(f"count_{kind}s", len(found), count=count))
    return made.listed(parts)


def _movement(made: ResolutionFigures, now: list[Thing], before: list[Thing]) -> str:
    """ "tăng từ 32 lên 37", "giữ nguyên 4", or the number alone where there is no edition before."""
    about = made.say("about_assignments")
    red, then = in_state(now, "red"), in_state(before, "red")
    words = {
        "red": count_things(made, red, "rule_red", about),
        "before": count_things(made, then, "rule_red_before", about),
    }
    if not made.has_before:
        return made.say("move_first", **words)
    direction = "same" if len(red) == len(then) else "up" if len(red) > len(then) else "down"
    return made.say(f"move_{direction}", **words)


def _row(made: ResolutionFigures, kind: str, now: list[Thing], before: list[Thing]) -> dict[str, Any]:
    about = made.say(f"about_{kind}s")
    return {
        "is_main": True,
        "total": count_things(made, now, f"rule_{kind}s", about),
        "name": made.say(f"row_{kind}s"),
        "cells": [_of_things(made, state, in_state(now, state), in_state(before, state), about) for state in STATES],
    }


def _of_things(
    made: ResolutionFigures, state: str, now: list[Thing], before: list[Thing], about: str
) -> dict[str, Any]:
    change = change_of_things(made, now, before, about)
    return _cell(made, state, count_things(made, now, f"rule_{state}", about), change)


def _cell(made: ResolutionFigures, state: str, count: Figure, change: Figure) -> dict[str, Any]:
    """Red ink where there is more red than before, never for a mere change."""
    return {
        "count": count,
        "change": made.say("change", change=change) if made.has_before else "",
        "is_bad": state == "red" and change.value is not None and change.value > 0,
    }


def _assignments_row(made: ResolutionFigures) -> dict[str, Any]:
    """The assignments that the tasks are given as, one a body; indicators are given to one body each."""
    now = [one for one in made.assignments if one["item_kind"] == "task"]
    before = [one for one in made.assignments_before if one["item_kind"] == "task"]
    about = made.say("about_task_assignments")
    bodies = {one["agency_id"] for one in now}
    words = {
        "count": made.count(now, "rule_assignments", about),
        "bodies": made.book.count(len(bodies), Origin(made.say("rule_bodies"), about)),
    }
    cells = []
    for state in STATES:
        held, then = assignments_in_state(now, state), assignments_in_state(before, state)
        change = made.change(held, then, about)
        cells.append(_cell(made, state, made.count(held, f"rule_{state}", about), change))
    return {"is_main": False, "total": "", "name": made.say("row_assignments", **words), "cells": cells}


def _unowned(made: ResolutionFigures, things: list[Thing]) -> str:
    """Tasks that nobody answers for: they have no assignment, and count as without data."""
    codes = [thing.item_id for thing in things if not thing.assignments]
    if not codes:
        return ""
    count = made.book.count(len(codes), Origin(made.say("rule_unowned"), made.say("about_unowned")))
    return made.say("unowned", count=count, codes=made.listed(codes))


def _passed_unverified(made: ResolutionFigures) -> str:
    """
    Tasks past a deadline that nobody verified: outside the means, and never left unsaid.

    Source: docs/method.md, trees: a task given to many is one.
    """
    tasks = {one["parent_task"] or one["item_id"]: one for one in unverified_assignments(made)}
    if not tasks:
        return ""
    count = made.count(list(tasks.values()), "rule_passed_unverified", made.say("about_tasks"))
    return made.say("passed_unverified", count=count)
