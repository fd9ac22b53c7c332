"""Fourth stage on the road: one edition of a report, as PDF and as workbook, with every number's cells."""

from dataclasses import asdict, replace
from typing import Any

from resolution_monitor.brief.assembly import briefing_of
from resolution_monitor.brief.render_pdf import pdf_maker
from resolution_monitor.brief.reports import kind_of
from resolution_monitor.errors import NothingToReportError
from resolution_monitor.period import Period, shifted
from resolution_monitor.pipeline.context import Context, stage
from resolution_monitor.pipeline.edition_record import Made, edition_of, seen_until
from resolution_monitor.pipeline.files import rendered, report_in, stem_of, write_files
from resolution_monitor.pipeline.snapshots import snapshot_of
from resolution_monitor.store import briefing_rows, score_rows


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
    # Asked first: what is recorded while the edition is made is for the next one, and later this one is told again.
    context = replace(context, sees_until=seen_until(context))
    run = score_rows.latest_run(context.database, report_name, period)
    if run is None:
        raise NothingToReportError(f"period {period.name} was not scored; run ./monitor run --period {period.name}")
    before = score_rows.latest_run(context.database, report_name, shifted(period, -1)) if kind.needs.compares else None
    run = run | {"before": before}
    for leftover in context.settings.briefings_folder.glob("writing-*"):
        leftover.unlink(missing_ok=True)  # of a run that was killed
    with pdf_maker() as maker:
        snapshot = snapshot_of(context, kind.needs, report_name, period, run)
        briefing = briefing_of(kind, report, snapshot)
        pdf, xlsx = rendered(report, briefing, period, maker)
    files = write_files(context.settings.briefings_folder / stem_of(report, briefing, period), pdf, xlsx)
    edition = edition_of(context, Made(report, snapshot, briefing, run), pdf, xlsx)
    briefing_rows.save_edition(context.database, edition, period, map(asdict, briefing.figures), context.now)
    serious = snapshot.findings[snapshot.findings["severity"] != "note"]
    counts = {
        "submissions": len(snapshot.submissions),
        "findings": len(serious),
        "figures": len(briefing.figures),
    }
    return {"edition": briefing.edition, **files, **counts}
