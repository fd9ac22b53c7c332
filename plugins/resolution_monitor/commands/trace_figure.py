"""./monitor trace: from a printed number to the cells it came from, as they were received."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from resolution_monitor.commands.opened import opened_context
from resolution_monitor.commands.options import Output
from resolution_monitor.commands.output import Format, write
from resolution_monitor.period import parse_period

if TYPE_CHECKING:
    from resolution_monitor import pipeline

_SHOWN = ("file_name", "submission_id", "sheet", "cell", "raw_text", "item_id")
_NARROW = 40


def trace(
    figure: Annotated[
        list[str],
        typer.Argument(
            metavar="[EDITION] FIGURE",
            help="The edition as its last line names it, then the figure: its number in the workbook, such as F017, or "
            "its text as printed, such as 98,3%.",
        ),
    ],
    report: Annotated[str | None, typer.Option(help="Instead of an edition: the newest of this report.")] = None,
    period: Annotated[str | None, typer.Option(help="Period of that report, such as 2026-10.")] = None,
    output: Output = Format.TABLE,
) -> None:
    """
    Trace a printed number: text, value, rule, whose it is, and every cell behind it.

    Each source: submission, file and its sha256, sheet, cell, and what stands in that cell, word for word as it was
    received; it is read from the kept file, in the sandbox. Any edition that was kept can be asked, replaced ones too.
    """
    from resolution_monitor.ask.figure_sources import trace as ask_trace

    if len(figure) != (1 if report else 2) or (report is None) != (period is None):
        raise typer.BadParameter("write EDITION FIGURE, or FIGURE with --report and --period")
    with opened_context() as context:
        edition = _edition(context, figure[0], report, period)
        rows = ask_trace(context.database, context.catalogue, context.settings, edition, figure[-1])
    _write(rows, output)


def _edition(context: "pipeline.Context", name: str, report: str | None, period: str | None) -> dict[str, Any]:
    from resolution_monitor.ask.figure_sources import edition_named, newest_edition

    if report and period:
        return newest_edition(context.database, report, parse_period(period))
    return edition_named(context.database, name)


def _write(rows: list[dict[str, Any]], output: Format) -> None:
    import pandas

    console = Console(width=None, highlight=False, soft_wrap=output is Format.TABLE)
    if output is not Format.TABLE:
        write(pandas.DataFrame(rows, dtype=object), output, console, if_empty="")
        return
    for line in _head(rows[0]):
        console.print(line, markup=False)
    shown = [row | {"raw_text": _short(row["raw_text"], row["note"])} for row in rows if row["sha256"]]
    frame = pandas.DataFrame(shown, columns=list(_SHOWN), dtype=object)
    write(frame, output, console, if_empty=rows[0]["note"])
    for line in dict.fromkeys(filter(None, (row["explain"] for row in rows[:1]))):
        console.print(f"how its score came about: {line}", markup=False)


def _head(row: dict[str, Any]) -> list[str]:
    value = "none" if row["value"] is None else f"{row['value']:f}"
    return [
        f"{row['edition']} {row['figure_id']}: printed {row['text']}, value {value}, unit {row['unit']}",
        f"  rule:  {row['rule']}",
        f"  whose: {row['about']}",
        f"  place: {row['place']}",
    ]


def _short(raw: str | None, note: str) -> str:
    """On the terminal one line a cell; CSV and JSON hold all of it."""
    text = f"({note})" if raw is None else " ".join(raw.split())
    return text if len(text) <= _NARROW else f"{text[: _NARROW - 1]}…"
