"""What both the guard and the reader leave behind of submissions: values, worded findings, a state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.collect.read import ReadResult
from resolution_monitor.normalise.body_report import ReportReading
from resolution_monitor.normalise.checks.personal import check_personal
from resolution_monitor.normalise.finding_text import finding_text, masked_finding
from resolution_monitor.normalise.notes import Notes
from resolution_monitor.normalise.observe import Reading
from resolution_monitor.normalise.report_values import rows_of_report, values_of_report
from resolution_monitor.period import Period
from resolution_monitor.personal import masked, may_hold
from resolution_monitor.store import submission_rows
from resolution_monitor.store.load_step import LoadStep
from resolution_monitor.store.reading_rows import StoredReading, lines_of_reading, save_readings
from resolution_monitor.store.submission_rows import WordedFinding
from resolution_monitor.terms import SECRECY_DOUBT, SECRECY_MARK, Finding, ReportedValue, SubmissionState

_SHORTEST = 6  # letters of "a@b.vn"; no personal datum is shorter


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What came of one submission.

    Attributes:
        reading: None when the file could not be opened.
    """

    submission_id: int
    file_name: str
    findings: tuple[Finding, ...]
    reading: Reading | ReportReading | None

    def values(self) -> Sequence[ReportedValue]:
        """One for each figure, or reason for none, of a body, item and period."""
        if isinstance(self.reading, ReportReading):
            return values_of_report(self.reading)
        return self.reading.values if self.reading else ()

    @property
    def value_count(self) -> int:
        if isinstance(self.reading, ReportReading):
            return len(self.reading.report.indicators) if self.reading.report else 0
        return len(self.reading.values) if self.reading else 0

    def rows(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """What a body says beside figures, by table."""
        return rows_of_report(self.reading) if isinstance(self.reading, ReportReading) else {}


def named(finding: Finding, file_name: str) -> Finding:
    """A finding of the reader under the name its sender knows, not the hash it is kept by; a marked file has none."""
    if finding.check in (SECRECY_MARK, SECRECY_DOUBT):
        return finding
    return Finding(finding.check, finding.severity, finding.sheet, finding.cell, file_name, finding.details)


def told_of_file(catalogue: Catalogue, result: ReadResult) -> tuple[Finding, ...]:
    """What is told of a file whatever its layout: what its reader met, and personal data in its texts."""
    notes = Notes(catalogue.checks)
    if result.workbook is not None:
        check_personal(result.workbook, notes)
    return (*result.told, *notes.findings)


@dataclass(frozen=True, slots=True)
class KeptOutcome:
    """
    An outcome as the store takes it: text and sentences, cheap to hand from one process to another.

    Attributes:
        periods: That a body's report speaks of; none for a file of another kind.
    """

    reading: StoredReading
    sentences: tuple[WordedFinding, ...]
    value_count: int
    periods: tuple[Period, ...] = ()


def kept(catalogue: Catalogue, outcome: Outcome) -> KeptOutcome:
    """An outcome in the words and lines that are stored."""
    reading = outcome.reading
    stored = StoredReading(
        submission_id=outcome.submission_id,
        state=(reading.state if reading else SubmissionState.REJECTED).value,
        periods=[period.name for period in reading.periods] if reading else [],
        document=reading.document if reading else None,
        catalogue_sha256=catalogue.sha256,
        is_demonstration=isinstance(reading, ReportReading) and reading.is_demonstration,
        is_report=not (isinstance(reading, Reading) and reading.periods),
        lines=lines_of_reading(
            outcome.submission_id, _with_units(catalogue, _masked_values(outcome)), _masked_rows(outcome)
        ),
    )
    sentences = tuple(worded(catalogue, outcome.submission_id, finding) for finding in outcome.findings)
    periods = reading.periods if isinstance(reading, ReportReading) else ()
    return KeptOutcome(stored, sentences, outcome.value_count, periods)


def _with_units(catalogue: Catalogue, values: Sequence[ReportedValue]) -> list[ReportedValue]:
    """Each value with the unit that its indicator has in its period: a unit that changes later leaves it as it is."""
    then = {day: catalogue.at(day).indicators for day in {value.period_end for value in values}}
    return [replace(value, unit=then[value.period_end][value.indicator_id].unit) for value in values]


def _masked_values(outcome: Outcome) -> list[ReportedValue]:
    """Values without personal data in what is written beside them; the raw file keeps what was sent."""
    return [
        replace(value, raw_text=masked(value.raw_text), explanation=masked(value.explanation))
        if may_hold(value.raw_text) or may_hold(value.explanation)
        else value
        for value in outcome.values()
    ]


def _masked_rows(outcome: Outcome) -> dict[str, list[dict[str, Any]]]:
    """What a body says beside figures, without personal data; the raw file keeps what was sent."""
    return {
        table: [{name: _masked(held) for name, held in row.items()} for row in rows]
        for table, rows in outcome.rows().items()
    }


def _masked(held: Any) -> Any:
    return masked(held) if isinstance(held, str) and len(held) >= _SHORTEST else held


def save_outcomes(step: LoadStep, outcomes: Sequence[KeptOutcome]) -> None:
    """Keep what came of these submissions in place of what came of them before."""
    save_readings(step, [outcome.reading for outcome in outcomes])
    sentences = [sentence for outcome in outcomes for sentence in outcome.sentences]
    everyone = [outcome.reading.submission_id for outcome in outcomes]
    submission_rows.save_findings(step, submission_rows.READING, everyone, sentences)


def worded(catalogue: Catalogue, submission_id: int, finding: Finding) -> WordedFinding:
    """A finding in the words its sender reads, without personal data."""
    finding = masked_finding(finding)
    text, action = finding_text(catalogue, finding)
    return WordedFinding(submission_id=submission_id, finding=finding, text=text, action=action)
