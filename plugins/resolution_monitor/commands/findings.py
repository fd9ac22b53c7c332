"""./monitor findings: what is wrong with the files received, cell by cell."""

from typing import Annotated

import typer
from rich.console import Console

from resolution_monitor.commands.opened import opened_road
from resolution_monitor.commands.output import Format, write
from resolution_monitor.period import parse_period


def findings(
    period: Annotated[str | None, typer.Option(help="Only files of this period, and files of none.")] = None,
    notes: Annotated[bool, typer.Option("--notes", help="Also what is only told so that nothing is lost.")] = False,
    output: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TABLE,
) -> None:
    """
    List what is wrong with the files received: where, what stands there, what to do.

    A finding never stops a run. `block` keeps a row or file out until it is mended; `warn` needs a look.
    """
    from resolution_monitor.ask.findings import COLUMNS, standing_findings

    with opened_road() as road:
        frame = standing_findings(road.database, parse_period(period) if period else None, with_notes=notes)
    if output is Format.TABLE:
        shown = frame[["severity", "file_name", "sheet", "cell", "text_vi", "action_vi"]]
        write(shown, output, Console(width=None))
    else:
        write(frame[list(COLUMNS)], output, Console(width=None))
