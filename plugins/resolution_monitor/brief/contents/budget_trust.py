"""The lower part of page 2: what could not be matched, which totals hold, how it was computed, where it came from."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from resolution_monitor.brief.contents.budget_figures import BudgetFigures
from resolution_monitor.brief.figures import BILLIONS, Figure, Source
from resolution_monitor.brief.report import Report
from resolution_monitor.brief.snapshot import records
from resolution_monitor.catalogue.names import name_key

_UNMATCHED = (
    "unknown-body",
    "duplicate-body",
    "not-a-number",
    "missing-value",
    "body-missing",
    "plan-without-final",
    "final-without-plan",
    "row-not-understood",
)
# The page names the largest; the workbook names all.
_PRINTED_UNMATCHED = 12
_TOTALS = ("total-not-met", "subtotal-not-met", "row-total-not-met")


def trust_page(report: Report, made: BudgetFigures) -> dict[str, Any]:
    """What page 2 prints below the spending."""
    say = report.messages.say
    unmatched = sorted(unmatched_rows(report, made), key=_weight, reverse=True)
    totals = _findings(made, _TOTALS)
    key = "unmatched_heading_some" if unmatched else "unmatched_heading_none"
    counted = made.book.count(len(unmatched), "số tên chưa đối chiếu được")
    missed = made.book.count(len(totals), "số tổng in không bằng các số cộng lại")
    return {
        "unmatched_heading": say(key, count=counted),
        "unmatched": unmatched[:_PRINTED_UNMATCHED],
        "unmatched_more": _more(report, made, len(unmatched) - _PRINTED_UNMATCHED),
        "totals_heading": say("totals_heading_unmet", count=missed) if totals else say("totals_heading_met"),
        "totals": [_unmet(report, row) for row in totals] or [say("totals_met")],
        "method": [
            say("method_ratio", period=made.snapshot.period.name),
            say("method_status"),
            say("method_missing"),
        ],
        "sources": _sources(report, made),
    }


def _weight(row: dict[str, Any]) -> Decimal:
    """Money at stake: the larger of plan and result."""
    return max(row[side].value or Decimal(0) for side in ("planned", "final"))


def _more(report: Report, made: BudgetFigures, rest: int) -> str:
    if rest <= 0:
        return ""
    return report.messages.say("unmatched_more", count=made.book.count(rest, "số tên không in ở trang này"))


def _findings(made: BudgetFigures, checks: tuple[str, ...]) -> list[dict[str, Any]]:
    frame = made.snapshot.findings
    return records(frame[frame["check_code"].isin(checks)])


def unmatched_rows(report: Report, made: BudgetFigures) -> list[dict[str, Any]]:
    """One row for each name: the plan's cell and the result's cell of the same unknown body stand together."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for finding in _findings(made, _UNMATCHED):
        groups[finding["check_code"], name_key(made.snapshot.catalogue, finding["raw_value"] or "")].append(finding)
    return [_unmatched(report, made, check, found) for (check, _), found in groups.items()]


def _unmatched(report: Report, made: BudgetFigures, check: str, found: list[dict[str, Any]]) -> dict[str, Any]:
    sides = {side: [f for f in found if f["details"].get("role") == side] for side in ("target", "observation")}
    return {
        "name": max((f["raw_value"] or "" for f in found), key=len),
        "planned": _sum(made, sides["target"]),
        "plan_cell": _cells(sides["target"]),
        "final": _sum(made, sides["observation"]),
        "final_cell": _cells(sides["observation"]),
        "why": report.messages.say(f"why_{check}"),
    }


def _sum(made: BudgetFigures, findings: list[dict[str, Any]]) -> Figure:
    numbers = [Decimal(finding["details"]["number"]) for finding in findings if "number" in finding["details"]]
    total = sum(numbers, Decimal(0)) if numbers else None
    return made.book.money(total, BILLIONS, "số trong ô của dòng chưa đối chiếu được", map(_source, findings))


def _cells(findings: list[dict[str, Any]]) -> str:
    return "; ".join(f"{finding['sheet']}!{finding['cell']}" for finding in findings)


def _source(finding: dict[str, Any]) -> Source:
    return Source(finding["file_name"], finding["sheet"] or "", finding["cell"] or "", finding["sha256"])


def _unmet(report: Report, finding: dict[str, Any]) -> str:
    details = finding["details"]
    place = f"{finding['file_name']} {finding['sheet']}!{finding['cell']}"
    shown = {key: details[key] for key in ("printed", "summed", "difference")}
    return report.messages.say("totals_unmet", name=finding["raw_value"], place=place, **shown)


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
