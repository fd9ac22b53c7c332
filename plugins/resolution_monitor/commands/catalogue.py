"""./monitor catalogue: check it, take it out as a workbook, bring the edited workbook back."""

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from resolution_monitor.commands.output import Format, write
from resolution_monitor.settings import from_environment

catalogue = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Check and edit the catalogue: bodies, resolutions, tasks, indicators, targets.",
)


@catalogue.command()
def check(output: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TABLE) -> None:
    """
    Check every file of the catalogue and count its entries.

    Each problem names file, entry and what to do; with any problem the exit code is 10. Where reports were accepted, a
    fact they rest on that was changed without a day is a problem, too. A task that nobody owns is told
    on stderr and is no problem: no source names who does it.
    """
    from resolution_monitor.ask.catalogue_counts import catalogue_counts
    from resolution_monitor.pipeline import require_dated_here

    settings = from_environment(os.environ)
    frame, warnings = catalogue_counts(settings.root)
    require_dated_here(settings)
    write(frame, output, Console(width=None), if_empty="the catalogue is sound and holds no entry")
    for words in warnings:
        Console(stderr=True, highlight=False, soft_wrap=True).print(f"warning: {words}", markup=False)


@catalogue.command()
def baselines(output: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TABLE) -> None:
    """
    List the indicators that no document gives a baseline of.

    The figure of the first due report stands in for it, as it stood at its cut-off: a later correction changes the
    series and not the baseline, unless a named person decides so (./monitor rebaseline).
    """
    from resolution_monitor.ask.missing_baselines import missing_baselines
    from resolution_monitor.commands.ledger import write_rows

    frame, total = missing_baselines(from_environment(os.environ).root)
    write_rows(
        frame,
        frame[["indicator_id", "name", "reported_by", "frequency"]],
        output,
        if_empty="every indicator has a baseline",
    )
    if output is Format.TABLE:
        words = (
            f"{len(frame)} of {total} indicators: no document gives a baseline; the first due report's figure serves"
        )
        Console(highlight=False, soft_wrap=True).print(words, markup=False)


@catalogue.command()
def export(file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="The workbook to write.")]) -> None:
    """Write tasks, indicators, targets, their revisions and assignments into a workbook to edit."""
    from resolution_monitor.pipeline.catalogue_edit import export_catalogue

    rows = export_catalogue(from_environment(os.environ), file)
    Console(highlight=False).print(f"{rows} rows written to {file}", markup=False)


@catalogue.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="A workbook that export wrote, edited.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
    since: Annotated[
        datetime | None,
        typer.Option(
            "--from", formats=["%Y-%m-%d"], help="Day from which the changes hold; before it all was as it is."
        ),
    ] = None,
) -> None:
    """
    Bring an edited workbook back into the catalogue's files.

    Shows every entry added, changed (old -> new) or ended, and whose scores change with it. Rows taken out of the
    workbook end. With --from every changed fact is written with its day beside the old one; a target that changes is
    written on sheet Revisions, with the document that approved it. Nothing is written unless
    the whole catalogue passes its checks with the changes.
    """
    from resolution_monitor.pipeline.catalogue_edit import import_catalogue

    outcome = import_catalogue(
        from_environment(os.environ), file, is_dry_run=dry_run, since=since.date() if since else None
    )
    console = Console(highlight=False, soft_wrap=True)
    for change in outcome.changes:
        values = f" {change.field}: {change.old} -> {change.new}" if change.field else ""
        console.print(f"{change.kind:<8}{change.sheet:<12}{change.entry}{values}", markup=False)
    if outcome.touched:
        console.print("Scores that change:", markup=False)
    for score in outcome.touched:
        because, bodies = ", ".join(score.because), ", ".join(score.bodies) or "nobody yet"
        console.print(
            f"  {score.level} {score.entry} (resolution {score.resolution}): {because}; {bodies}", markup=False
        )
    verb = "would be written" if dry_run else "written"
    console.print(f"{len(outcome.changes)} changes; {', '.join(outcome.written) or 'no file'} {verb}", markup=False)


@catalogue.command()
def correct(
    reason: Annotated[str, typer.Option(help="Why the past was told wrong; kept in the journal.")],
    author: Annotated[str, typer.Option(help="Who decides; kept in the journal.")],
) -> None:
    """
    Accept that the catalogue says otherwise of periods that accepted reports rest on.

    Without it such a change is refused: a fact that changes is written with its day. Accepted files are not read
    again by this; ./monitor reread shows and does that, period by period.
    """
    from resolution_monitor.commands.opened import opened_to_write
    from resolution_monitor.pipeline import correct_catalogue

    with opened_to_write() as context:
        changes = correct_catalogue(context, reason=reason, author=author)
    console = Console(highlight=False, soft_wrap=True)
    for change in changes:
        console.print(f"accepted: {change.partition(';')[0]}", markup=False)
