"""./monitor reread: accepted files are read once more, because a person says so."""

from typing import Annotated

import typer
from rich.console import Console

from resolution_monitor.commands.ledger import Output, write_rows
from resolution_monitor.commands.opened import opened_to_write
from resolution_monitor.commands.output import Format
from resolution_monitor.errors import LedgerError
from resolution_monitor.period import parse_period

_COLUMNS = ("submission_id", "sender_id", "file_name", "item_id", "old", "new", "sheet", "cell")


def reread(
    period: Annotated[str, typer.Option(help="Period whose files are read again, such as 2026-10.")],
    agency: Annotated[str | None, typer.Option(help="Only this sender's files.")] = None,
    reason: Annotated[str | None, typer.Option(help="Why; kept in the journal.")] = None,
    author: Annotated[str | None, typer.Option(help="Who decides; kept in the journal.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
    output: Output = Format.TABLE,
) -> None:
    """
    Read accepted files of a period again, because a person says so.

    What was accepted is final: nothing else reads it again. It is read under the catalogue valid for the period; each
    line names an item and its value before and after.

    Score the period anew afterwards: ./monitor run.
    """
    import pandas

    from resolution_monitor.ask.submissions import files_received
    from resolution_monitor.pipeline import preview_reread
    from resolution_monitor.pipeline import reread as read_again

    asked = parse_period(period)
    if not dry_run and not (reason and author):
        raise LedgerError("name --reason and --author, or look first: --dry-run")
    with opened_to_write(asked) as context:
        files = files_received(context.database, asked)
        if dry_run:
            changes = preview_reread(context, asked, agency)
        else:
            changes = read_again(context, asked, agency, reason=reason or "", author=author or "")
    rows = pandas.DataFrame(changes, columns=list(_COLUMNS))
    empty = f"read again, {files} files of {period} say what they said"
    write_rows(rows, rows, output, if_empty=empty)
    if output is Format.TABLE:
        verb = "would change" if dry_run else "changed"
        Console(highlight=False).print(f"{len(rows)} {verb}", markup=False)
