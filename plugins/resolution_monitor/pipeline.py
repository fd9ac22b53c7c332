"""The road: collect, normalise, score, brief. Moves rows through the stages and keeps no rule of its own."""

import functools
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ParamSpec, TypeVar

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.collect.inbox import OPERATOR, InboxFile, waiting_files
from resolution_monitor.collect.land import land, raw_path, sweep
from resolution_monitor.collect.read import ReadResult, guard_files, read_files
from resolution_monitor.errors import InboxError, NothingToReportError, ResolutionMonitorError
from resolution_monitor.normalise.checks.plan_and_final import check_pairs
from resolution_monitor.normalise.finding_text import finding_text
from resolution_monitor.normalise.observe import Reading, understand
from resolution_monitor.period import Period
from resolution_monitor.score.score import PeriodScores, rules_version, score_period
from resolution_monitor.settings import Settings
from resolution_monitor.store import score_rows, submission_rows
from resolution_monitor.store.catalogue_rows import save_catalogue
from resolution_monitor.store.connect import Database, database
from resolution_monitor.store.load_step import LoadStep, load_step
from resolution_monitor.store.migrate import migrate
from resolution_monitor.store.submission_rows import WordedFinding
from resolution_monitor.terms import Finding, Role, Submission, SubmissionState

log = logging.getLogger(__name__)
Arguments = ParamSpec("Arguments")
Outcome = TypeVar("Outcome")


@dataclass(frozen=True, slots=True)
class Road:
    """What every stage needs: where things are, what the catalogue says, and the time that edge code read."""

    settings: Settings
    catalogue: Catalogue
    database: Database
    now: datetime


def stage(function: Callable[Arguments, Outcome]) -> Callable[Arguments, Outcome]:
    """Tell the log when a stage begins and how it ends; the error goes on to whoever called."""
    name = function.__name__

    @functools.wraps(function)
    def told(*arguments: Arguments.args, **named: Arguments.kwargs) -> Outcome:
        log.info("%s.started", name)
        try:
            outcome = function(*arguments, **named)
        except ResolutionMonitorError as error:
            log.error("%s.failed", name, extra={"exit_code": error.exit_code, "sentence": str(error)})
            raise
        log.info("%s.finished", name, extra={"outcome": outcome})
        return outcome

    return told


@stage
def prepare(settings: Settings, now: datetime) -> dict[str, int]:
    """Bring the schema and the catalogue's tables up to date; doing it again changes nothing."""
    catalogue = load_catalogue(settings.root / "catalogue")
    with database(settings) as opened:
        applied = migrate(opened, settings.root / "sql" / "migrations")
        changed = save_catalogue(opened, catalogue, now)
    return {"migrations": len(applied), "catalogue_rows": changed}


# --- collect -----------------------------------------------------------------------------------------------------


@stage
def collect(road: Road, inbox: Path) -> dict[str, int]:
    """
    Keep every file of the inbox under its hash and note it as a submission.

    Raises:
        InboxError: The inbox cannot be read, or is empty and nothing was ever received.
        StorageError: The disk is full.
    """
    files = waiting_files(inbox)
    if not files and not submission_rows.count_submissions(road.database):
        raise InboxError(f"the inbox {inbox} is empty and nothing was received before; lay workbooks into it")
    sweep(road.settings.raw_folder)
    received = {file: _receive(road, file) for file in files}
    new = {file: submission for file, submission in received.items() if submission}
    paths = [raw_path(road.settings.raw_folder, submission[1]) for submission in new.values()]
    results = guard_files(road.settings, paths)
    refused = [_note_arrival(road, *entry) for entry in zip(new.items(), results, strict=True)]
    return {"files": len(files), "new": len(new), "refused": sum(refused)}


def _receive(road: Road, file: InboxFile) -> tuple[int, str] | None:
    """Id and hash of a new submission; None when it is known already."""
    landed = land(file.path, road.settings.raw_folder)
    with load_step(road.database, f"receive {file.path.name}", road.now) as step:
        submission_id = submission_rows.insert_submission(
            step,
            sender_id=file.sender_id,
            channel="operator" if file.sender_id == OPERATOR else "inbox",
            file_name=file.path.name,
            sha256=landed.sha256,
            size_bytes=landed.size_bytes,
            received_at=file.received_at,
        )
    return None if submission_id is None else (submission_id, landed.sha256)


def _note_arrival(road: Road, received: tuple[InboxFile, tuple[int, str]], result: ReadResult) -> bool:
    """Say where a new submission stands after the guard; whether it was refused."""
    file, (submission_id, _) = received
    with load_step(road.database, f"guard {file.path.name}", road.now) as step:
        if result.refusal:
            refusal = _named(result.refusal, file.path.name)
            _save_reading(road, step, submission_id, [refusal], None)
        else:
            _save_state(road, step, submission_id, SubmissionState.RECEIVED, None)
    return result.refusal is not None


def _named(finding: Finding, file_name: str) -> Finding:
    """A finding of the reader under the name its sender knows, not under the hash it is kept by."""
    return Finding(finding.check, finding.severity, finding.sheet, finding.cell, file_name, finding.details)


# --- normalise ---------------------------------------------------------------------------------------------------


@stage
def normalise(road: Road, period: Period) -> dict[str, int]:
    """Read every file of the period, and every file not yet read under this catalogue, into values and findings."""
    submissions = submission_rows.submissions_to_read(road.database, period.name, road.catalogue.sha256)
    paths = [raw_path(road.settings.raw_folder, submission.sha256) for submission in submissions]
    counts = {"files": len(submissions), "values": 0, "findings": 0, "changed": 0}
    for submission, result in zip(submissions, read_files(road.settings, paths), strict=True):
        reading = understand(result.workbook, road.catalogue, submission.sender_id) if result.workbook else None
        findings = list(reading.findings) if reading else []
        findings += [_named(result.refusal, submission.file_name)] if result.refusal else []
        with load_step(road.database, f"read {submission.file_name}", road.now) as step:
            _save_reading(road, step, submission.submission_id, findings, reading)
            counts["changed"] += step.changed_rows
        counts["values"] += len(reading.values) if reading else 0
        counts["findings"] += len(findings)
        _tell(submission, reading, findings)
    counts["findings"] += _compare_plan_and_final(road, period)
    return counts


def _tell(submission: Submission, reading: Reading | None, findings: list[Finding]) -> None:
    outcome = {"file": submission.file_name, "values": len(reading.values) if reading else 0, "findings": len(findings)}
    log.info("submission.normalised", extra=outcome)


def _save_reading(
    road: Road, step: LoadStep, submission_id: int, findings: list[Finding], reading: Reading | None
) -> None:
    submission_rows.save_values(step, submission_id, reading.values if reading else ())
    worded = [_worded(road, submission_id, finding) for finding in findings]
    submission_rows.save_findings(step, submission_rows.READING, [submission_id], worded)
    _save_state(road, step, submission_id, reading.state if reading else SubmissionState.REJECTED, reading)


def _save_state(
    road: Road, step: LoadStep, submission_id: int, state: SubmissionState, reading: Reading | None
) -> None:
    submission_rows.save_state(
        step,
        submission_id,
        state=state.value,
        periods=[period.name for period in reading.periods] if reading else [],
        document=reading.document if reading else None,
        catalogue_sha256=None if state is SubmissionState.RECEIVED else road.catalogue.sha256,
    )


def _worded(road: Road, submission_id: int, finding: Finding) -> WordedFinding:
    text, action = finding_text(road.catalogue, finding)
    return WordedFinding(submission_id=submission_id, finding=finding, text=text, action=action)


def _compare_plan_and_final(road: Road, period: Period) -> int:
    values = score_rows.values_as_known(road.database, period)
    placed = check_pairs(road.catalogue, period, values)
    worded = [_worded(road, entry.submission_id, entry.finding) for entry in placed]
    with load_step(road.database, f"compare {period.name}", road.now) as step:
        everyone = sorted({int(submission_id) for submission_id in values["submission_id"]})
        submission_rows.save_findings(step, f"period {period.name}", everyone, worded)
    return len(worded)


# --- score -------------------------------------------------------------------------------------------------------


@stage
def score(road: Road, report: str, period: Period) -> dict[str, int]:
    """
    Score all that is known of the period now.

    Raises:
        NothingToReportError: No body has both a plan and a result.
    """
    known_at = score_rows.newest_known_at(road.database, period)
    values = score_rows.values_as_known(road.database, period, known_at)
    roles = values["role"].value_counts()
    if known_at is None or len(roles) < len(Role):
        raise NothingToReportError(
            f"period {period.name} has {roles.get(Role.TARGET.value, 0)} planned and "
            f"{roles.get(Role.OBSERVATION.value, 0)} final figures; both are needed: lay the missing workbook into the "
            "inbox, or see what was wrong with it with ./monitor findings"
        )
    scores = score_period(road.catalogue, period, values)
    scoring_run_id = score_rows.save_scores(
        road.database,
        _score_tables(scores),
        report=report,
        period=period,
        known_at=known_at,
        rules_version=rules_version(),
        catalogue_sha256=road.catalogue.sha256,
        now=road.now,
    )
    return {"scoring_run_id": scoring_run_id, "scores": len(scores.bodies), "nodes": len(scores.nodes)}


def _score_tables(scores: PeriodScores) -> dict[str, "score_rows.pandas.DataFrame"]:
    sources = scores.sources[["agency_id", "indicator_id"]].copy()
    for role, column in ((Role.TARGET, "target_id"), (Role.OBSERVATION, "observation_id")):
        sources[column] = scores.sources["value_id"].where(scores.sources["role"] == role.value, None)
    return {"score": scores.bodies, "score_source": sources, "node_score": scores.nodes}
