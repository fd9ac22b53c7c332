"""A product that is done or not: an indicator reports it as 0 or 1, a task with its document."""

import numpy as np

from resolution_monitor.method.arrays import Flags
from resolution_monitor.method.attainment import Attainment, Tests, delivered
from resolution_monitor.method.formula import Formula
from resolution_monitor.method.kind import UP, Kind, MadeUp
from resolution_monitor.method.kinds import level
from resolution_monitor.method.scale import value_on_scale
from resolution_monitor.method.worked import WorkedRows


def binary(is_done: Flags, has_evidence: Flags) -> Attainment:
    """
    1 with accepted evidence, else 0: a claim alone counts nothing and is shown.

    Source: docs/method.md, clause 2.3, kind binary.
    """
    never = np.zeros(len(is_done), dtype=bool)
    tests = Tests(no_target=never, bad_target=never, no_value=never)
    return delivered(has_evidence.astype(np.float64), is_done & ~has_evidence, tests)


def worked(rows: WorkedRows) -> Attainment:
    """Worked cases write what is claimed and what is evidenced."""
    return binary(rows.flags("done"), rows.flags("evidence"))


def done_or_not(value: float, whole: int | None) -> MadeUp:
    """1 from the day it is done."""
    return MadeUp(float(value >= 1))


KIND = Kind(
    name="binary",
    directions=(UP,),
    unit="có/không",
    frequencies=None,
    grows=False,
    starts_at_zero=False,
    # It starts at 0, whatever was reported first.
    needs_baseline=False,
    has_parts=False,
    is_signed=False,
    is_compounded=False,
    is_product=True,
    # Reported as 0 or 1 it is a level between them.
    rule=level.level,
    value_at=value_on_scale,
    formulas={"nolag": Formula("0"), "e0": Formula("0"), "over": Formula("0"), "mu": Formula("1")},
    planned=None,
    words={},
    worked_names=("binary",),
    worked=worked,
    made_up=done_or_not,
)
