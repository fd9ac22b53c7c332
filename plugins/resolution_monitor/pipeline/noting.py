"""Kept files become submissions: noted once, refused ones with the guard's reason, copies with a word of it."""

from collections.abc import Sequence

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.collect.inbox import OPERATOR, InboxFile
from resolution_monitor.collect.land import WaitingFile, keep
from resolution_monitor.normalise.notes import Notes
from resolution_monitor.pipeline.context import Context
from resolution_monitor.pipeline.marked_files import hold
from resolution_monitor.pipeline.reading import Outcome, kept, named, save_outcomes, worded
from resolution_monitor.store import submission_rows
from resolution_monitor.store.arrival_rows import Arrival, Copy, insert_arrivals
from resolution_monitor.store.load_step import load_step
from resolution_monitor.store.reading_rows import StoredReading, save_states
from resolution_monitor.store.submission_rows import ReceivedFile, ReceivedIds
from resolution_monitor.terms import Finding, SubmissionState

Judged = tuple[WaitingFile, Finding | None]


def keep_and_note(context: Context, judged: Sequence[Judged]) -> dict[str, int]:
    """
    Keep files that passed in the raw store, refused ones beside it, and note all of them as submissions.

    Raises:
        StorageError: The disk is full.

    Returns:
        How many are new, and how many of these are refused; nothing for no files.
    """
    keep([one for one, refusal in judged if not refusal], context.settings.raw_folder)
    keep([one for one, refusal in judged if refusal], context.settings.held_folder)
    return _note(context, judged) if judged else {}


def _note(context: Context, judged: Sequence[Judged]) -> dict[str, int]:
    """Note kept files as submissions and say at once which the guard refuses, and why."""
    received = [_received(one) for one, _ in judged]
    with load_step(context.database, f"receive {len(received)} files", context.now) as step:
        ids = submission_rows.insert_submissions(step, received)
        states = [StoredReading(submission_id, SubmissionState.RECEIVED.value) for submission_id in ids.new.values()]
        save_states(step, sorted(states, key=lambda one: one.submission_id))
        arrivals = [arrival_of(one.file, ids.known[one.file.sender_id, one.sha256][0]) for one, _ in judged]
        copies = insert_arrivals(step, arrivals)
        sentences = [
            worded(context.catalogue, copy.submission_id, one)
            for copy in copies
            for one in _told(context.catalogue, copy)
        ]
        copied = sorted({copy.submission_id for copy in copies})
        submission_rows.save_findings(step, submission_rows.RECEIPT, copied, sentences)
        refused = _refused(judged, ids)
        hold(step, [outcome.submission_id for outcome in refused])
    if refused:
        with load_step(context.database, f"refuse {len(refused)} files", context.now) as step:
            save_outcomes(step, [kept(context.catalogue, outcome) for outcome in refused])
    return {"new": len(ids.new), "refused": len(refused)}


def _refused(judged: Sequence[Judged], ids: ReceivedIds) -> list[Outcome]:
    """What came of the new submissions that the guard refuses, in order."""
    found = {
        submission_id: Outcome(submission_id, one.file.file_name, (named(refusal, one.file.file_name),), None)
        for one, refusal in reversed(judged)
        if refusal and (submission_id := ids.new.get((one.file.sender_id, one.sha256)))
    }
    return [found[submission_id] for submission_id in sorted(found)]


def _told(catalogue: Catalogue, copy: Copy) -> Sequence[Finding]:
    """The finding for content that a body has sent before under another name."""
    notes = Notes(catalogue.checks)
    notes.add("duplicate-file", value=copy.file_name, first=copy.first_name)
    return notes.findings


def _received(one: WaitingFile) -> ReceivedFile:
    return ReceivedFile(
        sender_id=one.file.sender_id,
        channel="operator" if one.file.sender_id == OPERATOR else "inbox",
        file_name=one.file.file_name,
        sha256=one.sha256,
        size_bytes=one.file.size_bytes,
        received_at=one.file.received_at,
    )


def arrival_of(file: InboxFile, submission_id: int | None = None) -> Arrival:
    """A file as the inbox lists it, and what it became."""
    return Arrival(
        sender_id=file.sender_id,
        file_name=file.file_name,
        size_bytes=file.size_bytes,
        modified_at=file.modified_at,
        received_at=file.received_at,
        submission_id=submission_id,
    )
