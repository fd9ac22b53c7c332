"""Which form each sheet is, by its title and header text; sheet names and column places drift and decide nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from resolution_monitor.catalogue.entries import Form
from resolution_monitor.catalogue.form_entries import ValueColumn
from resolution_monitor.catalogue.names import fold
from resolution_monitor.normalise.form_header import (
    HEADER_SEARCHED_ROWS,
    Header,
    find_header,
    heading_pieces,
    letterhead,
    sheet_finding,
)
from resolution_monitor.normalise.form_periods import NamedPeriod, contradictions, period_in, period_of_column
from resolution_monitor.normalise.form_units import units_above, units_of_heading
from resolution_monitor.normalise.values import UNIT_NAMES, number_of, text_of
from resolution_monitor.period import YEAR, Period, year_period
from resolution_monitor.terms import Finding, Severity, Sheet, Workbook, cell_address

# Between the title and its year: "6 tháng đầu năm 2013" is not the year, nor is the date of a decision.
_PART_OF_YEAR = re.compile(r"\b(?:quy|thang|tuan)\b")
_YEAR = re.compile(r"\bnam ((?:19|20)\d\d)\b")
# Role of a column -> what a finding calls it.
COLUMN_NAMES = {"ordinal": "số thứ tự", "body": "tên cơ quan", "unit": "đơn vị tính"}
_ITEMS = "tên chỉ tiêu"


@dataclass(frozen=True, slots=True)
class FormSheet:
    """
    A column of figures of a sheet known to be a form, with its places found. Rows and columns count from 0.

    Attributes:
        period: What the column tells of.
        named_at: The cell that names the period of the sheet; None where no cell does.
        columns: Role of a column -> its number; the figures are `value`.
        header_rows: First row of the header and the first row below its texts.
        first_row: The first row of figures.
        numbers_row: The row that numbers the columns ("A, B, 1=2+7"), or None.
        factor: What a figure is multiplied with to be in the indicator's unit; where rows state their own it is 1.
    """

    form: Form
    sheet: Sheet
    period: Period
    named_at: str | None
    columns: dict[str, int]
    header_rows: tuple[int, int]
    first_row: int
    numbers_row: int | None
    factor: Decimal


class _UnusableError(Exception):
    """A sheet that bears a form's title and cannot be read as it; carries what its sender is told."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(*findings)
        self.findings = list(findings)


def recognise(workbook: Workbook, forms: list[Form]) -> tuple[list[FormSheet], list[Finding]]:
    """Every column of figures of a form, and a finding for each sheet that looks like one but cannot be read as it."""
    form_sheets: list[FormSheet] = []
    findings: list[Finding] = []
    for form in forms:
        titled = [sheet for sheet in workbook.sheets if form.title.search(letterhead(sheet))]
        if len(titled) > 1:
            names = ", ".join(sheet.name for sheet in titled)
            findings.append(sheet_finding("form-on-two-sheets", titled[0], form=form.describes, sheets=names))
        elif titled:
            try:
                form_sheets += _places(form, titled[0])
            except _UnusableError as unusable:
                findings += unusable.findings
            else:
                findings += _hidden(form, titled[0])
    if not form_sheets and not findings:
        findings = _no_form(workbook, forms)
    return form_sheets, findings


def _hidden(form: Form, sheet: Sheet) -> list[Finding]:
    if not sheet.is_hidden:
        return []
    return [sheet_finding("hidden-sheet", sheet, severity=Severity.WARN, form=form.describes)]


def _places(form: Form, sheet: Sheet) -> list[FormSheet]:
    header = find_header(form, sheet)
    if header is None:
        raise _UnusableError(_unknown_header(form, sheet, _column_name(form, "body"), _first_texts(sheet)))
    columns = {role: _column(form, sheet, header, role) for role in form.columns}
    values = list(_value_columns(form, sheet, header))
    named = _named_year(form, sheet) if form.period.kind == YEAR else period_in(form, sheet, header, values[0][1])
    if isinstance(named, Finding):
        raise _UnusableError(named)
    if contradicting := list(contradictions(form, sheet, header, named, values)):
        raise _UnusableError(*contradicting)
    return [
        FormSheet(
            form=form,
            sheet=sheet,
            period=period_of_column(value, named),
            named_at=named.cell,
            columns={**columns, "value": number},
            header_rows=header.rows,
            first_row=header.first_row,
            numbers_row=header.numbers_row,
            factor=_factor(form, sheet, header, value, number),
        )
        for value, number in values
    ]


def _column(form: Form, sheet: Sheet, header: Header, role: str) -> int:
    matching = _matching(header, form.columns[role])
    if len(matching) != 1:
        raise _UnusableError(_unknown_header(form, sheet, _column_name(form, role), header.texts))
    return matching[0]


def _value_columns(form: Form, sheet: Sheet, header: Header) -> Iterator[tuple[ValueColumn, int]]:
    """The columns of figures that the sheet has; at least one."""
    found = [(value, _matching_figures(form, sheet, header, value)) for value in form.values]
    for value, matching in found:
        is_left_out = value.may_be_absent and not matching and any(other for _, other in found)
        if len(matching) != 1 and not is_left_out:
            raise _UnusableError(_unknown_header(form, sheet, value.name, header.texts))
        yield from ((value, number) for number in matching)


def _matching_figures(form: Form, sheet: Sheet, header: Header, value: ValueColumn) -> list[int]:
    matching = _matching(header, value.header)
    if len(matching) > 1:  # one heading over several columns: the one with figures is meant
        return [column for column in matching if _holds_numbers(form, sheet, header.first_row, column)]
    return matching


def _matching(header: Header, pattern: re.Pattern[str]) -> list[int]:
    return [column for column, text in enumerate(header.texts) if pattern.search(fold(text))]


def _named_year(form: Form, sheet: Sheet) -> NamedPeriod | Finding:
    text = letterhead(sheet)
    title_at = form.title.search(text).start()  # type: ignore[union-attr]
    year = _YEAR.search(text, title_at)
    if not year:
        return sheet_finding("year-not-found", sheet)
    if _PART_OF_YEAR.search(year_line := text[title_at : year.end()]):
        return _not_year(sheet, year_line)
    return NamedPeriod(year_period(int(year[1])), None)


def _not_year(sheet: Sheet, year_line: str) -> Finding:
    return sheet_finding("period-not-year", sheet, value=_shown_title(sheet, year_line))


def _factor(form: Form, sheet: Sheet, header: Header, value: ValueColumn, column: int) -> Decimal:
    if form.units_in == "row":
        return Decimal(1)
    if form.units_in == "above":
        return _only_factor(sheet, units_above(sheet, header.first_row, form.unit))
    pieces = heading_pieces(sheet, header, column)
    # Another column's heading says nothing of this one: only what stands above all of them does.
    units = units_of_heading(pieces, form.unit) or units_above(sheet, header.rows[0], form.unit)
    if len(units) != 1:
        place = pieces[-1].cell if pieces else cell_address(header.rows[0], column)
        shown = " ".join(header.texts[column].split())
        raise _UnusableError(
            sheet_finding("unit-not-in-header", sheet, cell=place, value=shown, column=value.name, unit=form.unit)
        )
    return next(iter(units.values()))


def _only_factor(sheet: Sheet, units: dict[str, Decimal]) -> Decimal:
    if len(units) != 1:
        check = "unit-ambiguous" if units else "unit-not-found"
        names = ", ".join(UNIT_NAMES.get(unit, unit) for unit in sorted(units))
        raise _UnusableError(sheet_finding(check, sheet, units=names))
    return next(iter(units.values()))


def _holds_numbers(form: Form, sheet: Sheet, first_row: int, column: int) -> bool:
    below = (sheet.value(row, column) for row in range(first_row, len(sheet.rows)))
    return any(number_of(held, dot_groups_thousands=form.dot_groups_thousands) is not None for held in below)


def _shown_title(sheet: Sheet, folded_title: str) -> str:
    """The cells that say the title and its period, as written."""
    texts = (text_of(value) for row in sheet.rows[:HEADER_SEARCHED_ROWS] for value in row if isinstance(value, str))
    return " ".join(text for text in texts if fold(text) and fold(text) in folded_title)[:200] or folded_title[:200]


def _no_form(workbook: Workbook, forms: list[Form]) -> list[Finding]:
    for sheet in workbook.sheets:
        for form in forms:
            header = find_header(form, sheet)
            if header and _has_all_headings(form, header):
                return [sheet_finding("title-not-found", sheet, form=form.describes)]
    described = "; ".join(f"{sheet.name} ({_first_texts(sheet)[0][:60]})" for sheet in workbook.sheets) or "không có"
    return [Finding(check="no-known-form", severity=Severity.BLOCK, details=(("sheets", described),))]


def _has_all_headings(form: Form, header: Header) -> bool:
    required = [*form.columns.values(), *(value.header for value in form.values if not value.may_be_absent)]
    return all(_matching(header, pattern) for pattern in required)


def _first_texts(sheet: Sheet) -> list[str]:
    texts = [text_of(value) for row in sheet.rows[:HEADER_SEARCHED_ROWS] for value in row if isinstance(value, str)]
    return [text for text in texts if len(text) > 2][:12] or [""]


def _unknown_header(form: Form, sheet: Sheet, column: str, headers: list[str]) -> Finding:
    shown = " | ".join(" ".join(text.split())[:40] for text in headers if text)[:400]
    return sheet_finding("unknown-header", sheet, form=form.describes, column=column, headers=shown)


def _column_name(form: Form, role: str) -> str:
    return _ITEMS if role == "body" and form.bodies == "lead" else COLUMN_NAMES[role]
