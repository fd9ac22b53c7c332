"""Which editions were made, which were issued, and which of them would no longer say the same?"""

import re
from typing import Any

import pandas

from resolution_monitor.brief.reports import kind_of, report_names
from resolution_monitor.period import Period, period_containing, shifted
from resolution_monitor.store import edition_rows, score_rows
from resolution_monitor.store.connect import Database
from resolution_monitor.wording import VIETNAMESE

COLUMNS = (
    *("report", "period", "edition", "state", "made_at", "why_stale"),
    *("is_newest", "number", "issued_on", "signer", "corrects"),
)
_LANGUAGE = re.compile(r"-([a-z]{2,3})-[0-9a-f]{8}$")
SCORED_ANEW = "scored anew since"
FIRST_NEIGHBOUR = "made before the period before was: it compares with nothing"
OTHER_NEIGHBOUR = "the period before was scored anew since"
LOST_NEIGHBOUR = "the period before has no run any more"


def editions(
    database: Database, *, is_all: bool = False, report: str | None = None, period: Period | None = None
) -> pandas.DataFrame:
    """
    Editions with COLUMNS, by report and period, oldest first; of each the one made last, and every one issued.

    `why_stale` is empty where making it again would take the same runs. Another language is an edition of its own.

    Args:
        is_all: Also those that a newer one took the place of.
    """
    newest: dict[tuple[Any, ...], dict[str, Any]] = {}
    made = edition_rows.editions_made(database)
    for edition in made:
        newest[_about(edition)] = edition
    asked = [one for one in made if (report in (None, one["report"])) and (period in (None, _period(one)))]
    chosen = [one for one in asked if is_all or one["number"] is not None or newest[_about(one)] is one]
    ordered = sorted(chosen, key=lambda one: (*_about(one), one["made_at"]))
    rows = [_row(database, one) | {"is_newest": newest[_about(one)] is one} for one in ordered]
    found = pandas.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    return found.assign(made_at=pandas.to_datetime(found["made_at"], utc=True))


def _about(edition: dict[str, Any]) -> tuple[Any, ...]:
    return edition["report"], edition["period_end"], edition["period_kind"], language_of(edition["edition"])


def language_of(edition: str) -> str:
    """The language that an edition's name bears; a Vietnamese one bears none."""
    marked = _LANGUAGE.search(edition)
    return marked[1] if marked else VIETNAMESE


def _period(edition: dict[str, Any]) -> Period:
    return period_containing(edition["period_kind"], edition["period_end"])


def _row(database: Database, edition: dict[str, Any]) -> dict[str, Any]:
    told = {name: edition.get(name) for name in COLUMNS}
    period = _period(edition)
    return {**told, "period": period.name, "why_stale": "; ".join(why_stale(database, edition))}


def why_stale(database: Database, edition: dict[str, Any]) -> list[str]:
    """What has changed of the runs that an edition was made from; empty where it would say the same."""
    reasons, period = [], _period(edition)
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
