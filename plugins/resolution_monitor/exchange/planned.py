"""What the path to a target asks of a period, as a body's workbook shows it beside the cell to fill in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from resolution_monitor.catalogue.entries import Catalogue, Indicator, Target
from resolution_monitor.method.path import Path, Points
from resolution_monitor.method.registry import kinds, trajectories
from resolution_monitor.period import Period
from resolution_monitor.score.month.revisions import ranking_targets
from resolution_monitor.score.rules.trajectory import expected_fraction


@dataclass(frozen=True, slots=True)
class Start:
    """A value that a path starts from, and the day it was measured."""

    value: Decimal
    as_at: date


def starts_of(catalogue: Catalogue, items: Sequence[str], first_values: Mapping[str, Start]) -> dict[str, Start]:
    """
    The baseline of each indicator that has one.

    Args:
        first_values: By indicator: the body's own first value, which stands in where the catalogue knows none.
    """
    found = {}
    for item in items:
        indicator = catalogue.indicators.get(item)
        if indicator is not None and indicator.baseline is not None:
            found[item] = Start(indicator.baseline.value, indicator.baseline.as_at)
        elif indicator is not None and item in first_values and kinds()[indicator.kind].needs_baseline:
            found[item] = first_values[item]
    return found


def planned_values(catalogue: Catalogue, starts: Mapping[str, Start], period: Period) -> dict[str, Decimal]:
    """
    What should be reached at the end of a period, not rounded, of indicators with one target and a known start.

    Source: docs/method.md, clause 2.4.
    """
    asked = {item: start for item, start in starts.items() if _has_a_path(catalogue.indicators[item], start)}
    if not asked:
        return {}
    indicators = [catalogue.indicators[item] for item in asked]
    aims = [_aim(one) for one in indicators]
    begun = [_begun(one, start) for one, start in zip(indicators, asked.values(), strict=True)]
    due = [_target(one).due_on for one in indicators]
    path = Path(
        shape=np.array([one.trajectory for one in indicators]),
        elapsed_days=np.array([(period.end - day).days for day in begun], dtype=np.float64),
        total_days=np.array([(last - day).days for last, day in zip(due, begun, strict=True)], dtype=np.float64),
        baseline=np.array([float(start.value) for start in asked.values()]),
        target=np.array([float(aim) for aim in aims]),
        points=Points.none(len(asked)),
    )
    shares = expected_fraction(path)
    return {
        item: start.value + (aim - start.value) * Decimal(repr(float(share)))
        for (item, start), aim, share in zip(asked.items(), aims, shares, strict=True)
        if np.isfinite(share)
    }


def _has_a_path(indicator: Indicator, start: Start) -> bool:
    """Whether it runs on a curve from one value to one other; what is compounded or merely done is asked otherwise."""
    kind, shape = kinds()[indicator.kind], trajectories()[indicator.trajectory]
    if kind.value_at is None or kind.is_compounded or kind.is_product or shape.takes_points or shape.is_stepwise:
        return False
    (targets,) = ranking_targets([indicator])
    is_one = len(targets) == 1 and _aim(indicator) > 0 and start.value > 0
    return is_one and targets[0].due_on > _begun(indicator, start)


def _begun(indicator: Indicator, start: Start) -> date:
    """A path from a body's own first value starts with it, others on the day the catalogue says."""
    return start.as_at if indicator.baseline is None else indicator.t0 or start.as_at


def _aim(indicator: Indicator) -> Decimal:
    return _target(indicator).planned(indicator.direction) or Decimal(0)


def _target(indicator: Indicator) -> Target:
    """The first of those that scores are held against."""
    (targets,) = ranking_targets([indicator])
    return targets[0]
