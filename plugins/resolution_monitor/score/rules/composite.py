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
    """

    agency: Whole
    status: Texts
    progress: Floats
    timeliness: Floats
    missed: Whole
    weight: Floats
    is_lead: Flags


@dataclass(frozen=True, slots=True)
class Composite:
    """One end (LOW or HIGH) of each agency, unshrunk; all null where nothing is rated."""

    delivery: Floats
    timeliness: Floats
    composite: Floats
    arithmetic: Floats


@dataclass(frozen=True, slots=True)
class AgencyScores:
    """Both ends of each agency, and the number of equal weights its own are worth (n_eff)."""

    low: Composite
    high: Composite
    effective_count: Floats


def score_agencies(duties: Duties, reporting: Floats, limits: Limits = METHOD) -> AgencyScores:
    """
    C of every agency: what is silent counts 0 at the low end and its last points at the high end.

    Args:
        reporting: R, one per agency; null where it owed no report.
    """
    is_closed = np.isin(duties.status, [Status.DONE.value, Status.DONE_LATE.value])
    outside = np.isin(duties.status, [Status.UNRATED.value, Status.NOT_STARTED.value])
    unknown = np.isnan(duties.progress) | np.isnan(duties.timeliness)
    is_silent = ~is_closed & ((duties.missed >= 1) | (duties.status == Status.NO_DATA.value))
    role = np.where(duties.is_lead, 1.0, limits.coordinating_weight)
    weight = np.where(outside, 0.0, duties.weight * role)
    progress, timeliness = fill(duties.progress, 0.0), fill(duties.timeliness, 0.0)
    is_zero = is_silent | unknown
    means = _Means(duties.agency, weight, len(reporting))
    return AgencyScores(
        low=_composite(
            (means.of(np.where(is_zero, 0.0, progress)), means.of(np.where(is_zero, 0.0, timeliness))),
            reporting,
            limits,
        ),
        high=_composite((means.of(progress), means.of(timeliness)), reporting, limits),
        effective_count=means.effective_count(),
    )


@dataclass(frozen=True, slots=True)
class _Means:
    """Weighted means per agency; null where the weights of an agency come to nothing."""

    agency: Whole
    weight: Floats
    agencies: int

    def of(self, points: Floats) -> Floats:
        return divide(self._sum(self.weight * points), self._sum(self.weight))

    def effective_count(self) -> Floats:
        return divide(self._sum(self.weight) ** 2, self._sum(self.weight**2))

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
