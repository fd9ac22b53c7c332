"""Slips of the keyboard planted in honest reports of the demonstration: what the checks of typing are held against."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

import numpy as np

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.method.registry import kinds
from resolution_monitor.normalise.checks.slips import planned_on
from resolution_monitor.reporting.content import BodyReport, IndicatorEntry, ValueState

TEN = Decimal(10)
# What stood in a report before, by indicator.
Lasts = Mapping[str, Decimal]


def _is_share(catalogue: Catalogue, entry: IndicatorEntry) -> bool:
    indicator = catalogue.indicators[entry.indicator_id]
    return indicator.unit.startswith("%") and not kinds()[indicator.kind].is_signed


def _is_counted(catalogue: Catalogue, entry: IndicatorEntry) -> bool:
    """More than a handful of the smallest steps: a digit more or less is no small change."""
    indicator = catalogue.indicators[entry.indicator_id]
    steps = abs(entry.value or Decimal(0)) / Decimal(str(indicator.min_step))
    return steps >= 20 and not kinds()[indicator.kind].is_signed and indicator.unit not in ("có/không", "hạng")


def tenfold_more(catalogue: Catalogue, entry: IndicatorEntry, report: BodyReport) -> Decimal | None:
    return _held(entry) * TEN if _is_counted(catalogue, entry) else None


def tenfold_less(catalogue: Catalogue, entry: IndicatorEntry, report: BodyReport) -> Decimal | None:
    return _held(entry) / TEN if _is_counted(catalogue, entry) else None


def fraction(catalogue: Catalogue, entry: IndicatorEntry, report: BodyReport) -> Decimal | None:
    return _held(entry) / 100 if _is_share(catalogue, entry) and _held(entry) >= 20 else None


def zero_after_total(catalogue: Catalogue, entry: IndicatorEntry, report: BodyReport) -> Decimal | None:
    return Decimal(0) if kinds()[catalogue.indicators[entry.indicator_id].kind].grows and entry.value else None


def target_as_value(catalogue: Catalogue, entry: IndicatorEntry, report: BodyReport) -> Decimal | None:
    indicator = catalogue.indicators[entry.indicator_id]
    planned = planned_on(indicator, report.period) if indicator.targets else Decimal(0)
    is_far = abs(planned - _held(entry)) > Decimal("0.1") * abs(_held(entry))
    return planned if planned and is_far and indicator.unit != "có/không" else None


def _held(entry: IndicatorEntry) -> Decimal:
    return entry.value or Decimal(0)


# Slip of one figure -> what is typed in its place; None where it would be no slip.
OF_FIGURES: dict[str, Callable[[Catalogue, IndicatorEntry, BodyReport], Decimal | None]] = {
    "ten times as much": tenfold_more,
    "a tenth": tenfold_less,
    "a fraction for a percentage": fraction,
    "zero for a total": zero_after_total,
    "the target": target_as_value,
}


def mistyped(report: BodyReport, entry: IndicatorEntry, value: Decimal) -> BodyReport:
    """The report with another figure, and without the parts that would betray it."""
    state = ValueState.REPORTED if value else ValueState.ZERO
    wrong = replace(entry, value=value, state=state, numerator=None, denominator=None)
    told = tuple(wrong if one is entry else one for one in report.indicators)
    return replace(report, indicators=told)


def against_parts(report: BodyReport, entry: IndicatorEntry, draws: np.random.Generator) -> BodyReport | None:
    """A share moved by 3 to 9 points away from what its parts give."""
    if entry.numerator is None or entry.denominator is None or entry.value is None:
        return None
    by = Decimal(str(round(float(draws.uniform(3.0, 9.0)), 1)))
    value = entry.value - by if entry.value > by else entry.value + by
    wrong = replace(entry, value=value)
    return replace(report, indicators=tuple(wrong if one is entry else one for one in report.indicators))


def pasted_down(catalogue: Catalogue, report: BodyReport) -> tuple[BodyReport, set[str]] | None:
    """The column of values one row lower: each row has its neighbour's figure, the first none; and the rows meant."""
    figured = [one for one in report.indicators if one.value is not None]
    if len(figured) < 3:
        return None
    above = dict(zip([one.indicator_id for one in figured[1:]], figured, strict=False))
    rows = tuple(_with_value(one, above.get(one.indicator_id)) for one in report.indicators)
    moved = {one for one, other in above.items() if _is_odd(report, one, other)}
    return (replace(report, indicators=rows), moved) if moved else None


def exchanged(
    catalogue: Catalogue, report: BodyReport, draws: np.random.Generator
) -> tuple[BodyReport, set[str]] | None:
    """Two shares that lie five points or more apart trade places."""
    shares = [one for one in report.indicators if one.value and _is_share(catalogue, one)]
    pairs = [(a, b) for a in shares for b in shares if a.indicator_id < b.indicator_id]
    apart = [(a, b) for a, b in pairs if abs(_held(a) - _held(b)) >= 10]
    if not apart:
        return None
    first, second = apart[int(draws.integers(len(apart)))]
    swap = {first.indicator_id: second, second.indicator_id: first}
    rows = tuple(_with_value(one, swap.get(one.indicator_id)) for one in report.indicators)
    return replace(report, indicators=rows), set(swap)


def _with_value(entry: IndicatorEntry, other: IndicatorEntry | None) -> IndicatorEntry:
    if other is None:
        return entry
    return replace(entry, value=other.value, state=other.state, numerator=None, denominator=None)


def _is_odd(report: BodyReport, item: str, other: IndicatorEntry) -> bool:
    own = next(_held(one) for one in report.indicators if one.indicator_id == item)
    return abs(own - _held(other)) > max(Decimal(10), Decimal("0.25") * abs(own))
