"""What is wrong with an analyst's tables before they become files: keys that stand twice or lead nowhere."""

from collections import Counter
from collections.abc import Iterator, Set

from resolution_monitor.catalogue.sheets import AS_WRITTEN, COORDINATING, LEAD, SHEETS, Tables

_ROLES = (LEAD, COORDINATING, AS_WRITTEN)


def problems_of_tables(tables: Tables, codes: Set[str]) -> Iterator[str]:
    """
    Every problem, each with its sheet and entry.

    Args:
        codes: Resolutions of the catalogue.
    """
    for sheet, records in tables.items():
        keys = Counter(tuple(record[name] for name in SHEETS[sheet].key) for record in records)
        for key, count in keys.items():
            name = " ".join(str(part) for part in key)
            if None in key:
                yield f"sheet {sheet}: entry {name!r}: a column of {', '.join(SHEETS[sheet].key)} is empty; fill it in"
            elif count > 1:
                yield f"sheet {sheet}: entry {name!r} stands {count} times; keep one row"
    for sheet, key_name in (("Tasks", "task_id"), ("Indicators", "indicator_id")):
        for record in tables[sheet]:
            if record["resolution"] not in codes:
                yield (
                    f"sheet {sheet}: entry {record[key_name]!r}: resolution {record['resolution']!r} is unknown; use "
                    f"one of {', '.join(sorted(codes))}"
                )
    yield from _of_details(tables)


def _of_details(tables: Tables) -> Iterator[str]:
    tasks = {record["task_id"] for record in tables["Tasks"]}
    indicators = {record["indicator_id"] for record in tables["Indicators"]}
    leads = Counter(record["task_id"] for record in tables["Assignments"] if record["role"] == LEAD)
    for record in tables["Targets"]:
        if record["indicator_id"] not in indicators:
            yield f"sheet Targets: entry {record['indicator_id']!r} is not on sheet Indicators; add it there"
    for record in tables["Assignments"]:
        if record["task_id"] not in tasks:
            yield f"sheet Assignments: entry {record['task_id']!r} is not on sheet Tasks; add it there"
        if record["role"] not in _ROLES:
            yield (
                f"sheet Assignments: entry {record['task_id']!r}: role {record['role']!r} is unknown; use "
                f"{', '.join(_ROLES)}"
            )
    for task_id, count in leads.items():
        if count > 1:
            yield f"sheet Assignments: entry {task_id!r} has {count} leads; keep exactly one"
