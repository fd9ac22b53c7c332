"""Bodies held against each other: parents, lives, names and codes that meet, successions, groups, communes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from resolution_monitor.catalogue.entries import Body, Catalogue
from resolution_monitor.catalogue.names import name_key, written_names

_FILE = "catalogue/bodies/"


def problems_of_bodies(catalogue: Catalogue) -> Iterator[str]:
    """Every contradiction between bodies."""
    yield from _of_lives(catalogue)
    yield from _of_successions(catalogue)
    yield from _of_cycles(catalogue)
    yield from _of_names(catalogue)
    yield from _of_codes(catalogue)
    yield from _of_groups(catalogue)
    yield from _of_communes(catalogue)


def _of_lives(catalogue: Catalogue) -> Iterator[str]:
    for body in catalogue.bodies.values():
        if body.valid_from and body.valid_to and body.valid_to < body.valid_from:
            yield (
                f"{_FILE}: entry {body.agency_id!r}: ends {body.valid_to}, before it begins {body.valid_from}; "
                "correct one of the two dates"
            )
        if body.block is not None and body.block not in catalogue.blocks:
            yield f"{_FILE}: entry {body.agency_id!r}: block {body.block!r} is unknown; add it to blocks.yaml"
        yield from _of_parent(catalogue, body)


def _of_parent(catalogue: Catalogue, body: Body) -> Iterator[str]:
    if (body.kind == "province_body") != (body.parent is not None):
        yield f"{_FILE}: entry {body.agency_id!r}: kind {body.kind!r} with parent {body.parent!r}; correct one"
    elif body.parent is not None:
        parent = catalogue.bodies.get(body.parent)
        if parent is None or parent.kind != "province":
            yield f"{_FILE}: entry {body.agency_id!r}: parent {body.parent!r} is no province; correct it"


def _of_successions(catalogue: Catalogue) -> Iterator[str]:
    file = f"{_FILE}successions.yaml"
    seen: set[str] = set()
    for step in catalogue.successions:
        unknown = [end for end in (step.predecessor, step.successor) if end not in catalogue.bodies]
        yield from (
            f"{file}: entry {step.predecessor!r}: body {end!r} is unknown; add or correct it" for end in unknown
        )
        if step.predecessor in seen:
            yield f"{file}: entry {step.predecessor!r} has two successors; keep one"
        seen.add(step.predecessor)
        if step.predecessor in catalogue.bodies:
            last_day = catalogue.bodies[step.predecessor].valid_to
            if last_day is None or last_day >= step.effective_on:
                yield (
                    f"{file}: entry {step.predecessor!r}: succession on {step.effective_on} needs the body to end "
                    f"before (valid_to is {last_day}); correct one of the two dates"
                )
    for body in catalogue.bodies.values():
        if body.valid_to and body.agency_id not in seen:
            yield f"{file}: body {body.agency_id!r} ended {body.valid_to} without a successor; name it"


def _of_cycles(catalogue: Catalogue) -> Iterator[str]:
    steps = {step.predecessor: step.successor for step in catalogue.successions}
    for start in steps:
        line = [start]
        while line[-1] in steps and steps[line[-1]] not in line:
            line.append(steps[line[-1]])
        if steps.get(line[-1]) == start:
            yield (
                f"{_FILE}successions.yaml: entry {start!r}: succession returns to itself ({' -> '.join(line)} -> "
                f"{start}); remove one step"
            )


def _overlap(one: Body, other: Body) -> bool:
    starts_late = one.valid_from and other.valid_to and other.valid_to < one.valid_from
    ends_early = one.valid_to and other.valid_from and one.valid_to < other.valid_from
    return not starts_late and not ends_early


def _meeting(bodies: Iterable[Body]) -> Iterator[tuple[Body, Body]]:
    return ((one, other) for one, other in combinations(bodies, 2) if _overlap(one, other))


def _of_names(catalogue: Catalogue) -> Iterator[str]:
    bearers: dict[tuple[str, str], dict[str, Body]] = defaultdict(dict)
    for body in catalogue.bodies.values():
        for name in written_names(body):
            bearers[body.group, name_key(catalogue, name)][body.agency_id] = body
    for (_, name), bodies in bearers.items():
        for one, other in _meeting(bodies.values()):
            yield (
                f"{_FILE}: the name {name!r} means {one.agency_id!r} and {other.agency_id!r} at the same time; "
                "remove the alias from one of them"
            )


def _of_codes(catalogue: Catalogue) -> Iterator[str]:
    coded: dict[str, list[Body]] = defaultdict(list)
    for body in catalogue.bodies.values():
        if body.official_code:
            coded[body.official_code].append(body)
    for code, bodies in coded.items():
        for one, other in _meeting(bodies):
            yield (
                f"{_FILE}: official code {code!r} belongs to {one.agency_id!r} and {other.agency_id!r} at the same "
                "time; correct the code or the dates"
            )


def _of_groups(catalogue: Catalogue) -> Iterator[str]:
    file = f"{_FILE}groups.yaml"
    reporting = catalogue.reporting_bodies
    for group in catalogue.groups.values():
        if group.group_id in catalogue.bodies:
            yield f"{file}: entry {group.group_id!r} bears the agency_id of a body; give it another group_id"
        for member in group.members:
            if member not in catalogue.bodies:
                yield f"{file}: entry {group.group_id!r}: member {member!r} is unknown; correct or remove it"
            elif not catalogue.bodies[member].exists_in(catalogue.day, catalogue.day):
                yield f"{file}: entry {group.group_id!r}: member {member!r} has ended; write the members with days"
            elif member not in reporting:
                yield f"{file}: entry {group.group_id!r}: member {member!r} does not report; name one of its bodies"


def _of_communes(catalogue: Catalogue) -> Iterator[str]:
    kinds = ("commune", "ward", "special_zone")
    for commune in catalogue.communes.values():
        province = catalogue.bodies.get(commune.province)
        if province is None or province.kind != "province":
            yield f"{_FILE}communes.csv: entry {commune.code!r}: {commune.province!r} is no province; correct it"
        if commune.kind not in kinds:
            yield f"{_FILE}communes.csv: entry {commune.code!r}: unknown kind {commune.kind!r}; use {', '.join(kinds)}"
