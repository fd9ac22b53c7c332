"""What a worked case of attainment gives its kind: the reading of its cells, and the JSON that is the kind's own.

Source: docs/method.md, clause 6. Empty is null.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from resolution_monitor.method.arrays import Flags, Floats
from resolution_monitor.method.attainment import Attainment, Reading
from resolution_monitor.method.limits import METHOD, Limits


def value(written: Any) -> float:
    """A number as written; NaN for null or a missing key. An infinite one is no number of a worked case."""
    number = float("nan") if written is None else float(written)
    if math.isinf(number):
        raise ValueError(f"{written} is not a finite number")
    return number


def values(objects: Sequence[Mapping[str, Any]], key: str) -> Floats:
    """One number of each JSON object."""
    return np.array([value(each.get(key)) for each in objects], dtype=np.float64)


def padded(lists: Sequence[Sequence[Any] | None], convert: Callable[[Any], float] = value) -> Floats:
    """Lists of unequal length as one array, one row a list; NaN after the last entry."""
    filled = [entries or [] for entries in lists]
    result = np.full((len(filled), max((len(entries) for entries in filled), default=0)), np.nan)
    for number, entries in enumerate(filled):
        result[number, : len(entries)] = [convert(entry) for entry in entries]
    return result


@dataclass(frozen=True, slots=True)
class WorkedRows:
    """
    Worked cases of one kind.

    Attributes:
        inputs: The JSON object of each row.
        reading: What every kind is given: target, baseline, step, direction, ends; without a figure.
    """

    inputs: Sequence[Mapping[str, Any]]
    reading: Reading

    def numbers(self, key: str) -> Floats:
        return values(self.inputs, key)

    def flags(self, key: str) -> Flags:
        return np.array([bool(each.get(key)) for each in self.inputs], dtype=bool)

    def lists(self, key: str) -> list[Sequence[Any]]:
        return [each.get(key) or [] for each in self.inputs]


def by_value(rule: Callable[[Reading, Limits], Attainment]) -> Callable[[WorkedRows], Attainment]:
    """The reader of kinds whose figure is written as it is, as V."""
    return lambda rows: rule(replace(rows.reading, observed=rows.numbers("V")), METHOD)
