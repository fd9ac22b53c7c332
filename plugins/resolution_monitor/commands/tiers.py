"""./monitor tiers: which bodies of a peer group can be told apart."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from resolution_monitor.commands.asked_moment import AskedState
from resolution_monitor.commands.opened import opened_context
from resolution_monitor.commands.options import AsBriefed, OfRun, Output, RecordedUntil
from resolution_monitor.commands.output import WIDTH_OF_A_PIPE, Format, write
from resolution_monitor.errors import storage_error
from resolution_monitor.period import parse_period


def tiers(
    period: Annotated[str, typer.Option(help="Period, such as 2026-10.")],
    group: Annotated[str | None, typer.Option(help="One peer group, such as UBND-TINH/2.")] = None,
    funnels: Annotated[Path | None, typer.Option(help="Folder to write a funnel of each group into, as SVG.")] = None,
    known_at: RecordedUntil = None,
    as_briefed: AsBriefed = False,
    run: OfRun = None,
    output: Output = Format.TABLE,
) -> None:
    """
    Show the tiers of each peer group: nhóm đầu, nhóm cuối, or không phân biệt được.

    A body is compared within its group only, by block, kind and effective assignments (catalogue/peer_groups.yaml):
    there is no list across groups, and within a group bodies stand by code. The first or last third is named with a
    chance above tier_named_above; its rank lies between rank_low and rank_high nine times out of ten. funnel: whether
    the share of tasks done on time lies within what chance and the spread of the group allow.

    A table holds the bodies that take part; CSV and JSON all, with why the others do not: fewer rated assignments than
    tier_least_indicators, or a group of fewer such bodies than tier_least_agencies (catalogue/rule_settings.yaml).
    """
    from resolution_monitor.ask.tiers import COLUMNS_SHOWN, peer_tiers

    asked, state = parse_period(period), AskedState(known_at, as_briefed, run)
    with opened_context(asked) as context:
        seen, moment = state.of(context, asked, under_catalogue_of_then=False)
        found = peer_tiers(context.database, seen.catalogue, asked, moment)
    rows = found.rows if group is None else found.rows[found.rows["peer_group"] == group]
    if rows.empty:
        raise typer.BadParameter(f"there is no group {group!r}; see the column peer_group without --group")
    if funnels is not None:
        _write_funnels({key: drawing for key, drawing in found.funnels.items() if group in (None, key)}, funnels)
    if output is not Format.TABLE:
        write(rows, output, Console(width=None), if_empty=f"no body reports in {period}")
        return
    console = Console(width=None if sys.stdout.isatty() else WIDTH_OF_A_PIPE, highlight=False)
    taking_part = rows[rows["tier"] != ""]
    for _, one in taking_part.groupby("peer_group"):
        console.print(f"{one['group'].iloc[0]} ({one['grouping'].iloc[0]})", markup=False)
        write(one[list(COLUMNS_SHOWN)], output, console, if_empty="")
    console.print(f"{len(rows) - len(taking_part)} bodies without a tier; --format csv says why", markup=False)


def _write_funnels(drawings: dict[str, str], folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for group, drawing in drawings.items():
            (folder / f"{group.replace('/', '-')}.svg").write_text(drawing, encoding="utf-8")
    except OSError as error:
        raise storage_error(folder, error) from error
