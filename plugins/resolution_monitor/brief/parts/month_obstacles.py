"""Obstacles by kind, with what of them is removed and left; and the reason that stands behind a late item."""

from collections.abc import Iterable
from typing import Any

from resolution_monitor.brief.figures import Origin
from resolution_monitor.brief.parts.resolution_figures import ResolutionFigures, Row
from resolution_monitor.brief.sentences import kept_together
from resolution_monitor.brief.snapshot import records


def obstacles_part(made: ResolutionFigures) -> dict[str, Any]:
    """Heading with its sum, and a row a kind; most left first."""
    made.at("place_obstacles")
    rows = records(made.snapshot.obstacles)
    left = [row for row in rows if not row["is_resolved"]]
    central, local = _by_origin(made, rows)
    words = {
        "count": _count(made, rows, "rule_obstacles"),
        "central": _count(made, central, "rule_obstacles_central"),
        "local": _count(made, local, "rule_obstacles_local"),
        "removed": _count(made, [row for row in rows if row["is_resolved"]], "rule_obstacles_removed"),
        "left": _count(made, left, "rule_obstacles_left"),
    }
    kinds = sorted({row["kind"] for row in rows}, key=lambda kind: (-_of_kind(left, kind), kind))
    return {
        "obstacles_heading": made.counted("obstacles_heading", len(rows), **words),
        "obstacles": [_kind(made, kind, [row for row in rows if row["kind"] == kind]) for kind in kinds],
    }


def _of_kind(rows: list[Row], kind: str) -> int:
    return sum(row["kind"] == kind for row in rows)


def _by_origin(made: ResolutionFigures, rows: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """Those of central bodies, and those of bodies of the provinces."""
    bodies = made.snapshot.catalogue.bodies
    central: list[Row] = []
    local: list[Row] = []
    for row in rows:
        body = bodies.get(row["agency_id"])
        (local if body is not None and body.parent is not None else central).append(row)
    return central, local


def _kind(made: ResolutionFigures, kind: str, rows: list[Row]) -> dict[str, Any]:
    name = made.word("obstacle_kind", kind)
    central, local = _by_origin(made, rows)
    removed = [row for row in rows if row["is_resolved"]]
    left = [row for row in rows if not row["is_resolved"]]
    return {
        "name": name,
        "central": _count(made, central, "rule_obstacles_central", name),
        "local": _count(made, local, "rule_obstacles_local", name),
        "removed": _count(made, removed, "rule_obstacles_removed", name),
        "left": _count(made, left, "rule_obstacles_left", name),
        "is_open": bool(left),
    }


def _count(made: ResolutionFigures, rows: list[Row], rule: str, about: str = "") -> Any:
    return made.book.count(len(rows), Origin(made.say(rule), about or made.say("about_obstacles"), made.sources(rows)))


def reason_of(made: ResolutionFigures, assignments: Iterable[Row]) -> str:
    """The kind of the first obstacle that one of the bodies names, with whose where there are several; or silence."""
    rows = list(assignments)
    found = [row for one in rows for row in made.obstacles_of(one["agency_id"], one["item_id"])]
    if not found:
        return made.say("reason_none")
    kind = made.word("obstacle_kind", found[0]["kind"])
    if len(rows) == 1:
        return made.say("reason", kind=kind)
    name = kept_together(made.name(found[0]["agency_id"]))
    others = list({row["agency_id"]: row for row in found if row["agency_id"] != found[0]["agency_id"]}.values())
    if not others:
        return made.say("reason_of", kind=kind, name=name)
    about = made.item(rows[0]["parent_task"] or rows[0]["item_id"])
    return made.say("reason_more", kind=kind, name=name, count=made.count(others, "rule_obstacles_more", about))
