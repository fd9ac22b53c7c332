"""Page 1 of the monthly briefing: how many are red, amber, green and without data, and each resolution, worst first."""

from typing import Any

from resolution_monitor.brief.charts.interval import interval
from resolution_monitor.brief.charts.mark_pair import mark_pair
from resolution_monitor.brief.charts.marks import mark
from resolution_monitor.brief.charts.stacked import stacked
from resolution_monitor.brief.figures import Figure, Origin
from resolution_monitor.brief.parts.month_overdue import unverified_assignments
from resolution_monitor.brief.parts.resolution_figures import (
    MARKS,
    STATES,
    ResolutionFigures,
    Row,
    in_state,
    is_overdue,
    of_resolution,
    state_of,
)
from resolution_monitor.brief.snapshot import known
from resolution_monitor.score.month.frames import NodeKind
from resolution_monitor.score.rules.said_limits import points_of_parents, share_without_data

# What a page shows first: the worst. Nothing known is no better than amber.
_WORST = ("RED", "INSUFFICIENT", "AMBER", "GREEN", "NOT_STARTED")
# From this share without data on, how many are red says little.
_DARK_SHARE = 0.5
_CONCENTRATED = 0.5
_MIN_RED = 4


def resolutions_part(made: ResolutionFigures) -> dict[str, Any]:
    """Heading, the four counts, the table."""
    made.at("place_counts")
    counts = {"states_heading": _heading(made), "totals": _totals(made), "not_started": _not_started(made)}
    counts |= {"unowned": _unowned(made), "made_of": _made_of(made)}
    counts["passed_unverified"] = _passed_unverified(made)
    made.at("place_resolutions")
    nodes = sorted(made.nodes(NodeKind.RESOLUTION).values(), key=_worst_first)
    before = made.nodes(NodeKind.RESOLUTION, made.snapshot.before) if made.snapshot.before else {}
    widest = _widest(made, nodes)
    rows = [_row(made, node, before.get(node["node_id"]), widest) for node in nodes]
    return {**counts, "resolutions": rows}


def _widest(made: ResolutionFigures, nodes: list[Row]) -> tuple[int, int]:
    """The largest number of red and of all assignments of a resolution."""
    held = [of_resolution(made.assignments, node["node_id"]) for node in nodes]
    return max((len(in_state(one, "red")) for one in held), default=0), max(map(len, held), default=0)


def _worst_first(node: Row) -> tuple[int, float, str]:
    low = known(node["low"])
    return _WORST.index(node["state"]), 100.0 if low is None else low, node["node_id"]


def _heading(made: ResolutionFigures) -> str:
    """The finding: what cannot be judged where that is most, else how many are red and where."""
    about, total = made.say("about_assignments"), len(made.assignments)
    if not total:
        return made.say("states_empty")
    figures = {"total": made.count(made.assignments, "rule_assignments", about)}
    red, dark = in_state(made.assignments, "red"), in_state(made.assignments, "no_data")
    figures["dark"] = made.count(dark, "rule_no_data", about)
    if len(dark) == total:
        return made.say("states_all_dark", **figures)
    figures["red"] = made.count(red, "rule_red", about)
    if len(dark) >= _DARK_SHARE * total:
        return made.say("states_mostly_dark", **figures)
    if not red:
        return made.counted("states_no_red_dark", len(dark), **figures)
    before = in_state(made.assignments_before, "red")
    figures["before"] = made.count(before, "rule_red_before", about)
    return made.say(f"states_red_{_movement(made, red, before)}", **figures) + _concentration(made, red)


def _movement(made: ResolutionFigures, red: list[Row], before: list[Row]) -> str:
    if not made.has_before:
        return "first"
    if len(red) == len(before):
        return "same"
    return "up" if len(red) > len(before) else "down"


def _concentration(made: ResolutionFigures, red: list[Row]) -> str:
    """The one or two resolutions that hold half of the red."""
    by_code = {code: of_resolution(red, code) for code in sorted({assignment["resolution"] for assignment in red})}
    largest = sorted(by_code, key=lambda code: -len(by_code[code]))
    if len(red) < _MIN_RED or len(largest) < 2:
        return ""
    for many in (1, 2):
        held = [assignment for code in largest[:many] for assignment in by_code[code]]
        if len(held) >= _CONCENTRATED * len(red) and len(largest) > many:
            names = made.listed([made.say("resolution_code", code=code) for code in largest[:many]])
            return made.say("states_concentrated", names=names, held=made.count(held, "rule_red", names))
    return ""


def _totals(made: ResolutionFigures) -> list[dict[str, Any]]:
    return [_total(made, state, status) for state, status in MARKS.items()]


def _total(made: ResolutionFigures, state: str, status: str) -> dict[str, Any]:
    now, before = in_state(made.assignments, state), in_state(made.assignments_before, state)
    words, about = made.say(f"state_{state}"), made.say("about_assignments")
    return {
        "mark": mark(status, words),
        "count": made.count(now, f"rule_{state}", about),
        "words": words,
        "change": made.say("change", change=made.change(now, before, about)) if made.has_before else "",
    }


def _not_started(made: ResolutionFigures) -> str:
    waiting = in_state(made.assignments, "not_started")
    if not waiting:
        return ""
    return made.say("not_started", count=made.count(waiting, "rule_not_started", made.say("about_assignments")))


def _made_of(made: ResolutionFigures) -> str:
    """How many tasks and indicators the assignments are about: a task given to many bodies is one task."""
    if not made.assignments:
        return ""
    about = made.say("about_assignments")
    words = {"total": made.count(made.assignments, "rule_assignments", about)}
    for kind, found in made.things(made.assignments).items():
        own = [assignment for assignment in made.assignments if assignment["item_kind"] == kind]
        words[f"{kind}s"] = made.book.count(len(found), Origin(made.say(f"rule_{kind}s"), about, made.sources(own)))
        words[f"of_{kind}s"] = made.count(own, f"rule_of_{kind}s", about)
    return made.say("states_made_of", **words)


def _unowned(made: ResolutionFigures) -> str:
    """Tasks that nobody answers for: they have no assignment and would be in no count."""
    nodes = made.nodes(NodeKind.TASK).values()
    codes = sorted(
        node["node_id"] for node in nodes if not node["assignments_total"] and node["state"] == "INSUFFICIENT"
    )
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


def _row(made: ResolutionFigures, node: Row, before: Row | None, widest: tuple[int, int]) -> dict[str, Any]:
    code = node["node_id"]
    name = made.say("resolution_code", code=code)
    assignments = of_resolution(made.assignments, code)
    overdue = [assignment for assignment in assignments if is_overdue(assignment)]
    low, high = _ends(made, node, assignments, name)
    share = known(node["share_without_data"])
    rule = Origin(made.say("rule_share"), name, made.sources(assignments))
    limits = made.limits
    return {
        "code": code,
        "name": made.word("resolution", code),
        "mark_pair": _pair(made, node, before),
        "stacked": _stacked(made, assignments, name, widest),
        "interval": interval(
            known(node["low"]),
            known(node["high"]),
            made.say("interval_title", name=name, low=low, high=high),
            limits=(limits.parent_amber_from, limits.parent_green_from),
            width=92,
        ),
        "ends": str(low) if str(low) == str(high) else made.say("interval", low=low, high=high),
        "is_red": node["state"] == "RED",
        "overdue": made.count(overdue, "rule_overdue", name),
        "has_overdue": bool(overdue),
        "share": made.book.share(
            None if share is None or not assignments else share * 100.0, rule, [share_without_data(limits)]
        ),
    }


def _ends(made: ResolutionFigures, node: Row, assignments: list[Row], name: str) -> tuple[Figure, Figure]:
    cells = made.sources(assignments)
    low, high = (
        made.book.points(known(node[end]), Origin(made.say(f"rule_{end}"), name, cells), points_of_parents(made.limits))
        for end in ("low", "high")
    )
    return low, high


def _pair(made: ResolutionFigures, node: Row, before: Row | None) -> str:
    then = before["state"] if before else ""
    words = {"before": made.say(f"mark_{then or 'none'}"), "now": made.say(f"mark_{node['state']}")}
    return mark_pair(then, node["state"], made.say("mark_pair_title", **words))


def _stacked(made: ResolutionFigures, assignments: list[Row], name: str, widest: tuple[int, int]) -> str:
    counts = dict.fromkeys(STATES, 0)
    for assignment in assignments:
        counts[state_of(assignment)] += 1
    # The numbers in the bar are printed; they are figures as any other.
    figures = {state: made.count(in_state(assignments, state), f"rule_{state}", name) for state in STATES}
    made.count(assignments, "rule_assignments", name)
    return stacked(counts, made.say("stacked_title", name=name, **figures), widest=widest, width=146)
