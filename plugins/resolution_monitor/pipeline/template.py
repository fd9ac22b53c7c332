"""Workbooks for bodies to fill in: one, or one for each body that owes something for a period."""

import contextlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from resolution_monitor.ask.baselines import baselines_told_again
from resolution_monitor.errors import LedgerError, NothingToReportError, storage_error
from resolution_monitor.exchange.planned import Start
from resolution_monitor.exchange.template import template_workbook
from resolution_monitor.exchange.template_sheets import last_report_of_task
from resolution_monitor.ledger.closings import NOTHING_CLOSED
from resolution_monitor.ledger.items import REPORT_CALENDAR, require_agency
from resolution_monitor.ledger.obligations import ItemsOwed, items_owed
from resolution_monitor.period import Period, shifted
from resolution_monitor.pipeline.closings import closings_of
from resolution_monitor.pipeline.context import Context
from resolution_monitor.reporting.content import TaskState
from resolution_monitor.store import reading_rows

log = logging.getLogger(__name__)


def file_name(agency_id: str, period: Period) -> str:
    """Such as "BYT_2026-10.xlsx"."""
    return f"{agency_id}_{period.name}.xlsx"


def bodies_that_owe(context: Context, period: Period) -> ItemsOwed:
    """
    By body: what it owes for a period besides the report itself; what is closed is owed no more.

    Raises:
        LedgerError: Nobody owes anything for it.
    """
    owed = items_owed(context.catalogue, period, closings_of(context))
    if not owed:
        raise LedgerError(f"nobody owes anything for {period.name}; name a month, a quarter or a day of the ledger")
    return owed


def write_template(context: Context, agency_id: str, period: Period, path: Path) -> Path:
    """
    Write one body's workbook, with the figures of the period before beside the cells to fill in.

    Raises:
        LedgerError: The body is unknown or owes nothing for the period.
        StorageError: The file cannot be written.
    """
    require_agency(context.catalogue, agency_id)
    owed = bodies_that_owe(context, period)
    if agency_id not in owed:
        raise LedgerError(f"{agency_id} owes nothing for {period.name}; see ./monitor status --agency {agency_id}")
    for written in _write_all(context, {agency_id: owed[agency_id]}, period, [path]):
        path = written
    return path


def write_templates(context: Context, period: Period, folder: Path) -> Iterator[Path]:
    """Write the workbook of every body that owes something, one after the other, as they are asked for."""
    owed = bodies_that_owe(context, period)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(folder, error) from error
    yield from _write_all(context, owed, period, [folder / file_name(agency_id, period) for agency_id in owed])


def _last_values(values: Sequence[Mapping[str, Any]], period: Period) -> dict[str, dict[str, Decimal]]:
    """By body and indicator: the value that stands for a period."""
    found: dict[str, dict[str, Decimal]] = {}
    for row in values:
        if (row["period_kind"], row["period_end"]) == (period.kind, period.end):
            found.setdefault(row["agency_id"], {})[row["indicator_id"]] = row["value"]
    return found


def _first_values(values: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Start]]:
    """By body and indicator: the first value it ever reported."""
    found: dict[str, dict[str, Start]] = {}
    for row in sorted(values, key=lambda row: row["period_end"], reverse=True):
        found.setdefault(row["agency_id"], {})[row["indicator_id"]] = Start(row["value"], row["period_end"])
    return found


def _with_frozen(context: Context, before: Period, first: dict[str, dict[str, Start]]) -> dict[str, dict[str, Start]]:
    """The same with the figure that froze where the first was told again: that one is the baseline."""
    with contextlib.suppress(NothingToReportError):
        for row in baselines_told_again(context.database, context.catalogue, before).to_dict("records"):
            start = Start(Decimal(repr(row["baseline"])), row["period_end"])
            first.setdefault(row["agency_id"], {})[row["item_id"]] = start
    return first


def _last_told(context: Context, before: Period) -> dict[str, dict[str, str]]:
    """By body and task: what it said for the period before, in words."""
    found: dict[str, dict[str, str]] = {}
    for row in reading_rows.last_task_reports(context.database, before):
        told = last_report_of_task(TaskState(row["state"]), row["done_pct"])
        found.setdefault(row["agency_id"], {})[row["task_id"]] = told
    return found


def _due_at(context: Context, period: Period) -> datetime | None:
    """When the monthly report is due; figures of other periods fall due one by one."""
    calendar = context.catalogue.period_calendars[REPORT_CALENDAR]
    return calendar.due_at(period, context.catalogue.working_days) if period.kind == calendar.period_kind else None


def _write_all(context: Context, owed: ItemsOwed, period: Period, paths: Sequence[Path]) -> Iterator[Path]:
    before = shifted(period, -1)
    values, told = reading_rows.values_until(context.database, before), _last_told(context, before)
    last, first = _last_values(values, before), _with_frozen(context, before, _first_values(values))
    whole = items_owed(context.catalogue, period, NOTHING_CLOSED)
    catalogue = context.catalogue.at(period.end)
    for (agency_id, items), path in zip(owed.items(), paths, strict=True):
        content = template_workbook(
            catalogue,
            agency_id,
            period,
            items=tuple(items),
            last_values=last.get(agency_id, {}),
            last_told=told.get(agency_id, {}),
            first_values=first.get(agency_id, {}),
            due_at=_due_at(context, period),
            closed=[item for item in whole[agency_id] if item not in items],
        )
        try:
            path.write_bytes(content)
        except OSError as error:
            raise storage_error(path, error) from error
        yield path
