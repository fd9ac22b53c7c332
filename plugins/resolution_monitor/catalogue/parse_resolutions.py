"""Entries of a resolution's file become its indicators and tasks; a task given to a group gets one child a member."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from resolution_monitor.catalogue.entries import (
    POLITBURO,
    Baseline,
    Group,
    Indicator,
    Resolution,
    Revision,
    Target,
    Task,
)
from resolution_monitor.catalogue.parse_bodies import day

Entry = dict[str, Any]
Groups = Mapping[str, Group]

# What an entry may leave out; whoever reads it sees the field among those that are assumed.
_DEFAULTS: Entry = {"weight": 1.0, "trajectory": "linear", "aggregation": "none"}
_TRUST = ("low", "medium", "high")


def resolution(entry: Entry) -> Resolution:
    return Resolution(
        code=entry["code"],
        number=entry["number"],
        issued_on=date.fromisoformat(entry["issued_on"]),
        title_vi=entry["title_vi"],
        title_en=entry["title_en"],
        vision_years=tuple(entry["vision_years"]),
        steering=entry["steering"],
        focal_agency=entry["focal_agency"],
        confidence=entry["confidence"],
        issued_on_confidence=entry.get("date_confidence") or entry["confidence"],
        issued_by=entry.get("issued_by", POLITBURO),
        short_vi=entry.get("short_vi", ""),
    )


def indicator(entry: Entry, of: Resolution | None = None) -> Indicator:
    """
    One indicator.

    Args:
        of: The resolution whose file it stands in; its day of issue is the t0 of entries that give none.
    """
    defaults = {name: value for name, value in _DEFAULTS.items() if name not in entry}
    start = day(entry.get("t0")) or (of.issued_on if of else None)
    left_out = (*defaults, *(["t0"] if of and "t0" not in entry else [])) if of else ()
    written = {name: value for name, value in entry.items() if name not in ("t0", "valid_from", "valid_to")}
    return Indicator(
        **{
            **defaults,
            **written,
            "bodies": tuple(entry.get("bodies", ())),
            "resolution": of.code if of else None,
            "t0": start,
            "baseline": _baseline(entry["baseline"]) if "baseline" in entry else None,
            "targets": _targets(entry.get("targets", ())),
            "revisions": tuple(_revision(one, of) for one in entry.get("revisions", ())),
            "assumed": (*entry.get("assumed", ()), *left_out),
        }
    )


def _baseline(entry: Entry) -> Baseline:
    as_at = day(entry.get("as_at")) or date(entry["year"], 12, 31)
    return Baseline(_number(entry["value"]), as_at, entry["source"], entry["confidence"])


def _revision(entry: Entry, of: Resolution | None) -> Revision:
    return Revision(
        revised_on=date.fromisoformat(entry["revised_on"]),
        targets=_targets(entry["targets"]),
        document=entry["document"],
        approved_by=entry["approved_by"],
        is_approved=of is not None and entry["approved_by"] == of.issued_by,
    )


def _targets(entries: Iterable[Entry]) -> tuple[Target, ...]:
    return tuple(map(_target, entries))


def _target(entry: Entry) -> Target:
    ends = {name: _number(entry[name]) for name in ("value", "low", "high") if name in entry}
    return Target(year=entry["year"], operator=entry["operator"], **ends)


def _number(value: float) -> Decimal:
    """The number as the file writes it: 0.1, not the binary fraction nearest to it."""
    return Decimal(str(value))


def tasks(entries: list[Entry], of: Resolution, groups: Groups) -> list[Task]:
    """Tasks of a resolution with the children of those given to groups; a child written out is kept as written."""
    written = [_task(entry, of, groups) for entry in entries]
    known = {task.task_id for task in written}
    given = []
    for task in written:
        given += [task, *(child for child in _children(task, groups) if child.task_id not in known)]
    return given


def _task(entry: Entry, of: Resolution, groups: Groups) -> Task:
    lead = entry.get("lead")
    named = entry.get("coordinating", ())
    unknown = [groups[name].name_vi for name in named if name in groups and not groups[name].members]
    return Task(
        task_id=entry["task_id"],
        resolution=of.code,
        name_vi=entry["name_vi"],
        name_en=entry["name_en"],
        short_vi=entry.get("short_vi", ""),
        parent=entry.get("parent"),
        lead=lead,
        lead_group=entry.get("lead_group"),
        coordinating=tuple(_members(named, groups, without=lead)),
        coordinating_as_written=(*entry.get("coordinating_as_written", ()), *unknown),
        due_on=day(entry["due_on"]),
        is_due_assumed=entry["is_due_assumed"],
        product=entry.get("product"),
        source=entry["source"],
        confidence=entry["confidence"],
        frequency=entry.get("frequency"),
        weight=entry.get("weight", 1.0),
        assumed=(*entry.get("assumed", ()), *([] if "weight" in entry else ["weight"])),
        note=entry.get("note"),
    )


def _members(names: list[str] | tuple[str, ...], groups: Groups, *, without: str | None) -> Iterator[str]:
    seen = {without}
    for name in names:
        for agency_id in groups[name].members if name in groups else (name,):
            if agency_id not in seen:
                seen.add(agency_id)
                yield agency_id


def _children(parent: Task, groups: Groups) -> Iterator[Task]:
    """One task a member; who answers is no surer than the less sure of task and group."""
    group = groups.get(parent.lead_group or "")
    for agency_id in group.members if group else ():
        yield replace(
            parent,
            task_id=f"{parent.task_id}/{agency_id}",
            parent=parent.task_id,
            lead=agency_id,
            lead_group=None,
            coordinating=tuple(_members(parent.coordinating, {}, without=agency_id)),
            confidence=min(parent.confidence, group.confidence, key=_TRUST.index) if group else parent.confidence,
        )
