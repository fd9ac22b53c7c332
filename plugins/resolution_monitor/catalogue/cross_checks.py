"""What no schema sees: codes that lead nowhere, names that mean two bodies, lives that overlap."""

from collections import defaultdict
from itertools import combinations

from resolution_monitor.catalogue.entries import Body, Catalogue
from resolution_monitor.catalogue.names import name_key, written_names
from resolution_monitor.errors import CatalogueError


def check_across(catalogue: Catalogue) -> None:
    """
    Hold the files of the catalogue against each other.

    Raises:
        CatalogueError: Names the file, the entry and what to do.
    """
    _check_successions(catalogue)
    _check_names(catalogue)
    _check_codes(catalogue)
    _check_forms(catalogue)


def _check_successions(catalogue: Catalogue) -> None:
    file = "catalogue/bodies/successions.yaml"
    seen: set[str] = set()
    for step in catalogue.successions:
        for end in (step.predecessor, step.successor):
            if end not in catalogue.bodies:
                raise CatalogueError(f"{file}: entry {step.predecessor!r}: body {end!r} is unknown; add or correct it")
        if step.predecessor in seen:
            raise CatalogueError(f"{file}: entry {step.predecessor!r} has two successors; keep one")
        seen.add(step.predecessor)
        last_day = catalogue.bodies[step.predecessor].valid_to
        if last_day is None or last_day >= step.effective_on:
            raise CatalogueError(
                f"{file}: entry {step.predecessor!r}: succession on {step.effective_on} needs the body to end before "
                f"(valid_to is {last_day}); correct one of the two dates"
            )
    for body in catalogue.bodies.values():
        if body.valid_to and body.agency_id not in seen:
            raise CatalogueError(f"{file}: body {body.agency_id!r} ended {body.valid_to} without a successor; name it")


def _overlap(one: Body, other: Body) -> bool:
    starts_late = one.valid_from and other.valid_to and other.valid_to < one.valid_from
    ends_early = one.valid_to and other.valid_from and one.valid_to < other.valid_from
    return not starts_late and not ends_early


def _check_names(catalogue: Catalogue) -> None:
    bearers: dict[tuple[str, str], dict[str, Body]] = defaultdict(dict)
    for body in catalogue.bodies.values():
        for name in written_names(body):
            bearers[body.group, name_key(catalogue, name)][body.agency_id] = body
    for (_, name), bodies in bearers.items():
        for one, other in combinations(bodies.values(), 2):
            if _overlap(one, other):
                raise CatalogueError(
                    f"catalogue/bodies/: the name {name!r} means {one.agency_id!r} and {other.agency_id!r} at the "
                    "same time; remove the alias from one of them"
                )


def _check_codes(catalogue: Catalogue) -> None:
    coded: dict[str, list[Body]] = defaultdict(list)
    for body in catalogue.bodies.values():
        if body.official_code:
            coded[body.official_code].append(body)
    for code, bodies in coded.items():
        for one, other in combinations(bodies, 2):
            if _overlap(one, other):
                raise CatalogueError(
                    f"catalogue/bodies/: official code {code!r} belongs to {one.agency_id!r} and {other.agency_id!r} "
                    "at the same time; correct the code or the dates"
                )


def _check_forms(catalogue: Catalogue) -> None:
    for form in catalogue.forms.values():
        file = f"catalogue/forms/{form.form}.yaml"
        stated = [form.indicator_id] if form.indicator_id else [line.indicator_id for line in form.lines]
        for indicator_id in stated:
            indicator = catalogue.indicators.get(indicator_id)
            if indicator is None:
                raise CatalogueError(f"{file}: indicator {indicator_id!r} is unknown; add it to indicators.yaml")
            if form.bodies not in indicator.bodies:
                raise CatalogueError(f"{file}: {indicator_id!r} is not measured for {form.bodies!r}; correct one")
        for sender in form.sent_by:
            if sender not in catalogue.bodies:
                raise CatalogueError(f"{file}: sender {sender!r} is unknown; correct sent_by")
