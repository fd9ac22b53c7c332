"""A body's report as rows for the store: figures as observations, the rest as rows of their own tables."""

from dataclasses import fields
from typing import Any

from resolution_monitor.normalise.body_report import ReportReading
from resolution_monitor.reporting import layout
from resolution_monitor.reporting.content import BodyReport, IndicatorEntry
from resolution_monitor.terms import ReportedValue, Role

# In the column `form` of observations, where budget forms name themselves.
FORM = "body_report"
_TABLES = {"task_report": (layout.TASKS, "task_id"), "obstacle": (layout.OBSTACLES, "number"),
           "request": (layout.REQUESTS, "number")}  # fmt: skip


def values_of_report(reading: ReportReading) -> list[ReportedValue]:
    """One observation for each indicator that was answered, also where the answer is that there is no value."""
    report = reading.report
    return [_value(reading, report, entry) for entry in report.indicators] if report else []


def _value(reading: ReportReading, report: BodyReport, entry: IndicatorEntry) -> ReportedValue:
    sheet, cell = reading.places[layout.INDICATORS, entry.indicator_id]
    return ReportedValue(
        role=Role.OBSERVATION,
        agency_id=report.agency_id,
        indicator_id=entry.indicator_id,
        period_kind=report.period.kind,
        period_end=report.period.end,
        value=entry.value,
        raw_text="" if entry.value is None else str(entry.value),
        printed_name=report.agency_id,
        sheet=sheet,
        cell=cell,
        form=FORM,
        state=entry.state.value,
        numerator=entry.numerator,
        denominator=entry.denominator,
        explanation=entry.explanation,
    )


def rows_of_report(reading: ReportReading) -> dict[str, list[dict[str, Any]]]:
    """Table -> its rows by column."""
    return {table: _rows(reading, *source) for table, source in _TABLES.items()}


def _rows(reading: ReportReading, sheet: str, key: str) -> list[dict[str, Any]]:
    report = reading.report
    if report is None:
        return []
    of_report = {
        "agency_id": report.agency_id,
        "period_kind": report.period.kind,
        "period_end": report.period.end,
    }
    rows = []
    for entry in getattr(report, layout.FIELDS[sheet]):
        place = dict(zip(("sheet", "cell"), reading.places[sheet, str(getattr(entry, key))], strict=True))
        rows.append({**of_report, **{one.name: getattr(entry, one.name) for one in fields(entry)}, **place})
    return rows
