"""The table of kinds: which rule measures an indicator that names its kind in the catalogue.

Source: docs/method.md, clause 2.3. Products in steps (binary, milestones) have rules of their own in steps.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from resolution_monitor.score.rules.arrays import Floats, Texts, fill
from resolution_monitor.score.rules.attainment import CLASS_OF_MODE, Attainment, Reading
from resolution_monitor.score.rules.attainment_level import band, growth, level, ratio
from resolution_monitor.score.rules.attainment_total import cumulative, disbursement
from resolution_monitor.score.rules.limits import METHOD, Limits
from resolution_monitor.score.rules.situation import LAG

Rule = Callable[[Reading, Limits], Attainment]

# Every kind of measured indicator that the catalogue may name.
KINDS: dict[str, Rule] = {
    "level": level,
    "ratio": ratio,
    "band": band,
    "growth": growth,
    "cumulative": cumulative,
    "disbursement": disbursement,
}


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
        kinds: One name per element; each must be in KINDS.
    """
    names = [str(name) for name in np.unique(kinds)]
    if len(names) <= 1:
        return KINDS[names[0] if names else "level"](reading, limits)
    places = [np.flatnonzero(kinds == name) for name in names]
    parts = [KINDS[name](reading.rows(place), limits) for name, place in zip(names, places, strict=True)]
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
        observed=fill(reading.observed, 0.0),
        numerator=np.zeros(len(kinds)),
        denominator=np.ones(len(kinds)),
    )
    found = attain(kinds, any_value, limits)
    judged_as = np.full(len(kinds), LAG, dtype="<U11")
    for mode, name in CLASS_OF_MODE.items():
        judged_as[found.mode == mode] = name
    return Frame(judged_as=judged_as, floor=fill(found.floor, 0.0), tolerance=fill(found.tolerance, 0.0))
