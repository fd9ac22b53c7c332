"""./monitor marked: files that may bear a mark of secrecy lie closed until a named person decides."""

from typing import Annotated

import typer
from rich.console import Console

from resolution_monitor.commands.opened import opened_context, opened_to_write
from resolution_monitor.errors import SettingsError


def marked(
    number: Annotated[
        int | None, typer.Argument(help="Number of the closed file. Default: list all that wait.")
    ] = None,
    release: Annotated[bool, typer.Option("--release", help="It bears none: take it as it came.")] = False,
    turn_away: Annotated[
        bool, typer.Option("--turn-away", help="It bears one: remove it, and tell its sender.")
    ] = False,
    author: Annotated[str, typer.Option("--by", help="Who decides; kept for good.")] = "",
    reason: Annotated[str, typer.Option(help="Why; kept for good, so write nothing of the content.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="List decided files as well.")] = False,
) -> None:
    """
    List files that may bear a mark of secrecy, or decide about one.

    Such a file lies closed in the state folder, under its number; nobody but the account of this program opens it, and
    nothing of it is read. A decision is final and kept with its author and reason.
    """
    if number is None:
        if release or turn_away:
            raise SettingsError("no file is named; ./monitor marked lists the numbers of those that wait")
        _list(everything=everything)
        return
    if release == turn_away:
        raise SettingsError("say what is decided: --release or --turn-away, with --by and --reason")
    _decide(number, "release" if release else "turn-away", author, reason)


def _list(*, everything: bool) -> None:
    from resolution_monitor.ask.closed_files import closed_lines

    with opened_context() as context:
        lines = closed_lines(context.database, context.settings.closed_folder, everything=everything)
    console = Console(highlight=False, soft_wrap=True)
    for line in lines or ["no file waits for a decision"]:
        console.print(line, markup=False)


def _decide(number: int, decision: str, author: str, reason: str) -> None:
    from resolution_monitor.pipeline.closed_files import decide

    with opened_to_write() as context:
        decide(context, number, decision, author=author, reason=reason)
    done = "taken as it came; the next collection reads it" if decision == "release" else "removed; its sender was told"
    Console(highlight=False, soft_wrap=True).print(f"closed file {number}: {done}", markup=False)
