"""./monitor official: tasks as the Government Office counts them, beside our own scores."""

import sys
from typing import Annotated

import typer
from rich.console import Console

from resolution_monitor.commands.asked_moment import AskedState
from resolution_monitor.commands.opened import opened_context
from resolution_monitor.commands.options import AsBriefed, OfRun, Output, RecordedUntil
from resolution_monitor.commands.output import WIDTH_OF_A_PIPE, Format, write
from resolution_monitor.period import parse_period


def _level(text: str) -> str:
    from resolution_monitor.ask.official import LEVELS

    if text not in LEVELS:
        raise typer.BadParameter(f"choose one of {', '.join(LEVELS)}")
    return text


def official(
    period: Annotated[str, typer.Option(help="Period, such as 2026-10.")],
    by: Annotated[
        str, typer.Option(help="nation, block, resolution or agency (the body that leads).", callback=_level)
    ] = "nation",
    known_at: RecordedUntil = None,
    as_briefed: AsBriefed = False,
    run: OfRun = None,
    output: Output = Format.TABLE,
) -> None:
    """
    Show tasks as the Government Office counts them: done on time or late, open in time or overdue.

    Assignments (task and lead) and distinct tasks are counted apart; the four parts always add up to assigned. Both
    denominators: done_of_assigned_pct over all that was given, done_of_due_pct over done and open overdue.

    CSV and JSON also hold: unverified (no deadline that anybody verified: never late), unproven (done without a product
    and its date, which our rules do not count), low, high and state (our own scores of the same node). For analysts
    only: a and c of Decree 335/2025 (quantity_pct, progress_pct, progress_less_delays_pct) and of bodies the best level
    of 366-QĐ/TW left open; `note` says what all of them lack. No person is scored or ranked.
    """
    from resolution_monitor.ask.official import COLUMNS_SHOWN
    from resolution_monitor.ask.official import official as ask_official

    asked, state = parse_period(period), AskedState(known_at, as_briefed, run)
    with opened_context(asked) as context:
        seen, moment = state.of(context, asked, under_catalogue_of_then=False)
        frame = ask_official(context.database, seen.catalogue, asked, by, moment)
    shown = frame[list(COLUMNS_SHOWN)] if output is Format.TABLE else frame
    empty = f"no task was given to any {by} in {period}"
    write(shown, output, Console(width=None if sys.stdout.isatty() else WIDTH_OF_A_PIPE), if_empty=empty)
