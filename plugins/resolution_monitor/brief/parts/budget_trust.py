"""The lower part of page 2: what could not be matched, which totals hold, how it was computed, where it came from."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from resolution_monitor.brief.figures import BILLIONS, Figure, Origin, Source, places
from resolution_monitor.brief.parts.budget_figures import BudgetFigures
from resolution_monitor.brief.parts.budget_spending import absent_ministries
from resolution_monitor.brief.report import Report
from resolution_monitor.brief.snapshot import records
from resolution_monitor.catalogue.names import name_key

_UNMATCHED = (
    "unknown-body",
    "duplicate-body",
    "not-a-number",
    "missing-value",
    "body-missing",
    "line-missing",
    "line-twice",
    "plan-without-final",
    "final-without-plan",
    "row-not-understood",
)
# The page names the largest; the workbook names all.
_PRINTED_UNMATCHED = 12
_TOTALS = ("total-not-met", "subtotal-not-met", "row-total-not-met")


def trust_page(report: Report, made: BudgetFigures, unmatched: list[dict[str, Any]]) -> dict[str, Any]:
    """What page 2 prints below the spending."""
    say = report.messages.say
    made.at("place_trust")
    totals = _findings(made, _TOTALS)
    key = "unmatched_heading_some" if unmatched else "unmatched_heading_none"
    counted = _count(made, len(unmatched), "names_unmatched")
    missed = _count(made, len(totals), "totals_unmet")
    return {
        "unmatched_heading": say(key, count=counted),
        "unmatched": unmatched[:_PRINTED_UNMATCHED],
        "unmatched_more": _more(report, made, len(unmatched) - _PRINTED_UNMATCHED),
        "totals_heading": say("totals_heading_unmet", count=missed) if totals else say("totals_heading_met"),
        "totals": [_unmet(report, made, row) for row in totals] or [say("totals_met")],
        "method": [
            say("method_ratio", period=made.snapshot.period.name),
            say("method_status"),
            say("method_missing"),
        ],
        "sources": _sources(report, made),
    }


def notes_for_leaders(report: Report, made: BudgetFigures, unmatched: list[dict[str, Any]], short: str) -> list[str]:
    """
    What a reader should know though no decision is asked.

    Args:
        short: The provinces below their plan, as a list in words; empty when there is none.
    """
    say = report.messages.say
    lonely = [row["name"] for row in unmatched if row["is_lonely"]]
    return [
        *([say("note_short", names=short)] if short else []),
        *([say("note_lonely", names=made.listed(lonely))] if 0 < len(lonely) <= 3 else []),
        *(say("note_unmet", name=row["raw_value"]) for row in _findings(made, _TOTALS)[:1]),
    ]


def _count(made: BudgetFigures, value: int, rule: str) -> Figure:
    return made.book.count(value, Origin(made.rule(rule), made.report.messages.say("about_forms")))


def _more(report: Report, made: BudgetFigures, rest: int) -> str:
    if rest <= 0:
        return ""
    return report.messages.say("unmatched_more", count=_count(made, rest, "names_unprinted"))


def _findings(made: BudgetFigures, checks: tuple[str, ...]) -> list[dict[str, Any]]:
    frame = made.snapshot.findings
    return records(frame[frame["check_code"].isin(checks)])


def unmatched_rows(made: BudgetFigures) -> list[dict[str, Any]]:
    """One row for each name, the largest first: plan and result of the same unknown body stand together."""
    if made.unmatched is None:
        made.unmatched = _unmatched_rows(made)
    return made.unmatched


def _unmatched_rows(made: BudgetFigures) -> list[dict[str, Any]]:
    made.at("place_unmatched")
    groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for finding in _findings(made, _UNMATCHED):
        groups[finding["check_code"], name_key(made.snapshot.catalogue, finding["raw_value"] or "")].append(finding)
    rows = [_unmatched(made, check, found) for (check, _), found in groups.items()]
    return sorted(rows, key=_weight, reverse=True)


def _weight(row: dict[str, Any]) -> Decimal:
    """Money at stake: the larger of plan and result."""
    return max(row[side].value or Decimal(0) for side in ("planned", "final"))


def _unmatched(made: BudgetFigures, check: str, found: list[dict[str, Any]]) -> dict[str, Any]:
    sides = {side: [f for f in found if f["details"].get("role") == side] for side in ("target", "observation")}
    name = max((f["raw_value"] or "" for f in found), key=len)
    return {
        "name": name,
        "planned": _sum(made, name, sides["target"]),
        "plan_cell": places(map(_source, sides["target"])),
        "final": _sum(made, name, sides["observation"]),
        "final_cell": places(map(_source, sides["observation"])),
        "why": made.report.messages.say(f"why_{check}"),
        "is_lonely": check in ("plan-without-final", "final-without-plan"),
    }


def _sum(made: BudgetFigures, name: str, findings: list[dict[str, Any]]) -> Figure:
    numbers = [Decimal(finding["details"]["number"]) for finding in findings if "number" in finding["details"]]
    total = sum(numbers, Decimal(0)) if numbers else None
    origin = Origin(made.rule("cell_unmatched"), name, tuple(map(_source, findings)))
    return made.book.money(total, BILLIONS, origin)


def _source(finding: dict[str, Any]) -> Source:
    """The cell of the number where the finding stands on a name beside it."""
    cell = finding["details"].get("number_cell") or finding["cell"] or ""
    return Source(finding["file_name"], finding["sheet"] or "", cell, finding["sha256"])


def _unmet(report: Report, made: BudgetFigures, finding: dict[str, Any]) -> str:
    """A printed total beside its parts added up, in tỷ đồng, and what the difference may hold."""
    details = finding["details"]
    printed, summed = (Decimal(details[f"{key}_number"]) for key in ("printed", "summed"))
    source = (_source(finding),)
    figures = {
        key: made.book.money(amount, BILLIONS, Origin(made.rule(rule), finding["raw_value"], source))
        for key, amount, rule in (
            ("printed", printed, "cell"),
            ("summed", summed, "parts_summed"),
            ("difference", abs(printed - summed), "printed_less_summed"),
        )
    }
    absent = absent_ministries(made) if finding["check_code"] == "subtotal-not-met" else ""
    key = "totals_larger" if printed > summed else "totals_smaller"
    sentence = report.messages.say(key, name=finding["raw_value"], place=places(source), **figures)
    return f"{sentence} {report.messages.say('totals_absent', names=absent)}" if absent else sentence


def _sources(report: Report, made: BudgetFigures) -> list[str]:
    say = report.messages.say
    roles = made.snapshot.values.groupby("file_name")["role"].first()
    lines = []
    for row in records(made.snapshot.submissions.sort_values("file_name", ascending=False)):
        if row["file_name"] not in roles:
            continue
        kind = say("source_kind_plan" if roles[row["file_name"]] == "target" else "source_kind_final")
        document = row["document"] or say("source_no_document")
        lines.append(say("source_line", kind=kind, document=document, file=row["file_name"], sha256=row["sha256"][:12]))
    return lines
