"""First stage on the road: every file of the inbox is kept under its hash and noted as a submission."""

import logging
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from resolution_monitor.collect.budget import Budget
from resolution_monitor.collect.inbox import InboxFile, Listing, waiting_files
from resolution_monitor.collect.land import prepare_quarantine
from resolution_monitor.collect.notices import WAITING_NAME, waiting_notice
from resolution_monitor.collect.outbox import put_back
from resolution_monitor.collect.place import KeptPlace, Place
from resolution_monitor.collect.places import open_place
from resolution_monitor.errors import EmptyInboxError
from resolution_monitor.pipeline.closed_files import carry_out
from resolution_monitor.pipeline.context import Context, stage
from resolution_monitor.pipeline.marked_files import prepare_held
from resolution_monitor.pipeline.noting import arrival_of
from resolution_monitor.pipeline.receipts import lay_receipts
from resolution_monitor.pipeline.taking import take
from resolution_monitor.store import submission_rows
from resolution_monitor.store.arrival_rows import not_kept, note_removed
from resolution_monitor.store.locks import in_turn

log = logging.getLogger(__name__)

_COUNTED = ("files", "new", "refused")


@stage
def collect(context: Context, inbox: Path | str, *, is_manual: bool = False) -> dict[str, int]:
    """
    Keep every whole file of the inbox under its hash, note it as a submission, and lay its receipt.

    One collection runs at a time, whatever starts it; the next waits for its turn. What bears a mark of secrecy is
    turned away; what the guard refuses is held outside the raw store.

    Args:
        inbox: A folder, or the URL of one.
        is_manual: It is not the configured inbox but one that a person named: nothing is removed there.

    Raises:
        InboxError: The inbox cannot be read.
        EmptyInboxError: It is empty and nothing was ever received.
        StorageError: The disk is full.

    Returns:
        Files that lie in the inbox, those that are new, and of these the refused; where there were any: receipts laid,
        files refused as marked, closed for a person's decision, too large, unreadable, over their sender's budget, and
        those still waiting as they changed.
    """
    with open_place(context.settings, str(inbox)) as opened, in_turn(context.database, "the collection"):
        place: Place = KeptPlace(opened) if is_manual else opened
        prepare_quarantine(context.settings.quarantine_folder)
        prepare_held(context)
        carry_out(context)
        budget = Budget(context.settings.limits)
        counts = _collect(context, place, budget)
        counts["over_budget"] = _tell_waiting(context, budget)
        counts["receipts"] = lay_receipts(context)["receipts"]
        if context.settings.removes_taken and not is_manual:
            _remove_taken(context, place)
    return {name: counts[name] for name in _COUNTED} | {name: count for name, count in counts.items() if count}


def _collect(context: Context, place: Place, budget: Budget) -> Counter[str]:
    listing = waiting_files(place, context.now)
    if not listing.files and not submission_rows.count_submissions(context.database):
        raise EmptyInboxError(f"the inbox {place.address} is empty, nothing came before; lay workbooks into it")
    looked_at = time.monotonic()
    clock = place.clock(context.settings.quarantine_folder)
    new = _not_kept(context, listing)
    whole = [file for file in new if _is_whole(context, place, file, clock)]
    known_whole = set(whole)
    young = [file for file in new if file not in known_whole]
    counts = Counter(files=len(listing.files), unreadable=listing.closed_folders)
    counts.update(take(context, place, whole, budget))
    if young:
        time.sleep(max(0.0, _pause(context, young, clock) - (time.monotonic() - looked_at)))
        unchanged = set(waiting_files(place, context.now).files) & set(young)
        counts.update(take(context, place, [file for file in young if file in unchanged], budget))
        counts["waiting"] = len(young) - len(unchanged)
    return counts


def _tell_waiting(context: Context, budget: Budget) -> int:
    """Tell senders that had more than one collection takes of them how many of their files wait for the next."""
    for sender_id, files in sorted(budget.waiting.items()):
        if files:
            log.warning("inbox.sender_over_budget", extra={"sender_id": sender_id, "files": files})
            for ending, content in waiting_notice(files, context.now).items():
                put_back(context.settings.outbox_folder, sender_id, WAITING_NAME + ending, content)
    return budget.waiting.total()


def _not_kept(context: Context, listing: Listing) -> list[InboxFile]:
    return [listing.files[position] for position in not_kept(context.database, list(map(arrival_of, listing.files)))]


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


def _remove_taken(context: Context, place: Place) -> None:
    """Take files out of the inbox about which everything is kept, also those that an earlier run kept."""
    listing = waiting_files(place, context.now)
    new = set(not_kept(context.database, list(map(arrival_of, listing.files))))
    removed = []
    for file in (one for position, one in enumerate(listing.files) if position not in new):
        try:
            place.remove(file.folder, file.name)
        except OSError as error:
            log.warning("inbox.file_stays", extra={"sender_id": file.sender_id, "error": error.strerror})
        else:
            removed.append(arrival_of(file))
    if removed:
        note_removed(context.database, removed, context.now)
