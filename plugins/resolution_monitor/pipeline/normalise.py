"""Second stage on the road: files become values and findings, and plans are held against results."""

import logging

from resolution_monitor.collect.land import raw_path
from resolution_monitor.collect.read import read_files
from resolution_monitor.normalise.checks.plan_and_final import check_pairs
from resolution_monitor.normalise.observe import Reading, understand
from resolution_monitor.period import Period
from resolution_monitor.pipeline.reading import named, save_reading, worded
from resolution_monitor.pipeline.road import Road, stage
from resolution_monitor.store import score_rows, submission_rows
from resolution_monitor.store.load_step import load_step
from resolution_monitor.terms import Finding, Submission

log = logging.getLogger(__name__)


@stage
def normalise(road: Road, period: Period) -> dict[str, int]:
    """Read every file of the period, and every file not yet read under this catalogue, into values and findings."""
    submissions = submission_rows.submissions_to_read(road.database, period.name, road.catalogue.sha256)
    paths = [raw_path(road.settings.raw_folder, submission.sha256) for submission in submissions]
    counts = {"files": len(submissions), "values": 0, "findings": 0, "changed": 0}
    for submission, result in zip(submissions, read_files(road.settings, paths), strict=True):
        reading = understand(result.workbook, road.catalogue, submission.sender_id) if result.workbook else None
        findings = list(reading.findings) if reading else []
        findings += [named(result.refusal, submission.file_name)] if result.refusal else []
        with load_step(road.database, f"read {submission.file_name}", road.now) as step:
            save_reading(road, step, submission.submission_id, findings, reading)
            counts["changed"] += step.changed_rows
        counts["values"] += len(reading.values) if reading else 0
        counts["findings"] += len(findings)
        _tell(submission, reading, findings)
    counts["findings"] += _compare_plan_and_final(road, period)
    return counts


def _tell(submission: Submission, reading: Reading | None, findings: list[Finding]) -> None:
    outcome = {"file": submission.file_name, "values": len(reading.values) if reading else 0, "findings": len(findings)}
    log.info("submission.normalised", extra=outcome)


def _compare_plan_and_final(road: Road, period: Period) -> int:
    values = score_rows.values_as_known(road.database, period)
    placed = check_pairs(road.catalogue, period, values)
    sentences = [worded(road, entry.submission_id, entry.finding) for entry in placed]
    with load_step(road.database, f"compare {period.name}", road.now) as step:
        everyone = sorted({int(submission_id) for submission_id in values["submission_id"]})
        submission_rows.save_findings(step, f"period {period.name}", everyone, sentences)
    return len(sentences)
