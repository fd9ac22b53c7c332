"""An edition made again from what was known when it was made: the same rows, the same catalogue, the same page."""

from dataclasses import replace
from typing import Any

from resolution_monitor.brief.assembly import briefing_of
from resolution_monitor.brief.parts.head import Issued
from resolution_monitor.brief.reports import kind_of
from resolution_monitor.errors import NothingToReportError
from resolution_monitor.period import period_containing
from resolution_monitor.pipeline.catalogue_then import catalogue_of_run
from resolution_monitor.pipeline.context import Context
from resolution_monitor.pipeline.edition_record import Made
from resolution_monitor.pipeline.files import report_in
from resolution_monitor.pipeline.snapshots import snapshot_of
from resolution_monitor.store import edition_rows

Row = dict[str, Any]


def context_then(context: Context, content: Row) -> Context:
    """
    The context that an edition was made in: its catalogue, its language, and nothing that was recorded since.

    Raises:
        CatalogueError: The catalogue of then cannot be read by the rules of today.
    """
    catalogue = catalogue_of_run(context, content["catalogue_sha256"])
    return replace(context, catalogue=catalogue, sees_until=content["seen_until"], language=content["language"])


def made_again(then: Context, edition: Row, issued: Issued | None = None) -> Made:
    """
    The edition from the database, by the code of now.

    Args:
        then: See context_then.
        issued: Number, place, day and signer of an edition that was, or is to be, issued; None: a draft.

    Raises:
        NothingToReportError: A purge took its scoring run away.
        CatalogueError: Its report is no longer made.
    """
    kind = kind_of(edition["report"])
    report = report_in(then.settings, edition["report"], then.language)
    period = period_containing(edition["period_kind"], edition["period_end"])
    run = edition_rows.run_numbered(then.database, edition["scoring_run_id"])
    if run is None:
        raise NothingToReportError(f"the scoring run of {edition['edition']} is gone: a purge took it away")
    before = edition["before_run_id"] and edition_rows.run_numbered(then.database, edition["before_run_id"])
    run = run | {"before": before}
    snapshot = snapshot_of(then, kind.needs, edition["report"], period, run)
    return Made(report, snapshot, briefing_of(kind, report, snapshot, issued), run)
