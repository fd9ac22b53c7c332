"""One workbook becomes values with their cells, and findings."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.collect.inbox import OPERATOR
from resolution_monitor.normalise.checks.bodies import check_any_body, check_leftovers, named_bodies, resolve_rows
from resolution_monitor.normalise.checks.totals import check_totals
from resolution_monitor.normalise.form_header import sheet_finding
from resolution_monitor.normalise.forms import FormSheet, recognise
from resolution_monitor.normalise.lines import take_lines
from resolution_monitor.normalise.looks import odd_money
from resolution_monitor.normalise.rows import FOOTNOTE, FormRow, RowKind, rows_of
from resolution_monitor.normalise.unseen import Unseen, hidden_in, merged_in, unsettled_in
from resolution_monitor.normalise.values import clean, raw_text, text_of
from resolution_monitor.period import Period
from resolution_monitor.reporting.period_words import period_words
from resolution_monitor.terms import (
    Finding,
    ReportedValue,
    Role,
    Severity,
    Sheet,
    SubmissionState,
    Workbook,
    cell_address,
)
from resolution_monitor.wording import day

_Place = tuple[str, str | None, str | None]

# "Kèm theo Quyết định số 1440/QĐ-BTC ngày 23 tháng 7 năm 2015", which stands in the letterhead of each sheet.
_DECISION = re.compile(
    r"Quyết định số\s*(\d+/QĐ-BTC)\s+ngày\s+(\d{1,2})\s*(?:/|tháng)\s*(\d{1,2})\s*(?:/|năm)\s*(\d{4})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Reading:
    """
    What one submission says.

    Attributes:
        periods: The periods its sheets are about, in order; usually one.
        document: The decision it was published with, such as "1440/QĐ-BTC ngày 23/07/2015"; None when not stated.
    """

    values: tuple[ReportedValue, ...]
    findings: tuple[Finding, ...]
    periods: tuple[Period, ...]
    document: str | None

    @property
    def state(self) -> SubmissionState:
        """Rejected without a value, accepted in part beside a blocking finding, else accepted."""
        if not self.values:
            return SubmissionState.REJECTED
        blocked = any(finding.severity is Severity.BLOCK for finding in self.findings)
        return SubmissionState.ACCEPTED_IN_PART if blocked else SubmissionState.ACCEPTED


def understand(workbook: Workbook, catalogue: Catalogue, sender_id: str, *, received_on: date) -> Reading:
    """
    Read every sheet of the workbook that is a known form.

    A sender may fill only forms that are its own; a file laid down by the operator may be any.
    """
    form_sheets, findings = recognise(workbook, list(catalogue.forms.values()))
    if form_sheets and catalogue.begins:
        # Known by its words, a form is read under the leads and units of its own period.
        catalogue = catalogue.at(max(one.period.end for one in form_sheets))
        form_sheets, findings = recognise(workbook, list(catalogue.forms.values()))
    if sender_id != OPERATOR and sender_id not in catalogue.bodies:
        form_sheets, findings = [], [Finding("unknown-sender", Severity.BLOCK, value=sender_id)]
    values: list[ReportedValue] = []
    told: dict[str, set[_Place]] = defaultdict(set)
    for form_sheet in form_sheets:
        column_values, column_findings = _read_column(catalogue, form_sheet, sender_id, received_on)
        values += column_values
        # Another column of the same form meets the same rows, whose names are told once.
        of_form = told[form_sheet.form.form]
        findings += [finding for finding in column_findings if _place(finding) not in of_form]
        of_form |= {_place(finding) for finding in column_findings}
    return Reading(
        values=tuple(values),
        findings=tuple(findings),
        periods=tuple(sorted({form_sheet.period for form_sheet in form_sheets})),
        document=_document(workbook.sheets),
    )


def _place(finding: Finding) -> _Place:
    return finding.check, finding.cell, finding.value


def _read_column(
    catalogue: Catalogue, form_sheet: FormSheet, sender_id: str, received_on: date
) -> tuple[list[ReportedValue], list[Finding]]:
    """One column of figures: its values, and everything that is told of it."""
    if sender_id != OPERATOR and sender_id not in form_sheet.form.sent_by:
        return [], [_wrong_sender(catalogue, form_sheet, sender_id)]
    if form_sheet.form.role is Role.OBSERVATION and form_sheet.period.start > received_on:
        return [], [_not_begun(form_sheet, received_on)]
    values, findings = _read_form(catalogue, form_sheet, rows_of(form_sheet))
    told = {(finding.check, finding.cell) for finding in findings}
    unseen = [seen for seen in _unseen(catalogue, form_sheet) if (seen.check, seen.cell) not in told]
    return values, [*findings, *unseen]


def _not_begun(form_sheet: FormSheet, received_on: date) -> Finding:
    top, _ = form_sheet.header_rows
    return sheet_finding(
        "period-not-begun",
        form_sheet.sheet,
        cell=cell_address(top, form_sheet.columns["value"]),
        value=period_words(form_sheet.period),
        form=form_sheet.form.describes,
        received_on=day(received_on),
    )


def _read_form(
    catalogue: Catalogue, form_sheet: FormSheet, rows: list[FormRow]
) -> tuple[list[ReportedValue], list[Finding]]:
    if form_sheet.form.lines:
        taken, findings = take_lines(form_sheet, rows)
        remarks = _remarks(form_sheet, rows, [line.row for line in taken])
        values = [_value(form_sheet, one.row, one.line.agency_id, one.line.indicator_id) for one in taken]
        return values, [*findings, *remarks]
    rows = named_bodies(catalogue, form_sheet, rows)
    resolved, findings = resolve_rows(catalogue, form_sheet, rows)
    findings += check_any_body(form_sheet, resolved, rows)
    findings += check_totals(form_sheet, rows) if form_sheet.form.adds_up else []
    findings += check_leftovers(form_sheet, rows)
    indicator_id = form_sheet.form.indicator_id
    assert indicator_id is not None  # noqa: S101 - the schema asks it of every form of bodies
    values = [_value(form_sheet, entry.row, entry.agency_id, indicator_id) for entry in resolved]
    return values, [*findings, *_remarks(form_sheet, rows, [])]


def _unseen(catalogue: Catalogue, form_sheet: FormSheet) -> list[Finding]:
    """What the sheet hides or leaves out in the columns that are read."""
    sheet, columns = form_sheet.sheet, set(form_sheet.columns.values())
    below = sheet, form_sheet.first_row
    # Over several columns only titles of sections are merged; over several rows a figure or a name would be lost.
    merged = [seen for column in columns for seen in merged_in(*below, {column})]
    value_column = form_sheet.columns["value"]
    shown = [
        Unseen(looked.check, cell_address(row, value_column), looked.told)
        for row, looked in odd_money(*below, value_column)
        if looked.check
    ]
    seen = [*unsettled_in(*below, columns), *hidden_in(*below, columns), *merged, *shown]
    severities = {one.check: catalogue.checks[one.check].severity for one in seen}
    return [Finding(one.check, severities[one.check], sheet.name, one.cell, one.value) for one in seen]


def _value(form_sheet: FormSheet, row: FormRow, agency_id: str, indicator_id: str) -> ReportedValue:
    form = form_sheet.form
    assert row.value is not None  # noqa: S101 - only rows with a value are kept
    return ReportedValue(
        role=form.role,
        agency_id=agency_id,
        indicator_id=indicator_id,
        period_kind=form_sheet.period.kind,
        period_end=form_sheet.period.end,
        value=row.value,
        raw_text=raw_text(row.held),
        printed_name=row.name,
        sheet=form_sheet.sheet.name,
        cell=row.value_cell,
        form=form.form,
    )


def _remarks(form_sheet: FormSheet, rows: Sequence[FormRow], lines: Sequence[FormRow]) -> list[Finding]:
    """The footnotes that speak of the values read: marked on their column or line, or on nothing at all."""
    remarks = []
    for row in (row for row in rows if row.kind is RowKind.FOOTNOTE):
        cells = form_sheet.sheet.rows[row.number]
        column, note = next((c, note) for c, value in enumerate(cells) if (note := FOOTNOTE.match(text_of(value))))
        mark = note["mark"] or note["bare"]
        is_meant = _marks_line(form_sheet, lines, mark) if lines else _speaks_of_value(form_sheet, mark)
        if not is_meant:
            continue
        remark = Finding(
            check="form-remark",
            severity=Severity.NOTE,
            sheet=form_sheet.sheet.name,
            cell=cell_address(row.number, column),
            value=" ".join(note["text"].split()),
            details=(("form", form_sheet.form.form),),
        )
        remarks.append(remark)
    return remarks


def _speaks_of_value(form_sheet: FormSheet, mark: str | None) -> bool:
    top, bottom = form_sheet.header_rows
    header = (cells for cells in form_sheet.sheet.rows[top:bottom])
    marked = {column for cells in header for column, value in enumerate(cells) if f"({mark})" in text_of(value)}
    return not marked or form_sheet.columns["value"] in marked


def _marks_line(form_sheet: FormSheet, lines: Sequence[FormRow], mark: str | None) -> bool:
    cells = (text_of(value) for row in lines for value in form_sheet.sheet.rows[row.number])
    return mark is not None and any(f"({mark})" in text for text in cells)


def _document(sheets: Sequence[Sheet]) -> str | None:
    for sheet in sheets:
        letterhead = " ".join(text_of(value) for row in sheet.rows[:12] for value in row if isinstance(value, str))
        if found := _DECISION.search(clean(letterhead)):
            return f"{found[1]} ngày {int(found[2]):02}/{int(found[3]):02}/{found[4]}"
    return None


def _wrong_sender(catalogue: Catalogue, form_sheet: FormSheet, sender_id: str) -> Finding:
    details = {
        "form": form_sheet.form.describes,
        "expected": " hoặc ".join(catalogue.bodies[agency_id].short_vi for agency_id in form_sheet.form.sent_by),
        "sender": catalogue.bodies[sender_id].short_vi,
    }
    return Finding(
        check="wrong-sender",
        severity=Severity.BLOCK,
        sheet=form_sheet.sheet.name,
        details=tuple(sorted(details.items())),
    )
