"""Tasks held against bodies, groups, their parents and their own dates."""

from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import fields

from resolution_monitor.catalogue.check_indicators import file_of
from resolution_monitor.catalogue.entries import Catalogue, Task

_FIELDS = {field.name for field in fields(Task)}


def problems_of_tasks(catalogue: Catalogue) -> Iterator[str]:
    """Every contradiction of a task."""
    parents = {task.parent for task in catalogue.tasks.values() if task.parent}
    # A member that is no body is told once, at its group.
    members = {member for group in catalogue.groups.values() for member in group.members}
    reporting = frozenset((*catalogue.reporting_bodies, *members))
    for task in catalogue.tasks.values():
        found = [
            *_of_lead(catalogue, task, reporting, is_parent=task.task_id in parents),
            *_of_coordinating(task, catalogue.bodies.keys() | members),
            *_of_parent(catalogue, task),
            *_of_fields(catalogue, task),
        ]
        yield from (f"{file_of(task.resolution)}: entry {task.task_id!r}: {problem}" for problem in found)
    yield from _of_weights(catalogue)


def _of_lead(catalogue: Catalogue, task: Task, reporting: Set[str], *, is_parent: bool) -> Iterator[str]:
    if task.lead is not None and task.lead_group is not None:
        yield f"has lead {task.lead!r} and lead_group {task.lead_group!r}; keep one"
    elif task.lead is not None and is_parent:
        yield f"is a parent with lead {task.lead!r}; leave the lead to its children"
    elif task.lead is None and task.lead_group is None and not is_parent:
        yield "has no lead; name exactly one agency_id, or a lead_group"
    if task.lead is not None and task.lead not in reporting:
        yield f"lead {task.lead!r} is not among the bodies that report; use one agency_id of bodies/"
    if task.lead_group is not None and task.lead_group not in catalogue.groups:
        yield f"lead_group {task.lead_group!r} is unknown; use a group_id of bodies/groups.yaml"


def _of_coordinating(task: Task, known: Set[str]) -> Iterator[str]:
    is_copy = task.parent is not None and "/" in task.task_id  # its parent is told already
    for name in task.coordinating:
        if name not in known and not is_copy:
            yield (
                f"coordinating {name!r} is neither body nor group; use an agency_id, a group_id, or "
                "coordinating_as_written"
            )


def _of_parent(catalogue: Catalogue, task: Task) -> Iterator[str]:
    if task.parent is None:
        return
    parent = catalogue.tasks.get(task.parent)
    if parent is None:
        yield f"parent {task.parent!r} is unknown; correct it"
        return
    if task.due_on and parent.due_on and task.due_on > parent.due_on:
        yield f"is due on {task.due_on}, after its parent {parent.task_id!r} on {parent.due_on}; correct one"
    if parent.resolution != task.resolution:
        yield f"has a parent of resolution {parent.resolution}; keep both in one file"
    above = [task.task_id]
    while parent is not None and parent.task_id not in above:
        above.append(parent.task_id)
        parent = catalogue.tasks.get(parent.parent or "")
    if parent is not None:
        yield f"is its own ancestor ({' -> '.join(above)}); correct a parent"


def _of_fields(catalogue: Catalogue, task: Task) -> Iterator[str]:
    issued_on = catalogue.resolutions[task.resolution].issued_on
    if not task.task_id.startswith(f"{task.resolution}-"):
        yield f"stands in the file of resolution {task.resolution}; move it or correct its task_id"
    if task.frequency is not None and task.frequency not in catalogue.period_calendars:
        known = ", ".join(catalogue.period_calendars)
        yield f"frequency {task.frequency!r} is no calendar of calendars.yaml; use one of {known}"
    if task.due_on is not None and task.due_on <= issued_on:
        yield f"is due on {task.due_on}, before the resolution was issued on {issued_on}; correct due_on"
    if task.due_on is None and task.is_due_assumed:
        yield "has no due_on to be assumed; set is_due_assumed to false"
    for name in task.assumed:
        if name not in _FIELDS:
            yield f"assumed names {name!r}, which is no field of a task; correct it"
    if task.weight < 0:
        yield f"weight {task.weight} is below zero; write zero or more"


def _of_weights(catalogue: Catalogue) -> Iterator[str]:
    weights: dict[str, list[float]] = defaultdict(list)
    for task in catalogue.tasks.values():
        weights[task.resolution].append(task.weight)
    for code, all_weights in weights.items():
        if not any(weight > 0 for weight in all_weights):
            yield f"{file_of(code)}: entry {code!r}: no task has a weight above zero; give at least one"
