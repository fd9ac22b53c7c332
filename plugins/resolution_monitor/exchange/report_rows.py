"""The answers of a report as rows of fields, in codes or in the words of the sheets."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from resolution_monitor.reporting import layout
from resolution_monitor.reporting.content import BodyReport

Answer = str | int | Decimal | date | bool | None
Row = dict[str, Answer]

# Field of a sheet -> code -> word.
WORDS: dict[tuple[str, str], Mapping[Any, str]] = {
    (layout.INDICATORS, "state"): layout.VALUE_STATES,
    (layout.TASKS, "state"): layout.TASK_STATES,
    (layout.TASKS, "schedule"): layout.SCHEDULES,
    (layout.OBSTACLES, "kind"): layout.OBSTACLE_KINDS,
    (layout.OBSTACLES, "is_resolved"): {True: layout.YES, False: layout.NO},
    (layout.REQUESTS, "kind"): layout.REQUEST_KINDS,
}


def answers(report: BodyReport) -> dict[str, list[Row]]:
    """Sheet -> its rows in their order, each with the fields that a body fills in and the keys they belong to."""
    return {sheet: _rows(getattr(report, field)) for sheet, field in layout.FIELDS.items()}


def _rows(entries: Sequence[Any]) -> list[Row]:
    return [{field.name: getattr(entry, field.name) for field in fields(entry)} for entry in entries]


def in_words(sheet: str, row: Row) -> Row:
    """The same row as a person writes it."""
    return {field: WORDS.get((sheet, field), {}).get(answer, answer) for field, answer in row.items()}


def meta_rows(report: BodyReport, catalogue_sha256: str) -> list[tuple[str, str]]:
    """Key and value of each line of the hidden sheet."""
    told = (
        report.agency_id,
        report.period.name,
        report.template_version,
        f"{layout.YES} - {layout.DEMONSTRATION}" if report.is_demonstration else layout.NO,
        catalogue_sha256,
    )
    return list(zip(layout.META_KEYS, told, strict=True))
