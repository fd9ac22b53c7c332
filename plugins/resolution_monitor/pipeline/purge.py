"""Removes what slipped in: rows, files, answers, drafts and log lines of a submission; a tombstone stays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from resolution_monitor.collect.purged import content_mark, purge_key
from resolution_monitor.collect.traces import Traces, remove_traces
from resolution_monitor.errors import PurgeError
from resolution_monitor.pipeline.context import Context
from resolution_monitor.store import secrecy_rows
from resolution_monitor.store.load_step import load_step
from resolution_monitor.store.secrecy_rows import Alike, PrintedEdition, Tombstone

# An edition in one of these states has not left the house yet: the next run makes it again from what remains.
_DRAFTS = {"draft", "provisional"}


@dataclass(frozen=True, slots=True)
class Purge:
    """
    What a purge did.

    Attributes:
        submission_ids: All that bore the same content; empty where it was purged before.
        removed: How many went, by table or kind of file.
        editions_kept: Editions that still show, or may quote, something of it, and that a person must deal with.
    """

    submission_ids: Sequence[int]
    removed: Mapping[str, int]
    editions_kept: Sequence[PrintedEdition]


def purge(context: Context, submission_id: int, *, reason: str, ordered_by: str, keep_briefings: bool = False) -> Purge:
    """
    Remove a submission, and all others with the same content, from everywhere; the one exception to "append only".

    Rows go first, in one transaction that leaves the tombstone with what still lies on disk; then the files; then the
    tombstone forgets them. Cut short, the same order given again goes on; given a third time it changes nothing.

    Args:
        keep_briefings: Leave drafts in place; they are then told like issued editions.

    Raises:
        PurgeError: There is no such submission, or the reason or the name is empty.
        StorageError: A file cannot be removed; the order can be given again.
    """
    words = {"reason": reason.strip(), "ordered_by": ordered_by.strip()}
    if not all(words.values()):
        raise PurgeError("the reason or the name of who orders it is empty; both are kept with the tombstone")
    buried = {one.submission_id: one for one in secrecy_rows.tombstones(context.database)}
    if submission_id in buried:
        return _finished(context, buried[submission_id], buried, editions_kept=())
    alike = secrecy_rows.submissions_alike(context.database, submission_id)
    if not alike:
        raise PurgeError(f"there is no submission {submission_id}; its number stands in its receipt and in findings")
    editions = _bury(context, alike, words, keep_briefings=keep_briefings)
    buried = {one.submission_id: one for one in secrecy_rows.tombstones(context.database)}
    return _finished(context, buried[submission_id], buried, editions_kept=editions)


def _bury(
    context: Context, alike: Sequence[Alike], words: Mapping[str, str], *, keep_briefings: bool
) -> list[PrintedEdition]:
    """Remove all rows and put the tombstones in their place; the editions that stay."""
    mark = content_mark(purge_key(context.settings.home), alike[0].sha256)
    with load_step(context.database, f"purge {alike[0].submission_id}", context.now) as step:
        runs = secrecy_rows.runs_with(step, [one.submission_id for one in alike])
        editions = secrecy_rows.editions_with(step, alike, runs)
        drafts = [one for one in editions if one.state in _DRAFTS and not keep_briefings]
        removed = secrecy_rows.purge_rows(step, alike, runs, editions, {one.briefing_id for one in drafts})
        sent = [(one.sender_id, one.file_name) for one in alike]
        traces = Traces(alike[0].sha256, sent, [one.edition for one in drafts])
        for one in alike:
            stone = Tombstone(
                submission_id=one.submission_id,
                sender_id=one.sender_id,
                content_mark=mark,
                reason=words["reason"],
                ordered_by=words["ordered_by"],
                removed=removed,
                to_remove=traces.told(),
                recorded_at=step.recorded_at,
            )
            secrecy_rows.save_tombstone(step, stone)
    return [one for one in editions if one not in drafts]


def _finished(
    context: Context, stone: Tombstone, buried: Mapping[int, Tombstone], *, editions_kept: Sequence[PrintedEdition]
) -> Purge:
    """Remove what still lies on disk, and let the tombstones forget it."""
    if stone.to_remove is None:
        return Purge((), {}, ())
    removed = remove_traces(context.settings, Traces(**stone.to_remove))
    # Rewritten before it is noted as done: a run that is cut short here does it again.
    secrecy_rows.rewrite_tables(context.database)
    same = [one.submission_id for one in buried.values() if one.content_mark == stone.content_mark and one.to_remove]
    with load_step(context.database, "finish a purge", context.now) as step:
        secrecy_rows.finish_tombstones(step, same, removed)
    return Purge(same, {**stone.removed, **removed}, editions_kept)
