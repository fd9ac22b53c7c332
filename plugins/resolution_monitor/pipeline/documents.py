"""A named person says what is to be held of the document by which a body proves that something is done."""

from datetime import date

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.errors import LedgerError
from resolution_monitor.ledger.items import ItemKind, kind_of_item, require_agency
from resolution_monitor.period import TIME_ZONE
from resolution_monitor.pipeline.context import Context
from resolution_monitor.pipeline.proofs import proofs_told
from resolution_monitor.reporting.documents import document_key, names_document
from resolution_monitor.store import document_rows

VERDICTS = ("valid", "invalid", "withdrawn")


def verify_document(
    context: Context,
    *,
    agency_id: str,
    item_id: str,
    document: str,
    verdict: str,
    issued_on: date | None,
    source: str,
    author: str,
) -> bool:
    """
    Keep what a verification found of a document; whether it was new. Scores follow at the next run.

    Args:
        verdict: valid: the document is there, and its legal day is `issued_on`; invalid: it is no proof, and what it
            was to prove counts as not done; withdrawn: what was found before no longer holds.

    Raises:
        LedgerError: Body or item is unknown, no report of the body names the document, the day cannot be its legal day,
            or source or author is empty.
    """
    words = {"source": source.strip(), "author": author.strip()}
    if not all(words.values()):
        raise LedgerError("the source or the author is empty; say who found it and where, it is kept in the journal")
    require_agency(context.catalogue, agency_id)
    if kind_of_item(context.catalogue, item_id) is ItemKind.REPORT:
        raise LedgerError("a report is proved by no document; name the task, such as 57-T01/BYT")
    if not names_document(document):
        raise LedgerError(f"{document!r} has no number; write number and symbol of the document, such as 12/QĐ-BYT")
    told = proofs_told(context, agency_id, item_id)
    if document_key(document) not in map(document_key, told):
        named = ", ".join(told) or "none"
        raise LedgerError(f"no report of {agency_id} names {document!r} for {item_id}; it names {named}")
    _require_day(context, item_id, verdict, issued_on)
    key = {"agency_id": agency_id, "item_id": item_id, "document": document, "document_key": document_key(document)}
    return document_rows.save_verification(
        context.database, key, verdict=verdict, issued_on=issued_on, **words, now=context.now
    )


def _require_day(context: Context, item_id: str, verdict: str, issued_on: date | None) -> None:
    """
    A document that is valid has a legal day, after its resolution and not to come.

    Raises:
        LedgerError: It has not.
    """
    if verdict not in VERDICTS:
        raise LedgerError(f"verdict {verdict!r} is not known; write one of {', '.join(VERDICTS)}")
    if (issued_on is not None) != (verdict == "valid"):
        raise LedgerError("the legal day belongs to a document found valid, and to no other; write --issued-on")
    if issued_on is None:
        return
    begun, today = _begun_on(context.catalogue, item_id), context.now.astimezone(TIME_ZONE).date()
    if not begun <= issued_on <= today:
        raise LedgerError(f"legal day {issued_on} lies outside {begun} (the resolution) to {today} (today)")


def _begun_on(catalogue: Catalogue, item_id: str) -> date:
    entry = catalogue.tasks.get(item_id) or catalogue.indicators[item_id]
    return catalogue.resolutions[str(entry.resolution)].issued_on if entry.resolution else date.min
