"""Lays a receipt for every file that arrived, and again once the file was read."""

import logging
from typing import Any

from resolution_monitor.collect.outbox import name_in_outbox, put_back
from resolution_monitor.collect.receipt import Receipt, receipt_files
from resolution_monitor.pipeline.context import Context
from resolution_monitor.store import arrival_rows
from resolution_monitor.store.locks import in_turn

log = logging.getLogger(__name__)

# Noted together: a run that is cut short lays at most so many again, with the same bytes.
_RECEIPTS_A_NOTE = 500


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
        for row in owed:
            receipt = _receipt(context, row, is_demonstration=is_demonstration)
            for ending, content in receipt_files(receipt).items():
                put_back(outbox, receipt.sender_id, name_in_outbox(receipt.file_name, ending, row["version"]), content)
        arrival_rows.note_receipts(context.database, {row["arrival_id"]: row["state"] for row in owed})
        laid += len(owed)
    return laid


def _receipt(context: Context, row: dict[str, Any], *, is_demonstration: bool) -> Receipt:
    body = context.catalogue.bodies.get(row["sender_id"])
    return Receipt(
        sender_id=row["sender_id"],
        sender_name=body.name_vi if body else None,
        file_name=row["file_name"],
        first_name=row["first_name"] if row["first_name"] != row["file_name"] else None,
        sha256=row["sha256"],
        size_bytes=row["size_bytes"],
        received_at=row["received_at"],
        submission_id=row["submission_id"],
        state=row["state"],
        findings=row["findings"],
        reasons=tuple(row["reasons"]) if row["state"] == "rejected" else (),
        is_demonstration=is_demonstration,
    )
