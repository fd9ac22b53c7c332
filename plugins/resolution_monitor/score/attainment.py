"""How much of a target is attained: one vectorised function per kind of indicator.

Source: docs/method.md, clause 2.3. Arrays of float64; NaN is null. Nothing is rounded here.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

PUBLISHED_CEILING = 1.20
OVERSPEND_TOLERANCE = 0.005
_EPSILON = 1e-9


@dataclass(frozen=True, slots=True)
class Attainment:
    """
    What one kind's rule gives, element by element.

    Attributes:
        fraction: a, the attained fraction within the kind's limits; NaN where a problem stands.
        ratio: The same before any limit; NaN likewise.
        scale: D, what one whole is, in the indicator's unit.
        tolerance: δ, the fraction below zero that is still no fall: one step of the indicator, or 0.
        multiplier: μ, below 1 where more was spent than planned.
        problem: "" or NO_TARGET, BAD_TARGET, NO_VALUE: the first test that failed.
        is_overspent: More than half a percent above the plan.
        is_regressed: Below the start by more than one step.
    """

    fraction: Floats
    ratio: Floats
    scale: Floats
    tolerance: Floats
    multiplier: Floats
    problem: NDArray[np.str_]
    is_overspent: Flags
    is_regressed: Flags

    @property
    def published_pct(self) -> Floats:
        """A, in percent, between 0 and 120."""
        return 100.0 * np.clip(self.fraction, 0.0, PUBLISHED_CEILING)

    def flags(self) -> list[str]:
        """The flags of each element, alphabetical, joined by "|"; a problem stands alone."""
        named = zip(self.problem, self.is_overspent, self.is_regressed, strict=True)
        return [
            str(problem) or "|".join(name for name, held in (("OVERSPEND", over), ("REGRESSION", fell)) if held)
            for problem, over, fell in named
        ]


def cumulative(observed: Floats, target: Floats, baseline: Floats, min_step: Floats) -> Attainment:
    """
    A total that grows through the period: (V - b) / (VT - b), between -1 and 2.

    Args:
        observed: V at the period's end; zero is data, NaN is no value.
        target: VT.
        baseline: b, zero where the count starts from nothing.
        min_step: The indicator's measurement step, above zero.

    Source: docs/method.md, clause 2.3, kind cum.
    """
    scale = target - baseline
    problem = _first_problem(
        no_target=np.isnan(target),
        bad_target=(scale <= _EPSILON) | ~(min_step > 0),
        no_value=np.isnan(observed),
    )
    usable = problem == ""
    ratio = np.where(usable, _divide(observed - baseline, scale), np.nan)
    fraction = np.clip(ratio, -1.0, 2.0)
    tolerance = _divide(min_step, scale)
    return Attainment(
        fraction=fraction,
        ratio=ratio,
        scale=np.where(usable, scale, np.nan),
        tolerance=np.where(usable, tolerance, np.nan),
        multiplier=np.ones_like(target),
        problem=problem,
        is_overspent=np.zeros(target.shape, dtype=bool),
        is_regressed=usable & (fraction < -tolerance - _EPSILON),
    )


def disbursement(observed: Floats, target: Floats, baseline: Floats, min_step: Floats) -> Attainment:
    """
    Money paid against the plan: r = paid / plan; spending above the plan earns nothing and costs the excess.

    `baseline` and `min_step` belong to the common signature of kinds and play no part.

    Source: docs/method.md, clause 2.3, kind disb.
    """
    problem = _first_problem(
        no_target=np.isnan(target),
        bad_target=target <= _EPSILON,
        no_value=np.isnan(observed),
    )
    usable = problem == ""
    ratio = np.where(usable, _divide(observed, target), np.nan)
    is_overspent = usable & (ratio > 1.0 + OVERSPEND_TOLERANCE + _EPSILON)
    fraction = np.clip(ratio, -1.0, 1.0)
    return Attainment(
        fraction=fraction,
        ratio=ratio,
        scale=np.where(usable, target, np.nan),
        tolerance=np.where(usable, 0.0, np.nan),
        multiplier=np.where(is_overspent, np.maximum(0.0, 2.0 - ratio), 1.0),
        problem=problem,
        is_overspent=is_overspent,
        is_regressed=usable & (fraction < -_EPSILON),
    )


Rule = Callable[[Floats, Floats, Floats, Floats], Attainment]

# Every kind that an indicator of the catalogue may name.
KINDS: dict[str, Rule] = {"cumulative": cumulative, "disbursement": disbursement}


def _first_problem(*, no_target: Flags, bad_target: Flags, no_value: Flags) -> NDArray[np.str_]:
    tests = [no_target, bad_target, no_value]
    return np.select(tests, ["NO_TARGET", "BAD_TARGET", "NO_VALUE"], default="")


def _divide(numerator: Floats, denominator: Floats) -> Floats:
    """NaN instead of a warning where the denominator is zero; such elements carry a problem anyway."""
    safe = np.where(denominator == 0, np.nan, denominator)
    return np.asarray(numerator / safe, dtype=np.float64)
