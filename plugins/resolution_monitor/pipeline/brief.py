"""Fourth stage on the road: one edition of a report, as PDF and as workbook, with every number's cells."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from resolution_monitor.brief.briefing import Briefing
from resolution_monitor.brief.contents.bulletin_day import bulletin_day
from resolution_monitor.brief.contents.resolutions_month import resolutions_month
from resolution_monitor.brief.contents.state_budget import state_budget
from resolution_monitor.brief.page import page_html
from resolution_monitor.brief.render_pdf import render_pdf
from resolution_monitor.brief.render_xlsx import render_xlsx
from resolution_monitor.brief.report import Report, load_report
from resolution_monitor.brief.resolution_snapshot import ResolutionSnapshot
from resolution_monitor.brief.snapshot import Snapshot
from resolution_monitor.errors import NothingToReportError, storage_error
from resolution_monitor.period import Period
from resolution_monitor.pipeline.road import Road, stage
from resolution_monitor.pipeline.snapshots import Run, budget_snapshot, day_snapshot, month_snapshot
from resolution_monitor.score.version import rules_version
from resolution_monitor.store import briefing_rows, score_rows
from resolution_monitor.store.briefing_rows import Edition

AnySnapshot = Snapshot | ResolutionSnapshot


def _budget(road: Road, report: Report, period: Period, run: Run) -> tuple[AnySnapshot, Briefing]:
    budget = budget_snapshot(road, period, run)
    return budget, state_budget(report, budget)


def _month(road: Road, report: Report, period: Period, run: Run) -> tuple[AnySnapshot, Briefing]:
    month = month_snapshot(road, report.name, period, run)
    return month, resolutions_month(report, month)


def _day(road: Road, report: Report, period: Period, run: Run) -> tuple[AnySnapshot, Briefing]:
    day = day_snapshot(road, report.name, period, run)
    return day, bulletin_day(report, day)


# Report -> what reads its snapshot and makes its view of it.
CONTENTS: dict[str, Callable[[Road, Report, Period, Run], tuple[AnySnapshot, Briefing]]] = {
    "state_budget": _budget,
    "resolutions_month": _month,
    "bulletin_day": _day,
}


@stage
def brief(road: Road, report_name: str, period: Period) -> dict[str, Any]:
    """
    Render what was scored last for the period.

    Returns:
        pdf, xlsx: the files to open; findings: how many a person should look at; figures: how many were printed.

    Raises:
        NothingToReportError: The period was never scored.
        RenderError: A template, font or library is wrong.
        StorageError: The files cannot be written.
    """
    run = score_rows.latest_run(road.database, report_name, period)
    if run is None:
        raise NothingToReportError(f"period {period.name} was not scored; run ./monitor run --period {period.name}")
    for leftover in road.settings.briefings_folder.glob("writing-*"):
        leftover.unlink(missing_ok=True)  # of a run that was killed
    report = load_report(road.settings.root / "report_templates", report_name, road.settings.map_path)
    snapshot, briefing = CONTENTS[report_name](road, report, period, run)
    html = page_html(report, briefing)
    pdf = render_pdf(html, report.templates, briefing.sha256[:32])
    xlsx = render_xlsx(report, briefing, period)
    stem = road.settings.briefings_folder / f"{report.file_name}-{period.name}-{briefing.edition[-8:]}"
    files = {"pdf": _write(stem.with_suffix(".pdf"), pdf), "xlsx": _write(stem.with_suffix(".xlsx"), xlsx)}
    edition = _edition(road, briefing, snapshot, run, hashlib.sha256(pdf), hashlib.sha256(xlsx))
    briefing_rows.save_edition(road.database, edition, period, map(asdict, briefing.figures), road.now)
    serious = snapshot.findings[snapshot.findings["severity"] != "note"]
    return {**files, "findings": len(serious), "figures": len(briefing.figures)}


def _write(path: Path, content: bytes) -> str:
    """Put a file in place whole; a file that is there already with these bytes stays as it is."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != content:
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix="writing-", delete=False) as partial:
                partial.write(content)
                os.fsync(partial.fileno())
            Path(partial.name).chmod(0o644)
            Path(partial.name).rename(path)
    except OSError as error:
        raise storage_error(path.parent, error) from error
    return str(path)


def _edition(road: Road, briefing: Briefing, snapshot: AnySnapshot, run: Run, pdf: Any, xlsx: Any) -> Edition:
    lock = (road.settings.root / "requirements.txt").read_bytes()
    return Edition(
        report=briefing.report,
        edition=briefing.edition,
        scoring_run_id=run["scoring_run_id"],
        known_at=run["known_at"],
        rules_version=rules_version(),
        lock_sha256=hashlib.sha256(lock).hexdigest(),
        snapshot_sha256=snapshot.sha256,
        view_model_sha256=briefing.sha256,
        pdf_sha256=pdf.hexdigest(),
        xlsx_sha256=xlsx.hexdigest(),
        state=briefing.state,
    )
