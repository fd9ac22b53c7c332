"""Indicators of resolutions as arrays: what each is to reach, from where, by when and by which rule.

Source: docs/method.md, clauses 2.1 and 2.3. One element per indicator and body that reports it; days are day numbers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date

import numpy as np

from resolution_monitor.catalogue.entries import Indicator, Target
from resolution_monitor.method.arrays import Flags, Floats, Texts, Whole
from resolution_monitor.method.kind import DOWN
from resolution_monitor.score.month.revisions import ranking_targets
from resolution_monitor.score.rules.kinds import which
from resolution_monitor.score.rules.targets import counted_end

PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Aims:
    """
    What indicators are to reach.

    Attributes:
        kind: A name of registry.kinds.
        percent: 100 where the unit is a percentage, else 1.
        sign, min_step, baseline: As in attainment.Reading, as the catalogue writes them.
        targets: Those that rank: the original ones, or as last revised by who issued them (see month.revisions). One
            column per dated target in order of date, NaN after the last, and throughout for a band.
        target_days: 31 December of each.
        low, high: Both ends of a band; NaN elsewhere.
        start_day: t0 of the catalogue.
        due_day: tT: the day of the last target; NaN where there is none.
        shape: Of the path.
        first_year: Of growth, the first year that counts: the first that begins on t0 or later.
        last_year: Of the last target.
    """

    kind: Texts
    percent: Floats
    sign: Floats
    min_step: Floats
    baseline: Floats
    targets: Floats
    target_days: Floats
    low: Floats
    high: Floats
    start_day: Floats
    due_day: Floats
    shape: Texts
    first_year: Floats
    last_year: Floats

    @property
    def needs_baseline(self) -> Flags:
        return which(self.kind, lambda kind: kind.needs_baseline)

    @property
    def starts_at_zero(self) -> Flags:
        return which(self.kind, lambda kind: kind.starts_at_zero)

    @property
    def grows(self) -> Flags:
        return which(self.kind, lambda kind: kind.grows)

    @property
    def has_parts(self) -> Flags:
        return which(self.kind, lambda kind: kind.has_parts)

    @property
    def is_compounded(self) -> Flags:
        return which(self.kind, lambda kind: kind.is_compounded)

    @property
    def is_product(self) -> Flags:
        """Judged as a product, done or not; reported as 0 or 1."""
        return which(self.kind, lambda kind: kind.is_product)

    def rows(self, chosen: Whole) -> "Aims":
        """The aims of the chosen elements; the same may be taken many times."""
        return Aims(*(getattr(self, part.name)[chosen] for part in fields(self)))


def aims_of(indicators: Sequence[Indicator]) -> Aims:
    """The aims of indicators in their order."""
    kind = np.array([one.kind for one in indicators], dtype=np.str_)
    is_product = which(kind, lambda one: one.is_product)
    direction = np.array([one.direction for one in indicators], dtype=np.str_)
    ordered = [sorted(targets, key=lambda target: target.year) for targets in ranking_targets(indicators)]
    value, low, high = (_padded(ordered, part) for part in (_value, _low, _high))
    planned = counted_end(direction.reshape(-1, 1), value, low, high)
    last = [targets[-1].due_on if targets else None for targets in ordered]
    start = [one.t0 for one in indicators]
    return Aims(
        kind=kind,
        percent=np.array([100.0 if one.unit.startswith(PERCENT) else 1.0 for one in indicators]),
        sign=np.array([-1.0 if one.direction == DOWN else 1.0 for one in indicators]),
        min_step=np.where(is_product, 1.0, np.array([one.min_step for one in indicators], dtype=np.float64)),
        baseline=np.where(is_product, 0.0, np.array([_baseline(one) for one in indicators], dtype=np.float64)),
        targets=np.where(is_product[:, None] & ~np.isnan(planned.value), 1.0, planned.value),
        target_days=_padded(ordered, lambda target: target.due_on.toordinal()),
        low=_last(planned.low, ordered),
        high=_last(planned.high, ordered),
        start_day=_numbers(start),
        due_day=_numbers(last),
        shape=np.array([one.trajectory for one in indicators], dtype=np.str_),
        first_year=np.array([np.nan if day is None else day.year + (day > date(day.year, 1, 1)) for day in start]),
        last_year=np.array([np.nan if day is None else float(day.year) for day in last]),
    )


def _baseline(indicator: Indicator) -> float:
    return float(indicator.baseline.value) if indicator.baseline else np.nan


def _value(target: Target) -> float:
    return np.nan if target.value is None else float(target.value)


def _low(target: Target) -> float:
    return np.nan if target.low is None else float(target.low)


def _high(target: Target) -> float:
    return np.nan if target.high is None else float(target.high)


def _padded(ordered: Sequence[Sequence[Target]], part: Callable[[Target], float]) -> Floats:
    width = max((len(targets) for targets in ordered), default=0)
    rows = [[part(target) for target in targets] + [np.nan] * (width - len(targets)) for targets in ordered]
    return np.array(rows, dtype=np.float64).reshape(len(ordered), width)


def _last(values: Floats, ordered: Sequence[Sequence[Target]]) -> Floats:
    """The column of the last target of each row."""
    count = np.array([len(targets) for targets in ordered], dtype=np.int64)
    if not values.shape[1]:
        return np.full(len(ordered), np.nan)
    return np.where(count > 0, values[np.arange(len(ordered)), np.maximum(count - 1, 0)], np.nan)


def _numbers(days: Sequence[date | None]) -> Floats:
    return np.array([np.nan if day is None else float(day.toordinal()) for day in days], dtype=np.float64)


def first_days(aims: Aims) -> Floats:
    """From which day reports count: t0; of growth the first day of its first year."""
    years, place = np.unique(np.where(np.isnan(aims.first_year), 1.0, aims.first_year), return_inverse=True)
    first = np.array([float(date(int(year), 1, 1).toordinal()) for year in years])[place]
    start = np.where(np.isnan(aims.start_day), -np.inf, aims.start_day)
    return np.where(aims.is_compounded, first, start)
