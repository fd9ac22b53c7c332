"""One file is checked as the inbox would check it, before it is sent: no database, nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.collect.marks import marking_of_file_name
from resolution_monitor.collect.read import read_files
from resolution_monitor.errors import InboxError, storage_error
from resolution_monitor.exchange.answer import Answer, AnsweredFinding, answer_of
from resolution_monitor.ledger.closings import NOTHING_CLOSED
from resolution_monitor.ledger.items import require_agency
from resolution_monitor.ledger.obligations import items_owed
from resolution_monitor.normalise.body_report import is_body_report, understand_report
from resolution_monitor.normalise.finding_text import finding_text
from resolution_monitor.normalise.notes import WAITING
from resolution_monitor.normalise.observe import Reading, understand
from resolution_monitor.period import TIME_ZONE, Period
from resolution_monitor.pipeline.answer_process import AnswerProcess
from resolution_monitor.pipeline.answers import content_of
from resolution_monitor.pipeline.reading import named, told_of_file
from resolution_monitor.reporting.period_words import period_words
from resolution_monitor.settings import Settings
from resolution_monitor.terms import SECRECY_DOUBT, SECRECY_MARK, Finding, Severity, SubmissionState, Workbook


@dataclass(frozen=True, slots=True)
class Checked:
    """What the sender would be told of a file."""

    answer: Answer

    @property
    def is_clean(self) -> bool:
        """Whether every row would go in."""
        return not any(told.severity in WAITING for told in self.answer.findings)


def check_file(settings: Settings, path: Path, agency_id: str, period: Period, now: datetime) -> Checked:
    """
    Check a file as if it came from a body now.

    What was reported before is not known here: figures are held against those that the workbook itself shows, and what
    is closed is what it says.

    Raises:
        LedgerError: There is no such body.
        InboxError: The file cannot be read.
    """
    catalogue = load_catalogue(settings.root / "catalogue")
    require_agency(catalogue, agency_id)
    if not path.is_file():
        raise InboxError(f"{path} is no file that can be read; name the workbook to check")
    if marking := marking_of_file_name(path.name):
        check = SECRECY_MARK if marking.is_clear else SECRECY_DOUBT
        marked = Finding(check, Severity.BLOCK, details=(("document_number", ""), ("level", marking.level)))
        return Checked(_answer(catalogue, path, SubmissionState.REJECTED, [marked]))
    (result,) = read_files(settings, [path])
    if result.refusal is not None or result.workbook is None:
        findings = [named(result.refusal, path.name)] if result.refusal else []
        return Checked(_answer(catalogue, path, SubmissionState.REJECTED, findings))
    state, findings = _understood(catalogue, result.workbook, agency_id, period, now)
    return Checked(_answer(catalogue, path, state, [*findings, *told_of_file(catalogue, result)]))


def _understood(
    catalogue: Catalogue, workbook: Workbook, agency_id: str, period: Period, now: datetime
) -> tuple[SubmissionState, list[Finding]]:
    if not is_body_report(workbook):
        form = understand(workbook, catalogue, agency_id, received_on=now.astimezone(TIME_ZONE).date())
        return form.state, [*form.findings, *_of_other_periods(form, period)]

    def owed(asked: Period) -> Mapping[str, Mapping[str, datetime]]:
        return items_owed(catalogue, asked, NOTHING_CLOSED)

    report = understand_report(workbook, catalogue, agency_id, received_at=now, owed=owed, asked=period)
    return report.state, list(report.findings)


def _of_other_periods(form: Reading, asked: Period) -> list[Finding]:
    """A form may tell of several periods; the one it is sent for must be among them."""
    if not form.periods or asked in form.periods:
        return []
    named = ", ".join(map(period_words, form.periods))
    return [Finding("period-differs", Severity.BLOCK, value=named, details=(("expected", period_words(asked)),))]


def _answer(catalogue: Catalogue, path: Path, state: SubmissionState, findings: list[Finding]) -> Answer:
    return answer_of(path.name, state, [_told(catalogue, finding) for finding in findings])


def _told(catalogue: Catalogue, finding: Finding) -> AnsweredFinding:
    text, action = finding_text(catalogue, finding)
    fill = dict(finding.details).get("fill")
    return AnsweredFinding(
        finding.severity, finding.check, finding.sheet, finding.cell, finding.value, text=text, action=action, fill=fill
    )


def write_answer(settings: Settings, checked: Checked, path: Path, out: Path) -> None:
    """
    Write what would come back to the sender.

    Raises:
        StorageError: It cannot be written.
    """
    with AnswerProcess(settings) as process:
        content, _ = content_of(process, path, checked.answer)
    try:
        out.write_bytes(content)
    except OSError as error:
        raise storage_error(out, error) from error
