"""Page 2: the indicators furthest from plan, with what they were, are, should be by now, and are to become."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from resolution_monitor.brief.charts.way import way
from resolution_monitor.brief.figures import Origin
from resolution_monitor.brief.parts.month_things import Thing, count_things, of_kind
from resolution_monitor.brief.parts.resolution_figures import CLOSED, ResolutionFigures, Row
from resolution_monitor.brief.sentences import kept_together
from resolution_monitor.brief.snapshot import known
from resolution_monitor.score.rules.situation import Status

_PRINTED = 6
_HALF = 0.5
# A plan that has hardly begun tells nobody from anybody.
_LEAST_EXPECTED = 0.02
# What is over has no next period: it is closed, or stands in the table of what is overdue.
_LEFT_OUT = (*CLOSED, Status.OVERDUE.value)
_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "nine_months": 9, "year": 12}


@dataclass(frozen=True, slots=True)
class Distance:
    """
    How far an open indicator is on its way.

    Attributes:
        reached, required: Fractions of the way from baseline to target: where it stands, where the plan is now.
    """

    thing: Thing
    row: Row
    reached: float
    required: float

    @property
    def ratio(self) -> float:
        """Of the way that should be behind it by now, how much is."""
        return self.reached / self.required


def distances(things: list[Thing]) -> list[Distance]:
    """Open indicators with a plan and a value between two numbers, furthest from plan first."""
    found = []
    for thing in of_kind(things, "indicator"):
        row = thing.assignments[0]
        numbers = [
            known(row[key]) for key in ("attainment_raw_pct", "expected_fraction", "value", "baseline", "target")
        ]
        if row["status"] in _LEFT_OUT or any(number is None for number in numbers):
            continue
        raw, expected, _, baseline, target = (float(number or 0.0) for number in numbers)
        if expected >= _LEAST_EXPECTED and baseline != target:
            found.append(Distance(thing, row, raw / 100.0, expected))
    return sorted(found, key=lambda one: (one.ratio, -one.required, one.thing.item_id))


def targets_part(made: ResolutionFigures, things: list[Thing]) -> dict[str, Any]:
    """Heading and rows; nothing where every indicator is as far as its plan."""
    made.at("place_targets")
    all_of = distances(things)
    behind = [one for one in all_of if one.ratio < 1.0]
    printed = behind[:_PRINTED]
    about = made.say("about_indicators")
    words = {
        "half": count_things(made, [one.thing for one in all_of if one.ratio < _HALF], "rule_half", about),
        "behind": count_things(made, [one.thing for one in behind], "rule_behind", about),
        "total": count_things(made, [one.thing for one in all_of], "rule_with_plan", about),
    }
    return {
        "targets_heading": made.counted("targets_heading", len(behind), **words),
        "targets": [_row(made, one) for one in printed],
        "targets_none": "" if printed else made.say("targets_none"),
    }


def _row(made: ResolutionFigures, one: Distance) -> dict[str, Any]:
    entry = made.snapshot.catalogue.indicators[one.thing.item_id]
    name = made.names.short_item(one.thing.item_id)
    baseline, value, target = (Decimal(repr(float(one.row[key]))) for key in ("baseline", "value", "target"))
    required = baseline + Decimal(repr(one.required)) * (target - baseline)
    cells = made.sources([one.row])

    def figure(number: Decimal, rule: str) -> Any:
        return made.book.value(number, entry.unit, Origin(made.say(rule), name, cells))

    title = made.say(
        "way_title", name=name, value=figure(value, "rule_value"), required=figure(required, "rule_required")
    )
    return {
        "code": one.row["resolution"],
        "name": name,
        "unit": made.report.messages.unit(entry.unit),
        "baseline": figure(baseline, "rule_baseline"),
        "value": figure(value, "rule_value"),
        "required": figure(required, "rule_required"),
        "target": made.say("target", value=figure(target, "rule_target"), year=str(one.row["due_on"].year)),
        "way": way(one.reached, one.required, title, width=72),
        "needed": _needed(made, one, (value, target), name),
        "lead": kept_together(made.name(one.row["agency_id"])),
    }


def _needed(made: ResolutionFigures, one: Distance, ends: tuple[Decimal, Decimal], name: str) -> str:
    """What each of its own periods must add, evenly, from its last value to the target."""
    entry = made.snapshot.catalogue.indicators[one.thing.item_id]
    left = _periods_left(one.row["value_on"], one.row["due_on"], entry.frequency)
    if not left:
        return made.say("needed_over")
    value, target = ends
    origin = Origin(made.say("rule_needed"), name, made.sources([one.row]))
    change = made.book.value_change((target - value) / left, entry.unit, origin)
    return made.say("needed", change=change, period=made.word("per_period", entry.frequency))


def _periods_left(value_on: date | None, due_on: date | None, frequency: str) -> int:
    """Whole periods of its own kind between its last value and its target's day; 0 where that day is past."""
    if value_on is None or due_on is None:
        return 0
    months = (due_on.year - value_on.year) * 12 + due_on.month - value_on.month
    return max(months // _MONTHS[frequency], 0) if frequency in _MONTHS else max((due_on - value_on).days // 7, 0)
