"""Takes files out of the inbox, some hundreds at a time: copied, looked through, then kept, closed or turned away."""

import functools
import itertools
import logging
from collections import Counter
from collections.abc import Iterator, Sequence

from resolution_monitor.collect.budget import Budget
from resolution_monitor.collect.inbox import InboxFile
from resolution_monitor.collect.land import WaitingFile, discard, take_in
from resolution_monitor.collect.marks import Mark
from resolution_monitor.collect.notices import untaken_notice
from resolution_monitor.collect.outbox import name_in_outbox, put_back
from resolution_monitor.collect.place import Place
from resolution_monitor.collect.read import ReadResult, guard_files
from resolution_monitor.collect.receipt import marked_receipt_files
from resolution_monitor.errors import StorageError
from resolution_monitor.pipeline.closed_files import RELEASE, Decisions, close, decisions, guard_released
from resolution_monitor.pipeline.context import Context
from resolution_monitor.pipeline.marked_files import mark_of, mark_of_name, purged_contents, refuse_marked
from resolution_monitor.pipeline.noting import Judged, arrival_of, keep_and_note
from resolution_monitor.store import closed_rows
from resolution_monitor.store.load_step import load_step

log = logging.getLogger(__name__)

# So many files wait in the quarantine together and are noted by one load: each load waits for its turn.
_FILES_A_LOAD = 250

Seen = tuple[WaitingFile, ReadResult]
Sorted = tuple[list[tuple[WaitingFile, Mark]], list[WaitingFile], list[Judged]]


def take(context: Context, place: Place, files: Sequence[InboxFile], budget: Budget) -> Counter[str]:
    """Keep these files as far as the budget of their senders goes; counts of what came of them."""
    counts: Counter[str] = Counter()
    large = [file for file in files if file.size_bytes > context.settings.limits.file_bytes]
    counts["too_large"] = _leave(context, place, large)
    left = set(large)
    waiting = iter([file for file in files if file not in left])
    while batch := list(itertools.islice(waiting, _FILES_A_LOAD)):
        counts.update(_take_batch(context, place, batch, budget))
    return counts


def _take_batch(context: Context, place: Place, files: Sequence[InboxFile], budget: Budget) -> Counter[str]:
    counts: Counter[str] = Counter()
    taken = list(_taken_in(context, place, [file for file in files if budget.may_copy(file)], (counts, budget)))
    try:
        senders = [one.file.sender_id for one in taken]
        results = guard_files(context.settings, [one.path for one in taken], senders, budget)
        seen = [(one, result) for one, result in zip(taken, results, strict=True) if result is not None]
        away, doubtful, judged = _sorted(context, seen)
        counts.update(keep_and_note(context, judged))
        counts.update(_refuse_marked(context, place, away))
        counts.update(_close(context, place, doubtful))
    finally:
        discard(taken)
    return counts


def _sorted(context: Context, seen: Sequence[Seen]) -> Sorted:
    """What bears a mark or was purged before, what a person must look at, and all else with the guard's word."""
    purged = purged_contents(context)
    decided: Decisions | None = None
    away: list[tuple[WaitingFile, Mark]] = []
    doubtful: list[WaitingFile] = []
    judged: list[Judged] = []
    for one, result in seen:
        mark = mark_of(one.file.file_name, result)
        if mark is None and purged.marks and purged.holds(one.sha256):
            mark = Mark("", None)
        if mark is not None and not mark.is_clear:
            decided = decided or decisions(context)
            decision = decided.of(one.sha256)
            if decision is None:
                doubtful.append(one)
                continue
            if decision == RELEASE:
                judged.append((one, guard_released(context, [one])[0].refusal))
                continue
        if mark is None:
            judged.append((one, result.refusal))
        else:
            away.append((one, mark))
    return away, doubtful, judged


def _taken_in(
    context: Context, place: Place, files: Sequence[InboxFile], told: tuple[Counter[str], Budget]
) -> Iterator[WaitingFile]:
    """
    What could be copied into the quarantine. No name is told: nobody knows yet whether it may be.

    Raises:
        StorageError: Not one of several could be written: it is not for one sender's file.
    """
    counts, budget = told
    failed: list[StorageError] = []
    for number, file in enumerate(files):
        path = context.settings.quarantine_folder / f"{number:04}"
        try:
            taken = take_in(place, file, path)
        except StorageError as error:
            failed.append(error)
            log.warning("inbox.file_not_copied", extra={"sender_id": file.sender_id, "error": str(error)})
            counts["unreadable"] += 1
            continue
        except OSError as error:
            log.warning("inbox.file_unreadable", extra={"sender_id": file.sender_id, "error": error.strerror})
            counts["unreadable"] += 1
            continue
        if taken is None:
            counts["waiting"] += 1
        else:
            budget.copied(path, file.sender_id)
            yield taken
    if failed and len(failed) == len(files):
        raise failed[-1]


def _leave(context: Context, place: Place, files: Sequence[InboxFile]) -> int:
    """Tell the senders of files that are too large to be copied, once; what their names mark is turned away."""
    known = closed_rows.untaken(context.database, sorted({file.sender_id for file in files})) if files else set()
    told = []
    for file in files:
        mark = mark_of_name(file.file_name)
        if mark is not None:
            _turn_away(context, place, file, None)
        elif (file.sender_id, file.file_name, file.size_bytes, file.modified_at) not in known:
            for ending, content in untaken_notice(file.file_name, file.size_bytes, file.received_at).items():
                name = name_in_outbox(file.file_name, ending)
                put_back(context.settings.outbox_folder, file.sender_id, name, content)
            told.append(arrival_of(file))
    if told:
        log.warning("inbox.files_too_large", extra={"files": len(told)})
        with load_step(context.database, f"leave {len(told)} files", context.now) as step:
            closed_rows.save_untaken(step, told)
    return len(files)


def _refuse_marked(context: Context, place: Place, marked: Sequence[tuple[WaitingFile, Mark]]) -> dict[str, int]:
    """Leave nothing of a marked document but a receipt that names its time."""
    for one, mark in marked:
        _turn_away(context, place, one.file, mark.document_number)
    return {"marked": len(marked)}


def _turn_away(context: Context, place: Place, file: InboxFile, document_number: str | None) -> None:
    name, contents = marked_receipt_files(file.received_at)
    for ending, content in contents.items():
        put_back(context.settings.outbox_folder, file.sender_id, name + ending, content)
    refuse_marked(
        context,
        sender_id=file.sender_id,
        received_at=file.received_at,
        document_number=document_number,
        remove=functools.partial(place.remove, file.folder, file.name),
    )


def _close(context: Context, place: Place, doubtful: Sequence[WaitingFile]) -> dict[str, int]:
    """Put what a person must look at where nobody opens it, and take it from the inbox."""
    for one in doubtful:
        close(context, one)
        try:
            place.remove(one.file.folder, one.file.name)
        except OSError:
            log.warning("inbox.closed_file_stays", extra={"sender_id": one.file.sender_id})
    return {"closed": len(doubtful)}
