"""./monitor check: what the inbox would say of a file, before it is sent."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from resolution_monitor.errors import CHECK_FOUND_PROBLEMS
from resolution_monitor.period import parse_period
from resolution_monitor.settings import from_environment


def check(
    file: Annotated[Path, typer.Argument(help="The workbook, CSV or JSON to check.", show_default=False)],
    agency: Annotated[str, typer.Option(help="Code of the body that will send it, such as BYT.")],
    period: Annotated[str, typer.Option(help="Period that it is for, such as 2026-10.")],
    answer: Annotated[
        Path | None, typer.Option(help="File to write the answer to: the workbook back, bad cells marked.")
    ] = None,
) -> None:
    """
    Check a file before it is sent, without a database: nothing is kept.

    Says the same as the answer that would come back, but for what needs earlier reports: figures are held against
    those that the workbook itself shows. Exits with 62 where a row would not go in.
    """
    from resolution_monitor.pipeline.check_file import check_file, write_answer

    settings, asked = from_environment(os.environ), parse_period(period)
    checked = check_file(settings, file, agency, asked, datetime.now(UTC))
    console = Console(highlight=False)
    for number, told in checked.answer.numbered():
        place = "!".join(part for part in (told.sheet, told.cell) if part)
        console.print(f"{number:>3}. {told.word:<15}{place}".rstrip(), style="bold", markup=False)
        console.print(Padding(Text(f"{told.text}\n→ {told.action}"), (0, 0, 0, 5)))
    console.print(checked.answer.result, markup=False)
    if answer is not None:
        write_answer(settings, checked, file, answer)
        console.print(f"written: {answer}", markup=False, soft_wrap=True)
    if not checked.is_clean:
        raise typer.Exit(CHECK_FOUND_PROBLEMS)
