"""What does the reader see in a file: its cells as understood, what it hides, and which form it is, or why none?"""

import math
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from resolution_monitor.catalogue.entries import Catalogue, Form
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.collect.read import ReadResult, read_files
from resolution_monitor.errors import InboxError
from resolution_monitor.normalise.body_report import is_body_report
from resolution_monitor.normalise.finding_text import finding_text
from resolution_monitor.normalise.forms import FormSheet, recognise
from resolution_monitor.normalise.notes import Notes
from resolution_monitor.normalise.report_tables import metas_of, tables_of
from resolution_monitor.normalise.sections import split_sections
from resolution_monitor.normalise.understood import understood
from resolution_monitor.normalise.unseen import range_address
from resolution_monitor.normalise.values import is_blank
from resolution_monitor.settings import Settings
from resolution_monitor.terms import CellValue, Finding, Sheet, Span, Workbook, cell_address

Description = dict[str, Any]


def reading_of_file(settings: Settings, path: Path) -> Description:
    """
    Everything the reader sees in one file, ready for JSON; needs no database.

    Returns:
        With "refused" and the finding's words where the file is not read, else with "sheets" and "forms".

    Raises:
        InboxError: There is no such file, or it cannot be read.
        CatalogueError: The catalogue, which holds the forms, is wrong.
    """
    if not path.is_file():
        raise InboxError(f"{path} is no file; name a workbook, a CSV or a JSON file")
    catalogue = load_catalogue(settings.root / "catalogue")
    try:
        (result,) = read_files(settings, [path])
    except OSError as error:
        raise InboxError(f"{path} cannot be read ({error.strerror}); correct its permissions") from error
    return {"file": path.name, **description_of(result, catalogue)}


def description_of(result: ReadResult, catalogue: Catalogue) -> Description:
    """The same of a file that was read already."""
    if result.workbook is None:
        assert result.refusal is not None  # noqa: S101 - a result has one of the two
        return {"refused": result.refusal.check, **_words(catalogue, result.refusal)}
    workbook = result.workbook
    return {
        "kind": workbook.kind,
        "encoding": workbook.encoding,
        "repair_confidence": workbook.repair_confidence,
        "told": [{"check": finding.check, **_words(catalogue, finding)} for finding in result.told],
        "sheets": [_sheet(sheet, workbook.repair_confidence) for sheet in workbook.sheets],
        "forms": [_report_fit(workbook, catalogue), *(_fit(workbook, catalogue, f) for f in catalogue.forms.values())],
    }


def _words(catalogue: Catalogue, finding: Finding) -> Description:
    text, action = finding_text(catalogue, finding)
    return {"sheet": finding.sheet, "cell": finding.cell, "text": text, "action": action}


def _sheet(sheet: Sheet, confidence: float | None) -> Description:
    return {
        "name": sheet.name,
        "is_hidden": sheet.is_hidden,
        "rows": len(sheet.rows),
        "columns": max(map(len, sheet.rows), default=0),
        "hidden_rows": [f"{first + 1}:{last + 1}" for first, last in sheet.hidden_rows],
        "hidden_columns": [_letters(span) for span in sheet.hidden_columns],
        "merges": [range_address(merged) for merged in sheet.merged],
        "errors": [cell_address(*place) for place in sheet.errors],
        "formulas_without_value": [cell_address(*place) for place in sheet.formulas],
        "cells": list(_cells(sheet, confidence)),
    }


def _letters(span: Span) -> str:
    return ":".join(map(_letter, span))


def _cells(sheet: Sheet, confidence: float | None) -> Iterator[Description]:
    for row, values in enumerate(sheet.rows):
        for column, value in enumerate(values):
            if is_blank(value):
                continue
            meant = understood(sheet, row, column)
            cell = {"cell": cell_address(row, column), "raw": _plain(value), "kind": meant.kind}
            more = {"understood": meant.value, "unit": meant.unit or None, "why_not": meant.why_not}
            more |= {
                name: held[row, column]
                for name, held in (
                    ("format", sheet.formats),
                    ("not_raised", sheet.raised),
                    ("not_struck", sheet.struck),
                )
                if (row, column) in held
            }
            if (row, column) in sheet.originals:
                more |= {"original": sheet.originals[row, column], "confidence": str(confidence)}
            yield cell | {name: held for name, held in more.items() if held is not None}


def _plain(value: CellValue) -> str | float | int | bool | None:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def _fit(workbook: Workbook, catalogue: Catalogue, form: Form) -> Description:
    """Where a form stands in the workbook and what was found of it, or why it is not this form."""
    form_sheets, findings = recognise(workbook, [form])
    why_not = [finding_text(catalogue, finding)[0] for finding in findings]
    if not form_sheets:
        if [finding.check for finding in findings] == ["no-known-form"]:
            why_not = ["no sheet bears its title, or all its headings"]
        return {"form": form.form, "fits": False, "why_not": why_not}
    found = form_sheets[0]
    above = found.sheet.rows[: found.header_rows[0]]
    return {
        "form": form.form,
        "fits": True,
        "sheet": found.sheet.name,
        "letterhead": [_plain(value) for row in above for value in row if not is_blank(value)],
        "period": found.period.name,
        "header_rows": f"{found.header_rows[0] + 1}:{found.header_rows[1]}",
        "first_row": found.first_row + 1,
        "columns": {role: _letter(column) for role, column in found.columns.items()},
        "figures": [_figures(one) for one in form_sheets],
        "warnings": why_not,
    }


def _figures(column: FormSheet) -> Description:
    """A column of figures: where it stands, which period it tells of, and what its figures are multiplied with."""
    form = column.form
    factor = "by row" if form.units_in == "row" else str(column.factor)
    unit = ", ".join(dict.fromkeys(line.unit for line in form.lines)) or form.unit
    return {"column": _letter(column.columns["value"]), "period": column.period.name, "unit": unit, "times": factor}


def _letter(column: int) -> str:
    return cell_address(0, column)[:-1]


def _report_fit(workbook: Workbook, catalogue: Catalogue) -> Description:
    """The same of the workbook that a body fills in."""
    if not is_body_report(workbook):
        why = "no sheet names a body and a period, and none bears the headings of the report"
        return {"form": "body_report", "fits": False, "why_not": [why]}
    sectioned, notes = split_sections(workbook), Notes(catalogue.checks)
    tables = tables_of(sectioned, notes)
    metas = metas_of(sectioned)
    return {
        "form": "body_report",
        "fits": len(metas) == 1,
        "told_of_itself": metas,
        "tables": {
            name: {field: cell_address(table.first_row - 1, column) for field, column in table.columns.items()}
            for name, table in tables.items()
        },
        "warnings": [finding_text(catalogue, finding)[0] for finding in notes.findings],
    }
