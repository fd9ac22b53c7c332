"""Products that are delivered in steps: what is met, what was due, and how late the oldest open step is.

Source: docs/method.md, clauses 2.3 (miles), 2.4 and 2.5 (deliverable).
"""

from dataclasses import dataclass

import numpy as np

from resolution_monitor.method.arrays import EPSILON, Flags, Floats, above, divide
from resolution_monitor.method.attainment import Attainment, Tests, delivered


@dataclass(frozen=True, slots=True)
class Steps:
    """
    The steps of many products: one row per product, one column per step, in order of due day.

    A row with fewer steps ends in columns without day, of weight 0 and without evidence. Days count from any one
    origin per row.

    Attributes:
        due_day: The day by which it is due.
        weight: Its share of the product, in any unit.
        met_day: The legal date of its document as claimed; NaN where nothing is claimed.
        has_evidence: Whether the evidence was accepted.
    """

    due_day: Floats
    weight: Floats
    met_day: Floats
    has_evidence: Flags

    def in_order(self) -> "Steps":
        """The same steps, each row in order of due day; steps of one day stay as they were given."""
        order = np.argsort(self.due_day, axis=1, kind="stable")
        return Steps(
            due_day=np.take_along_axis(self.due_day, order, axis=1),
            weight=np.take_along_axis(self.weight, order, axis=1),
            met_day=np.take_along_axis(self.met_day, order, axis=1),
            has_evidence=np.take_along_axis(self.has_evidence, order, axis=1),
        )

    def rows(self, chosen: Flags) -> "Steps":
        """The steps of the chosen rows."""
        parts = (self.due_day, self.weight, self.met_day)
        due_day, weight, met_day = (part[chosen] for part in parts)
        return Steps(due_day, weight, met_day, self.has_evidence[chosen])

    def is_met(self, day: Floats) -> Flags:
        """Whether accepted evidence is dated on or before the day."""
        return self.has_evidence & (self.met_day <= day[:, None])


@dataclass(frozen=True, slots=True)
class Delivery:
    """
    Where products stand on a day; NaN where the weights are unusable.

    Attributes:
        fraction: a, the weight that is met.
        expected: E, the weight that was due before the day.
        due_fraction: a_due, the part of E that is met.
        lag_days: Days since the oldest open due step, or minus the days by which the unbroken run is ahead.
        achieved_day: The latest legal date among the met steps; NaN while none is met.
    """

    fraction: Floats
    expected: Floats
    due_fraction: Floats
    lag_days: Floats
    achieved_day: Floats


def milestones(steps: Steps, day: Floats) -> Attainment:
    """
    The weight of the steps that are met with evidence dated up to the day, over the weight of all.

    Source: docs/method.md, clause 2.3, kind miles.
    """
    rows = len(day)
    never = np.zeros(rows, dtype=bool)
    tests = Tests(no_target=never, bad_target=_is_unusable(steps), no_value=never)
    is_unproven = np.asarray((~np.isnan(steps.met_day) & ~steps.has_evidence).any(axis=1))
    return delivered(_share(steps, steps.is_met(day)), is_unproven, tests)


def delivery_on(steps: Steps, day: Floats) -> Delivery:
    """
    Progress and lag of products on a day; a step is due from the day after its due day.

    Args:
        steps: In order of due day.
        day: One per product, from the origin of the product's steps.

    Source: docs/method.md, clauses 2.4 and 2.5.
    """
    is_met, is_due = steps.is_met(day), steps.due_day < day[:, None]
    unusable = _is_unusable(steps)
    oldest_open = np.where(is_due & ~is_met, steps.due_day, np.inf).min(axis=1, initial=np.inf)
    in_run = np.logical_and.accumulate(is_met, axis=1) & ~np.isnan(steps.due_day)
    run_end = np.where(in_run, steps.due_day, -np.inf).max(axis=1, initial=-np.inf)
    ahead = np.where(np.isinf(run_end), 0.0, np.minimum(0.0, day - run_end))
    lag = np.where(np.isinf(oldest_open), ahead, day - oldest_open)
    achieved = np.where(is_met, steps.met_day, -np.inf).max(axis=1, initial=-np.inf)
    return Delivery(
        fraction=np.where(unusable, np.nan, _share(steps, is_met)),
        expected=np.where(unusable, np.nan, _share(steps, is_due)),
        due_fraction=np.where(unusable, np.nan, _share(steps, is_due & is_met)),
        lag_days=np.where(unusable, np.nan, lag),
        achieved_day=np.where(np.isinf(achieved), np.nan, achieved),
    )


def _is_unusable(steps: Steps) -> Flags:
    """No weight at all, a negative or an unknown one."""
    return np.asarray(~above(steps.weight.sum(axis=1), 0.0) | (steps.weight < -EPSILON).any(axis=1))


def _share(steps: Steps, counted: Flags) -> Floats:
    return divide(np.where(counted, steps.weight, 0.0).sum(axis=1), steps.weight.sum(axis=1))
