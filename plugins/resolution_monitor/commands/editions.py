"""./monitor editions: which editions were made, and which would no longer say the same."""

from typing import Annotated

import typer
from rich.console import Console

from resolution_monitor.commands.moments import with_written_moments
from resolution_monitor.commands.opened import opened_context
from resolution_monitor.commands.options import Output
from resolution_monitor.commands.output import Format, write


def editions(
    stale: Annotated[bool, typer.Option("--stale", help="Only those that would no longer say the same.")] = False,
    output: Output = Format.TABLE,
) -> None:
    """
    List the edition of each period that was made last, and why it is stale.

    An edition holds its period against the one before, as both were scored when it was made. It is stale once either
    was scored anew, or the period before was made after it; ./monitor run --report REPORT --period PERIOD makes it
    again.
    """
    from resolution_monitor.ask.editions import editions as editions_made

    with opened_context() as context:
        found = editions_made(context.database)
    shown = found[found["why_stale"] != ""] if stale else found
    none_made = "no edition was made yet; ./monitor run --report REPORT --period PERIOD makes one"
    none_stale = f"none of {len(found)} editions is stale: made again each would say the same"
    empty = none_made if found.empty else none_stale
    write(with_written_moments(shown, ("made_at",)), output, Console(width=None), if_empty=empty)
