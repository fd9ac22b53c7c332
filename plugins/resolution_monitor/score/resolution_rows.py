"""What indicators and tasks have in common as rows of the leaves' table: who, where, and how sure the catalogue is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas

from resolution_monitor.catalogue.entries import Catalogue, Indicator, Task
from resolution_monitor.ledger.items import ItemKind
from resolution_monitor.score.arrays import Floats, Texts, Whole
from resolution_monitor.score.resolution_known import with_holders

PROXY = "proxy"
SOURCE_COLUMNS = ("submission_id", "sheet", "cell")


@dataclass(frozen=True, slots=True)
class Assigned:
    """
    One leaf to be: an indicator or task with a body that answers for it.

    Attributes:
        share: Of the entry's weight: what many bodies report weighs as one.
    """

    entry: Indicator | Task
    agency_id: str
    share: float = 1.0


def base_rows(catalogue: Catalogue, moment: datetime, assigned: Sequence[Assigned]) -> pandas.DataFrame:
    """One row each, in their order: item, body of the moment, place in both trees, confidence and weight."""
    rows = [
        {
            "item_kind": (ItemKind.TASK if isinstance(one.entry, Task) else ItemKind.INDICATOR).value,
            "item_id": one.entry.task_id if isinstance(one.entry, Task) else one.entry.indicator_id,
            "agency_id": one.agency_id,
            "resolution": one.entry.resolution,
            "parent_task": one.entry.parent if isinstance(one.entry, Task) else None,
            "confidence": one.entry.confidence,
            "is_proxy": one.entry.confidence == PROXY,
            "weight": one.entry.weight * one.share,
        }
        for one in assigned
    ]
    columns = ["item_kind", "item_id", "agency_id", "resolution", "parent_task", "confidence", "is_proxy", "weight"]
    frame = with_holders(catalogue, pandas.DataFrame(rows, columns=columns), moment)
    bodies = [catalogue.bodies[agency_id] for agency_id in frame["agency_id"]]
    places: dict[str, Any] = {"block": [body.block for body in bodies], "province": [body.parent for body in bodies]}
    return frame.assign(**places)


def dates(days: Floats) -> list[date | None]:
    """Day numbers as dates; None for null."""
    return [None if np.isnan(day) else date.fromordinal(int(day)) for day in days]


def joined_flags(*flags: Iterable[str]) -> list[str]:
    """The flags of each row from several sources, alphabetical, joined by "|"."""
    return [
        "|".join(sorted(flag for each in row for flag in each.split("|") if flag)) for row in zip(*flags, strict=True)
    ]


def texts_or_none(texts: Texts) -> list[str | None]:
    """Texts with None where there is none."""
    return [str(text) or None for text in texts]


def taken(values: pandas.Series, entry: Whole) -> list[object]:
    """The values at these places; None for -1 and for what is not known."""
    found = values.reset_index(drop=True).reindex(entry).astype(object)
    return list(found.where(found.notna(), None))
