"""What an analyst's tables would change, and whose scores that touches."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from resolution_monitor.catalogue.entries import Catalogue, Indicator, Task
from resolution_monitor.catalogue.sheets import SHEETS, Cell, Record, Tables

ADDED, CHANGED, ENDED = "added", "changed", "ended"
Noun = TypeVar("Noun", Indicator, Task)

# Fields that a score is computed from; a change of any other field leaves every score as it is.
_OF_INDICATOR = (
    "targets",
    "baseline",
    "weight",
    "lead",
    "kind",
    "direction",
    "min_step",
    "t0",
    "trajectory",
    "revisions",
)
_OF_TASK = ("lead", "lead_group", "coordinating", "due_on", "is_due_assumed", "weight", "parent")


@dataclass(frozen=True, slots=True)
class Change:
    """One entry added or ended, or one field of it changed; values as the tables show them."""

    kind: str
    sheet: str
    entry: str
    field: str | None = None
    old: Cell = None
    new: Cell = None


@dataclass(frozen=True, slots=True)
class TouchedScore:
    """
    A score that will be another once the change holds.

    Attributes:
        bodies: agency_ids that report or lead it, before or after.
        because: Fields that changed; "added" or "ended" for a whole entry.
    """

    level: str
    entry: str
    resolution: str | None
    because: tuple[str, ...]
    bodies: tuple[str, ...]


def changes_between(old: Tables, new: Tables) -> list[Change]:
    """Every difference, sheet by sheet in the order of the old tables, additions last."""
    return [change for sheet in SHEETS for change in _of_sheet(sheet, old[sheet], new[sheet])]


def _of_sheet(sheet: str, old: list[Record], new: list[Record]) -> Iterator[Change]:
    layout = SHEETS[sheet]
    before, after = _by_key(sheet, old), _by_key(sheet, new)
    for key, record in before.items():
        if key not in after:
            yield Change(ENDED, sheet, key)
            continue
        for name in layout.columns:
            if record[name] != after[key][name]:
                yield Change(CHANGED, sheet, key, name, record[name], after[key][name])
    yield from (Change(ADDED, sheet, key) for key in after if key not in before)


def _by_key(sheet: str, records: Iterable[Record]) -> dict[str, Record]:
    return {" ".join(str(record[name]) for name in SHEETS[sheet].key): record for record in records}


def touched_scores(old: Catalogue, new: Catalogue) -> list[TouchedScore]:
    """Indicators and tasks whose own score changes; their resolution's and their bodies' follow from them."""

    def reporters(indicator: Indicator) -> set[str]:
        return {*old.reporters_of(indicator), *new.reporters_of(indicator)}

    def answering(task: Task) -> set[str]:
        return {*([task.lead] if task.lead else []), *task.coordinating}

    touched = []
    for name, one, other in _differing(old.indicators, new.indicators):
        bodies = {body for entry in (one, other) if entry for body in reporters(entry)}
        touched.append(_touched("indicator", name, one, other, _OF_INDICATOR, bodies))
    for name, before, after in _differing(old.tasks, new.tasks):
        bodies = {body for entry in (before, after) if entry for body in answering(entry)}
        touched.append(_touched("task", name, before, after, _OF_TASK, bodies))
    return [score for score in touched if score.because]


def _differing(old: dict[str, Noun], new: dict[str, Noun]) -> Iterator[tuple[str, Noun | None, Noun | None]]:
    for name in dict.fromkeys([*old, *new]):
        if old.get(name) != new.get(name):
            yield name, old.get(name), new.get(name)


def _touched(
    level: str, name: str, old: Noun | None, new: Noun | None, names: tuple[str, ...], bodies: set[str]
) -> TouchedScore:
    if old is None or new is None:
        because: tuple[str, ...] = (ADDED if old is None else ENDED,)
    else:
        because = tuple(field for field in names if getattr(old, field) != getattr(new, field))
    entry = new or old
    return TouchedScore(level, name, entry.resolution if entry else None, because, tuple(sorted(bodies)))
