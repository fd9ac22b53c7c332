"""./monitor template: the workbooks that bodies fill in."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from resolution_monitor.commands.opened import opened_context
from resolution_monitor.errors import LedgerError
from resolution_monitor.period import parse_period


def template(
    period: Annotated[str, typer.Option(help="Period, such as 2026-10, 2026-Q3 or 2026-10-31.")],
    agency: Annotated[str | None, typer.Option(help="Code of the body, such as BYT or T01-UBND.")] = None,
    every: Annotated[bool, typer.Option("--all", help="One workbook for each body that owes something.")] = False,
    out: Annotated[
        Path | None, typer.Option(help="File to write; with --all the folder. Default: named after body and period.")
    ] = None,
) -> None:
    """
    Write the workbook a body fills in for a period, or those of all bodies.

    It holds what the ledger says is owed: indicators with baseline, target and last value, tasks with due day and
    product, and sheets for obstacles and requests. Doing it again writes the same bytes.
    """
    from rich.progress import track

    from resolution_monitor.pipeline.template import bodies_that_owe, file_name, write_template, write_templates

    if (agency is None) is not every:
        raise LedgerError("name one body with --agency, or write --all")
    asked = parse_period(period)
    console = Console(highlight=False, soft_wrap=True)
    with opened_context() as context:
        if agency is not None:
            written = write_template(context, agency, asked, out or Path(file_name(agency, asked)))
            console.print(f"written: {written}", markup=False)
            return
        folder = out or Path(f"templates-{asked.name}")
        total = len(bodies_that_owe(context, asked))
        for _ in track(
            write_templates(context, asked, folder), "workbooks", total=total, console=console, transient=True
        ):
            pass
        console.print(f"{total} workbooks written to {folder}", markup=False)
