"""Indicators of many kinds at once, each by the rule of its kind.

Source: docs/method.md, clause 2.3. Tasks in steps have rules of their own in steps.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from resolution_monitor.method.arrays import Flags, Floats, Texts, fill, nulls
from resolution_monitor.method.attainment import CLASS_OF_MODE, Attainment, Reading
from resolution_monitor.method.kind import Kind
from resolution_monitor.method.limits import METHOD, Limits
from resolution_monitor.method.registry import kinds as known_kinds
from resolution_monitor.score.rules.situation import LAG


@dataclass(frozen=True, slots=True)
class Frame:
    """
    How indicators are judged, whether or not a value has come.

    Attributes:
        judged_as: lag or nolag.
        floor: e0.
        tolerance: δ.
    """

    judged_as: Texts
    floor: Floats
    tolerance: Floats


def attain(kinds: Texts, reading: Reading, limits: Limits = METHOD) -> Attainment:
    """
    The attainment of indicators of many kinds at once, each by the rule of its kind.

    Args:
        kinds: One name per element; each must be a key of registry.kinds.
    """
    names = [str(name) for name in np.unique(kinds)]
    if len(names) <= 1:
        return known_kinds()[names[0] if names else "level"].rule(reading, limits)
    places = [np.flatnonzero(kinds == name) for name in names]
    parts = [known_kinds()[name].rule(reading.rows(place), limits) for name, place in zip(names, places, strict=True)]
    order = np.argsort(np.concatenate(places))
    merged: dict[str, Any] = {
        column.name: np.concatenate([getattr(part, column.name) for part in parts])[order]
        for column in fields(Attainment)
    }
    return Attainment(**merged)


def frame_of(kinds: Texts, reading: Reading, limits: Limits = METHOD) -> Frame:
    """
    Class, e0 and δ, which hang on target, baseline and step alone; a silent indicator needs them too.

    Where they cannot be computed yet the class is lag and nothing is allowed for.
    """
    any_value = replace(
        reading,
        observed=fill(reading.observed, 1.0),
        numerator=np.zeros(len(kinds)),
        denominator=np.ones(len(kinds)),
    )
    found = attain(kinds, any_value, limits)
    judged_as = np.full(len(kinds), LAG, dtype="<U11")
    for mode, name in CLASS_OF_MODE.items():
        judged_as[found.mode == mode] = name
    return Frame(judged_as=judged_as, floor=fill(found.floor, 0.0), tolerance=fill(found.tolerance, 0.0))


def values_at(kinds: Texts, aim: Reading, scale: Floats, fraction: Floats) -> Floats:
    """The figures at which these fractions are attained, the rules read backwards; NaN where a band has two."""
    found = nulls(len(kinds))
    for name in map(str, np.unique(kinds)):
        value_at, place = known_kinds()[name].value_at, np.flatnonzero(kinds == name)
        if value_at is not None:
            found[place] = value_at(aim.rows(place), scale[place], fraction[place])
    return found


def which(kinds: Texts, holds: Callable[[Kind], bool]) -> Flags:
    """Of which elements something holds that their kind says."""
    return np.isin(kinds, [name for name, kind in known_kinds().items() if holds(kind)])
