"""./monitor issue: an edition that was looked at gets its number and is kept as it is."""

from datetime import date
from typing import Annotated

import typer
from rich.console import Console

from resolution_monitor import pipeline
from resolution_monitor.commands.opened import opened_context


def issue(
    edition: Annotated[str, typer.Argument(help="The draft that was looked at, as its last line names it.")],
    number: Annotated[str, typer.Option(help="As registered, such as 123; its symbol is a setting of the report.")],
    place: Annotated[str, typer.Option(help="Where it is issued, such as Hà Nội.")],
    issued_on: Annotated[str, typer.Option("--date", help="The day it bears, such as 2026-11-12.")],
    signer: Annotated[str, typer.Option(help="Who signs it, as printed.")],
    reason: Annotated[str, typer.Option(help="Why, such as who approved it when; kept in the journal.")],
    author: Annotated[str, typer.Option(help="Who orders it; kept in the journal.")],
    corrects: Annotated[
        str | None, typer.Option(help="Number of the issued edition of the same period that this one corrects.")
    ] = None,
) -> None:
    """
    Issue an edition: the same page under number, place, date and signer.

    It is made again from what it saw and must say the same. Its files are closed to writing and kept as they are; what
    turns out wrong is issued as a corrigendum (--corrects), which names the number it replaces.
    """
    from resolution_monitor.pipeline.issue import Order

    order = Order(edition, number, place, _day(issued_on), signer, corrects, reason, author)
    with opened_context() as context:
        done = pipeline.issue_edition(context, order)
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"issued: {done['edition']}, number {number} of {issued_on}", markup=False)
    for ending in ("pdf", "xlsx"):
        console.print(f"  {done[ending]}", markup=False)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise typer.BadParameter("write a day such as 2026-11-12", param_hint="--date") from error
