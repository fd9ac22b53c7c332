"""What both the guard and the reader leave behind of a submission: values, worded findings, a state."""

from resolution_monitor.normalise.finding_text import finding_text
from resolution_monitor.normalise.observe import Reading
from resolution_monitor.pipeline.road import Road
from resolution_monitor.store import submission_rows
from resolution_monitor.store.load_step import LoadStep
from resolution_monitor.store.submission_rows import WordedFinding
from resolution_monitor.terms import Finding, SubmissionState


def named(finding: Finding, file_name: str) -> Finding:
    """A finding of the reader under the name its sender knows, not under the hash it is kept by."""
    return Finding(finding.check, finding.severity, finding.sheet, finding.cell, file_name, finding.details)


def save_reading(
    road: Road, step: LoadStep, submission_id: int, findings: list[Finding], reading: Reading | None
) -> None:
    submission_rows.save_values(step, submission_id, reading.values if reading else ())
    sentences = [worded(road, submission_id, finding) for finding in findings]
    submission_rows.save_findings(step, submission_rows.READING, [submission_id], sentences)
    save_state(road, step, submission_id, reading.state if reading else SubmissionState.REJECTED, reading)


def save_state(road: Road, step: LoadStep, submission_id: int, state: SubmissionState, reading: Reading | None) -> None:
    submission_rows.save_state(
        step,
        submission_id,
        state=state.value,
        periods=[period.name for period in reading.periods] if reading else [],
        document=reading.document if reading else None,
        catalogue_sha256=None if state is SubmissionState.RECEIVED else road.catalogue.sha256,
    )


def worded(road: Road, submission_id: int, finding: Finding) -> WordedFinding:
    text, action = finding_text(road.catalogue, finding)
    return WordedFinding(submission_id=submission_id, finding=finding, text=text, action=action)
