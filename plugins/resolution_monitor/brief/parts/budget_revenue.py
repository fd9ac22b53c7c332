"""Page 1 of the budget report: the 34 provinces as dots and as a map, and what their percentages do not say."""

import math
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import Any

from resolution_monitor.brief.charts.dots import Scale, dots, key_dot, plan_head, tick_foot
from resolution_monitor.brief.charts.drawing import HATCH, INK, rectangle, svg
from resolution_monitor.brief.charts.marks import shape_of
from resolution_monitor.brief.figures import Figure, Origin, Source
from resolution_monitor.brief.maps import MapLabel, MapWords, province_map
from resolution_monitor.brief.parts.budget_figures import CLASSES_FROM, DOUBLED, BudgetFigures, Measured
from resolution_monitor.brief.report import Report
from resolution_monitor.brief.snapshot import known

_LABELLED_TOP = 3
_DOTS_WIDTH = 204.0
_NAMED_MISSED = 3
# Upper ends of the map's classes in percent of plan, with their fills: the first is what falls short, hatched so that
# no reader depends on colour.
_FILLS = (HATCH, "#eef2f4", "#cbd8df", "#93adbb", "#4d7083")
_CLASSES = tuple(zip((*CLASSES_FROM, math.inf), _FILLS, strict=True))
_NO_VALUE_FILL = "#ffffff"

Place = tuple[dict[str, Any], Measured]


def measured_provinces(made: BudgetFigures) -> list[Place]:
    """The provinces of today with their figures, lowest percentage first."""
    made.at("place_dots")
    measured = [(node, made.measured(node)) for node in made.nodes("province", made.revenue)]
    return sorted(measured, key=lambda place: (place[1].raw_percent is not None, place[1].raw_percent or 0.0))


def province_page(report: Report, made: BudgetFigures, provinces: list[Place]) -> dict[str, Any]:
    """What page 1 prints below the nation."""
    before = str(int(made.snapshot.period.name) - 1)
    return {
        "provinces_heading": _heading(report, made, provinces),
        "provinces": _dots(report, made, provinces, before),
        "notes_below_dots": _former_note(report, made),
        "notes_below_map": _falling_note(report, made, provinces, before),
        "map_heading": _map_heading(report, made, provinces),
        "province_map": _map(report, made, provinces),
        "classes": _legend(report, has_blank=any(found.raw_percent is None for _, found in provinces)),
    }


def named_short(made: BudgetFigures, provinces: list[Place]) -> str:
    """ "Hải Phòng (98,3%)", for the few that fell short of their plan."""
    return made.listed([f"{_name(made, place)} ({place[1].percent})" for place in _missed(provinces)[:_NAMED_MISSED]])


def _name(made: BudgetFigures, place: Place) -> str:
    return made.name(place[0]["node_id"])


def _missed(provinces: list[Place]) -> list[Place]:
    return [place for place in provinces if place[1].is_short]


def _all_cells(provinces: list[Place]) -> tuple[Source, ...]:
    return tuple(source for _, found in provinces for source in found.origin.sources)


def _heading(report: Report, made: BudgetFigures, provinces: list[Place]) -> str:
    say = report.messages.say
    cells = _all_cells(provinces)
    about = say("about_provinces")
    rated = [place[1].raw_percent for place in provinces if place[1].raw_percent is not None]
    missed = _missed(provinces)
    words = {
        "met": made.book.count(len(rated) - len(missed), Origin(made.rule("provinces_met"), about, cells)),
        "count": made.book.count(len(rated), Origin(made.rule("provinces_with_both"), about, cells)),
        "middle": made.book.percent(median(rated) if rated else None, Origin(made.rule("median"), about, cells)),
    }
    if not missed:
        return say("provinces_heading_none", **words)
    key = "provinces_heading_few" if len(missed) <= _NAMED_MISSED else "provinces_heading_many"
    return say(key, names=named_short(made, provinces), **words)


def _former_note(report: Report, made: BudgetFigures) -> list[str]:
    """Provinces of that time that fell short: a merger of today may cover them."""
    made.at("place_notes")
    rows = [row for row in made.bodies(made.revenue) if (known(row["attainment_raw_pct"]) or 100.0) < 100.0]
    short = sorted(((made.measured(row), row) for row in rows), key=lambda pair: pair[0].raw_percent or 0.0)
    names = [f"{made.name(row['agency_id'])} ({found.percent})" for found, row in short]
    period = made.snapshot.period.name
    return [report.messages.say("former_short", period=period, names=made.listed(names))] if names else []


def _falling_note(report: Report, made: BudgetFigures, provinces: list[Place], before: str) -> list[str]:
    """A lower percentage is not lower revenue: how many fell, and how many of these took in more than a year ago."""
    falling = [
        (node, found)
        for node, found in provinces
        if found.raw_percent is not None and found.raw_before is not None and found.raw_percent < found.raw_before
    ]
    if not falling:
        return []
    grew = [node for node, _ in falling if _took_in_more(made, node)]
    about, cells = report.messages.say("about_provinces"), _all_cells(falling)
    return [
        report.messages.say(
            "falling_note",
            before=before,
            falling=made.book.count(len(falling), Origin(made.rule("provinces_falling"), about, cells)),
            grew=made.book.count(len(grew), Origin(made.rule("falling_but_larger"), about, cells)),
        )
    ]


def _took_in_more(made: BudgetFigures, node: dict[str, Any]) -> bool:
    before = made.before(node)
    return before is not None and before["observed"] is not None and node["observed"] > before["observed"]


def _dots(report: Report, made: BudgetFigures, provinces: list[Place], before: str) -> dict[str, Any]:
    """The 34 as a table: name, dot, both years; so that whoever hears the page hears the numbers too."""
    say, period = report.messages.say, made.snapshot.period.name
    lowest = min((place[1].raw_percent for place in provinces if place[1].raw_percent is not None), default=100.0)
    scale = Scale(low=50.0 if lowest >= 50 else 0.0, high=300, width=_DOTS_WIDTH)
    has_before = any(place[1].raw_before is not None for place in provinces)
    years = [(period, True), *([(before, False)] if has_before else [])]
    return {
        "plan_head": plan_head(say("dots_plan"), scale, say("dots_scale")),
        "tick_foot": tick_foot(scale, say("dots_scale")),
        "years": [{"swatch": key_dot(say("dots_year"), is_now=is_now), "name": year} for year, is_now in years],
        "rows": [_dot_row(report, made, place, scale, has_before=has_before) for place in provinces],
    }


def _dot_row(report: Report, made: BudgetFigures, place: Place, scale: Scale, *, has_before: bool) -> dict[str, Any]:
    name, found = _name(made, place), place[1]
    shape = shape_of(found.status)
    # A column of its own where any province has a year before.
    was = [found.before if found.raw_before is not None else ""] if has_before else []
    return {
        "name": name,
        "dots": dots(found.raw_percent, found.raw_before, shape, scale, report.messages.say("dots_title", name=name)),
        "now": found.percent,
        "before": was,
        "is_short": found.raw_percent is not None and found.is_short,
        "is_red": shape == "square",
    }


def _map_heading(report: Report, made: BudgetFigures, provinces: list[Place]) -> str:
    made.at("place_map")
    doubled = [place for place in provinces if place[1].raw_percent and not place[1].is_below(DOUBLED)]
    if not doubled:
        return report.messages.say("map_heading_none")
    about = report.messages.say("about_provinces")
    count = made.book.count(len(doubled), Origin(made.rule("provinces_doubled"), about, _all_cells(doubled)))
    return report.messages.say("map_heading", count=count, share=_share(made, doubled, provinces, about))


def _share(made: BudgetFigures, some: list[Place], every: list[Place], about: str) -> Figure:
    part, whole = (sum((node["planned"] or Decimal(0) for node, _ in one), Decimal(0)) for one in (some, every))
    share = float(part / whole * 100) if whole else None
    return made.book.percent(share, Origin(made.rule("share_of_plan"), about, _all_cells(every)))


def _map(report: Report, made: BudgetFigures, provinces: list[Place]) -> str:
    say = report.messages.say
    fills = {}
    labels = []
    named = [*_missed(provinces)[:_NAMED_MISSED], *provinces[-_LABELLED_TOP:]]
    for place in provinces:
        code = made.body(place[0]["node_id"]).official_code or ""
        percent = place[1].raw_percent
        fills[code] = _NO_VALUE_FILL if percent is None else next(fill for upto, fill in _CLASSES if percent < upto)
        if place in named:
            labels.append(MapLabel(code=code, words=_name(made, place), ink=INK))
    words = MapWords(
        title=say("map_title", period=made.snapshot.period.name),
        east_sea=say("east_sea"),
        hoang_sa=(say("hoang_sa"), say("hoang_sa_of")),
        truong_sa=(say("truong_sa"), say("truong_sa_of")),
    )
    return province_map(made.report.map_path, fills, labels, words, width=245)


def _legend(report: Report, *, has_blank: bool) -> list[dict[str, Any]]:
    """The classes of the map; one without a percentage only where the map shows such a province."""
    say = report.messages.say
    ends = [upto for upto, _ in _CLASSES]
    words = [say("class_below")]
    words += [say("class_upto", low=f"{low:.0f}", high=f"{high:.0f}") for low, high in pairwise(ends[:-1])]
    words += [say("class_above", low=f"{ends[-2]:.0f}")]
    fills = [fill for _, fill in _CLASSES]
    if has_blank:
        words, fills = [*words, say("class_none")], [*fills, _NO_VALUE_FILL]
    return [
        {
            "swatch": svg(10, 8, say("class_swatch"), rectangle(0.5, 0.5, 9, 7, fill=fill, stroke="#6f6f6f")),
            "words": text,
        }
        for text, fill in zip(words, fills, strict=True)
    ]
