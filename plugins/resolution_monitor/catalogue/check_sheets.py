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


def undated_targets(before: Tables, asked: Tables) -> Iterator[str]:
    """Targets that an edit with a day changes: they stay as they were written, and a revision states them anew."""
    known = {record["indicator_id"] for record in before["Indicators"]}
    kept = known & {record["indicator_id"] for record in asked["Indicators"]}
    for indicator_id in sorted(kept, key=str):
        was, now = ([one for one in each["Targets"] if one["indicator_id"] == indicator_id] for each in (before, asked))
        if was != now:
            yield (
                f"sheet Targets: entry {indicator_id!r}: a target has no days; leave it as the resolution wrote it and "
                "state all of them on sheet Revisions, with day, document and authority"
            )


def _of_revisions(tables: Tables) -> Iterator[str]:
    """Rows of one revision that name different documents, or different authorities."""
    told: dict[tuple[object, object], set[tuple[object, object]]] = {}
    for record in tables["Revisions"]:
        key = (record["indicator_id"], record["revised_on"])
        told.setdefault(key, set()).add((record["document"], record["approved_by"]))
    for (indicator_id, revised_on), documents in told.items():
        if len(documents) > 1:
            yield (
                f"sheet Revisions: entry {indicator_id!r} of {revised_on}: rows name different documents; write one "
                "document and authority in all of them"
            )


def _of_details(tables: Tables) -> Iterator[str]:
    tasks = {record["task_id"] for record in tables["Tasks"]}
    indicators = {record["indicator_id"] for record in tables["Indicators"]}
    leads = Counter(record["task_id"] for record in tables["Assignments"] if record["role"] == LEAD)
    for sheet in ("Targets", "Revisions"):
        for record in tables[sheet]:
            if record["indicator_id"] not in indicators:
                yield f"sheet {sheet}: entry {record['indicator_id']!r} is not on sheet Indicators; add it there"
    yield from _of_revisions(tables)
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
