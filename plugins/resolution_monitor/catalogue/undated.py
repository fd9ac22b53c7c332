"""Facts that reports rest on and that an edit changed without a day: the past would be read otherwise than it was.

Source: docs/method.md, clause 2.1: each fact of the catalogue holds from a day.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from resolution_monitor.catalogue.entries import Catalogue, Revision, Target
from resolution_monitor.catalogue.target_text import target_text, targets_text

_OF_INDICATOR = (
    *("lead", "bodies", "unit", "kind", "direction", "weight", "frequency", "publication_lag_days", "min_step"),
    *("trajectory", "aggregation", "baseline", "targets", "revisions", "t0", "part_of"),
)
_OF_TASK = ("parent", "lead", "lead_group", "coordinating", "due_on", "is_due_assumed", "weight", "frequency")
_OF_BODY = ("block", "kind", "parent", "valid_from")
_HINT = "write it with its day ({field}: {{DAY: value}}), or have it accepted: ./monitor catalogue correct"
_HINT_OF_NO_DAY = "it has no days: where it was wrong, have it accepted: ./monitor catalogue correct"
_HINT_OF_TARGETS = (
    "leave the targets as the resolution wrote them and write a revision below them (revisions: [{{revised_on: DAY, "
    "targets: [...], document: TEXT, approved_by: AUTHORITY}}], its day after {last}), or have it accepted: "
    "./monitor catalogue correct"
)


def undated_changes(old: Catalogue, new: Catalogue, days: Iterable[date]) -> list[str]:
    """
    What a catalogue says otherwise than the one before it of days that are past; one sentence a fact.

    Args:
        days: Last days of the periods that accepted reports rest on.
    """
    found: dict[tuple[str, str], str] = {}
    spans = _one_a_span(old, new, days)
    for day in spans:
        for entry, field, before, now in _differing(old.at(day), new.at(day)):
            hint = _hint(field, spans[-1])
            words = f"{entry}: {field} was {before!r} on {day}, which accepted reports rest on, and would be {now!r}"
            found.setdefault((entry, field), f"{words}; {hint}")
    return list(found.values())


def _hint(field: str, last: date) -> str:
    """How the change is written with its day, which must come after the last that reports rest on."""
    if field == "issued_on":
        return _HINT_OF_NO_DAY
    return (_HINT_OF_TARGETS if field in ("targets", "revisions") else _HINT).format(field=field, last=last)


def _one_a_span(old: Catalogue, new: Catalogue, days: Iterable[date]) -> list[date]:
    """The last of the days that share all facts of both catalogues."""
    last = {(bisect_right(old.begins, day), bisect_right(new.begins, day)): day for day in sorted(days)}
    return sorted(last.values())


def _differing(old: Catalogue, new: Catalogue) -> Iterator[tuple[str, str, Any, Any]]:
    parts = (
        ("indicator", old.indicators, new.indicators, _OF_INDICATOR),
        ("task", old.tasks, new.tasks, _OF_TASK),
        ("body", old.bodies, new.bodies, _OF_BODY),
        ("group", old.groups, new.groups, ("members",)),
        ("resolution", old.resolutions, new.resolutions, ("issued_on",)),
    )
    for kind, before, now, names in parts:
        for key in sorted({*before, *now}):
            yield from _of_entry(f"{kind} {key!r}", before.get(key), now.get(key), names)
    yield from _of_settings(old, new)
    yield from _of_successions(old, new)


def _of_entry(entry: str, before: Any, now: Any, names: tuple[str, ...]) -> Iterator[tuple[str, str, Any, Any]]:
    if before is None or now is None:
        # A body, a resolution that nothing rested on may come; an item that is owed makes past reports incomplete.
        if before is not None or not entry.startswith(("body", "group", "resolution")):
            yield entry, "valid_from" if before is None else "valid_to", _there(before), _there(now)
        return
    for name in names:
        if getattr(before, name) != getattr(now, name):
            yield entry, name, _plain(getattr(before, name)), _plain(getattr(now, name))


def _of_settings(old: Catalogue, new: Catalogue) -> Iterator[tuple[str, str, Any, Any]]:
    before, now = _settings_on(old), _settings_on(new)
    for name in sorted({*before, *now}):
        if before.get(name) != now.get(name):
            yield f"rule setting {name!r}", "since", before.get(name), now.get(name)


def _settings_on(catalogue: Catalogue) -> dict[str, float]:
    begun = [one for one in catalogue.rule_settings if one.since <= catalogue.day]
    return {one.setting: one.value for one in sorted(begun, key=lambda one: one.since)}


def _of_successions(old: Catalogue, new: Catalogue) -> Iterator[tuple[str, str, Any, Any]]:
    def begun(catalogue: Catalogue) -> dict[str, str]:
        return {one.predecessor: one.successor for one in catalogue.successions if one.effective_on <= catalogue.day}

    before, now = begun(old), begun(new)
    for name in sorted({*before, *now}):
        if before.get(name) != now.get(name):
            yield f"succession of {name!r}", "effective_on", before.get(name), now.get(name)


def _there(entry: Any) -> str:
    return "not there" if entry is None else "there"


def _plain(value: Any) -> Any:
    """A value as the file writes it."""
    return [_said(one) for one in value] if isinstance(value, tuple) else value if value is None else str(value)


def _said(value: Any) -> str:
    if isinstance(value, Revision):
        return f"{value.revised_on}: {targets_text(value.targets)}, {value.document}, {value.approved_by}"
    return target_text(value) if isinstance(value, Target) else str(value)
