"""Resolutions' entries as five flat tables that an analyst edits, and back again."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from resolution_monitor.catalogue.dated import amended, on_day

Entry = dict[str, Any]
Cell = str | int | float | bool | None
Record = dict[str, Cell]
Tables = dict[str, list[Record]]

LEAD, COORDINATING, AS_WRITTEN = "lead", "coordinating", "coordinating_as_written"
_BASELINE = ("value", "year", "as_at", "source", "confidence")
_TARGET = ("year", "operator", "value", "low", "high")
# What every row of one revision repeats: a revision states all its targets, one row each.
_REVISION = ("revised_on", "document", "approved_by")
_LISTS = ("assumed",)


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """
    One table.

    Attributes:
        key: Columns that name a record; they stand first.
        columns: All columns, in order.
    """

    key: tuple[str, ...]
    columns: tuple[str, ...]


SHEETS: dict[str, SheetLayout] = {
    "Tasks": SheetLayout(
        key=("task_id",),
        columns=(
            *("task_id", "resolution", "name_vi", "short_vi", "name_en", "parent", "due_on", "is_due_assumed"),
            *("product", "frequency", "weight", "source", "confidence", "assumed", "note"),
        ),
    ),
    "Indicators": SheetLayout(
        key=("indicator_id",),
        columns=(
            *("indicator_id", "resolution", "name_vi", "short_vi", "name_en", "unit", "kind", "direction", "min_step"),
            *(f"baseline_{name}" for name in _BASELINE),
            *("lead", "frequency", "publication_lag_days", "t0", "weight", "trajectory", "aggregation"),
            *("source", "confidence", "assumed", "note"),
        ),
    ),
    "Targets": SheetLayout(key=("indicator_id", "year"), columns=("indicator_id", *_TARGET)),
    "Revisions": SheetLayout(
        key=("indicator_id", "revised_on", "year"),
        columns=("indicator_id", "revised_on", *_TARGET, "document", "approved_by"),
    ),
    "Assignments": SheetLayout(key=("task_id", "agency", "role"), columns=("task_id", "agency", "role", "as_written")),
}


def tables_of(files: Mapping[str, Entry]) -> Tables:
    """
    The five tables of all resolutions, as the facts stand when every day has come.

    Args:
        files: Code of a resolution -> its file as read from YAML, days that are keys as text.
    """
    tables: Tables = {name: [] for name in SHEETS}
    for code, file in files.items():
        then = on_day(file, date.max)
        for task in then["tasks"]:
            tables["Tasks"].append(_flat(task, "Tasks", code))
            tables["Assignments"] += _assignments(task)
        for indicator in then["indicators"]:
            tables["Indicators"].append(_flat(indicator, "Indicators", code))
            tables["Targets"] += _targets(indicator)
            tables["Revisions"] += _revisions(indicator)
    return tables


def files_of(
    tables: Tables, files: Mapping[str, Entry], groups: Set[str], since: date | None = None
) -> dict[str, Entry]:
    """
    The files with what the tables say: entries that did not change stay as they are written, new ones come last.

    Args:
        tables: Complete; an entry that is not in them ends.
        files: As they are now, facts with their days.
        groups: group_ids, which make a lead a lead_group.
        since: The day from which what changed holds, and before which it was as it is written; None: it was never so.
    """
    targets = _by_first(tables["Targets"], "indicator_id")
    revisions = _by_first(tables["Revisions"], "indicator_id")
    assignments = _by_first(tables["Assignments"], "task_id")

    def indicator(record: Record, old: Entry | None) -> Entry:
        own, revised = (rows.get(record["indicator_id"], []) for rows in (targets, revisions))
        is_same = old is not None and _flat(old, "Indicators", record["resolution"]) == record
        if old is not None and is_same and (list(_targets(old)), list(_revisions(old))) == (own, revised):
            return old
        return _indicator(record, own, revised)

    def task(record: Record, old: Entry | None) -> Entry:
        own = assignments.get(record["task_id"], [])
        is_same = old is not None and _flat(old, "Tasks", record["resolution"]) == record
        return old if old is not None and is_same and list(_assignments(old)) == own else _task(record, own, groups)

    def merged(file: Entry, name: str, key: str, sheet: str, code: str, rebuild: Rebuild) -> list[Entry]:
        return _merged(file[name], _of(tables[sheet], code), key, rebuild, since)

    return {
        code: {
            **file,
            "indicators": merged(file, "indicators", "indicator_id", "Indicators", code, indicator),
            "tasks": merged(file, "tasks", "task_id", "Tasks", code, task),
        }
        for code, file in files.items()
    }


def _of(records: list[Record], code: str) -> list[Record]:
    return [record for record in records if record["resolution"] == code]


def _filled(record: Record, names: Iterable[str]) -> Entry:
    """Fields that hold something, in the order of the columns; a list is a list again."""
    filled: Entry = {}
    for name in names:
        value = record[name]
        if value is not None:
            filled[name] = _split(str(value)) if name in _LISTS else value
    return filled


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _indicator(record: Record, targets: list[Record], revisions: list[Record]) -> Entry:
    columns = [name for name in SHEETS["Indicators"].columns if name != "resolution"]
    prefix = "baseline_"
    first = columns.index(f"{prefix}{_BASELINE[0]}")
    baseline = {name: record[f"{prefix}{name}"] for name in _BASELINE if record[f"{prefix}{name}"] is not None}
    return {
        **_filled(record, columns[:first]),
        **({"baseline": baseline} if baseline else {}),
        "targets": [_filled(target, _TARGET) for target in targets],
        **({"revisions": _grouped(revisions)} if revisions else {}),
        # Nothing assumed is said in so many words, never by leaving the field out.
        **_filled({**record, "assumed": record["assumed"] or ""}, columns[first + len(_BASELINE) :]),
    }


def _grouped(records: list[Record]) -> list[Entry]:
    """One entry a day, with all targets that its rows state."""
    by_day: dict[Cell, list[Record]] = {}
    for record in records:
        by_day.setdefault(record["revised_on"], []).append(record)
    return [
        {
            "revised_on": revised_on,
            "targets": [_filled(record, _TARGET) for record in rows],
            **_filled(rows[0], _REVISION[1:]),
        }
        for revised_on, rows in sorted(by_day.items(), key=lambda one: str(one[0]))
    ]


def _task(record: Record, assignments: list[Record], groups: Set[str]) -> Entry:
    columns = [name for name in SHEETS["Tasks"].columns if name != "resolution"]
    first = columns.index("due_on")
    leads = [assignment for assignment in assignments if assignment["role"] == LEAD]
    entry = _filled(record, columns[:first])
    for assignment in leads[:1]:
        entry["lead_group" if assignment["agency"] in groups else "lead"] = assignment["agency"]
        if assignment["as_written"] is not None:
            entry["lead_as_written"] = assignment["as_written"]
    entry[COORDINATING] = [row["agency"] for row in assignments if row["role"] == COORDINATING]
    written = [row["agency"] for row in assignments if row["role"] == AS_WRITTEN]
    return {
        **entry,
        **({AS_WRITTEN: written} if written else {}),
        "due_on": record["due_on"],
        **_filled(record, columns[first + 1 :]),
    }


def _flat(entry: Entry, sheet: str, code: Cell) -> Record:
    baseline = {f"baseline_{name}": value for name, value in entry.get("baseline", {}).items()}
    flat = {**entry, **baseline, "resolution": code}
    flat |= {name: ", ".join(entry[name]) or None for name in _LISTS if name in entry}
    return {name: flat.get(name) for name in SHEETS[sheet].columns}


def _targets(indicator: Entry) -> Iterator[Record]:
    for target in indicator["targets"]:
        yield {"indicator_id": indicator["indicator_id"], **{name: target.get(name) for name in _TARGET}}


def _revisions(indicator: Entry) -> Iterator[Record]:
    for one in indicator.get("revisions", ()):
        repeated = {name: one.get(name) for name in _REVISION}
        for target in one["targets"]:
            stated = {name: target.get(name) for name in _TARGET}
            record = {"indicator_id": indicator["indicator_id"], **repeated, **stated}
            yield {name: record[name] for name in SHEETS["Revisions"].columns}


def _assignments(task: Entry) -> Iterator[Record]:
    def record(agency: str, role: str, as_written: str | None = None) -> Record:
        return {"task_id": task["task_id"], "agency": agency, "role": role, "as_written": as_written}

    lead = task.get("lead") or task.get("lead_group")
    if lead:
        yield record(lead, LEAD, task.get("lead_as_written"))
    for role in (COORDINATING, AS_WRITTEN):
        yield from (record(agency, role) for agency in task.get(role, ()))


def _by_first(records: list[Record], key: str) -> dict[Cell, list[Record]]:
    found: dict[Cell, list[Record]] = {}
    for record in records:
        found.setdefault(record[key], []).append(record)
    return found


Rebuild = Callable[[Record, Entry | None], Entry]


def _merged(entries: list[Entry], records: list[Record], key: str, rebuild: Rebuild, since: date | None) -> list[Entry]:
    given = {record[key]: record for record in records}
    shown = {entry[key]: entry for entry in on_day(entries, date.max)}
    kept = []
    for entry in entries:
        then = shown.get(entry[key])
        if then is None:
            kept.append(entry)  # it ended before: nobody was shown it
        elif entry[key] in given:
            asked = rebuild(given[entry[key]], then)
            kept.append(entry if asked is then else amended(entry, then, asked, since))
        elif since is not None:
            kept.append({**entry, "valid_to": (since - timedelta(days=1)).isoformat()})
    known = {entry[key] for entry in entries}
    begins = {"valid_from": since.isoformat()} if since is not None else {}
    return [*kept, *({**rebuild(record, None), **begins} for record in records if record[key] not in known)]
