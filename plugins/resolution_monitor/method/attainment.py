"""How much of a target is attained: what every kind's rule takes and gives.

Source: docs/method.md, clause 2.3. Arrays of float64; NaN is null. Nothing is rounded here.
"""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from resolution_monitor.method.arrays import Flags, Floats, Texts, Whole, below, nulls

PUBLISHED_CEILING = 1.20

ORDINARY = "ordinary"
MAINTAIN = "maintain"
BAND = "band"
STEPS = "steps"

# How an indicator is judged follows from how it was measured.
CLASS_OF_MODE = {ORDINARY: "lag", MAINTAIN: "nolag", BAND: "nolag", STEPS: "deliverable"}

PROBLEMS = ("NO_TARGET", "BAD_TARGET", "NO_VALUE", "DEN_ZERO", "NO_BASELINE")
FLAG_NAMES = ("DONE_NO_EVIDENCE", "OVERSPEND", "REGRESSION", "SELF_BASELINE")


@dataclass(frozen=True, slots=True)
class Reading:
    """
    What is known of indicators of one kind; one element per indicator and body, in the indicator's unit.

    Attributes:
        observed: V; for growth the compounded index, see kinds.growth.compounded.
        target: VT; for growth the yearly rate wanted, g*.
        baseline: V0, or b of a total.
        min_step: The indicator's measurement step, above zero.
        sign: +1 where more is better, -1 where less is better.
        first_value: The accepted value of the first due period, which stands in for a missing baseline.
        low, high: Both ends of a band.
        numerator, denominator: Of a ratio.
        years: n, over which a growth target runs.
    """

    observed: Floats
    target: Floats
    baseline: Floats
    min_step: Floats
    sign: Floats
    first_value: Floats
    low: Floats
    high: Floats
    numerator: Floats
    denominator: Floats
    years: Floats

    @classmethod
    def of(cls, size: int, **known: Floats) -> Self:
        """A reading of `size` elements in which all that is not named is null, and more is better."""
        missing = {part.name: nulls(size) for part in fields(cls)}
        return cls(**{**missing, "sign": np.ones(size), **known})

    def rows(self, chosen: Whole) -> Self:
        """The reading of the chosen elements alone."""
        return type(self)(*(getattr(self, part.name)[chosen] for part in fields(self)))


@dataclass(frozen=True, slots=True)
class Attainment:
    """
    What one kind's rule gives, element by element.

    Attributes:
        fraction: a, the attained fraction within the kind's limits; NaN where a problem stands.
        ratio: The same before any limit; NaN likewise.
        scale: D, what one whole is, in the indicator's unit; NaN for steps.
        floor: e0, the fraction that is expected from the first day; NaN where a problem stands.
        tolerance: δ, the fraction below zero that is still no fall: one step of the indicator, or 0.
        multiplier: μ, below 1 where more was spent than planned.
        mode: ordinary, maintain, band or steps; "" where a problem stands.
        problem: "" or the first of PROBLEMS that holds.
        is_overspent: More than half a percent above the plan.
        is_regressed: Below the start by more than one step.
        is_self_baselined: Its own first due value is the baseline.
        is_unproven: Claimed as done, without accepted evidence.
    """

    fraction: Floats
    ratio: Floats
    scale: Floats
    floor: Floats
    tolerance: Floats
    multiplier: Floats
    mode: Texts
    problem: Texts
    is_overspent: Flags
    is_regressed: Flags
    is_self_baselined: Flags
    is_unproven: Flags

    @property
    def published_pct(self) -> Floats:
        """A, in percent, between 0 and 120."""
        return 100.0 * np.clip(self.fraction, 0.0, PUBLISHED_CEILING)

    def flags(self) -> list[str]:
        """The flags of each element, alphabetical, joined by "|"; a problem stands alone."""
        held = (self.is_unproven, self.is_overspent, self.is_regressed, self.is_self_baselined)
        code = sum((flag.astype(np.int64) << place for place, flag in enumerate(held)), np.zeros(len(self.mode), int))
        joined = [
            "|".join(name for place, name in enumerate(FLAG_NAMES) if number >> place & 1) for number in range(16)
        ]
        flags = np.array(joined, dtype=object)[code]
        is_problem = self.problem != ""
        flags[is_problem] = self.problem[is_problem]
        return [str(text) for text in flags]


@dataclass(frozen=True, slots=True)
class Measured:
    """What a kind hands to `settled`: its own arithmetic before problems and limits; see Attainment."""

    ratio: Floats
    lowest: Floats | float
    highest: Floats | float
    scale: Floats
    floor: Floats
    tolerance: Floats
    mode: Texts
    multiplier: Floats | None = None
    is_overspent: Flags | None = None
    is_self_baselined: Flags | None = None
    is_unproven: Flags | None = None


@dataclass(frozen=True, slots=True)
class Tests:
    """The five tests in their order; a kind that knows no such problem leaves it out."""

    no_target: Flags
    bad_target: Flags
    no_value: Flags
    den_zero: Flags | None = None
    no_baseline: Flags | None = None

    def first(self) -> Texts:
        """The first that fails, or ""."""
        none = np.zeros(self.no_target.shape, dtype=bool)
        tests = [self.no_target, self.bad_target, self.no_value, self.den_zero, self.no_baseline]
        return np.select([none if test is None else test for test in tests], list(PROBLEMS), default="")


def settled(measured: Measured, problem: Texts) -> Attainment:
    """
    The attainment within its limits; an element with a problem keeps nothing but the problem.

    Source: docs/method.md, clause 2.3, order of the tests and REGRESSION.
    """
    usable = problem == ""
    none = np.zeros(usable.shape, dtype=bool)
    ratio = np.where(usable, measured.ratio, np.nan)
    fraction = np.clip(ratio, measured.lowest, measured.highest)
    may_fall = (measured.mode == ORDINARY) | ((measured.mode == BAND) & (measured.floor == 0))
    multiplier = np.ones(usable.shape) if measured.multiplier is None else measured.multiplier
    return Attainment(
        fraction=fraction,
        ratio=ratio,
        scale=np.where(usable, measured.scale, np.nan),
        floor=np.where(usable, measured.floor, np.nan),
        tolerance=np.where(usable, measured.tolerance, np.nan),
        multiplier=np.where(usable, multiplier, 1.0),
        mode=np.where(usable, measured.mode, ""),
        problem=problem,
        is_overspent=usable & _or_none(measured.is_overspent, none),
        is_regressed=usable & may_fall & below(fraction, -measured.tolerance),
        is_self_baselined=usable & _or_none(measured.is_self_baselined, none),
        is_unproven=usable & _or_none(measured.is_unproven, none),
    )


def delivered(fraction: Floats, is_unproven: Flags, tests: Tests) -> Attainment:
    """The attainment of products: the share that is met, without a scale."""
    measured = Measured(
        ratio=fraction,
        lowest=0.0,
        highest=1.0,
        scale=np.full(fraction.shape, np.nan),
        floor=np.zeros(fraction.shape),
        tolerance=np.zeros(fraction.shape),
        mode=np.full(fraction.shape, STEPS),
        is_unproven=is_unproven,
    )
    return settled(measured, tests.first())


def _or_none(flags: Flags | None, none: Flags) -> Flags:
    return none if flags is None else flags
