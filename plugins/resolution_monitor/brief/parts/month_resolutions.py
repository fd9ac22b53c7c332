"""Page 1, lower part: each resolution, worst first: its tasks, its indicators, how far they are, what is forecast."""

from dataclasses import dataclass
from typing import Any

from resolution_monitor.brief.charts.bullet import bullet
from resolution_monitor.brief.charts.count_cells import Grid, count_cells, grid_for
from resolution_monitor.brief.charts.mark_pair import mark_pair
from resolution_monitor.brief.charts.warning_circles import BANDS, warning_circles, warning_mark
from resolution_monitor.brief.figures import Origin
from resolution_monitor.brief.parts.month_lag import Lag, lag_figure, lags_of
from resolution_monitor.brief.parts.month_things import KINDS, Thing, count_things, counts_by_state, in_state, of_kind
from resolution_monitor.brief.parts.resolution_figures import ResolutionFigures, Row, of_resolution
from resolution_monitor.brief.snapshot import known
from resolution_monitor.score.month.frames import NodeKind

# What a page shows first: the worst. What cannot be judged is no better than amber, and never last.
_WORST = ("RED", "INSUFFICIENT", "AMBER", "GREEN", "NOT_STARTED")
_CONCENTRATED = 0.5
_MIN_RED = 4
# Below this part of what is required the bar is red.
_FAR_BEHIND = 0.8
# Room for cells, in px.
_ROOM = {"task": 76.0, "indicator": 52.0}


@dataclass(frozen=True, slots=True)
class _Way:
    """Mean way of a resolution's indicators in percent, gone and to be gone by now; None where none is measured."""

    attained: float | None
    required: float | None
    rows: list[Row]

    @property
    def ratio(self) -> float:
        return self.attained / self.required if self.attained is not None and self.required else 1.0


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What the rows of the table are drawn from."""

    things: list[Thing]
    ways: dict[str, _Way]
    lags: dict[str, Lag]
    lags_before: dict[str, Lag]

    @property
    def grid(self) -> Grid:
        return grid_for({_ROOM[kind]: self._most(kind) for kind in KINDS})

    @property
    def longest_way(self) -> float:
        """The value at the right end of every bar, in percent of a way."""
        return max([one for way in self.ways.values() for one in (way.attained, way.required) if one] or [100.0])

    def _most(self, kind: str) -> int:
        codes = [thing.resolution for thing in of_kind(self.things, kind)]
        return max(map(codes.count, set(codes)), default=0)


def resolutions_part(made: ResolutionFigures, things: list[Thing]) -> dict[str, Any]:
    """Heading, the table, and what its signs mean."""
    made.at("place_resolutions")
    before = made.nodes(NodeKind.RESOLUTION, made.snapshot.before) if made.snapshot.before else {}
    ways = {code: _way(made, code) for code in made.nodes(NodeKind.RESOLUTION)}
    nodes = sorted(made.nodes(NodeKind.RESOLUTION).values(), key=lambda node: _worst_first(node, ways[node["node_id"]]))
    lags, then = lags_of(made, made.snapshot.now), lags_of(made, made.snapshot.before)
    return {
        "resolutions_heading": _heading(made, things),
        "resolutions": [
            _row(made, node, before.get(node["node_id"]), _Drawn(things, ways, lags, then)) for node in nodes
        ],
        "bands": _bands(made, of_kind(things, "indicator")),
    }


def _worst_first(node: Row, way: _Way) -> tuple[int, float, str]:
    return _WORST.index(node["state"]), way.ratio, node["node_id"]


def _heading(made: ResolutionFigures, things: list[Thing]) -> str:
    """Where the red is, and how many indicators are likely to miss their target."""
    indicators = of_kind(things, "indicator")
    told = [thing for thing in indicators if thing.assignments[0]["forecast_band"]]
    parts = [_concentration(made, in_state(of_kind(things, "task"), "red")) or made.say("resolutions_ordered")]
    if told:
        high = [thing for thing in told if thing.assignments[0]["forecast_band"] == "high"]
        about = made.say("about_indicators")
        words = {
            "high": count_things(made, high, "rule_band_high", about),
            "told": count_things(made, told, "rule_band_told", about),
        }
        parts.append(made.say("resolutions_at_risk", **words))
    return "; ".join(parts)


def _concentration(made: ResolutionFigures, red: list[Thing]) -> str:
    """The one or two resolutions that hold half of the red tasks."""
    codes = sorted({thing.resolution for thing in red})
    by_code = {code: [thing for thing in red if thing.resolution == code] for code in codes}
    largest = sorted(codes, key=lambda code: -len(by_code[code]))
    if len(red) < _MIN_RED or len(largest) < 2:
        return ""
    for many in (1, 2):
        held = [thing for code in largest[:many] for thing in by_code[code]]
        if len(held) >= _CONCENTRATED * len(red) and len(largest) > many:
            names = made.listed([made.say("resolution_code", code=code) for code in largest[:many]])
            words = {
                "held": count_things(made, held, "rule_red", names),
                "red": count_things(made, red, "rule_red", made.say("about_tasks")),
            }
            return made.say("resolutions_concentrated", names=names, **words)
    return ""


def _way(made: ResolutionFigures, code: str) -> _Way:
    """
    Weighted mean of the way its indicators have gone and should have gone; both over the same indicators.

    Source: docs/method.md, clauses 2.2 and 2.3: A, between 0 and 100 here, and E.
    """
    rows = [
        row
        for row in of_resolution(made.assignments, code)
        if row["item_kind"] == "indicator"
        and known(row["attainment_pct"]) is not None
        and known(row["expected_fraction"]) is not None
    ]
    weight = sum(known(row["weight"]) or 0.0 for row in rows)
    if not weight:
        return _Way(None, None, [])

    def mean(key: str, scale: float) -> float:
        return sum((known(row["weight"]) or 0.0) * min(float(row[key]) * scale, 100.0) for row in rows) / weight

    return _Way(mean("attainment_pct", 1.0), mean("expected_fraction", 100.0), rows)


def _row(made: ResolutionFigures, node: Row, before: Row | None, drawn: _Drawn) -> dict[str, Any]:
    code = node["node_id"]
    name = made.say("resolution_code", code=code)
    own = [thing for thing in drawn.things if thing.resolution == code]
    return {
        "code": code,
        "name": made.names.short_resolution(code),
        "mark_pair": _pair(made, node, before),
        **_cells(made, own, "task", drawn.grid, name),
        **_cells(made, own, "indicator", drawn.grid, name),
        **_attained(made, drawn.ways[code], drawn.longest_way, name),
        "warnings": _warnings(made, of_kind(own, "indicator"), name),
        **_lag(made, code, (drawn.lags, drawn.lags_before), name),
    }


def _cells(made: ResolutionFigures, own: list[Thing], kind: str, grid: Grid, name: str) -> dict[str, Any]:
    """One cell a thing, its red number at the left and the sum at the right."""
    found = of_kind(own, kind)
    counts = counts_by_state(found)
    figures = {state: count_things(made, in_state(found, state), f"rule_{state}", name) for state in counts}
    title = made.say(f"cells_title_{kind}s", name=name, **figures)
    return {
        f"{kind}_red": figures["red"],
        f"{kind}_is_red": bool(counts["red"]),
        f"{kind}_cells": count_cells(counts, title, grid) if found else "",
        f"{kind}_total": count_things(made, found, f"rule_{kind}s", name),
    }


def _attained(made: ResolutionFigures, way: _Way, longest: float, name: str) -> dict[str, Any]:
    cells = made.sources(way.rows)
    attained = made.book.share_number(way.attained, Origin(made.say("rule_attained"), name, cells))
    required = made.book.share_number(way.required, Origin(made.say("rule_required_mean"), name, cells))
    title = made.say("attained_title", name=name, attained=attained, required=required)
    is_known = way.attained is not None and way.required is not None
    return {
        "bullet": bullet(way.attained or 0.0, way.required or 0.0, longest, title, width=52) if is_known else "",
        "attained": made.say("attained", attained=attained, required=required)
        if is_known
        else made.say("attained_none"),
        "is_far_behind": is_known and way.ratio < _FAR_BEHIND,
    }


def _pair(made: ResolutionFigures, node: Row, before: Row | None) -> str:
    then = before["state"] if before else ""
    words = {"before": made.say(f"mark_{then or 'none'}"), "now": made.say(f"mark_{node['state']}")}
    return mark_pair(then, node["state"], made.say("mark_pair_title", **words))


def _by_band(indicators: list[Thing]) -> dict[str, list[Thing]]:
    return {
        band: [one for one in indicators if (one.assignments[0]["forecast_band"] or "none") == band] for band in BANDS
    }


def _warnings(made: ResolutionFigures, indicators: list[Thing], name: str) -> str:
    found = _by_band(indicators)
    figures = {band: count_things(made, held, f"rule_band_{band}", name) for band, held in found.items()}
    title = made.say("warnings_title", name=name, **figures)
    return warning_circles(figures, title)


def _bands(made: ResolutionFigures, indicators: list[Thing]) -> list[dict[str, Any]]:
    """What each circle means, with its sum over all resolutions."""
    about = made.say("about_indicators")
    return [
        {
            "mark": warning_mark(band, ""),
            "name": made.say(f"band_{band}"),
            "count": count_things(made, held, f"rule_band_{band}", about),
        }
        for band, held in _by_band(indicators).items()
    ]


def _lag(made: ResolutionFigures, code: str, lags: tuple[dict[str, Lag], dict[str, Lag]], name: str) -> dict[str, Any]:
    now, then = (one.get(code) for one in lags)
    rows = of_resolution(made.assignments, code)
    origin = Origin(made.say("rule_lag_change"), name, made.sources(rows))
    change = made.book.days_change(now.days - then.days, origin) if now and then else None
    return {
        "lag": lag_figure(made, now, rows, name),
        "is_late": bool(now and now.days > 0 and _is_red(made, code)),
        "lag_change": made.say("change", change=change) if change is not None else "",
    }


def _is_red(made: ResolutionFigures, code: str) -> bool:
    return bool(made.nodes(NodeKind.RESOLUTION)[code]["state"] == "RED")
