"""What people decide about uncertain names, and what every stage needs with their decisions."""

import hashlib
import json
from dataclasses import replace

from resolution_monitor.catalogue.names import name_key
from resolution_monitor.errors import LedgerError
from resolution_monitor.ledger.items import require_agency
from resolution_monitor.pipeline.context import Context
from resolution_monitor.store import name_rows


def settle_name(context: Context, written: str, agency_id: str | None, *, reason: str, author: str) -> bool:
    """
    Decide which body a written name means, or that it is none; whether that was new.

    Files that waited for the name are read again by the next run.

    Args:
        agency_id: None where the name is no body.

    Raises:
        LedgerError: No file waits for the name, the body is unknown, or the reason or author is empty.
    """
    if not reason.strip() or not author.strip():
        raise LedgerError("the reason or the author is empty; say who decides and why, it is kept in the journal")
    if agency_id is not None:
        require_agency(context.catalogue, agency_id)
    key = name_key(context.catalogue, written)
    waiting = {name_key(context.catalogue, row["written_name"]) for row in name_rows.uncertain_names(context.database)}
    if key not in waiting and key not in name_rows.standing_decisions(context.database):
        raise LedgerError(f"no file waits for the name {written!r}; see the names that do: ./monitor names")
    words = {"reason": reason.strip(), "author": author.strip()}
    return name_rows.save_decision(context.database, key, written, agency_id, **words, now=context.now)


def with_settled_names(context: Context) -> Context:
    """
    The same context with what was decided about names.

    The decisions are part of what a file is read under, so their hash joins that of the catalogue.
    """
    settled = name_rows.standing_decisions(context.database)
    if not settled:
        return context
    written = json.dumps([context.catalogue.sha256, settled], ensure_ascii=False, sort_keys=True)
    sha256 = hashlib.sha256(written.encode()).hexdigest()
    return replace(context, catalogue=replace(context.catalogue, settled_names=settled, sha256=sha256))


def waiting_for_settled(context: Context) -> list[int]:
    """Submissions that were read before somebody settled a name that they hold; of the road with settled names."""
    settled = context.catalogue.settled_names
    return sorted(
        {
            int(row["submission_id"])
            for row in name_rows.waiting_submissions(context.database, context.catalogue.sha256)
            if name_key(context.catalogue, row["written_name"]) in settled
        }
    )
