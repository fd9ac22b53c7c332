"""./monitor preview: a report from a kept example, in seconds and without a database."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from resolution_monitor.period import parse_period
from resolution_monitor.settings import from_environment
from resolution_monitor.wording import VIETNAMESE


def preview(
    report: Annotated[str, typer.Argument(help="Which report.")],
    from_example: Annotated[str | None, typer.Option(help="Name of the example. Default: the first.")] = None,
    period: Annotated[
        str | None, typer.Option(help="The example of this period; with --keep-example: of what.")
    ] = None,
    language: Annotated[str, typer.Option(help="Language of the report, such as en.")] = VIETNAMESE,
    png: Annotated[bool, typer.Option("--png", help="Each page as a picture too.")] = False,
    out: Annotated[Path | None, typer.Option(help="Folder for the files. Default: preview/ of the state.")] = None,
    keep: Annotated[
        bool, typer.Option("--keep-example", help="Read the period from the database and keep it as an example.")
    ] = False,
) -> None:
    """
    Render a report from a kept example: PDF and workbook, without a database.

    Examples lie in samples/examples/, by what a report needs: all that need the same can be made of one.
    """
    from resolution_monitor.pipeline.preview import preview as render
    from resolution_monitor.pipeline.wanted_preview import Wanted

    settings = from_environment(os.environ)
    if keep:
        if period is None:
            raise typer.BadParameter("name what to keep: --keep-example --period 2026-10")
        # Imported only here: a preview asks no database.
        from resolution_monitor.pipeline import open_context
        from resolution_monitor.pipeline.keep_example import keep_example

        with open_context(settings, datetime.now(UTC)) as context:
            typer.echo(str(keep_example(context, report, parse_period(period), from_example or period)))
        return
    folder = out or settings.home / "preview"
    wanted = Wanted(report, folder, from_example or period, language, has_pictures=png)
    for file in render(settings, wanted):
        typer.echo(file)
