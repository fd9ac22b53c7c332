"""How late a resolution is, in days, and which tasks and indicators make it so."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from resolution_monitor.brief.charts.length import length
from resolution_monitor.brief.figures import Figure, Origin
from resolution_monitor.brief.parts.month_obstacles import reason_of
from resolution_monitor.brief.parts.month_things import Thing
from resolution_monitor.brief.parts.resolution_figures import ResolutionFigures, Row
from resolution_monitor.brief.resolution_snapshot import Standing
from resolution_monitor.brief.sentences import kept_together
from resolution_monitor.brief.snapshot import records
from resolution_monitor.score.month.frames import NodeKind
from resolution_monitor.score.month.lag import lag_of_resolution

_ITEMS, _RESOLUTIONS = 3, 2
_JUDGED_LATE = ("RED", "AMBER", "INSUFFICIENT")


@dataclass(frozen=True, slots=True)
class Lag:
    """
    A resolution's mean lag and what it is made of.

    Attributes:
        days: Behind (+) or ahead (-); the sum of `parts`.
        parts: Of an assignment, by (item_id, agency_id).
    """

    days: Decimal
    parts: dict[tuple[str, str], Decimal]

    def of(self, thing: Thing) -> Decimal:
        """The days that a task or an indicator makes, all its bodies together."""
        keys = ((row["item_id"], row["agency_id"]) for row in thing.assignments)
        return sum((self.parts.get(key, Decimal(0)) for key in keys), Decimal(0))


def lags_of(made: ResolutionFigures, standing: Standing | None) -> dict[str, Lag]:
    """
    Code -> lag; a resolution of which no lag is known has none.

    Source: docs/method.md, clauses 2.5 and 2.9.
    """
    if standing is None:
        return {}
    catalogue, frame = made.snapshot.catalogue, standing.scores.assignments
    found = {}
    for code in sorted(set(frame["resolution"])):
        rows = records(lag_of_resolution(catalogue, frame, code))
        if rows:
            parts = {(row["item_id"], row["agency_id"]): row["part_days"] for row in rows}
            found[code] = Lag(sum(parts.values(), Decimal(0)), parts)
    return found


def lag_figure(made: ResolutionFigures, lag: Lag | None, rows: list[Row], about: str) -> Figure:
    """Mean days of a resolution, whole; a dash where no lag is known."""
    origin = Origin(made.say("rule_lag"), about, made.sources(rows))
    return made.book.days_part(None if lag is None else lag.days, origin)


def lateness_part(made: ResolutionFigures, things: list[Thing]) -> dict[str, Any]:
    """Why late: of the latest resolutions that are not green the items that make most of their days."""
    made.at("place_lateness")
    lags = lags_of(made, made.snapshot.now)
    nodes = made.nodes(NodeKind.RESOLUTION)
    late = [code for code, lag in lags.items() if lag.days > 0 and nodes[code]["state"] in _JUDGED_LATE]
    late.sort(key=lambda code: (-lags[code].days, code))
    chosen = {code: _largest(things, code, lags[code]) for code in late[:_RESOLUTIONS]}
    most = max((part for rows in chosen.values() for _, part in rows), default=Decimal(1))
    return {"lateness": [_resolution(made, code, lags[code], rows, most) for code, rows in chosen.items()]}


def _largest(things: list[Thing], code: str, lag: Lag) -> list[tuple[Thing, Decimal]]:
    own = [(thing, lag.of(thing)) for thing in things if thing.resolution == code]
    own = [pair for pair in own if pair[1] > 0]
    return sorted(own, key=lambda pair: (-pair[1], pair[0].item_id))[:_ITEMS]


def _resolution(
    made: ResolutionFigures, code: str, lag: Lag, rows: list[tuple[Thing, Decimal]], most: Decimal
) -> dict[str, Any]:
    name = made.say("resolution_code", code=code)
    assignments = [row for thing, _ in rows for row in thing.assignments]
    together = sum((part for _, part in rows), Decimal(0))
    words = {
        "name": name,
        "days": lag_figure(made, lag, [one for one in made.assignments if one["resolution"] == code], name),
        "held": made.book.days_part(together, Origin(made.say("rule_lag_parts"), name, made.sources(assignments))),
        "count": made.book.count(len(rows), Origin(made.say("rule_lag_items"), name)),
    }
    return {
        "heading": made.counted("lateness_heading", len(rows), **words),
        "rows": [_item(made, thing, part, most) for thing, part in rows],
    }


def _item(made: ResolutionFigures, thing: Thing, part: Decimal, most: Decimal) -> dict[str, Any]:
    name = made.names.short_item(thing.item_id)
    days = made.book.days_part(part, Origin(made.say("rule_lag_part"), name, made.sources(thing.assignments)))
    title = made.say("lateness_title", name=name, days=days)
    lead = kept_together(made.name(thing.leads[0])) if len(thing.leads) == 1 else _many(made, thing)
    return {
        "name": name,
        "why": made.say("lateness_why", lead=lead, reason=reason_of(made, thing.assignments)),
        "bar": length(float(part), str(days), float(most), title, widest=5, width=92),
    }


def _many(made: ResolutionFigures, thing: Thing) -> str:
    late = [row for row in thing.assignments if (row["lag_days"] or 0) > 0]
    about = made.item(thing.item_id)
    count = made.count(late, "rule_late_bodies", about)
    return made.say("leads_many", count=count, total=made.count(list(thing.assignments), "rule_children", about))
