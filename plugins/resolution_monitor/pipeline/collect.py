"""First stage on the road: every file of the inbox is kept under its hash and noted as a submission."""

import itertools
from collections.abc import Sequence
from pathlib import Path

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.collect.inbox import OPERATOR, InboxFile, waiting_files
from resolution_monitor.collect.land import land, raw_path, sweep
from resolution_monitor.collect.read import guard_files
from resolution_monitor.errors import InboxError
from resolution_monitor.normalise.notes import Notes
from resolution_monitor.pipeline.reading import Outcome, kept, named, save_outcomes, worded
from resolution_monitor.pipeline.road import Road, stage
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

    Raises:
        InboxError: The inbox cannot be read, or is empty and nothing was ever received.
        StorageError: The disk is full.
    """
    files = waiting_files(inbox, road.now)
    if not files and not submission_rows.count_submissions(road.database):
        raise InboxError(f"the inbox {inbox} is empty and nothing was received before; lay workbooks into it")
    sweep(road.settings.raw_folder)
    waiting = iter(files)
    new: list[tuple[int, ReceivedFile]] = []
    while batch := list(itertools.islice(waiting, _FILES_A_LOAD)):
        new += _receive(road, [_landed(road, file) for file in batch])
    return {"files": len(files), "new": len(new), "refused": _note_refusals(road, new)}


def _landed(road: Road, file: InboxFile) -> ReceivedFile:
    landed = land(file.path, road.settings.raw_folder)
    return ReceivedFile(
        sender_id=file.sender_id,
        channel="operator" if file.sender_id == OPERATOR else "inbox",
        file_name=file.path.name,
        sha256=landed.sha256,
        size_bytes=landed.size_bytes,
        received_at=file.received_at,
    )


def _receive(road: Road, files: Sequence[ReceivedFile]) -> list[tuple[int, ReceivedFile]]:
    """Ids of the submissions that are new, in order, each with its file."""
    with load_step(road.database, f"receive {len(files)} files", road.now) as step:
        ids = submission_rows.insert_submissions(step, files)
        new = {ids.new[key]: file for file in reversed(files) if (key := (file.sender_id, file.sha256)) in ids.new}
        states = [StoredReading(submission_id, SubmissionState.RECEIVED.value) for submission_id in sorted(new)]
        save_states(step, states)
        copies = _copies(road.catalogue, files, ids)
        sentences = [worded(road.catalogue, submission_id, finding) for submission_id, finding in copies]
        copied = sorted({submission_id for submission_id, _ in copies})
        submission_rows.save_findings(step, submission_rows.RECEIPT, copied, sentences)
    return sorted(new.items())


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


def _note_refusals(road: Road, new: Sequence[tuple[int, ReceivedFile]]) -> int:
    """Say at once which new submissions the guard refuses, and why; how many."""
    paths = [raw_path(road.settings.raw_folder, file.sha256) for _, file in new]
    refused = [
        Outcome(submission_id, file.file_name, (named(result.refusal, file.file_name),), None)
        for (submission_id, file), result in zip(new, guard_files(road.settings, paths), strict=True)
        if result.refusal
    ]
    if refused:
        with load_step(road.database, f"refuse {len(refused)} files", road.now) as step:
            save_outcomes(step, [kept(road.catalogue, outcome) for outcome in refused])
    return len(refused)
