"""Lays a receipt for every file that arrived, and again once the file was read."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from resolution_monitor.collect.outbox import name_in_outbox, put_back
from resolution_monitor.collect.receipt import Receipt, receipt_files
from resolution_monitor.exchange.answer import answer_name
from resolution_monitor.pipeline.answers import is_answered
from resolution_monitor.pipeline.context import Context
from resolution_monitor.store import arrival_rows
from resolution_monitor.store.locks import in_turn
from resolution_monitor.terms import SubmissionState

log = logging.getLogger(__name__)

# Noted together: a run that is cut short lays at most so many again, with the same bytes.
_RECEIPTS_A_NOTE = 500
# Only of these can it be asked whether they count.
_TAKEN = {SubmissionState.ACCEPTED.value, SubmissionState.ACCEPTED_IN_PART.value}


def lay_receipts(context: Context) -> dict[str, int]:
    """
    Tell every sender where its files stand, if it was not told yet.

    Raises:
        StorageError: The outbox cannot be written.
        ChannelError: Its server cannot be reached.
    """
    with in_turn(context.database, "the receipts"):
        laid = _lay(context)
    if laid:
        log.info("receipts.laid", extra={"receipts": laid})
    return {"receipts": laid}


def _lay(context: Context) -> int:
    outbox = context.settings.outbox_folder
    is_demonstration = context.settings.demonstration_manifest.exists()
    laid = 0
    while owed := arrival_rows.receipts_owed(context.database, _RECEIPTS_A_NOTE):
        outcomes = _outcomes(context, owed)
        for row in owed:
            outcome = outcomes.get((row["submission_id"], row["returned_at"]))
            receipt = _receipt(context, row, outcome, is_demonstration=is_demonstration)
            for ending, content in receipt_files(receipt).items():
                put_back(outbox, receipt.sender_id, name_in_outbox(receipt.file_name, ending, row["version"]), content)
        arrival_rows.note_receipts(context.database, {row["arrival_id"]: row["state"] for row in owed})
        laid += len(owed)
    return laid


def _outcomes(context: Context, owed: Sequence[dict[str, Any]]) -> dict[tuple[int, datetime], str]:
    """What became of contents that their senders returned to; asked only where there are such."""
    returned = {row["submission_id"] for row in owed if row["returned_at"] is not None}
    return arrival_rows.outcomes_of_returns(context.database, sorted(returned)) if returned else {}


def _receipt(context: Context, row: dict[str, Any], outcome: str | None, *, is_demonstration: bool) -> Receipt:
    body = context.catalogue.bodies.get(row["sender_id"])
    return Receipt(
        sender_id=row["sender_id"],
        sender_name=body.name_vi if body else None,
        file_name=row["file_name"],
        first_name=row["first_name"] if row["first_name"] != row["file_name"] else None,
        sha256=row["sha256"],
        size_bytes=row["size_bytes"],
        received_at=row["received_at"],
        returned_at=row["returned_at"],
        outcome=outcome if row["state"] in _TAKEN else None,
        submission_id=row["submission_id"],
        state=row["state"],
        findings=row["findings"],
        reasons=tuple(row["reasons"]) if row["state"] == "rejected" else (),
        is_demonstration=is_demonstration,
        answer=answer_name(row["first_name"]) if is_answered(context, row) else None,
        to_mend=tuple(row["to_mend"]),
    )
