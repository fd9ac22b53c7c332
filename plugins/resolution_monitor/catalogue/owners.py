"""Tasks that nobody answers for: given to a group of which no source names a member, and not split by hand either."""

from resolution_monitor.catalogue.entries import Catalogue, Task


def tasks_without_owner(catalogue: Catalogue) -> list[Task]:
    """
    Tasks without a lead and without a child, by code: nobody owes a report of them, so nothing could ever be missing.

    Source: docs/method.md, its trees: a task without a living owner has no data; an empty set is never fine.
    """
    parents = {task.parent for task in catalogue.tasks.values()}
    found = [task for task in catalogue.tasks.values() if task.lead is None and task.task_id not in parents]
    return sorted(found, key=lambda task: task.task_id)


def warnings_of_owners(catalogue: Catalogue) -> list[str]:
    """One sentence a task that nobody owns: a fact of the sources and no error, so the catalogue passes with it."""
    return [
        f"task {task.task_id!r}: nobody owes it, for group {task.lead_group!r} has no members; name them in "
        "bodies/groups.yaml as soon as a source does; until then it counts as without data"
        for task in tasks_without_owner(catalogue)
    ]
