"""Second stage on the road: files become values and findings, and plans are held against results."""

import itertools
import logging
from collections.abc import Iterator, Sequence

from resolution_monitor.collect.land import raw_path
from resolution_monitor.collect.read import ReadResult, read_files
from resolution_monitor.ledger.items import items_of
from resolution_monitor.ledger.obligations import ItemsOwed, items_owed
from resolution_monitor.normalise.body_report import ReportReading, is_body_report, understand_report
from resolution_monitor.normalise.checks.plan_and_final import check_pairs
from resolution_monitor.normalise.observe import Reading, understand
from resolution_monitor.period import Period
from resolution_monitor.pipeline.closing import Came, came_long_after, tell_closed
from resolution_monitor.pipeline.figures import Figures
from resolution_monitor.pipeline.reading import Outcome, named, save_outcomes, worded
from resolution_monitor.pipeline.road import Road, stage
from resolution_monitor.store import score_rows, submission_rows
from resolution_monitor.store.load_step import load_step
from resolution_monitor.terms import Submission, Workbook

log = logging.getLogger(__name__)


# So many files are kept by one load: each load waits for its turn, and all its rows bear one time.
_FILES_A_LOAD = 250


@stage
def normalise(road: Road, period: Period | None) -> dict[str, int]:
    """
    Read files into values and findings: all of the period, and all not yet read under this catalogue.

    Args:
        period: None reads only what was not read yet.
    """
    name = period.name if period else None
    submissions = submission_rows.submissions_to_read(road.database, name, road.catalogue.sha256)
    paths = [raw_path(road.settings.raw_folder, submission.sha256) for submission in submissions]
    counts = {"files": len(submissions), "values": 0, "findings": 0, "changed": 0}
    reader = _Reader(road)
    read = zip(submissions, read_files(road.settings, paths), strict=True)
    while batch := list(itertools.islice(read, _FILES_A_LOAD)):
        outcomes = [reader.outcome(submission, result) for submission, result in batch]
        late = came_long_after(road, _came(batch, outcomes))
        with load_step(road.database, f"read {len(outcomes)} files", road.now) as step:
            save_outcomes(road, step, outcomes)
            counts["findings"] += tell_closed(road, step, late)
            counts["changed"] += step.changed_rows
        counts["values"] += sum(outcome.value_count for outcome in outcomes)
        counts["findings"] += sum(len(outcome.findings) for outcome in outcomes)
    counts["findings"] += _compare_plan_and_final(road, period) if period else 0
    return counts


def _came(batch: Sequence[tuple[Submission, ReadResult]], outcomes: Sequence[Outcome]) -> Iterator[Came]:
    for (submission, _), outcome in zip(batch, outcomes, strict=True):
        if isinstance(outcome.reading, ReportReading):
            yield Came(submission.submission_id, submission.received_at, outcome.reading.periods)


class _Reader:
    """Reads files one after the other; remembers what is owed and what was told before."""

    def __init__(self, road: Road) -> None:
        self._catalogue = road.catalogue
        self._items = items_of(road.catalogue)
        self._owed: dict[Period, ItemsOwed] = {}
        self._figures = Figures(road.database)

    def outcome(self, submission: Submission, result: ReadResult) -> Outcome:
        reading = self._reading(submission, result.workbook) if result.workbook else None
        findings = reading.findings if reading else ()
        if result.refusal:
            findings = (*findings, named(result.refusal, submission.file_name))
        outcome = Outcome(submission.submission_id, submission.file_name, findings, reading)
        counts = {"file": outcome.file_name, "values": outcome.value_count, "findings": len(findings)}
        log.debug("submission.normalised", extra=counts)
        return outcome

    def _reading(self, submission: Submission, workbook: Workbook) -> Reading | ReportReading:
        """A body's report, or whichever of the forms it is."""
        if not is_body_report(workbook):
            return understand(workbook, self._catalogue, submission.sender_id)
        reading = understand_report(
            workbook,
            self._catalogue,
            submission.sender_id,
            received_at=submission.received_at,
            owed=self._owed_for,
            before=lambda agency_id, period: self._figures.before(agency_id, period, submission.received_at),
        )
        self._figures.note(submission, reading)
        return reading

    def _owed_for(self, period: Period) -> ItemsOwed:
        if period not in self._owed:
            self._owed[period] = items_owed(self._catalogue, self._items, period)
        return self._owed[period]


def _compare_plan_and_final(road: Road, period: Period) -> int:
    values = score_rows.values_as_known(road.database, period)
    placed = check_pairs(road.catalogue, period, values)
    sentences = [worded(road, entry.submission_id, entry.finding) for entry in placed]
    with load_step(road.database, f"compare {period.name}", road.now) as step:
        everyone = sorted({int(submission_id) for submission_id in values["submission_id"]})
        submission_rows.save_findings(step, f"period {period.name}", everyone, sentences)
    return len(sentences)
