"""./monitor editions: which editions were made, and which would no longer say the same."""

from typing import Annotated

import typer
from rich.console import Console

from resolution_monitor.commands.moments import with_written_moments
from resolution_monitor.commands.opened import opened_context
from resolution_monitor.commands.options import Output
from resolution_monitor.commands.output import Format, write
from resolution_monitor.period import parse_period

_SHOWN = ("report", "period", "edition", "state", "number", "issued_on", "made_at", "why_stale")


def editions(
    report: Annotated[str | None, typer.Option(help="Only of this report.")] = None,
    period: Annotated[str | None, typer.Option(help="Only of this period, such as 2026-10.")] = None,
    is_all: Annotated[bool, typer.Option("--all", help="Also those that a newer one took the place of.")] = False,
    stale: Annotated[bool, typer.Option("--stale", help="Only those that would no longer say the same.")] = False,
    output: Output = Format.TABLE,
) -> None:
    """
    List the edition of each period that was made last, those that were issued, and why they are stale.

    An edition holds its period against the one before, as both were scored when it was made. It is stale once either
    was scored anew, or the period before was made after it; ./monitor run --report REPORT --period PERIOD makes it
    again. An issued edition stays as it is; what is wrong in it is issued as a corrigendum (./monitor issue).
    """
    from resolution_monitor.ask.editions import editions as editions_made

    with opened_context() as context:
        named = parse_period(period) if period else None
        found = editions_made(context.database, is_all=is_all, report=report, period=named)
    shown = found[found["why_stale"] != ""] if stale else found
    none_made = "no edition was made yet; ./monitor run --report REPORT --period PERIOD makes one"
    none_stale = f"none of {len(found)} editions is stale: made again each would say the same"
    empty = none_made if found.empty else none_stale
    told = with_written_moments(shown, ("made_at",))
    write(told if output is not Format.TABLE else told[list(_SHOWN)], output, Console(width=None), if_empty=empty)
