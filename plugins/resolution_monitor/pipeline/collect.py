"""First stage on the road: every file of the inbox is kept under its hash and noted as a submission."""

import itertools
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.collect.inbox import OPERATOR, InboxFile, waiting_files
from resolution_monitor.collect.land import fingerprint, land, sweep
from resolution_monitor.collect.read import guard_files
from resolution_monitor.errors import InboxError
from resolution_monitor.normalise.notes import Notes
from resolution_monitor.pipeline.reading import Outcome, kept, named, save_outcomes, worded
from resolution_monitor.pipeline.road import Road, stage
from resolution_monitor.pipeline.turn_away import hold, mark_of, prepare_held, purged_contents, turn_away
from resolution_monitor.store import submission_rows
from resolution_monitor.store.load_step import load_step
from resolution_monitor.store.reading_rows import StoredReading, save_states
from resolution_monitor.store.submission_rows import ReceivedFile, ReceivedIds
from resolution_monitor.terms import Finding, SubmissionState

# So many files are noted by one load: each load waits for its turn, and all its rows bear one time.
_FILES_A_LOAD = 250


@stage
def collect(road: Road, inbox: Path) -> dict[str, int]:
    """
    Keep every file of the inbox under its hash and note it as a submission.

    What bears a mark of secrecy is turned away; what the guard refuses is held outside the raw store.

    Raises:
        InboxError: The inbox cannot be read, or is empty and nothing was ever received.
        StorageError: The disk is full.
    """
    files = waiting_files(inbox, road.now)
    if not files and not submission_rows.count_submissions(road.database):
        raise InboxError(f"the inbox {inbox} is empty and nothing was received before; lay workbooks into it")
    sweep(road.settings.raw_folder)
    prepare_held(road)
    counts: Counter[str] = Counter(files=len(files))
    waiting = iter(files)
    while batch := list(itertools.islice(waiting, _FILES_A_LOAD)):
        judged = _without_marked(road, batch)
        counts["turned_away"] += len(batch) - len(judged)
        counts.update(_receive(road, judged))
    return {name: counts[name] for name in ("files", "new", "refused", "turned_away")}


def _without_marked(road: Road, files: Sequence[InboxFile]) -> list[tuple[InboxFile, Finding | None]]:
    """Files that may come in, each with why the guard refuses it; what bears a mark, or was purged, is turned away."""
    purged = purged_contents(road)
    judged = []
    for file, result in zip(files, guard_files(road.settings, [file.path for file in files]), strict=True):
        mark = mark_of(file.path.name, result)
        if mark is None and not (purged.marks and purged.holds(fingerprint(file.path).sha256)):
            judged.append((file, result.refusal))
            continue
        number = mark.document_number if mark else None
        turn_away(
            road,
            sender_id=file.sender_id,
            received_at=file.received_at,
            document_number=number,
            remove=file.path.unlink,
        )
    return judged


def _landed(road: Road, file: InboxFile, refusal: Finding | None) -> ReceivedFile:
    landed = land(file.path, road.settings.held_folder if refusal else road.settings.raw_folder)
    return ReceivedFile(
        sender_id=file.sender_id,
        channel="operator" if file.sender_id == OPERATOR else "inbox",
        file_name=file.path.name,
        sha256=landed.sha256,
        size_bytes=landed.size_bytes,
        received_at=file.received_at,
    )


def _receive(road: Road, judged: Sequence[tuple[InboxFile, Finding | None]]) -> dict[str, int]:
    """Note files as submissions, and say at once which of the new ones the guard refuses, and why."""
    files = [_landed(road, file, refusal) for file, refusal in judged]
    with load_step(road.database, f"receive {len(files)} files", road.now) as step:
        ids = submission_rows.insert_submissions(step, files)
        states = [StoredReading(submission_id, SubmissionState.RECEIVED.value) for submission_id in ids.new.values()]
        save_states(step, sorted(states, key=lambda one: one.submission_id))
        copies = _copies(road.catalogue, files, ids)
        sentences = [worded(road.catalogue, submission_id, finding) for submission_id, finding in copies]
        copied = sorted({submission_id for submission_id, _ in copies})
        submission_rows.save_findings(step, submission_rows.RECEIPT, copied, sentences)
        refused = _refused(files, [refusal for _, refusal in judged], ids)
        hold(step, [outcome.submission_id for outcome in refused])
    if refused:
        with load_step(road.database, f"refuse {len(refused)} files", road.now) as step:
            save_outcomes(step, [kept(road.catalogue, outcome) for outcome in refused])
    return {"new": len(ids.new), "refused": len(refused)}


def _refused(files: Sequence[ReceivedFile], refusals: Sequence[Finding | None], ids: ReceivedIds) -> list[Outcome]:
    """What came of the new submissions that the guard refuses, in order."""
    found = {
        submission_id: Outcome(submission_id, file.file_name, (named(refusal, file.file_name),), None)
        for file, refusal in zip(reversed(files), reversed(refusals), strict=True)
        if refusal and (submission_id := ids.new.get((file.sender_id, file.sha256)))
    }
    return [found[submission_id] for submission_id in sorted(found)]


def _copies(catalogue: Catalogue, files: Sequence[ReceivedFile], ids: ReceivedIds) -> list[tuple[int, Finding]]:
    """A finding for each file that a body has sent before under another name."""
    found = []
    for file in files:
        submission_id, first = ids.known[file.sender_id, file.sha256]
        if first != file.file_name:
            notes = Notes(catalogue.checks)
            notes.add("duplicate-file", value=file.file_name, first=first)
            found += [(submission_id, finding) for finding in notes.findings]
    return found
