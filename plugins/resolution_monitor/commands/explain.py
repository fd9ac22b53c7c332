"""./monitor explain: the way from a score back to the cell, or a body's month as a workbook that computes."""

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from resolution_monitor import pipeline
from resolution_monitor.commands.asked_moment import AskedState
from resolution_monitor.commands.explain_text import lines_of
from resolution_monitor.commands.opened import opened_context
from resolution_monitor.commands.options import AsBriefed, OfRun, UnderCatalogueOf
from resolution_monitor.errors import storage_error
from resolution_monitor.period import TIME_ZONE, Period, parse_period

_FORMATS = ("text", "json")


def _format(text: str) -> str:
    if text not in _FORMATS:
        raise typer.BadParameter(f"choose one of {', '.join(_FORMATS)}")
    return text


def explain(
    agency: Annotated[str, typer.Option(help="Code of the body, such as BYT or T01-UBND.")],
    period: Annotated[str, typer.Option(help="Period of the briefing, such as 2026-10.")],
    indicator: Annotated[str | None, typer.Option(help="Code of an indicator, such as 57.01.")] = None,
    task: Annotated[str | None, typer.Option(help="Code of a task, such as 57-T01/BNV.")] = None,
    xlsx: Annotated[
        Path | None, typer.Option(help="Write the body's whole month as a workbook with live formulas.")
    ] = None,
    known_at: UnderCatalogueOf = None,
    as_briefed: AsBriefed = False,
    run: OfRun = None,
    output: Annotated[str, typer.Option("--format", help="text or json.", callback=_format)] = "text",
) -> None:
    """
    Show how one score came about, from the score back to the cell.

    Each step: formula, numbers put in, what the rule found. Then its weights, rules version, target and its source,
    the ledger's word, file, sheet, cell and text, findings on the cell, and what superseded what. Without a value it
    says why. With --xlsx the body's month becomes a workbook whose formulas compute every step again.
    """
    if (indicator is None) + (task is None) + (xlsx is None) != 2:
        raise typer.BadParameter("give one of --indicator, --task and --xlsx")
    asked, state = parse_period(period), AskedState(known_at, as_briefed, run)
    with opened_context(asked) as context:
        seen, moment = state.of(context, asked)
        if xlsx is not None:
            _write_workbook(seen, asked, agency, moment, xlsx)
            return
        _write_one(seen, asked, agency, str(indicator or task), moment, output)


def _write_one(
    context: "pipeline.Context", period: Period, agency: str, item: str, moment: datetime | None, output: str
) -> None:
    from resolution_monitor.ask.explain import explain as ask_explain

    found = ask_explain(
        context.database,
        context.catalogue,
        period,
        agency_id=agency,
        item_id=item,
        known_at=moment,
    )
    console = Console(width=None, highlight=False, soft_wrap=True)
    if output == "json":
        console.file.write(json.dumps(found, ensure_ascii=False, indent=1, default=written) + "\n")
        return
    for line in lines_of(found):
        console.print(line, markup=False)


def _write_workbook(
    context: "pipeline.Context", period: Period, agency: str, moment: datetime | None, path: Path
) -> None:
    from resolution_monitor.ask.explain_workbook import month_workbook

    content = month_workbook(context.database, context.catalogue, period, agency_id=agency, known_at=moment)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise storage_error(path, error) from error
    Console(highlight=False).print(f"written: {path}", markup=False)


def written(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(TIME_ZONE).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else str(value)
