"""./monitor reliability, lag, needed: how good forecasts were, where a lag comes from, what brings one back on plan."""

import sys
from collections.abc import Hashable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from resolution_monitor.commands.band_words import band_words
from resolution_monitor.commands.moments import moment_of
from resolution_monitor.commands.opened import opened_context
from resolution_monitor.commands.options import KnownAt, Month, Output
from resolution_monitor.commands.output import Format, write
from resolution_monitor.period import TIME_ZONE, parse_period

if TYPE_CHECKING:
    import pandas

_WIDTH_OF_A_PIPE = 160
_NOTHING_ENDED = "nothing that was forecast has ended yet"
_COUNTS = ("band_things", "band_short")


class By(StrEnum):
    """What a lag is split into."""

    ITEM = "item"
    BODY = "body"


class Part(StrEnum):
    """Which table of the record of forecasts."""

    SUMMARY = "summary"
    RELIABILITY = "reliability"
    BANDS = "bands"


def reliability(
    until: Annotated[str | None, typer.Option(help="Last month that counts, such as 2026-10. Default: all.")] = None,
    part: Annotated[Part | None, typer.Option(help="Only this table; CSV and JSON write one (summary).")] = None,
    known_at: KnownAt = None,
    output: Output = Format.TABLE,
) -> None:
    """
    Show how forecasts did against what happened.

    Summary: Brier scores (mean squared error, lower is better) of the forecasts as told and as made, of the base rate,
    and of the colours at their own rates; skill below 0 means worse than the base rate, and way says what is told from
    now on: as_made until 50 of a kind are resolved, then recalibrated, or base_rate where that does better.
    Reliability: of the forecasts of each tenth, their mean chance and the share that happened.
    Bands: what each band meant for each kind once 20 of it are resolved: of those told low, how many fell short. Before
    that low is no word of safety.
    """
    from resolution_monitor.ask.early_warning import forecast_record

    with opened_context() as context:
        last = parse_period(until).end if until else context.now.astimezone(TIME_ZONE).date()
        record = forecast_record(context.database, last, moment_of(known_at))
    tables = {Part.SUMMARY: record.summary, Part.RELIABILITY: record.reliability, Part.BANDS: record.bands}
    if output is not Format.TABLE:
        write(tables[part or Part.SUMMARY], output, Console(width=None), if_empty=_NOTHING_ENDED)
        return
    console = _console()
    console.print(f"{record.made[0]} forecasts of {record.made[1]} items are kept", markup=False)
    for name, table in tables.items():
        if part in (None, name):
            _write_part(console, name, table)


def _write_part(console: Console, name: Part, table: "pandas.DataFrame") -> None:
    console.print(f"\n{name.value}", style="bold", markup=False)
    # As text: a terminal shows whole numbers else, and shares live behind the point.
    written = table.apply(
        lambda column: column.map(lambda value: f"{value:.3f}" if isinstance(value, float) else value)
    )
    write(written, Format.TABLE, console, if_empty=_NOTHING_ENDED)


def lag(
    resolution: Annotated[str, typer.Option(help="Code of the resolution, such as 57.")],
    period: Month,
    by: Annotated[By, typer.Option(help="Split into items or into bodies.")] = By.ITEM,
    known_at: KnownAt = None,
    output: Output = Format.TABLE,
) -> None:
    """
    Show which tasks, indicators and bodies make up a resolution's lag, in days behind (+) or ahead (-).

    The parts add up to the last row exactly. What has no lag is left out: kept levels, unverified deadlines, no data.
    """
    from resolution_monitor.ask.early_warning import resolution_lag

    asked, moment = parse_period(period), moment_of(known_at)
    with opened_context(asked, moment) as context:
        rows = resolution_lag(context.database, context.catalogue, resolution, asked, known_at=moment, by=by.value)
    if output is Format.TABLE:
        rows = rows.assign(part_days=rows["part_days"].map(str))
        if by is By.ITEM:
            rows = rows[["item_id", "agency_id", "status", "lag_days", "share_pct", "part_days", "name"]]
    console = _console() if output is Format.TABLE else Console(width=None)
    # The last row is the total; where it stands alone, 0 days is not "on time".
    why = "its items are kept levels, unverified or without data"
    empty = f"nothing of resolution {resolution} has a lag in {period}: {why}"
    write(rows if len(rows) > 1 else rows.iloc[:0], output, console, if_empty=empty)


def needed(
    period: Month,
    agency: Annotated[str | None, typer.Option(help="Only this body, such as BYT.")] = None,
    resolution: Annotated[str | None, typer.Option(help="Only this resolution, such as 57.")] = None,
    known_at: KnownAt = None,
    output: Output = Format.TABLE,
) -> None:
    """
    Show the value each open indicator needs next period to be on its plan again.

    needed_low: at least; needed_high: at most; of a range both. change is how far the last value is from there.
    forecast: whether it will fall short, and what that band had meant: of band_things of its kind told so, band_short
    fell short.
    """
    import pandas

    from resolution_monitor.ask.early_warning import return_to_track

    asked, moment = parse_period(period), moment_of(known_at)
    with opened_context(asked, moment) as context:
        rows = return_to_track(
            context.database,
            context.catalogue,
            asked,
            known_at=moment,
            agency_id=agency,
            resolution=resolution,
        )
    if output is Format.TABLE:
        numbers = ("value", "needed_low", "needed_high", "change")
        written = rows[list(numbers)].map(lambda value: None if value != value else f"{value:g}")
        forecast = pandas.Series([_forecast(row) for row in rows.to_dict("records")], index=rows.index, dtype=object)
        rows = rows.drop(columns=["resolution", "band", "band_things", "band_short"])
        rows = rows.assign(**{name: written[name] for name in numbers}, forecast=forecast)
    whose = "".join(f" of {what} {one}" for what, one in (("body", agency), ("resolution", resolution)) if one)
    empty = f"no indicator{whose} needs a value after {period}: each is closed, a product, or without plan or baseline"
    write(rows, output, _console() if output is Format.TABLE else Console(width=None), if_empty=empty)


def _forecast(row: Mapping[Hashable, Any]) -> str | None:
    counts = (None if row[name] is None or row[name] != row[name] else int(row[name]) for name in _COUNTS)
    return band_words(row["band"], *counts) if isinstance(row["band"], str) else None


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else _WIDTH_OF_A_PIPE, highlight=False)
