"""Page 2, lower part: how it was computed, how far it can be trusted, where it came from."""

from typing import Any

from resolution_monitor.brief.figures import Figure, Origin
from resolution_monitor.brief.parts.resolution_figures import ResolutionFigures, Row

# What the page counts together: a row that waits for its reason is kept out like one that is wrong.
_TOLD = {"block": ("block", "justify"), "warn": ("warn",)}
_LEVELS = ("high", "medium", "low", "proxy")


def trust_part(made: ResolutionFigures) -> dict[str, Any]:
    """Method, confidence and sources, each a few lines."""
    made.at("place_trust")
    methods = ("colour", "parent", "way", "forecast", "overdue", "decision", "level")
    return {
        "method": [made.say(f"method_{key}", **_levels_of_decision(made)) for key in methods],
        "confidence": [_findings(made), _levels(made)],
        "source": _source(made),
    }


def _levels_of_decision(made: ResolutionFigures) -> dict[str, Figure]:
    """From how many days on a level of the settings decides on an extension."""
    origin = Origin(made.say("rule_line"), made.say("about_settings"))
    levels = made.report.settings["extension_levels"]
    return {f"{one['level']}_from": made.book.days(one["from_days"], origin) for one in levels}


def _findings(made: ResolutionFigures) -> str:
    frame = made.snapshot.findings
    counts: dict[str, Figure] = {}
    for severity, told in _TOLD.items():
        rows = frame[frame["severity"].isin(told)]
        origin = Origin(made.say(f"rule_findings_{severity}"), made.say("about_reports"))
        counts[severity] = made.book.count(len(rows), origin)
    total = sum(int(frame["severity"].isin(told).sum()) for told in _TOLD.values())
    return made.say("confidence_self_reported") + " " + made.counted("confidence_findings", total, **counts)


def _levels(made: ResolutionFigures) -> str:
    """How sure the targets and deadlines themselves are."""
    if not made.assignments:
        return ""
    counts = {
        level: made.count(_of(made, level), f"rule_confidence_{level}", made.say("about_assignments"))
        for level in _LEVELS
    }
    return made.say("confidence_levels", **counts)


def _of(made: ResolutionFigures, level: str) -> list[Row]:
    return [
        assignment
        for assignment in made.assignments
        if ("proxy" if assignment["is_proxy"] else assignment["confidence"]) == level
    ]


def _source(made: ResolutionFigures) -> str:
    name = made.snapshot.period.name
    files = [row for row in made.files if name in row["periods"]]
    senders = {row["sender_id"] for row in files}
    about = made.say("about_reports")
    return made.counted(
        "source",
        len(files),
        files=made.book.count(len(files), Origin(made.say("rule_files"), about, made.file_sources(senders))),
        senders=made.book.count(len(senders), Origin(made.say("rule_senders"), about, made.file_sources(senders))),
    )
