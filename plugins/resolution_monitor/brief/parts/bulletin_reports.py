"""Top of the daily bulletin: which bodies sent the day's figures, by block, beside the day before."""

from typing import Any

from resolution_monitor.brief.charts.dumbbell import dumbbell
from resolution_monitor.brief.figures import Figure, Origin
from resolution_monitor.brief.parts.received import Received, received
from resolution_monitor.brief.parts.resolution_figures import ResolutionFigures
from resolution_monitor.brief.resolution_snapshot import Standing
from resolution_monitor.brief.sentences import kept_together

_NAMED = 8


def day_of(standing: Standing | None, agency_ids: list[str] | None = None) -> Received:
    """Bodies by what came of all they owe for the day; a body without every figure did not send its day."""
    return Received() if standing is None else received(standing.obligations, agency_ids)


def is_provisional(made: ResolutionFigures) -> bool:
    """Whether too few bodies sent the day, or none owed it."""
    share = day_of(made.snapshot.now).received_pct
    return share is None or share < float(made.report.settings["readiness_pct"])


def day_part(made: ResolutionFigures) -> dict[str, Any]:
    """Heading, one row per block that owes something, and who is missing."""
    made.at("place_reports")
    everything = day_of(made.snapshot.now)
    missing, late = everything.missing, everything.late
    about = made.say("about_day")
    figures = {
        "sent": _count(made, [*everything.on_time, *late], "rule_received", about),
        "owed": _count(made, everything.owed, "rule_owed", about),
        "count": _count(made, missing, "rule_missing", about),
        "name": made.name(missing[0]) if missing else "",
        "late": made.counted("late", len(late), count=_count(made, late, "rule_late", about)),
    }
    blocks = made.snapshot.catalogue.blocks
    return {
        "is_provisional": is_provisional(made),
        "day_heading": _heading(made, everything, figures),
        "blocks": [row for key in blocks if (row := _block(made, key))],
        "absent": _absent(made, missing),
    }


def _heading(made: ResolutionFigures, everything: Received, figures: dict[str, Any]) -> str:
    if not everything.owed:
        return made.say("day_nothing_due")
    if everything.missing == everything.owed:
        return made.say("day_all_missing")
    return made.counted("day_heading", len(everything.missing), **figures)


def _count(made: ResolutionFigures, agency_ids: list[str], rule: str, about: str) -> Figure:
    return made.book.count(len(agency_ids), Origin(made.say(rule), about, made.file_sources(agency_ids)))


def _block(made: ResolutionFigures, block: str) -> dict[str, Any] | None:
    members = [body.agency_id for body in made.snapshot.catalogue.bodies.values() if body.block == block]
    now, before = day_of(made.snapshot.now, members), day_of(made.snapshot.before, members)
    if not now.owed and not before.owed:
        return None
    name = made.say(f"block_{block}")
    rule = Origin(made.say("rule_on_time_pct"), name, made.file_sources(now.owed))
    percent = made.book.percent(now.on_time_pct, rule)
    then = made.book.percent(before.on_time_pct, Origin(made.say("rule_on_time_pct_before"), name))
    title = made.say("dumbbell_title", name=name, now=percent, before=then)
    return {
        "name": name,
        "owed": _count(made, now.owed, "rule_owed", name),
        "on_time": _count(made, now.on_time, "rule_on_time", name),
        "late": _count(made, now.late, "rule_late", name),
        "missing": _count(made, now.missing, "rule_missing", name),
        "dumbbell": dumbbell(now.on_time_pct, before.on_time_pct, title, low=0.0, width=150),
        "percent": percent,
        "before": then,
    }


def _absent(made: ResolutionFigures, missing: list[str]) -> str:
    if len(missing) < 2:
        return ""
    names = [kept_together(made.name(agency_id)) for agency_id in missing[:_NAMED]]
    rest = missing[_NAMED:]
    if not rest:
        return made.say("absent", names=made.listed(names))
    count = _count(made, rest, "rule_rest", made.say("about_day"))
    return made.say("absent_many", names=", ".join(names), count=count)
