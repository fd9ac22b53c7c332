"""Turns a marked file away: who sent it, when, and its document number are noted, and the file is gone."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from resolution_monitor.collect.marks import Mark, marking_of_file_name
from resolution_monitor.collect.purged import PurgedContents, purge_key
from resolution_monitor.collect.read import ReadResult
from resolution_monitor.errors import storage_error
from resolution_monitor.pipeline.context import Context
from resolution_monitor.store import secrecy_rows
from resolution_monitor.store.load_step import LoadStep, load_step
from resolution_monitor.terms import SECRECY_DOUBT, SECRECY_MARK

log = logging.getLogger(__name__)

# How long a refused file is held before the night removes it: its sender has answered, or asked, by then.
HELD_DAYS = 30
# tar, restic and borg leave out a folder with this tag: https://bford.info/cachedir/
_TAG_TEXT = "Signature: 8a477f597d28d172789f06886806bc55\n# Files that nobody could look into: never back them up.\n"


def refuse_marked(
    context: Context, *, sender_id: str, received_at: datetime, document_number: str | None, remove: Callable[[], None]
) -> None:
    """
    Note that a marked file came, then remove it from wherever it lies; doing it again changes nothing.

    Noted first: a run that is cut short in between finds the file in the inbox again, and turns it away again.

    Args:
        remove: Unlinks the file in the inbox and every copy of it.
    """
    with load_step(context.database, "turn away a file", context.now) as step:
        secrecy_rows.save_marked_refusal(step, sender_id, received_at, document_number)
    try:
        remove()
    except OSError:
        # Turned away again at every collection until somebody takes it from the inbox; no name is told.
        log.warning("inbox.marked_file_stays", extra={"sender_id": sender_id})


def mark_of(file_name: str, result: ReadResult) -> Mark | None:
    """The marking a file bears in its name, which the child never sees, or in what the child looked through."""
    refusal = result.refusal
    named = mark_of_name(file_name)
    if refusal is None or refusal.check not in (SECRECY_MARK, SECRECY_DOUBT):
        return named
    details = dict(refusal.details)
    is_clear = refusal.check == SECRECY_MARK or (named is not None and named.is_clear)
    return Mark(details["level"], details["document_number"] or None, is_clear)


def mark_of_name(file_name: str) -> Mark | None:
    """The marking that a file's name alone says it bears."""
    marking = marking_of_file_name(file_name)
    return Mark(marking.level, None, marking.is_clear) if marking else None


def purged_contents(context: Context) -> PurgedContents:
    """What was purged and must not come in again."""
    marks = frozenset(one.content_mark for one in secrecy_rows.tombstones(context.database))
    return PurgedContents(purge_key(context.settings.home) if marks else b"", marks)


def prepare_held(context: Context) -> None:
    """
    A folder for refused files that only its owner opens, and that backup programs which know the tag leave out.

    Raises:
        StorageError: It cannot be made.
    """
    only_for_its_owner(context.settings.held_folder, _TAG_TEXT)


def only_for_its_owner(folder: Path, tag: str) -> None:
    """
    Make a folder that nobody else opens, and that backup programs which know the tag leave out.

    Raises:
        StorageError: It cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        (folder / "CACHEDIR.TAG").write_text(tag, encoding="ascii")
    except OSError as error:
        raise storage_error(folder, error) from error


def hold(step: LoadStep, submission_ids: Sequence[int]) -> None:
    """Note that these submissions were refused: their bytes lie in the held folder, never in raw/."""
    if submission_ids:
        secrecy_rows.save_held(step, submission_ids)


def let_go(context: Context) -> int:
    """Remove files that were held long enough; how many."""
    removed = 0
    for one in secrecy_rows.submissions_to_prove(context.database):
        path = context.settings.held_folder / one.sha256[:2] / one.sha256
        if one.held_since and context.now - one.held_since > timedelta(days=HELD_DAYS) and path.exists():
            path.unlink()
            removed += 1
    return removed
