"""./monitor scores: attainment by nation, province, central body or body as reported."""

from typing import Annotated

import typer
from rich.console import Console

from resolution_monitor.ask.scores import LEVELS
from resolution_monitor.commands.moments import moment_of
from resolution_monitor.commands.opened import opened_road
from resolution_monitor.commands.output import Format, write
from resolution_monitor.period import parse_period


def _level(text: str) -> str:
    if text not in LEVELS:
        raise typer.BadParameter(f"choose one of {', '.join(LEVELS)}")
    return text


def scores(
    period: Annotated[str, typer.Option(help="Period, such as 2013.")],
    level: Annotated[
        str,
        typer.Option(
            help="indicator (the nation), province (the 34 of today), central (central bodies of today) or body "
            "(bodies of the period, as reported).",
            callback=_level,
        ),
    ] = "province",
    known_at: Annotated[
        str | None,
        typer.Option(help="See only what was recorded up to this time; Vietnamese time unless a zone is given."),
    ] = None,
    output: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TABLE,
) -> None:
    """
    Show how much of each plan was attained.

    raw % (attainment_raw_pct) is observed / planned without a limit; counted (attainment_pct) is what the method
    counts of it, at most 120, or 100 for spending. Empty cells are not known.
    """
    from resolution_monitor.ask.scores import scores as ask_scores

    moment = moment_of(known_at)
    with opened_road() as road:
        frame = ask_scores(road.database, road.catalogue, parse_period(period), level, moment)
    write(frame, output, Console(width=None))
