"""Which editions were made, and which of them would no longer say the same?"""

from typing import Any

import pandas

from resolution_monitor.brief.reports import kind_of, report_names
from resolution_monitor.period import Period, period_containing, shifted
from resolution_monitor.store import briefing_rows, score_rows
from resolution_monitor.store.connect import Database

COLUMNS = ("report", "period", "edition", "made_at", "why_stale")
SCORED_ANEW = "scored anew since"
FIRST_NEIGHBOUR = "made before the period before was: it compares with nothing"
OTHER_NEIGHBOUR = "the period before was scored anew since"
LOST_NEIGHBOUR = "the period before has no run any more"


def editions(database: Database) -> pandas.DataFrame:
    """
    The edition of each report and period that was made last, with COLUMNS, by report and period.

    `why_stale` is empty where making it again would take the same runs.
    """
    rows = [_row(database, edition) for edition in briefing_rows.newest_editions(database)]
    found = pandas.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    return found.assign(made_at=pandas.to_datetime(found["made_at"], utc=True))


def _row(database: Database, edition: dict[str, Any]) -> dict[str, Any]:
    period = period_containing(edition["period_kind"], edition["period_end"])
    told = {name: edition[name] for name in ("report", "edition", "made_at")}
    return {**told, "period": period.name, "why_stale": "; ".join(_reasons(database, edition, period))}


def _reasons(database: Database, edition: dict[str, Any], period: Period) -> list[str]:
    reasons = []
    if _run_id(database, edition["report"], period) != edition["scoring_run_id"]:
        reasons.append(SCORED_ANEW)
    if not _compares(edition["report"]):
        return reasons
    neighbour = _run_id(database, edition["report"], shifted(period, -1))
    if neighbour == edition["before_run_id"]:
        return reasons
    if edition["before_run_id"] is None:
        return [*reasons, FIRST_NEIGHBOUR]
    return [*reasons, LOST_NEIGHBOUR if neighbour is None else OTHER_NEIGHBOUR]


def _compares(report: str) -> bool:
    """A report that is no longer made compares with nothing."""
    return report in report_names() and kind_of(report).needs.compares


def _run_id(database: Database, report: str, period: Period) -> int | None:
    newest = score_rows.latest_run(database, report, period)
    return int(newest["scoring_run_id"]) if newest else None
