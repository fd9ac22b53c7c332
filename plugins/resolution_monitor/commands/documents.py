"""./monitor documents, verify-document: which documents prove what is done, and what a named person found of them."""

from datetime import date
from typing import Annotated

import typer
from rich.console import Console

from resolution_monitor import pipeline
from resolution_monitor.commands.ledger import Agency, Author, KnownAt, Output, write_rows
from resolution_monitor.commands.moments import moment_of
from resolution_monitor.commands.opened import opened_context, opened_to_write
from resolution_monitor.commands.output import Format
from resolution_monitor.period import parse_period

_SHOWN = ("item_id", "agency_id", "document", "told_on", "counted_on", "due_on", "late_days", "found", "author")


def documents(
    period: Annotated[str, typer.Option(help="Month, such as 2026-10.")],
    agency: Annotated[str | None, typer.Option(help="Only this body, such as BYT or T01-UBND.")] = None,
    unverified: Annotated[bool, typer.Option("--unverified", help="Only what nobody verified.")] = False,
    known_at: KnownAt = None,
    output: Output = Format.TABLE,
) -> None:
    """
    List the documents that prove what is done: the day told, the day that counts, and who verified it.

    Those that count later than told come first: the difference is what a verification decides.
    """
    from resolution_monitor.ask.documents import documents as ask_documents

    asked, moment = parse_period(period), moment_of(known_at)
    with opened_context(asked, moment) as context:
        rows = ask_documents(context.database, context.catalogue, asked, known_at=moment, agency_id=agency)
    empty = f"nothing is said to be done by {period} with a document"
    if unverified and len(rows):
        rows = rows[rows["found"] == ""].reset_index(drop=True)
        empty = f"every document that proves something done by {period} was verified"
    write_rows(rows, rows[list(_SHOWN)], output, if_empty=empty)


def verify_document(
    agency: Agency,
    item: Annotated[str, typer.Option(help="The task, such as 57-T01/BYT.")],
    document: Annotated[str, typer.Option(help="Number and symbol as reported, such as 12/QĐ-BYT.")],
    source: Annotated[str, typer.Option(help="Where it was found: gazette, register, letter with its number.")],
    author: Author,
    issued_on: Annotated[str | None, typer.Option(help="Its legal day as found, such as 2026-09-03.")] = None,
    invalid: Annotated[bool, typer.Option("--invalid", help="It is no proof: what it was to prove is open.")] = False,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="What was found before no longer holds.")] = False,
) -> None:
    """
    Keep what was found of the document by which a body proves that something is done.

    Until then a product counts from the first month that reports it, if it is told to be older; then its legal day
    counts. Score the period anew afterwards: ./monitor run. The journal keeps who found it and where.
    """
    if sum((issued_on is not None, invalid, withdraw)) != 1:
        raise typer.BadParameter("write one of --issued-on, --invalid and --withdraw")
    verdict = "invalid" if invalid else "withdrawn" if withdraw else "valid"
    with opened_to_write() as context:
        is_new = pipeline.verify_document(
            context,
            agency_id=agency,
            item_id=item,
            document=document,
            verdict=verdict,
            issued_on=_day(issued_on) if issued_on else None,
            source=source,
            author=author,
        )
    told = f"kept: {item} of {agency}, {document}: {verdict}{f', issued on {issued_on}' if issued_on else ''}"
    Console(highlight=False).print(told if is_new else "nothing changed: it stood so already", markup=False)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise typer.BadParameter("write a day such as 2026-09-03", param_hint="--issued-on") from error
