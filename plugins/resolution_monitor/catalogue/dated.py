"""Facts that hold from a day: a field written as days with values is read as it stands on one day.

    lead: BYT                                       since ever
    lead: {2025-12-25: BYT, 2026-10-16: BNV}        BNV from 16 October 2026 on

Before the first day holds what it begins with.

An entry may say from and to which day it is in force: valid_from, valid_to. A revision of targets holds from the day it
was made (revised_on), beside what was asked before. Source: docs/method.md, clause 2.1.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

Entry = dict[str, Any]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# Key of an entry -> its fields that may change on a day. Whatever else changes makes it another entry.
DATED_FIELDS: Mapping[str, frozenset[str]] = {
    "agency_id": frozenset({"name_vi", "short_vi", "name_en", "aliases", "block", "official_code"}),
    "group_id": frozenset({"members", "name_vi", "name_en", "aliases"}),
    "indicator_id": frozenset(
        {"lead", "bodies", "unit", "kind", "direction", "weight", "frequency", "publication_lag_days", "min_step"}
        | {"trajectory", "aggregation", "baseline", "part_of", "name_vi", "name_en", "short_vi", "bodies"}
    ),
    "task_id": frozenset(
        {"lead", "lead_group", "coordinating", "coordinating_as_written", "due_on", "is_due_assumed", "weight"}
        | {"frequency", "parent", "product", "name_vi", "name_en", "short_vi"}
    ),
}
# Only these are left out of a day they are not in force on; what ended of a body goes on to be known.
_IN_FORCE_ONLY = ("task_id", "indicator_id")
_REVISED_ON = "revised_on"
_BEGINS_OR_ENDS = ("valid_from", "valid_to")


def with_days_as_text(written: Any) -> Any:
    """The same values, days as text: YAML takes 2026-10-16 for a date and '2026-10-16' for a text."""
    if isinstance(written, dict):
        return {with_days_as_text(key): with_days_as_text(value) for key, value in written.items()}
    if isinstance(written, list):
        return [with_days_as_text(one) for one in written]
    return written.isoformat() if type(written) is date else written


def is_dated(value: Any) -> bool:
    """Whether a value is written as days with values."""
    return (
        isinstance(value, dict) and bool(value) and all(isinstance(key, str) and _DAY.fullmatch(key) for key in value)
    )


def misdated(written: Any) -> Iterator[str]:
    """Names of fields that are written with days though the fact they state has none, or with a day that is none."""
    if isinstance(written, list):
        for one in written:
            yield from misdated(one)
    if not isinstance(written, dict):
        return
    kind = next((key for key in DATED_FIELDS if key in written), None)
    for name, value in written.items():
        is_begin = name == _REVISED_ON or (kind in _IN_FORCE_ONLY and name in _BEGINS_OR_ENDS)
        if is_begin and not (value is None or _is_day(value)):
            yield f"entry {written.get(kind or '', '?')!r}: {name}: {value} is no day"
        elif not is_dated(value):
            yield from misdated(value)
        elif kind is None or name not in DATED_FIELDS[kind]:
            yield f"entry {written.get(kind or '', '?')!r}: {name} has no days; write one value"
        else:
            yield from (f"entry {written[kind]!r}: {name}: {day} is no day" for day in value if not _is_day(day))


def days_in(written: Any) -> set[date]:
    """The days on which something changes."""
    if isinstance(written, list):
        return {day for one in written for day in days_in(one)}
    if not isinstance(written, dict):
        return set()
    if is_dated(written):
        return {date.fromisoformat(day) for day in written}
    found = {day for value in written.values() for day in days_in(value)}
    found |= {date.fromisoformat(written[_REVISED_ON])} if written.get(_REVISED_ON) else set()
    if any(key in written for key in _IN_FORCE_ONLY):
        found |= {date.fromisoformat(written["valid_from"])} if written.get("valid_from") else set()
        ends = written.get("valid_to")
        found |= {date.fromisoformat(ends) + timedelta(days=1)} if ends else set()
    return found


def on_day(written: Any, day: date) -> Any:
    """
    The same values as they stand on a day.

    Entries that are not in force on it are left out, and so are fields whose value is null then.
    """
    if isinstance(written, list):
        return [on_day(one, day) for one in written if _is_in_force(one, day)]
    if not isinstance(written, dict):
        return written
    plain = {name: _value_on(value, day) if is_dated(value) else on_day(value, day) for name, value in written.items()}
    return {name: value for name, value in plain.items() if value is not None or not is_dated(written[name])}


def _value_on(dated: Entry, day: date) -> Any:
    begun = [key for key in sorted(dated) if key <= day.isoformat()]
    return on_day(dated[begun[-1] if begun else min(dated)], day)


def _is_in_force(one: Any, day: date) -> bool:
    if isinstance(one, dict) and _REVISED_ON in one:
        return not one[_REVISED_ON] or bool(one[_REVISED_ON] <= day.isoformat())
    if not isinstance(one, dict) or not any(key in one for key in _IN_FORCE_ONLY):
        return True
    first, last = one.get("valid_from"), one.get("valid_to")
    return (not first or first <= day.isoformat()) and (not last or day.isoformat() <= last)


def _is_day(text: Any) -> bool:
    try:
        date.fromisoformat(text)
    except (TypeError, ValueError):
        return False
    return True


def amended(written: Entry, then: Entry, asked: Entry, since: date | None) -> Entry:
    """
    An entry with what an edit asks for, fields in the edit's order; what did not change stays as it is written.

    Args:
        written: The entry with its days.
        then: The same as it was shown to whoever edited it.
        asked: As edited.
        since: From this day on a changed fact is another; None: it was wrong since ever.
    """
    kind = next(key for key in DATED_FIELDS if key in written)
    kept = {name: value for name, value in written.items() if name in ("valid_from", "valid_to")}
    changed = {
        name: written[name] if name in written and then.get(name) == value else value for name, value in asked.items()
    }
    gone = {name: None for name in then if name not in asked and name not in kept}
    if since is None:
        return {**changed, **kept}
    for name, value in {**changed, **gone}.items():
        if then.get(name) != asked.get(name) and name in DATED_FIELDS[kind]:
            earlier = written.get(name)
            before: Entry = (
                earlier if isinstance(earlier, dict) and is_dated(earlier) else {date.min.isoformat(): earlier}
            )
            changed[name] = {**before, since.isoformat(): value}
    return {**changed, **kept}


def _with_days(value: Any) -> Entry:
    return value if isinstance(value, dict) and is_dated(value) else {date.min.isoformat(): value}
