"""One figure per agency: delivery D, timeliness S and reporting R as a weighted geometric mean.

Source: docs/method.md, clause 2.8. NaN is null.
"""

from dataclasses import dataclass

import numpy as np

from resolution_monitor.method.arrays import Flags, Floats, Texts, Whole, divide, fill, sum_per_group
from resolution_monitor.method.limits import METHOD, Limits
from resolution_monitor.score.rules.situation import Status


@dataclass(frozen=True, slots=True)
class Duties:
    """
    The indicators of agencies; one element per agency and indicator.

    Attributes:
        agency: Row number of the agency.
        status: Codes of Status.
        progress, timeliness: P and S, of a silent indicator the last ones known.
        missed: m.
        weight: Of the indicator.
        is_lead: Leads; else it coordinates.
        parent: Number of what it is a child of; -1 of what stands alone.
        parent_weight: The weight that children of one parent share; NaN of what stands alone.
    """

    agency: Whole
    status: Texts
    progress: Floats
    timeliness: Floats
    missed: Whole
    weight: Floats
    is_lead: Flags
    parent: Whole
    parent_weight: Floats

    @property
    def is_rated(self) -> Flags:
        return ~np.isin(self.status, [Status.UNRATED.value, Status.NOT_STARTED.value])


@dataclass(frozen=True, slots=True)
class Shares:
    """
    What duties weigh in the means of their agencies, and what weighs as one.

    Children of one parent that one agency leads, or helps, are one whole: however many they are, they weigh as their
    parent. Each other duty is a whole of its own.

    Attributes:
        weight: Of each duty, role included; 0 where it is outside the means.
        whole: Number of the whole of each duty.
        agency: Of each whole.
        whole_weight: Of each whole.
    """

    weight: Floats
    whole: Whole
    agency: Whole
    whole_weight: Floats

    def means(self, values: Floats) -> Floats:
        """The mean of each whole; null where nothing of it is rated."""
        return divide(sum_per_group(self.whole, self.weight * values, len(self.agency)), self.whole_weight)


@dataclass(frozen=True, slots=True)
class Composite:
    """One end (LOW or HIGH) of each agency, unshrunk; all null where nothing is rated."""

    delivery: Floats
    timeliness: Floats
    composite: Floats
    arithmetic: Floats


@dataclass(frozen=True, slots=True)
class AgencyScores:
    """
    Both ends of each agency, and what its duties come to.

    Attributes:
        effective_count: n_eff, the number of equal weights that its wholes are worth.
        shares: The weights that all of it is made with.
    """

    low: Composite
    high: Composite
    effective_count: Floats
    shares: Shares


def shares_of(duties: Duties, limits: Limits = METHOD) -> Shares:
    """
    Weight times role; children of one parent share their parent's, so that splitting a task changes nothing.

    The share is taken among the rated duties of one agency in one role: what others do of the same parent neither adds
    to an agency's duty nor takes from it.

    Source: docs/method.md, clause 2.8.
    """
    role = np.where(duties.is_lead, 1.0, limits.coordinating_weight)
    counted = np.where(duties.is_rated, duties.weight * role, 0.0)
    is_child = duties.parent >= 0
    parents = int(duties.parent.max(initial=0)) + 1
    alone = np.arange(len(role)) + (int(duties.agency.max(initial=0)) + 1) * 2 * parents
    key = np.where(is_child, (duties.agency * 2 + duties.is_lead) * parents + duties.parent, alone)
    _, first, whole = np.unique(key, return_index=True, return_inverse=True)
    together = sum_per_group(whole, counted, len(first))[whole]
    shared = fill(divide(counted, together), 0.0) * duties.parent_weight * role
    weight = np.where(is_child, shared, counted)
    return Shares(weight, whole, duties.agency[first], sum_per_group(whole, weight, len(first)))


def score_agencies(duties: Duties, reporting: Floats, limits: Limits = METHOD) -> AgencyScores:
    """
    C of every agency: what is silent counts 0 at the low end and its last points at the high end.

    Args:
        reporting: R, one per agency; null where it owed no report.
    """
    is_closed = np.isin(duties.status, [Status.DONE.value, Status.DONE_LATE.value])
    unknown = np.isnan(duties.progress) | np.isnan(duties.timeliness)
    is_silent = ~is_closed & ((duties.missed >= 1) | (duties.status == Status.NO_DATA.value))
    shares = shares_of(duties, limits)
    progress, timeliness = fill(duties.progress, 0.0), fill(duties.timeliness, 0.0)
    is_zero = is_silent | unknown
    means = _Means(duties.agency, shares.weight, len(reporting))
    return AgencyScores(
        low=_composite(
            (means.of(np.where(is_zero, 0.0, progress)), means.of(np.where(is_zero, 0.0, timeliness))),
            reporting,
            limits,
        ),
        high=_composite((means.of(progress), means.of(timeliness)), reporting, limits),
        effective_count=_effective_count(shares, len(reporting)),
        shares=shares,
    )


def _effective_count(shares: Shares, agencies: int) -> Floats:
    weights, squares = (sum_per_group(shares.agency, shares.whole_weight**power, agencies) for power in (1, 2))
    return divide(weights**2, squares)


@dataclass(frozen=True, slots=True)
class _Means:
    """Weighted means per agency; null where the weights of an agency come to nothing."""

    agency: Whole
    weight: Floats
    agencies: int

    def of(self, points: Floats) -> Floats:
        return divide(self._sum(self.weight * points), self._sum(self.weight))

    def _sum(self, values: Floats) -> Floats:
        return sum_per_group(self.agency, values, self.agencies)


def _composite(means: tuple[Floats, Floats], reporting: Floats, limits: Limits) -> Composite:
    """Pillars below 1 count as 1; without R its share goes to the other two."""
    delivery, timeliness = means
    is_rated = ~np.isnan(delivery)
    has_reports = ~np.isnan(reporting)
    whole = np.where(has_reports, 1.0, 1.0 - limits.reporting_weight)
    shares = (
        limits.delivery_weight / whole,
        limits.timeliness_weight / whole,
        np.where(has_reports, limits.reporting_weight, 0.0),
    )
    floor = limits.pillar_floor
    pillars = [np.maximum(fill(pillar, floor), floor) for pillar in (delivery, timeliness, reporting)]
    logs = sum((share * np.log(pillar) for share, pillar in zip(shares, pillars, strict=True)), np.zeros(len(whole)))
    sums = sum((share * pillar for share, pillar in zip(shares, pillars, strict=True)), np.zeros(len(whole)))
    return Composite(
        delivery=delivery,
        timeliness=timeliness,
        composite=np.where(is_rated, np.exp(logs), np.nan),
        arithmetic=np.where(is_rated, sums, np.nan),
    )


def pooled_variance(points: Floats, agency: Whole, delivery: Floats) -> float:
    """
    σ²: how far LOW P of indicators lies from D of their agency, pooled; NaN with one indicator per agency at most.

    Source: docs/method.md, clause 5, tiers.
    """
    rated = ~np.isnan(points)
    counts = np.bincount(agency[rated], minlength=len(delivery))
    freedom = float(np.maximum(counts - 1, 0).sum())
    squares = float(((points[rated] - delivery[agency[rated]]) ** 2).sum())
    return squares / freedom if freedom else float("nan")
