"""What is empty in the catalogue: tasks that nobody answers for, resolutions that ask for nothing."""

from resolution_monitor.catalogue.entries import Catalogue, Task


def tasks_without_owner(catalogue: Catalogue) -> list[Task]:
    """
    Tasks without a lead and without a child, by code: nobody owes a report of them, so nothing could ever be missing.

    Source: docs/method.md, its trees: a task without a living owner has no data; an empty set is never fine.
    """
    parents = {task.parent for task in catalogue.tasks.values()}
    found = [task for task in catalogue.tasks.values() if task.lead is None and task.task_id not in parents]
    return sorted(found, key=lambda task: task.task_id)


def warnings_of(catalogue: Catalogue) -> list[str]:
    """
    One sentence a task that nobody owns, or a resolution that asks for nothing.

    They are facts of the sources and no errors, so the catalogue passes with them.
    """
    asked = {task.resolution for task in catalogue.tasks.values()}
    asked |= {indicator.resolution for indicator in catalogue.indicators.values() if indicator.resolution}
    empty = [
        f"resolution {code!r} has neither task nor indicator, so nothing of it is scored; enter what it asks for"
        for code in catalogue.resolutions
        if code not in asked
    ]
    return empty + [
        f"task {task.task_id!r}: nobody owes it, for group {task.lead_group!r} has no members; name them in "
        "bodies/groups.yaml as soon as a source does; until then it counts as without data"
        for task in tasks_without_owner(catalogue)
    ]
