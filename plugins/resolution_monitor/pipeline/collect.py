"""First stage on the road: every file of the inbox is kept under its hash and noted as a submission."""

import functools
import itertools
import logging
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.collect.inbox import OPERATOR, InboxFile, Listing, waiting_files
from resolution_monitor.collect.land import WaitingFile, discard, keep, prepare_quarantine, take_in
from resolution_monitor.collect.outbox import put_back
from resolution_monitor.collect.place import Place
from resolution_monitor.collect.places import open_place
from resolution_monitor.collect.read import ReadResult, guard_files
from resolution_monitor.collect.receipt import marked_receipt_files
from resolution_monitor.errors import InboxError
from resolution_monitor.normalise.notes import Notes
from resolution_monitor.pipeline.context import Context, stage
from resolution_monitor.pipeline.marked_files import hold, mark_of, prepare_held, purged_contents, refuse_marked
from resolution_monitor.pipeline.reading import Outcome, kept, named, save_outcomes, worded
from resolution_monitor.pipeline.receipts import lay_receipts
from resolution_monitor.store import submission_rows
from resolution_monitor.store.arrival_rows import Arrival, Copy, insert_arrivals, not_kept, note_removed
from resolution_monitor.store.load_step import load_step
from resolution_monitor.store.locks import in_turn
from resolution_monitor.store.reading_rows import StoredReading, save_states
from resolution_monitor.store.submission_rows import ReceivedFile, ReceivedIds
from resolution_monitor.terms import Finding, SubmissionState

log = logging.getLogger(__name__)

# So many files wait in the quarantine together and are noted by one load: each load waits for its turn.
_FILES_A_LOAD = 250
_COUNTED = ("files", "new", "refused")

Judged = tuple[WaitingFile, Finding | None]


@stage
def collect(context: Context, inbox: Path | str) -> dict[str, int]:
    """
    Keep every whole file of the inbox under its hash, note it as a submission, and lay its receipt.

    One collection runs at a time, whatever starts it; the next waits for its turn. What bears a mark of secrecy is
    turned away; what the guard refuses is held outside the raw store.

    Args:
        inbox: A folder, or the URL of one.

    Raises:
        InboxError: The inbox cannot be read, or is empty and nothing was ever received.
        StorageError: The disk is full.

    Returns:
        Files that lie in the inbox, those that are new, and of these the refused; where there were any: receipts laid,
        files refused as marked, unreadable ones, and those still waiting as they changed.
    """
    with open_place(context.settings, str(inbox)) as place, in_turn(context.database, "the collection"):
        prepare_quarantine(context.settings.quarantine_folder)
        prepare_held(context)
        counts = _collect(context, place)
        counts["receipts"] = lay_receipts(context)["receipts"]
        if context.settings.removes_taken:
            _remove_taken(context, place)
    return {name: counts[name] for name in _COUNTED} | {name: count for name, count in counts.items() if count}


def _collect(context: Context, place: Place) -> Counter[str]:
    listing = waiting_files(place, context.now)
    if not listing.files and not submission_rows.count_submissions(context.database):
        raise InboxError(f"the inbox {place.address} is empty and nothing was received before; lay workbooks into it")
    looked_at = time.monotonic()
    clock = place.clock(context.settings.quarantine_folder)
    new = _not_kept(context, listing)
    whole = [file for file in new if _is_whole(context, place, file, clock)]
    known_whole = set(whole)
    young = [file for file in new if file not in known_whole]
    counts = Counter(files=len(listing.files), unreadable=listing.closed_folders)
    counts.update(_take(context, place, whole))
    if young:
        time.sleep(max(0.0, _pause(context, young, clock) - (time.monotonic() - looked_at)))
        unchanged = set(waiting_files(place, context.now).files) & set(young)
        counts.update(_take(context, place, [file for file in young if file in unchanged]))
        counts["waiting"] = len(young) - len(unchanged)
    return counts


def _not_kept(context: Context, listing: Listing) -> list[InboxFile]:
    return [listing.files[position] for position in not_kept(context.database, list(map(_arrival, listing.files)))]


def _is_whole(context: Context, place: Place, file: InboxFile, clock: datetime | None) -> bool:
    """Whether one look is enough; the time of change counts only where it is told by the clock we can ask."""
    quiet = timedelta(seconds=context.settings.quiet_seconds)
    if file.is_told or place.shows_whole_files_only or not quiet:
        return True
    return clock is not None and file.modified_at <= clock - quiet


def _pause(context: Context, young: Sequence[InboxFile], clock: datetime | None) -> float:
    """Seconds from the first look to the second: a file that is the same at both is whole."""
    quiet = context.settings.quiet_seconds
    if clock is None:
        return quiet
    return min(quiet, quiet - min((clock - file.modified_at).total_seconds() for file in young))


def _take(context: Context, place: Place, files: Sequence[InboxFile]) -> Counter[str]:
    """Keep these files, some hundreds at a time."""
    counts: Counter[str] = Counter()
    waiting = iter(files)
    while batch := list(itertools.islice(waiting, _FILES_A_LOAD)):
        taken = list(_taken_in(context, place, batch, counts))
        try:
            senders = [one.file.sender_id for one in taken]
            results = list(guard_files(context.settings, [one.path for one in taken], senders))
            away = list(_marked(context, taken, results))
            turned = {one.path for one, _ in away}
            pairs = zip(taken, results, strict=True)
            judged = [(one, result.refusal) for one, result in pairs if one.path not in turned]
            keep([one for one, refusal in judged if not refusal], context.settings.raw_folder)
            keep([one for one, refusal in judged if refusal], context.settings.held_folder)
            counts.update(_note(context, judged))
            counts.update(_refuse_marked(context, place, away))
        finally:
            discard(taken)
    return counts


def _marked(
    context: Context, taken: Sequence[WaitingFile], results: Sequence[ReadResult]
) -> Iterator[tuple[WaitingFile, str | None]]:
    """What bears a mark, in its content or its name, or was purged before; each with its document number."""
    purged = purged_contents(context)
    for one, result in zip(taken, results, strict=True):
        mark = mark_of(one.file.file_name, result)
        if mark is not None:
            yield one, mark.document_number
        elif purged.marks and purged.holds(one.sha256):
            yield one, None


def _taken_in(
    context: Context, place: Place, files: Sequence[InboxFile], counts: Counter[str]
) -> Iterator[WaitingFile]:
    """What could be copied into the quarantine. No name is told: nobody knows yet whether it may be."""
    for number, file in enumerate(files):
        try:
            taken = take_in(place, file, context.settings.quarantine_folder / f"{number:04}")
        except OSError as error:
            log.warning("inbox.file_unreadable", extra={"sender_id": file.sender_id, "error": error.strerror})
            counts["unreadable"] += 1
            continue
        if taken is None:
            counts["waiting"] += 1
        else:
            yield taken


def _note(context: Context, judged: Sequence[Judged]) -> dict[str, int]:
    """Note kept files as submissions and say at once which the guard refuses, and why."""
    if not judged:
        return {}
    received = [_received(one) for one, _ in judged]
    with load_step(context.database, f"receive {len(received)} files", context.now) as step:
        ids = submission_rows.insert_submissions(step, received)
        states = [StoredReading(submission_id, SubmissionState.RECEIVED.value) for submission_id in ids.new.values()]
        save_states(step, sorted(states, key=lambda one: one.submission_id))
        arrivals = [_arrival(one.file, ids.known[one.file.sender_id, one.sha256][0]) for one, _ in judged]
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


def _refuse_marked(context: Context, place: Place, marked: Sequence[tuple[WaitingFile, str | None]]) -> dict[str, int]:
    """Leave nothing of a marked document but a receipt that names its time."""
    for one, document_number in marked:
        name, contents = marked_receipt_files(one.file.received_at)
        for ending, content in contents.items():
            put_back(context.settings.outbox_folder, one.file.sender_id, name + ending, content)
        refuse_marked(
            context,
            sender_id=one.file.sender_id,
            received_at=one.file.received_at,
            document_number=document_number,
            remove=functools.partial(place.remove, one.file.folder, one.file.name),
        )
    return {"marked": len(marked)}


def _remove_taken(context: Context, place: Place) -> None:
    """Take files out of the inbox about which everything is kept, also those that an earlier run kept."""
    listing = waiting_files(place, context.now)
    new = set(not_kept(context.database, list(map(_arrival, listing.files))))
    removed = []
    for file in (one for position, one in enumerate(listing.files) if position not in new):
        try:
            place.remove(file.folder, file.name)
        except OSError as error:
            log.warning("inbox.file_stays", extra={"sender_id": file.sender_id, "error": error.strerror})
        else:
            removed.append(_arrival(file))
    if removed:
        note_removed(context.database, removed, context.now)


def _received(one: WaitingFile) -> ReceivedFile:
    return ReceivedFile(
        sender_id=one.file.sender_id,
        channel="operator" if one.file.sender_id == OPERATOR else "inbox",
        file_name=one.file.file_name,
        sha256=one.sha256,
        size_bytes=one.file.size_bytes,
        received_at=one.file.received_at,
    )


def _arrival(file: InboxFile, submission_id: int | None = None) -> Arrival:
    return Arrival(
        sender_id=file.sender_id,
        file_name=file.file_name,
        size_bytes=file.size_bytes,
        modified_at=file.modified_at,
        received_at=file.received_at,
        submission_id=submission_id,
    )
