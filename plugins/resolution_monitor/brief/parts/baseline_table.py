"""Indicators that no document gives a baseline of: the first report's figure serves, and what was told of it since."""

from collections.abc import Sequence
from typing import Any

from resolution_monitor.brief.figures import places
from resolution_monitor.brief.parts.resolution_figures import ResolutionFigures, Row
from resolution_monitor.brief.snapshot import known, records
from resolution_monitor.score.month.first_figures import has_own_baseline
from resolution_monitor.wording import day

_OWN = "SELF_BASELINE"


def baseline_rows(made: ResolutionFigures, assignments: Sequence[Row]) -> list[dict[str, Any]]:
    """One row per indicator without a baseline and body that reports it, in the order given."""
    catalogue = made.snapshot.catalogue
    told_again = {(row["agency_id"], row["item_id"]): row for row in records(made.snapshot.first_figures)}
    return [
        _row(made, assignment, told_again.get((assignment["agency_id"], assignment["item_id"])))
        for assignment in assignments
        if (entry := catalogue.indicators.get(assignment["item_id"])) is not None and has_own_baseline(entry)
    ]


def _row(made: ResolutionFigures, assignment: Row, told_again: Row | None) -> dict[str, Any]:
    entry = made.snapshot.catalogue.indicators[assignment["item_id"]]
    has_first = _OWN in assignment["flags"]
    return {
        "code": assignment["item_id"],
        "resolution": assignment["resolution"],
        "name": made.item(assignment["item_id"]),
        "lead": made.name(assignment["agency_id"]),
        "unit": made.report.messages.unit(entry.unit),
        "first_on": assignment["started_on"] if has_first else None,
        "baseline": known(assignment["baseline"]) if has_first else None,
        "baseline_state": "serves" if has_first else "waiting",
        "low": known(assignment["progress_low"]),
        **(_told_again(made, told_again) if told_again else {}),
    }


def _told_again(made: ResolutionFigures, row: Row) -> dict[str, Any]:
    """The other figure with the score it would give, and who decided on it."""
    decision = f"{row['author']}, {day(row['decided_on'], made.language)}: {row['reason']}" if row["is_decided"] else ""
    return {
        "baseline_state": "decided" if row["is_decided"] else "corrected",
        "other_baseline": known(row["other"]),
        "other_low": known(row["other_progress_low"]),
        "decision": decision,
        "cell": places(made.sources([row])),
    }
