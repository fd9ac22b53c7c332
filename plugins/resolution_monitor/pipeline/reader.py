"""Reads submissions in several processes at once; what comes out does not depend on how many there are."""

import collections
import concurrent.futures
import contextlib
import itertools
import logging
import multiprocessing
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from resolution_monitor.collect.land import stored_path
from resolution_monitor.collect.read import FileReader, ReadResult
from resolution_monitor.errors import ReaderError
from resolution_monitor.ledger.closings import NOTHING_CLOSED, Claim, Closed
from resolution_monitor.ledger.obligations import Holders, ItemsOwed, items_owed
from resolution_monitor.method.nothing_to_report import Cases
from resolution_monitor.normalise.body_report import ReportReading, is_body_report, understand_report
from resolution_monitor.normalise.checks.closed import ClosedValue, without_differing
from resolution_monitor.normalise.checks.peers import Peers
from resolution_monitor.normalise.observe import Reading, understand
from resolution_monitor.period import TIME_ZONE, Period, period_containing
from resolution_monitor.personal import masked
from resolution_monitor.pipeline.cases import CasesTold
from resolution_monitor.pipeline.closings import ClosedItems, closed_items_of
from resolution_monitor.pipeline.context import Context
from resolution_monitor.pipeline.figures import Figures
from resolution_monitor.pipeline.pieces import Compared, Piece, compared_bodies, pieces_of
from resolution_monitor.pipeline.reading import KeptOutcome, Outcome, kept, named, told_of_file
from resolution_monitor.reporting.content import TaskEntry
from resolution_monitor.store import closing_rows
from resolution_monitor.store.closing_rows import Acceptances
from resolution_monitor.terms import ReportedValue, Role, Submission, Workbook

log = logging.getLogger(__name__)

# What files are read against: what is closed, what of it people accepted otherwise, and who is compared with whom.
Ground = tuple[Context, ClosedItems, Acceptances, Compared]

# So many files are kept by one load: each load waits for its turn, and all its rows bear one time.
_FILES_A_LOAD = 500
# Below this, starting processes takes longer than reading.
_FEW_FILES = 12
# Pieces that each process may have waiting, so that results never pile up in memory.
_PIECES_AHEAD = 3


def read_submissions(
    context: Context, submissions: Sequence[Submission], *, is_budgeted: bool = False
) -> Iterator[list[KeptOutcome]]:
    """
    What came of each submission, in loads of a bearable size.

    Args:
        is_budgeted: Leave unread what a sender has beyond the seconds of its budget.

    Raises:
        ReaderError: A process died.
    """
    if not is_budgeted:
        limits = replace(context.settings.limits, sender_seconds=sys.maxsize)
        context = replace(context, settings=replace(context.settings, limits=limits))
    compared = compared_bodies(context.catalogue)
    pieces = pieces_of(submissions, compared)
    ground = context, closed_items_of(context), closing_rows.acceptances(context.database), compared
    if context.settings.workers == 1 or len(submissions) < _FEW_FILES:
        return _loads(_read_by_one(ground, pieces))
    return _loads(_read_by_many(ground, pieces))


def _loads(read: Iterable[list[KeptOutcome]]) -> Iterator[list[KeptOutcome]]:
    load: list[KeptOutcome] = []
    for outcomes in read:
        load += outcomes
        if len(load) >= _FILES_A_LOAD:
            yield load
            load = []
    if load:
        yield load


def _read_by_one(ground: Ground, pieces: Iterator[Piece]) -> Iterator[list[KeptOutcome]]:
    with contextlib.closing(_Reader(*ground)) as reader:
        for piece in pieces:
            yield reader.outcomes(piece.files)


# --- Several processes --------------------------------------------------------------------------------------------

# Of a process that reads: made once, when it starts.
_reader_of_process: "_Reader"


def _read_by_many(ground: Ground, pieces: Iterator[Piece]) -> Iterator[list[KeptOutcome]]:
    context, *_ = ground
    # What is compared with each other is read by one process more, which begins with the first of it.
    with _pool(ground, 1) as together, _pool(ground, context.settings.workers) as apart:

        def submit(piece: Piece) -> "concurrent.futures.Future[list[KeptOutcome]]":
            return (together if piece.is_compared else apart).submit(_read_piece, piece.files)

        try:
            ahead = context.settings.workers * _PIECES_AHEAD
            waiting = collections.deque(map(submit, itertools.islice(pieces, ahead)))
            while waiting:
                outcomes = waiting.popleft().result()
                waiting.extend(map(submit, itertools.islice(pieces, 1)))
                yield outcomes
        except BrokenProcessPool as error:
            raise ReaderError(
                "a process that reads files was ended from outside; run again: nothing was lost"
            ) from error
        finally:
            together.shutdown(cancel_futures=True)
            apart.shutdown(cancel_futures=True)


def _pool(ground: Ground, workers: int) -> concurrent.futures.ProcessPoolExecutor:
    """Forked, so that each begins with everything loaded; it opens connections of its own."""
    forked = multiprocessing.get_context("fork")
    return concurrent.futures.ProcessPoolExecutor(workers, forked, initializer=_begin, initargs=ground)


def _begin(context: Context, closed: ClosedItems, accepted: Acceptances, compared: Compared) -> None:
    global _reader_of_process
    context.database.forget_connections()
    _reader_of_process = _Reader(context, closed, accepted, compared)


def _read_piece(piece: list[Submission]) -> list[KeptOutcome]:
    return _reader_of_process.outcomes(piece)


# --- One file after the other --------------------------------------------------------------------------------------


class _Reader:
    """Remembers what is owed, what was told before, what shares were made of, and what is closed."""

    def __init__(self, context: Context, closed: ClosedItems, accepted: Acceptances, compared: Compared) -> None:
        self._closed_items = closed
        self._accepted = accepted
        self._compared = compared
        self._holders = Holders(context.catalogue.bodies, context.catalogue.successions)
        self._ended = [one.predecessor for one in context.catalogue.successions]
        self._settings = context.settings
        self._files = FileReader(context.settings)
        self._catalogue = context.catalogue
        self._owed: dict[Period, ItemsOwed] = {}
        self._figures = Figures(context.database)
        central = (one.agency_id for one in context.catalogue.bodies.values() if one.group == "central")
        self._issuers = frozenset(map(str.casefold, central))
        self._cases = CasesTold(context.database, context.catalogue, accepted)
        self._seconds: dict[str, float] = collections.defaultdict(float)

    def close(self) -> None:
        self._files.close()

    def outcomes(self, submissions: Sequence[Submission]) -> list[KeptOutcome]:
        # What is gone is left as it stands; ./monitor verify tells whether it may be gone.
        found = [(one, stored_path(self._settings, one.sha256)) for one in submissions]
        there = [(submission, path) for submission, path in found if path is not None]
        return [outcome for submission, path in there if (outcome := self._read(submission, path)) is not None]

    def _read(self, submission: Submission, path: Path) -> KeptOutcome | None:
        """None for a file of a sender whose files took long: it stays received, and is read next time."""
        if self._seconds[submission.sender_id] > self._settings.limits.sender_seconds:
            return None
        begun = time.monotonic()
        (result,) = self._files.read_kept([path], [submission.sender_id])
        outcome = kept(self._catalogue, self._outcome(submission, result))
        self._seconds[submission.sender_id] += time.monotonic() - begun
        return outcome

    def _outcome(self, submission: Submission, result: ReadResult) -> Outcome:
        reading = self._reading(submission, result.workbook) if result.workbook else None
        findings = (*(reading.findings if reading else ()), *told_of_file(self._catalogue, result))
        if result.refusal:
            findings = (*findings, named(result.refusal, submission.file_name))
        outcome = Outcome(submission.submission_id, submission.file_name, findings, reading)
        self._closed_items.note(submission, reading, outcome.values())
        counts = {"file": masked(outcome.file_name), "values": outcome.value_count, "findings": len(findings)}
        log.debug("submission.normalised", extra=counts)
        return outcome

    def _reading(self, submission: Submission, workbook: Workbook) -> Reading | ReportReading:
        """A body's report, or whichever of the forms it is."""
        accepted = self._accepted.get(submission.submission_id)
        if not is_body_report(workbook):
            received_on = submission.received_at.astimezone(TIME_ZONE).date()
            form = understand(workbook, self._catalogue, submission.sender_id, received_on=received_on)
            return without_differing(form, self._catalogue.checks, self._closed_value(submission.received_at), accepted)
        reading = understand_report(
            workbook,
            self._catalogue,
            submission.sender_id,
            received_at=submission.received_at,
            owed=self._owed_for,
            before=lambda agency_id, period: self._figures.before(agency_id, period, submission.received_at),
            closed=lambda agency_id, period: self._closed(agency_id, period, submission.received_at),
            peers=self._peers,
            cases=lambda agency_id, period, item: self._cases_before(agency_id, period, item, submission.received_at),
            proven=lambda agency_id, period, entry: self._proven(agency_id, period, entry, submission.received_at),
            accepted=accepted,
        )
        self._figures.note(submission, reading)
        self._cases.note(submission, reading)
        return reading

    def _peers(self, agency_id: str, period: Period) -> Peers:
        is_compared = period.kind in self._compared.get(agency_id, ())
        return self._figures.of_peers(agency_id, period) if is_compared else {}

    def _closed(self, agency_id: str, period: Period, received_at: datetime) -> dict[str, Closed]:
        return self._closed_items.closings.known_to(self._behind(agency_id, period), period, received_at)

    def _cases_before(self, agency_id: str, period: Period, item: str, received_at: datetime) -> list[Cases]:
        return self._cases.before(self._behind(agency_id, period), period, item, received_at)

    def _proven(self, agency_id: str, period: Period, entry: TaskEntry, received_at: datetime) -> list[str]:
        bodies = frozenset(self._behind(agency_id, period))
        claim = Claim(entry.task_id, entry.product, entry.done_on, bodies, period.end, received_at)
        return [item for _, item in self._closed_items.closings.proven(claim, self._issuers)]

    def _behind(self, agency_id: str, period: Period) -> set[str]:
        """A body and those it stands for."""
        return self._holders.behind(agency_id, self._ended, period.end)

    def _closed_value(self, received_at: datetime) -> ClosedValue:
        """What stands of a value that a form tells, where its indicator is closed."""

        def closed(value: ReportedValue) -> Closed | None:
            if value.role is not Role.OBSERVATION or value.indicator_id not in self._closed_items.figures.item_ids:
                return None
            period = period_containing(value.period_kind, value.period_end)
            return self._closed(value.agency_id, period, received_at).get(value.indicator_id)

        return closed

    def _owed_for(self, period: Period) -> ItemsOwed:
        if period not in self._owed:
            self._owed[period] = items_owed(self._catalogue, period, NOTHING_CLOSED)
        return self._owed[period]
