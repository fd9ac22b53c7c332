"""Page 1 of the budget report: the nation, the 34 provinces as dots and as a map, the remark that qualifies them."""

from itertools import pairwise
from typing import Any

from resolution_monitor.brief.charts.bullet import bullet
from resolution_monitor.brief.charts.dots import DotRow, DotWords, dots
from resolution_monitor.brief.charts.drawing import INK, RED, rectangle, svg
from resolution_monitor.brief.contents.budget_figures import BudgetFigures, Measured
from resolution_monitor.brief.figures import THOUSAND_BILLIONS
from resolution_monitor.brief.maps import MapLabel, MapWords, province_map
from resolution_monitor.brief.report import Report
from resolution_monitor.brief.sentences import listed
from resolution_monitor.brief.snapshot import records

_LABELLED_TOP = 3
_NAMED_MISSED = 3
_DOUBLE = 200.0
# Upper ends of the map's classes in percent of plan, with their fills: the first is what falls short.
_CLASSES = ((100.0, RED), (120.0, "#eef2f4"), (150.0, "#cbd8df"), (200.0, "#93adbb"), (float("inf"), "#4d7083"))
_NO_VALUE_FILL = "#ffffff"

Place = tuple[dict[str, Any], Measured]


def revenue_page(report: Report, made: BudgetFigures) -> dict[str, Any]:
    """What page 1 prints."""
    measured = [(node, made.measured(node)) for node in made.nodes("province", made.revenue)]
    places = sorted(measured, key=lambda place: (place[1].raw_percent is not None, place[1].raw_percent or 0.0))
    before = str(int(made.snapshot.period.name) - 1)
    return {
        **_nation(report, made, places, before),
        "column_before": report.messages.say("column_before", before=before),
        "provinces_heading": _provinces_heading(report, made, places),
        "province_dots": _dots(report, made, places, before),
        "map_heading": _map_heading(report, made, places),
        "province_map": _map(report, made, places),
        "classes": _legend(report),
        "remarks": _remarks(report, made),
    }


def _name(made: BudgetFigures, place: Place) -> str:
    return made.body(place[0]["node_id"]).short_vi


def _missed(places: list[Place]) -> list[Place]:
    return [place for place in places if place[1].is_short]


def _nation(report: Report, made: BudgetFigures, places: list[Place], before: str) -> dict[str, Any]:
    rows = [
        (key, made.nation(indicator)) for key, indicator in (("revenue", made.revenue), ("spending", made.spending))
    ]
    measured = {key: (node, made.measured(node, THOUSAND_BILLIONS)) for key, node in rows if node}
    largest = max(
        float(value) for node, _ in measured.values() for value in (node["observed"], node["planned"]) if value
    )
    return {
        "revenue_heading": _heading(report, made, places, measured["revenue"][1]),
        "measures": [_measure(report, made, key, *pair, largest) for key, pair in measured.items()],
    }


def _measure(
    report: Report, made: BudgetFigures, key: str, node: dict[str, Any], found: Measured, largest: float
) -> dict[str, Any]:
    say = report.messages.say
    title = say("bullet_title", final=found.final, planned=found.planned)
    counted = made.book.count(node["members_counted"], "số cơ quan có đủ dự toán và quyết toán")
    total = made.book.count(node["members_total"], "số cơ quan có dự toán hoặc quyết toán")
    return {
        "name": say(f"measure_{key}", members=counted, members_total=total),
        "planned": found.planned,
        "final": found.final,
        "percent": found.percent,
        "before": found.before,
        "is_short": found.is_short and key == "revenue",
        "bullet": bullet(float(node["observed"] or 0), float(node["planned"] or 0), largest, title, width=150),
    }


def _heading(report: Report, made: BudgetFigures, places: list[Place], nation: Measured) -> str:
    """The finding: did the nation reach its plan, and who did not."""
    say = report.messages.say
    missed = _missed(places)
    count = made.book.count(len(places), "số địa phương hiện nay có số")
    if not missed:
        return say("revenue_all_met", nation=nation.percent, count=count)
    if nation.is_short or len(missed) > _NAMED_MISSED:
        key = "revenue_nation_missed" if nation.is_short else "revenue_many_missed"
        number = made.book.count(len(missed), "số địa phương có tỷ lệ dưới 100%")
        lowest, percent = _name(made, missed[0]), missed[0][1].percent
        return say(key, nation=nation.percent, missed=number, count=count, lowest=lowest, lowest_percent=percent)
    met = made.book.count(len(places) - len(missed), "số địa phương có tỷ lệ từ 100%")
    names = listed([f"{_name(made, place)} ({place[1].percent})" for place in missed])
    return say("revenue_few_missed", nation=nation.percent, met=met, count=count, names=names)


def _provinces_heading(report: Report, made: BudgetFigures, places: list[Place]) -> str:
    missed = _missed(places)
    top, second = (_name(made, place) for place in (places[-1], places[-2 if len(places) > 1 else -1]))
    key = {0: "provinces_heading_none", 1: "provinces_heading_one"}.get(len(missed), "provinces_heading_many")
    number = made.book.count(len(missed), "số địa phương có tỷ lệ dưới 100%")
    name = _name(made, missed[0]) if missed else ""
    return report.messages.say(key, name=name, missed=number, top=top, second=second)


def _dots(report: Report, made: BudgetFigures, places: list[Place], before: str) -> str:
    say = report.messages.say
    period = made.snapshot.period.name
    rows = [
        DotRow(
            name=_name(made, place),
            percent=place[1].raw_percent,
            printed=str(place[1].percent),
            before=place[1].raw_before,
            printed_before=str(place[1].before) if place[1].raw_before is not None else "",
        )
        for place in places
    ]
    words = DotWords(
        title=say("dots_title", period=period, before=before), plan=say("dots_plan"), now=period, before=before
    )
    lowest = min((place[1].raw_percent for place in places if place[1].raw_percent is not None), default=100.0)
    low = 50.0 if lowest >= 50 else 0.0
    return dots(rows, words, width=382, low=low, high=300)


def _map_heading(report: Report, made: BudgetFigures, places: list[Place]) -> str:
    doubled = [place for place in places if (place[1].raw_percent or 0.0) >= _DOUBLE]
    if not doubled:
        return report.messages.say("map_heading_none")
    return report.messages.say("map_heading", count=made.book.count(len(doubled), "số địa phương có tỷ lệ từ 200%"))


def _map(report: Report, made: BudgetFigures, places: list[Place]) -> str:
    say = report.messages.say
    fills = {}
    labels = []
    named = [*_missed(places)[:_NAMED_MISSED], *places[-_LABELLED_TOP:]]
    for place in places:
        code = made.body(place[0]["node_id"]).official_code or ""
        percent = place[1].raw_percent
        fills[code] = _NO_VALUE_FILL if percent is None else next(fill for upto, fill in _CLASSES if percent < upto)
        if place in named:
            ink = RED if place[1].is_short else INK
            labels.append(MapLabel(code=code, words=_name(made, place), ink=ink))
    words = MapWords(
        title=say("map_title", period=made.snapshot.period.name),
        east_sea=say("east_sea"),
        hoang_sa=(say("hoang_sa"), say("hoang_sa_of")),
        truong_sa=(say("truong_sa"), say("truong_sa_of")),
    )
    return province_map(made.report.map_path, fills, labels, words, width=245)


def _legend(report: Report) -> list[dict[str, Any]]:
    say = report.messages.say
    ends = [upto for upto, _ in _CLASSES]
    words = [say("class_below")]
    words += [say("class_upto", low=f"{low:.0f}", high=f"{high:.0f}") for low, high in pairwise(ends[:-1])]
    words += [say("class_above", low=f"{ends[-2]:.0f}")]
    return [
        {"swatch": svg(10, 8, text, rectangle(0.5, 0.5, 9, 7, fill=fill, stroke="#6f6f6f")), "words": text}
        for text, (_, fill) in zip(words, _CLASSES, strict=True)
    ]


def _remarks(report: Report, made: BudgetFigures) -> list[str]:
    """What the forms themselves say of the revenue figures, quoted with its cell."""
    say = report.messages.say
    findings = made.snapshot.findings
    remarks = records(findings[findings["check_code"] == "form-remark"])
    lines = {
        role: [row for row in remarks if row["details"].get("form") == f"revenue_{role}"] for role in ("plan", "final")
    }
    if not lines["final"]:
        return [say("remark_none")]
    said = [
        say("remark_quote", remark=row["raw_value"], **{key: row[key] for key in ("file_name", "sheet", "cell")})
        for row in lines["final"]
    ]
    return [*said, say("remark_plan_silent")] if not lines["plan"] else said
