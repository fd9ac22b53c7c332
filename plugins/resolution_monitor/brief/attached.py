"""The data of an edition as files attached to its PDF: the workbook, and every table for programs."""

import csv
import io
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np

from resolution_monitor.brief.briefing import Briefing
from resolution_monitor.brief.figures import Figure
from resolution_monitor.brief.report import Report
from resolution_monitor.formula_text import marked_text
from resolution_monitor.period import TIME_ZONE

# Written out: what a machine says of an ending differs from machine to machine.
_MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "csv": "text/csv",
}
# Tells a spreadsheet that the letters are UTF-8.
_MARK = "\ufeff"
_MADE_UP = "minh-hoa-"


@dataclass(frozen=True, slots=True)
class Attached:
    """
    One file inside a PDF.

    Attributes:
        about: What a reader's program says of it.
        made_for: The only time it carries.
    """

    name: str
    about: str
    content: bytes
    made_for: datetime

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[self.name.rpartition(".")[2]]


def attached_files(report: Report, briefing: Briefing, stem: str, xlsx: bytes) -> list[Attached]:
    """
    The workbook, all tables as JSON, and each table as CSV.

    Args:
        stem: The name of the edition's files without ending.
    """
    report = report.given(briefing.words)
    say = report.messages.say
    # Taken out of its document, a file still says what it is.
    stem = f"{_MADE_UP}{stem}" if briefing.demonstration else stem

    def attached(name: str, about: str, content: bytes) -> Attached:
        return Attached(name, " · ".join(filter(None, (briefing.demonstration, about))), content, briefing.made_for)

    return [
        attached(f"{stem}.xlsx", say("attached_workbook"), xlsx),
        attached(f"{stem}.json", say("attached_tables"), _as_json(report, briefing)),
        *(
            attached(f"{stem}-{number:02}-{table}.csv", name, _as_csv(report, briefing, sheet))
            for number, (table, name, sheet) in enumerate(_sheets(report), start=1)
        ),
    ]


def _sheets(report: Report) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for sheet in report.workbook["sheets"]:
        yield sheet["table"], report.messages.workbook("sheets", sheet["table"], "name"), sheet


def _as_json(report: Report, briefing: Briefing) -> bytes:
    """Every table under the keys of its columns; codes stay codes, an empty cell is null."""
    tables = {}
    for table, name, sheet in _sheets(report):
        keys = [column["key"] for column in sheet["columns"]]
        columns = {key: report.messages.column(table, key) for key in keys}
        rows = [[_plain(row.get(key)) for key in keys] for row in briefing.tables[table]]
        tables[table] = {"name": name, "columns": columns, "rows": rows}
    head = {name: getattr(briefing, name) for name in ("report", "edition", "title", "state", "demonstration")}
    whole = {**head, "language": report.language, "made_for": _plain(briefing.made_for), "tables": tables}
    return (json.dumps(whole, ensure_ascii=False, allow_nan=False, indent=None, separators=(",", ":")) + "\n").encode()


def _as_csv(report: Report, briefing: Briefing, sheet: dict[str, Any]) -> bytes:
    """One table under the headings of its sheet; a text that a spreadsheet would reckon with is marked as text."""
    table, columns = sheet["table"], sheet["columns"]
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([report.messages.column(table, column["key"]) for column in columns])
    for row in briefing.tables[table]:
        writer.writerow([_csv_cell(row.get(column["key"]), column, report) for column in columns])
    return (_MARK + written.getvalue()).encode()


def _csv_cell(value: Any, column: dict[str, Any], report: Report) -> Any:
    plain = _plain(value)
    if not isinstance(plain, str):
        return plain
    if column.get("format") == "words" and plain:
        plain = ", ".join(report.messages.word(column["key"], code) for code in plain.split("|"))
    return marked_text(plain)


def _plain(value: Any) -> Any:
    """A value as JSON and CSV know it: a figure is its number, a moment that of Vietnamese clocks."""
    if isinstance(value, Figure):
        value = value.value
    if value is None or value != value:
        return None
    if isinstance(value, datetime):
        return value.astimezone(TIME_ZONE).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, np.generic):
        return value.item()
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value
