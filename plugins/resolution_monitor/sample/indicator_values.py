"""Made-up values of one indicator: from its start towards its target, at the body's pace, in steps it can show."""

import math
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from resolution_monitor.catalogue.entries import Indicator, Target
from resolution_monitor.method.registry import kinds
from resolution_monitor.period import Period
from resolution_monitor.reporting.content import IndicatorEntry, ValueState
from resolution_monitor.sample.conduct import Player
from resolution_monitor.sample.starts import Start, start_of

# What is late is still worked on: half of the rest is made up for in a year.
_CATCHING_UP_DAYS = 526
_WOBBLE = 0.004


def indicator_entries(indicator: Indicator, periods: Sequence[Period], player: Player) -> list[IndicatorEntry]:
    """
    One entry a period, in order.

    Args:
        periods: In order; a period's entry does not depend on which others are asked for, but for a value that only
            grows, which needs all that came before.
    """
    target = _target_of(indicator, periods[0].end)
    start = _start(indicator, target)
    pace = _pace(indicator, player)
    values, reached = [], -math.inf
    for period in periods:
        wobble = float(player.draws(indicator.indicator_id, period.name).normal(0, _WOBBLE))
        progress = _progress(pace, _expected(indicator, target, period.end), target.due_on, period.end)
        value = start.value + (_aim(target) - start.value) * (progress + wobble)
        if kinds()[indicator.kind].grows:
            value = reached = max(value, reached)
        values.append(value)
    return [_entry(indicator, start, value) for value in values]


def _target_of(indicator: Indicator, day: date) -> Target:
    """The target being worked towards; the last one where all are past."""
    return next((target for target in indicator.targets if target.due_on >= day), indicator.targets[-1])


def _aim(target: Target) -> float:
    if target.value is not None:
        return float(target.value)
    low, high = target.low or 0, target.high or 0
    return float(low + high) / 2


def _start(indicator: Indicator, target: Target) -> Start:
    written = start_of(indicator.indicator_id, _aim(target))
    if indicator.baseline is None:
        return written
    return Start(float(indicator.baseline.value), written.denominator)


def _pace(indicator: Indicator, player: Player) -> float:
    drawn = player.draws(indicator.indicator_id, "pace").normal(player.habits.pace, player.habits.pace_spread)
    return float(min(max(drawn, 0.05), 1.25))


def _begins_on(indicator: Indicator) -> date:
    if indicator.baseline is not None:
        return indicator.baseline.as_at
    return indicator.t0 or date(2025, 1, 1)


def _expected(indicator: Indicator, target: Target, day: date) -> float:
    """Share of the way that a straight line has covered by that day, 0 to 1."""
    begins_on = _begins_on(indicator)
    whole = max((target.due_on - begins_on).days, 1)
    return min(max((day - begins_on).days / whole, 0.0), 1.0)


def _progress(pace: float, expected: float, due_on: date, day: date) -> float:
    """Share of the way that the body has covered; after the deadline the rest shrinks."""
    if pace >= 1:
        return pace * expected
    overdue = max((day - due_on) / timedelta(days=1), 0.0)
    return expected * (1 - (1 - pace) * math.exp(-overdue / _CATCHING_UP_DAYS))


def _entry(indicator: Indicator, start: Start, value: float) -> IndicatorEntry:
    bounded = min(max(value, 0.0), 100.0) if indicator.unit.startswith("%") else max(value, 0.0)
    made_up = kinds()[indicator.kind].made_up(bounded, start.denominator)
    if made_up.numerator is not None and start.denominator is not None:
        return ratio_entry(indicator, made_up.numerator, start.denominator)
    return plain_entry(indicator, made_up.value)


def plain_entry(indicator: Indicator, value: float) -> IndicatorEntry:
    """A value in the steps the indicator can show; nothing is said as nothing."""
    stepped = _stepped(value, indicator.min_step)
    return IndicatorEntry(indicator.indicator_id, stepped, ValueState.REPORTED if stepped else ValueState.ZERO)


def ratio_entry(indicator: Indicator, numerator: int, denominator: int) -> IndicatorEntry:
    """A percentage that is exactly what its numerator and denominator give, rounded to the indicator's step."""
    share = _stepped(100 * numerator / denominator, indicator.min_step) if denominator else Decimal(0)
    return IndicatorEntry(
        indicator_id=indicator.indicator_id,
        value=share,
        state=ValueState.REPORTED if share else ValueState.ZERO,
        numerator=Decimal(numerator),
        denominator=Decimal(denominator),
    )


def _stepped(value: float, step: float) -> Decimal:
    size = Decimal(str(step))
    return (round(Decimal(str(value)) / size) * size).quantize(size)
