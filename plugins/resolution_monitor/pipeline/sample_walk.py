"""Takes a demonstration down the road as if its months passed, and holds what was found against what was planted."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pandas

from resolution_monitor.ask.findings import standing_findings
from resolution_monitor.ask.status import Seen, standing
from resolution_monitor.period import Period, parse_period, periods_between
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.context import Context
from resolution_monitor.pipeline.ledger import fill_period
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.sample.compare import STATE_COLUMNS, VALUE_COLUMNS, Score, scores_of
from resolution_monitor.sample.manifest import Manifest
from resolution_monitor.store import queries, tree_rows

_MONTH = "month"


def walk_sample(context: Context, inbox: Path, manifest: Manifest) -> None:
    """Collect and read at each month's cut-off what has come by then, and at the end what came after the last."""
    for period, now in _ticks(context, manifest):
        at = replace(context, now=now)
        collect(at, inbox)
        normalise(at, period)
    for period in _periods(manifest):
        fill_period(replace(context, now=manifest.ends_at), period)


def _ticks(context: Context, manifest: Manifest) -> Iterator[tuple[Period, datetime]]:
    calendar = context.catalogue.period_calendars[_MONTH]
    months = periods_between(_MONTH, parse_period(manifest.first).start, parse_period(manifest.last).end)
    for month in months:
        yield month, calendar.cut_off_at(month, context.catalogue.working_days)
    yield months[-1], manifest.ends_at


def _periods(manifest: Manifest) -> list[Period]:
    names = {file["period"] for file in manifest.files} | {fault.period for fault in manifest.faults}
    return sorted(parse_period(name) for name in names)


def measure_sample(context: Context, manifest: Manifest) -> list[Score]:
    """How well each kind of planted fault was found, once the road was walked."""
    as_of = manifest.ends_at
    states = standing(context.database, context.catalogue, _periods(manifest), seen=Seen(as_of=as_of))
    return scores_of(
        manifest,
        findings=standing_findings(context.database, None, with_notes=True),
        states=states[list(STATE_COLUMNS)],
        values=_values(context, manifest),
        as_of=as_of,
    )


def _values(context: Context, manifest: Manifest) -> pandas.DataFrame:
    """The value that holds of each indicator, and of each task how much of it is done."""
    first, last = parse_period(manifest.first).start, parse_period(manifest.last).end
    known = tree_rows.values_until(last, days_from=first)
    with context.database.transaction() as connection:
        values = queries.frame(context.database, connection, "score/kpi_values_as_known", **known)
        tasks = queries.frame(context.database, connection, "score/task_reports_as_known", **known)
    told = pandas.concat(
        [
            values.rename(columns={"indicator_id": "item_id"}),
            tasks.rename(columns={"task_id": "item_id", "done_pct": "value"}),
        ]
    ).dropna(subset="value")
    return told.assign(period=_names(told))[list(VALUE_COLUMNS)]


def _names(told: pandas.DataFrame) -> list[str]:
    """Many rows share few periods."""
    keys = list(zip(told["period_kind"], told["period_end"], strict=True))
    names = {key: periods_between(key[0], key[1], key[1])[-1].name for key in set(keys)}
    return [names[key] for key in keys]
