"""./monitor scores: attainment of the budget, and scores of resolutions, tasks, bodies, blocks and the nation."""

from typing import Annotated

import typer
from rich.console import Console

from resolution_monitor.commands.asked_moment import AskedState
from resolution_monitor.commands.opened import opened_context
from resolution_monitor.commands.options import AsBriefed, OfRun, Output, UnderCatalogueOf
from resolution_monitor.commands.output import Format, write
from resolution_monitor.period import parse_period


def _level(text: str) -> str:
    from resolution_monitor.ask.resolution_scores import TREE_LEVELS
    from resolution_monitor.ask.scores import LEVELS

    if text not in (*LEVELS, *TREE_LEVELS):
        raise typer.BadParameter(f"choose one of {', '.join((*LEVELS, *TREE_LEVELS))}")
    return text


def scores(
    period: Annotated[str, typer.Option(help="Period, such as 2013 or 2026-10.")],
    level: Annotated[
        str,
        typer.Option(
            help="Of resolutions: nation, block, resolution, task (given to a group) or agency (who reports). "
            "Of the budget: indicator (the nation), province (the 34 of today), central (central bodies of today) or "
            "body (bodies of the period, as reported).",
            callback=_level,
        ),
    ] = "province",
    known_at: UnderCatalogueOf = None,
    as_briefed: AsBriefed = False,
    run: OfRun = None,
    output: Output = Format.TABLE,
) -> None:
    """
    Show the scores of a period, as known at a time.

    Of resolutions: low and high are the points (0 to 100) with missing reports counted as 0 and as last known;
    without_data_pct is the share of weight without data. Columns of nation, block, resolution and task: code, name,
    low, high, without_data_pct, colour, state, assignments_total, due_assumed_count (deadline not verified), and one
    count a status: done_count, done_late_count, overdue_count, not_started_count, unrated_count, no_data_count,
    on_target_count, red_count, amber_count, green_count. Columns of agency: code, name, block, composite_low,
    composite_high, progress_low, progress_high, timeliness_low, timeliness_high, reporting, reports_due,
    reports_missing, rated_assignments, effective_assignments, low, high, state, assignments_total, coordinated_total
    and the same counts. A table shows the most important of them, CSV and JSON all, in this order.

    Of the budget: raw % (attainment_raw_pct) is observed / planned without a limit; counted (attainment_pct) is what
    the method counts of it, at most 120, or 100 for spending. Empty cells are not known.
    """
    from resolution_monitor.ask.resolution_scores import TREE_LEVELS, columns_of_level, tree_scores
    from resolution_monitor.ask.said_limits import limits_of_columns
    from resolution_monitor.ask.scores import scores as ask_scores

    is_tree, asked = level in TREE_LEVELS, parse_period(period)
    state = AskedState(known_at, as_briefed, run)
    ask = tree_scores if is_tree else ask_scores
    with opened_context(asked) as context:
        seen, moment = state.of(context, asked)
        catalogue = seen.catalogue
        frame = ask(context.database, catalogue, asked, level, moment)
        limits = limits_of_columns(catalogue, asked)
    if is_tree and output is Format.TABLE:
        frame = frame[list(columns_of_level(level, is_shown=True))]
    empty = f"nothing of {period} has a score at level {level}, although something is known of the period"
    write(frame, output, Console(width=None), if_empty=empty, limits=limits)
