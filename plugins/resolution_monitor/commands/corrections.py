"""./monitor changes, retract, accept, rebaseline: what gave way to what, and what named persons decide."""

from typing import Annotated

import typer
from rich.console import Console

from resolution_monitor import pipeline
from resolution_monitor.commands.ledger import Agency, Author, KnownAt, Output, Reason, write_rows
from resolution_monitor.commands.moments import moment_of, with_written_moments
from resolution_monitor.commands.opened import opened_context, opened_to_write
from resolution_monitor.commands.output import Format
from resolution_monitor.period import parse_period

_SHOWN = ("item_id", "change", "old", "new", "old_cell", "new_cell", "old_submission", "new_submission", "changed_at")


def changes(
    agency: Agency,
    period: Annotated[str, typer.Option(help="Period, such as 2026-10.")],
    known_at: KnownAt = None,
    output: Output = Format.TABLE,
) -> None:
    """
    List what a body changed in what it reported for a period.

    Each line names an item, its value before and after, and for both the submission, cell and time.

    Where nothing changed a sentence says so, with exit code 0; of what was never reported nothing is said.
    """
    import pandas

    from resolution_monitor.ask.changes import changes as ask_changes

    asked, moment = parse_period(period), moment_of(known_at)
    with opened_context(asked, moment) as context:
        rows = ask_changes(context.database, context.catalogue, agency, asked, moment)
    instants = ("changed_at", "old_received_at", "new_received_at")
    utc = {name: pandas.to_datetime(rows[name], utc=True) for name in instants}
    whole = with_written_moments(rows.assign(**utc), instants)
    empty = f"{agency} changed nothing of what it reported for {period}"
    write_rows(whole, whole[list(_SHOWN)], output, if_empty=empty)


def retract(
    submission: Annotated[int, typer.Argument(help="Number of the submission; status --agency prints it.")],
    reason: Reason,
    author: Author,
    item: Annotated[
        str | None, typer.Option(help="Only this indicator or task, such as 57.01. Default: all of the submission.")
    ] = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Let it count again.")] = False,
) -> None:
    """
    Take back what a submission says; the value before it stands again.

    The file is kept, and reading it again brings nothing back. Doing it again changes nothing; the journal keeps who
    did it and why.
    """
    with opened_to_write() as context:
        is_new = pipeline.retract(
            context, submission_id=submission, item_id=item, reason=reason, author=author, withdraw=withdraw
        )
    done = "retraction withdrawn" if withdraw else "retracted"
    told = f"{done}: submission {submission}{f' {item}' if item else ''}"
    Console(highlight=False).print(told if is_new else "nothing changed: it stood so already", markup=False)


def accept(
    submission: Annotated[int, typer.Argument(help="Number of the submission; status --agency prints it.")],
    item: Annotated[str, typer.Option(help="The item whose row waits, such as 57-T01/BNV or 72.04.")],
    reason: Reason,
    author: Author,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Let the row wait again.")] = False,
) -> None:
    """
    Accept a row that waits for a decision: a closed item told otherwise, or nothing to report.

    Until then what was accepted of the closed item stands, and who has nothing to report counts as silent. Score the
    period anew afterwards: ./monitor run. The journal keeps who decided and why.
    """
    with opened_to_write() as context:
        pipeline.accept(
            context, submission_id=submission, item_id=item, reason=reason, author=author, withdraw=withdraw
        )
    done = "acceptance withdrawn" if withdraw else "accepted"
    Console(highlight=False).print(f"{done}: submission {submission} {item}", markup=False)


def rebaseline(
    submission: Annotated[
        int, typer.Argument(help="Number of the submission that tells the figure; explain names it.")
    ],
    item: Annotated[str, typer.Option(help="The indicator whose first due figure it tells, such as 72.04.")],
    reason: Reason,
    author: Author,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Let the figure that froze at its cut-off count again.")
    ] = False,
) -> None:
    """
    Make another telling of a first due figure the baseline of its indicator.

    Where the catalogue has no baseline the first due figure is it, as it stood at its cut-off; a later correction
    changes the series and not the baseline, unless a named person says so here. Score the period anew afterwards:
    ./monitor run. Both figures and both scores stay to be seen (./monitor explain); the journal keeps who decided.
    """
    with opened_to_write() as context:
        is_new = pipeline.rebaseline(
            context, submission_id=submission, indicator_id=item, reason=reason, author=author, withdraw=withdraw
        )
    done = "the figure that froze counts again" if withdraw else "baseline"
    told = f"{done}: {item} as of submission {submission}"
    Console(highlight=False).print(told if is_new else "nothing changed: it stood so already", markup=False)
