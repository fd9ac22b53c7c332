"""The day's figures added up over provinces, with the day before beside: like is compared with like."""

from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from resolution_monitor.brief.figures import Figure, Origin
from resolution_monitor.brief.parts.resolution_figures import ResolutionFigures, Row
from resolution_monitor.brief.snapshot import records
from resolution_monitor.period import shifted

_SUM, _RATIO, _MEDIAN = "sum", "ratio_of_sums", "median"


@dataclass(frozen=True, slots=True)
class DayValues:
    """One indicator of one day: agency_id -> row of snapshot.daily."""

    by_body: dict[str, Row]

    def together(self, rule: str, agency_ids: set[str] | None = None) -> Decimal | None:
        """All provinces, or these, in one number; None where none has what the rule needs."""
        rows = [row for key, row in self.by_body.items() if agency_ids is None or key in agency_ids]
        if rule == _RATIO:
            return _ratio(rows)
        values = [row["value"] for row in rows if row["value"] is not None]
        if not values:
            return None
        return sum(values, Decimal(0)) if rule == _SUM else Decimal(median(values))


def _ratio(rows: list[Row]) -> Decimal | None:
    """Parts over wholes, in percent; rows without both are left out."""
    both = [row for row in rows if row["numerator"] is not None and row["denominator"] is not None]
    whole = sum((row["denominator"] for row in both), Decimal(0))
    return 100 * sum((row["numerator"] for row in both), Decimal(0)) / whole if whole else None


def values_part(made: ResolutionFigures) -> dict[str, Any]:
    """One row per indicator that report.yaml names."""
    made.at("place_values")
    wanted = made.report.settings["figures"]
    known = made.snapshot.catalogue.indicators
    rows = [_row(made, indicator_id) for indicator_id in wanted if indicator_id in known]
    return {"values": rows, "values_heading": _heading(made)}


def values_of(made: ResolutionFigures, indicator_id: str, steps: int = 0) -> DayValues:
    """
    The indicator's values of the day, or of the day so many steps away.

    Who answers that there is no value is in no sum, and is not counted among those that are.
    """
    frame = made.snapshot.daily
    if frame.empty:
        return DayValues({})
    day = shifted(made.snapshot.period, steps).end
    is_figure = frame["value"].notna()
    chosen = frame[(frame["indicator_id"] == indicator_id) & (frame["period_end"] == day) & is_figure]
    return DayValues({row["agency_id"]: row for row in records(chosen)})


def rule_of(made: ResolutionFigures, indicator_id: str, values: DayValues) -> str:
    """How provinces are put together: as the catalogue has it; the middle one where it cannot be added up."""
    aggregation = made.snapshot.catalogue.indicators[indicator_id].aggregation
    if aggregation == _RATIO and values.together(_RATIO) is None:
        return _MEDIAN
    return aggregation if aggregation in (_SUM, _RATIO) else _MEDIAN


def _heading(made: ResolutionFigures) -> str:
    """What moved most in the counted work of the day: the first indicator named, with its change."""
    first = made.report.settings["headline"]
    now, then = values_of(made, first), values_of(made, first, -1)
    name = made.item(first)
    if not now.by_body:
        has_others = any(values_of(made, key).by_body for key in made.report.settings["figures"])
        return made.say("values_heading_absent" if has_others else "values_heading_none", name=name)
    total = _figure(made, first, now, "rule_day")
    difference = _difference(made, first, now, then)
    if difference is None:
        return made.say("values_heading_first", name=name, total=total)
    key = "same" if difference == 0 else "up" if difference > 0 else "down"
    unit = made.snapshot.catalogue.indicators[first].unit
    origin = Origin(made.say("rule_difference"), name, made.sources(_on_both(now, then)))
    words = {"both": made.book.count(len(now.by_body.keys() & then.by_body.keys()), origin)}
    if difference:
        words["by"] = made.book.measure(abs(difference), unit, origin)
    return made.say(f"values_heading_{key}", name=name, total=total, **words)


def day_total(made: ResolutionFigures, indicator_id: str) -> Figure | None:
    """What the day's figures say of an indicator; None where that is nothing."""
    now = values_of(made, indicator_id)
    total = now.together(rule_of(made, indicator_id, now))
    return _figure(made, indicator_id, now, "rule_day") if total else None


def _figure(made: ResolutionFigures, indicator_id: str, values: DayValues, rule: str) -> Figure:
    entry = made.snapshot.catalogue.indicators[indicator_id]
    how = rule_of(made, indicator_id, values)
    origin = Origin(
        made.say(rule, how=made.say(f"how_{how}")), made.item(indicator_id), made.sources(values.by_body.values())
    )
    return made.book.measure(values.together(how), entry.unit, origin)


def _difference(made: ResolutionFigures, indicator_id: str, now: DayValues, then: DayValues) -> Decimal | None:
    """Over the provinces that reported on both days: a province that fell silent is no fall of the figure."""
    both = now.by_body.keys() & then.by_body.keys()
    how = rule_of(made, indicator_id, now)
    today, before = now.together(how, both), then.together(how, both)
    return None if today is None or before is None or not both else today - before


def _on_both(now: DayValues, then: DayValues) -> list[Row]:
    """The rows of both days of the provinces that reported on both: a difference rests on no other."""
    both = now.by_body.keys() & then.by_body.keys()
    return [day.by_body[key] for day in (now, then) for key in sorted(both)]


def _row(made: ResolutionFigures, indicator_id: str) -> dict[str, Any]:
    entry = made.snapshot.catalogue.indicators[indicator_id]
    now, then = values_of(made, indicator_id), values_of(made, indicator_id, -1)
    change = Origin(made.say("rule_difference"), made.item(indicator_id), made.sources(_on_both(now, then)))
    reporters = made.snapshot.catalogue.reporters_of(entry)
    counted = Origin(made.say("rule_counted"), made.item(indicator_id), made.sources(now.by_body.values()))
    return {
        "code": indicator_id,
        "name": made.item(indicator_id),
        "unit": made.report.messages.unit(entry.unit),
        "how": made.say(f"how_{rule_of(made, indicator_id, now)}"),
        "now": _figure(made, indicator_id, now, "rule_day"),
        "before": _figure(made, indicator_id, then, "rule_day_before"),
        "change": made.book.measure_change(_difference(made, indicator_id, now, then), entry.unit, change),
        "counted": made.say(
            "counted",
            count=made.book.count(len(now.by_body), counted),
            total=made.book.count(
                _provinces(made, reporters), Origin(made.say("rule_reporters"), made.item(indicator_id))
            ),
        ),
    }


def _provinces(made: ResolutionFigures, reporters: tuple[str, ...]) -> int:
    bodies = made.snapshot.catalogue.reporting_bodies
    return sum(key in bodies for key in reporters)
