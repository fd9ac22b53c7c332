"""Fourth stage on the road: one edition of a report, as PDF and as workbook, with every number's cells."""

import hashlib
from dataclasses import asdict
from typing import Any

from resolution_monitor.brief.assembly import briefing_of
from resolution_monitor.brief.briefing import Briefing
from resolution_monitor.brief.kinds import AnySnapshot
from resolution_monitor.brief.render_pdf import pdf_maker
from resolution_monitor.brief.reports import kind_of
from resolution_monitor.errors import NothingToReportError
from resolution_monitor.period import Period, shifted
from resolution_monitor.pipeline.context import Context, stage
from resolution_monitor.pipeline.files import rendered, report_in, stem_of, write_files
from resolution_monitor.pipeline.snapshots import Run, snapshot_of
from resolution_monitor.score.version import rules_version
from resolution_monitor.store import briefing_rows, score_rows
from resolution_monitor.store.briefing_rows import Edition


@stage
def brief(context: Context, report_name: str, period: Period) -> dict[str, Any]:
    """
    Render what was scored last for the period.

    Returns:
        edition: its name; pdf, xlsx: the files to open; submissions: how many it rests on; findings: how many a person
        should look at; figures: how many were printed.

    Raises:
        NothingToReportError: The period was never scored.
        RenderError: A template, font or library is wrong, or the report is not written in the context's language.
        StorageError: The files cannot be written.
    """
    report = report_in(context.settings, report_name, context.language)
    kind = kind_of(report_name)
    run = score_rows.latest_run(context.database, report_name, period)
    if run is None:
        raise NothingToReportError(f"period {period.name} was not scored; run ./monitor run --period {period.name}")
    for leftover in context.settings.briefings_folder.glob("writing-*"):
        leftover.unlink(missing_ok=True)  # of a run that was killed
    with pdf_maker() as maker:
        snapshot = snapshot_of(context, kind.needs, report_name, period, run)
        briefing = briefing_of(kind, report, snapshot)
        pdf, xlsx = rendered(report, briefing, period, maker)
    files = write_files(context.settings.briefings_folder / stem_of(report, briefing, period), pdf, xlsx)
    before = score_rows.latest_run(context.database, report_name, shifted(period, -1)) if kind.needs.compares else None
    edition = _edition(context, briefing, snapshot, (run, before), hashlib.sha256(pdf), hashlib.sha256(xlsx))
    briefing_rows.save_edition(context.database, edition, period, map(asdict, briefing.figures), context.now)
    serious = snapshot.findings[snapshot.findings["severity"] != "note"]
    counts = {
        "submissions": len(snapshot.submissions),
        "findings": len(serious),
        "figures": len(briefing.figures),
    }
    return {"edition": briefing.edition, **files, **counts}


def _edition(
    context: Context, briefing: Briefing, snapshot: AnySnapshot, runs: tuple[Run, Run | None], pdf: Any, xlsx: Any
) -> Edition:
    run, before = runs
    lock = (context.settings.root / "requirements.txt").read_bytes()
    return Edition(
        report=briefing.report,
        edition=briefing.edition,
        scoring_run_id=run["scoring_run_id"],
        before_run_id=before["scoring_run_id"] if before else None,
        known_at=run["known_at"],
        rules_version=rules_version(),
        lock_sha256=hashlib.sha256(lock).hexdigest(),
        snapshot_sha256=snapshot.sha256,
        view_model_sha256=briefing.sha256,
        pdf_sha256=pdf.hexdigest(),
        xlsx_sha256=xlsx.hexdigest(),
        state=briefing.state,
    )
