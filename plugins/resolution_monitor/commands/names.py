"""./monitor names: names that no alias knows, for a person to settle once."""

from typing import Annotated

import typer
from rich.console import Console

from resolution_monitor.commands.opened import opened_context, opened_to_write
from resolution_monitor.commands.options import Output
from resolution_monitor.commands.output import Format, write
from resolution_monitor.errors import LedgerError

_WIDTH_OF_A_PIPE = 140


def names(
    listed: Annotated[
        bool, typer.Option("--list", help="List the names that wait; so it does without options.")
    ] = False,
    settle: Annotated[str | None, typer.Option(help="A name as the list writes it.")] = None,
    agency: Annotated[str | None, typer.Option("--as", help="Code of the body it means, such as BYT.")] = None,
    not_a_body: Annotated[bool, typer.Option("--not-a-body", help="It means no body.")] = False,
    author: Annotated[str, typer.Option(help="Who decides; kept in the journal.")] = "",
    reason: Annotated[str, typer.Option(help="Why; kept in the journal.")] = "",
    output: Output = Format.TABLE,
) -> None:
    """
    List names that no alias of the catalogue knows, or settle one.

    Bodies whose names are alike are suggestions; nothing is ever taken by likeness. What is settled holds for every
    file that waits and for every one to come; the next run reads them again.
    """
    if settle is not None and (agency is None) is not not_a_body:
        raise LedgerError("say which body the name means with --as, or that it is none with --not-a-body")
    console = Console(highlight=False, soft_wrap=True)
    with (opened_context if settle is None or listed else opened_to_write)() as context:
        if settle is not None and not listed:
            from resolution_monitor.pipeline.names import settle_name

            is_new = settle_name(context, settle, agency, reason=reason, author=author)
            meant = agency or "no body"
            console.print(f"{settle}: {meant}{'' if is_new else ', as before'}; the next run reads it so", markup=False)
            return
        from resolution_monitor.ask.uncertain_names import uncertain_names

        frame = uncertain_names(context.database, context.catalogue)
    wide = Console(width=None if console.is_terminal else _WIDTH_OF_A_PIPE)
    empty = "no name waits: every name in the files received is known or settled"
    write(frame, output, wide, if_empty=empty)
