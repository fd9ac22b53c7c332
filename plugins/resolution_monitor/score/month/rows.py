"""What indicators and tasks have in common as rows of assignments: who, where, and how sure the catalogue is."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas

from resolution_monitor.catalogue.entries import Catalogue, Indicator, Task
from resolution_monitor.ledger.items import ItemKind
from resolution_monitor.method.arrays import Flags, Floats, Texts, Whole

PROXY = "proxy"
SOURCE_COLUMNS = ("submission_id", "sheet", "cell")


@dataclass(frozen=True, slots=True)
class Assigned:
    """
    Assignments to be: indicators or tasks with the bodies that answer for them.

    Attributes:
        entries: Each once.
        entry: Of each assignment the place of its entry.
        agency_id: Of each assignment its body.
        share: Of the entry's weight: what many bodies report weighs as one.
    """

    entries: Sequence[Indicator | Task]
    entry: Whole
    agency_id: Sequence[str]
    share: Floats

    @classmethod
    def of(cls, entries: Sequence[Indicator | Task], bodies: Sequence[Sequence[str]]) -> "Assigned":
        """Every entry with the bodies that share it."""
        count = np.array([len(agency_ids) for agency_ids in bodies], dtype=np.int64)
        entry = np.repeat(np.arange(len(entries)), count)
        agency_id = [key for agency_ids in bodies for key in agency_ids]
        return cls(entries, entry, agency_id, 1.0 / count[entry])

    def among(self, bodies: Collection[str] | None) -> "Assigned":
        """The assignments of these bodies alone; None leaves all."""
        if bodies is None:
            return self
        chosen = np.array([number for number, key in enumerate(self.agency_id) if key in bodies], dtype=np.int64)
        return Assigned(
            self.entries, self.entry[chosen], [self.agency_id[number] for number in chosen], self.share[chosen]
        )


def base_rows(catalogue: Catalogue, assigned: Assigned) -> pandas.DataFrame:
    """One row each, in their order: item, body, place in both trees, confidence and weight."""
    entries, entry = assigned.entries, assigned.entry
    weight = np.array([one.weight for one in entries], dtype=np.float64)[entry] * assigned.share
    codes, agency_ids = pandas.factorize(np.array(assigned.agency_id, dtype=object))
    bodies = [catalogue.bodies[agency_id] for agency_id in agency_ids]
    return pandas.DataFrame(
        {
            "item_kind": _each([_kind_of(one).value for one in entries], entry),
            "item_id": _each([one.task_id if isinstance(one, Task) else one.indicator_id for one in entries], entry),
            "agency_id": _each(list(agency_ids), codes),
            "resolution": _each([one.resolution for one in entries], entry),
            "parent_task": _each([one.parent if isinstance(one, Task) else None for one in entries], entry),
            "confidence": _each([one.confidence for one in entries], entry),
            "is_proxy": np.array([one.confidence == PROXY for one in entries], dtype=bool)[entry],
            "weight": weight,
            "block": _each([body.block for body in bodies], codes),
            "province": _each([body.parent for body in bodies], codes),
        }
    )


def before_bodies(catalogue: Catalogue, agency_ids: Iterable[str]) -> Flags:
    """Where a body begins after the day: nothing was ever due of it, and that is no good news."""
    begins = {key: body.valid_from for key, body in catalogue.bodies.items() if body.valid_from is not None}
    return np.array([key in begins and begins[key] > catalogue.day for key in agency_ids], dtype=bool)


def _kind_of(entry: Indicator | Task) -> ItemKind:
    return ItemKind.TASK if isinstance(entry, Task) else ItemKind.INDICATOR


def _each(values: Sequence[object], places: Whole) -> pandas.Series:
    """The values at these places, as objects."""
    return pandas.Series(objects(values)[places], dtype=object)


def objects(values: Iterable[object]) -> np.ndarray:
    """The values as they are, one element each."""
    listed = list(values)
    plain = np.empty(len(listed), dtype=object)
    plain[:] = listed
    return plain


def joined_flags(*flags: Iterable[str]) -> list[str]:
    """The flags of each row from several sources, alphabetical, joined by "|"."""
    return [
        "|".join(sorted(flag for each in row for flag in each.split("|") if flag)) for row in zip(*flags, strict=True)
    ]


def texts_or_none(texts: Texts) -> np.ndarray:
    """Texts with None where there is none."""
    plain = texts.astype(object)
    plain[texts == ""] = None
    return plain


def taken(values: pandas.Series, entry: Whole) -> np.ndarray:
    """The values at these places; None for -1 and for what is not known."""
    plain: np.ndarray = objects([*values, None])[entry]
    plain[pandas.isna(plain)] = None
    return plain
