"""Which form each sheet is, by its title and header text; sheet names and column places drift and decide nothing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from resolution_monitor.catalogue.entries import Form
from resolution_monitor.catalogue.form_entries import ValueColumn
from resolution_monitor.catalogue.names import fold
from resolution_monitor.normalise.form_findings import (
    column_name,
    finding_at,
    hidden_form,
    nearly_forms,
    no_form,
    unit_cells,
    unknown_heading,
)
from resolution_monitor.normalise.form_header import (
    HEADER_SEARCHED_ROWS,
    Header,
    before_enclosure,
    find_header,
    heading_pieces,
    last_of_title,
    letterhead,
    sheet_finding,
    title_pieces,
)
from resolution_monitor.normalise.form_periods import NamedPeriod, contradictions, period_in, period_of_column
from resolution_monitor.normalise.form_units import units_above, units_of_heading
from resolution_monitor.normalise.values import UNIT_NAMES, number_of, text_of
from resolution_monitor.period import YEAR, Period, year_period
from resolution_monitor.terms import Finding, Sheet, Workbook, cell_address

# Between the title and its year: "6 tháng đầu năm 2013" is not the year, nor is the date of a decision.
_PART_OF_YEAR = re.compile(r"\b(?:quy|thang|tuan)\b")
_YEAR = re.compile(r"\bnam ((?:19|20)\d\d)\b")


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
    untitled: list[Form] = []
    known: list[Sheet] = []
    for form in forms:
        titled = [sheet for sheet in workbook.sheets if form.title.search(letterhead(sheet))]
        known += titled
        if len(titled) > 1:
            names = ", ".join(sheet.name for sheet in titled)
            findings.append(sheet_finding("form-on-two-sheets", titled[0], form=form.describes, sheets=names))
        elif titled:
            try:
                form_sheets += _places(form, titled[0])
            except _UnusableError as unusable:
                findings += unusable.findings
            else:
                findings += hidden_form(form, titled[0])
        else:
            untitled.append(form)
    findings += nearly_forms(workbook, untitled, known)
    return form_sheets, findings if form_sheets or findings else [no_form(workbook)]


def _places(form: Form, sheet: Sheet) -> list[FormSheet]:
    header = find_header(form, sheet)
    if header is None:
        raise _UnusableError(_unknown_column(form, sheet, None, "body"))
    columns = {role: _column(form, sheet, header, role) for role in form.columns}
    values = list(_value_columns(form, sheet, header))
    named = (
        _named_year(form, sheet, header) if form.period.kind == YEAR else period_in(form, sheet, header, values[0][1])
    )
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
        raise _UnusableError(_unknown_column(form, sheet, header, role, matching))
    return matching[0]


def _unknown_column(
    form: Form, sheet: Sheet, header: Header | None, role: str, matching: Sequence[int] = ()
) -> Finding:
    name = column_name(form, role)
    expected = form.printed.get(role, name)
    return unknown_heading(form, sheet, header, column=name, expected=expected, matching=matching)


def _value_columns(form: Form, sheet: Sheet, header: Header) -> Iterator[tuple[ValueColumn, int]]:
    """The columns of figures that the sheet has; at least one."""
    found = [(value, _matching_figures(form, sheet, header, value)) for value in form.values]
    for value, matching in found:
        is_left_out = value.may_be_absent and not matching and any(other for _, other in found)
        if len(matching) != 1 and not is_left_out:
            expected = form.printed_heading(value)
            raise _UnusableError(
                unknown_heading(form, sheet, header, column=value.name, expected=expected, matching=matching)
            )
        yield from ((value, number) for number in matching)


def _matching_figures(form: Form, sheet: Sheet, header: Header, value: ValueColumn) -> list[int]:
    matching = _matching(header, value.header)
    if len(matching) > 1:  # one heading over several columns: the one with figures is meant
        return [column for column in matching if _holds_numbers(form, sheet, header.first_row, column)]
    return matching


def _matching(header: Header, pattern: re.Pattern[str]) -> list[int]:
    return [column for column, text in enumerate(header.texts) if pattern.search(fold(text))]


def _named_year(form: Form, sheet: Sheet, header: Header) -> NamedPeriod | Finding:
    title = before_enclosure(title_pieces(form, sheet, header.rows[0]))
    text = fold(" ".join(piece.text for piece in title))
    year = _YEAR.search(text)
    if not year:
        return finding_at("year-not-found", sheet, last_of_title(form, title))
    if _PART_OF_YEAR.search(year_line := text[: year.end()]):
        return _not_year(sheet, year_line)
    return NamedPeriod(year_period(int(year[1])), None)


def _not_year(sheet: Sheet, year_line: str) -> Finding:
    return sheet_finding("period-not-year", sheet, value=_shown_title(sheet, year_line))


def _factor(form: Form, sheet: Sheet, header: Header, value: ValueColumn, column: int) -> Decimal:
    if form.units_in == "row":
        return Decimal(1)
    if form.units_in == "above":
        return _only_factor(sheet, header, units_above(sheet, header.first_row, form.unit))
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


def _only_factor(sheet: Sheet, header: Header, units: dict[str, Decimal]) -> Decimal:
    if not units:
        raise _UnusableError(finding_at("unit-not-found", sheet, unit_cells(sheet, header.rows[0])))
    if len(units) > 1:
        names = ", ".join(UNIT_NAMES.get(unit, unit) for unit in sorted(units))
        raise _UnusableError(sheet_finding("unit-ambiguous", sheet, units=names))
    return next(iter(units.values()))


def _holds_numbers(form: Form, sheet: Sheet, first_row: int, column: int) -> bool:
    below = (sheet.value(row, column) for row in range(first_row, len(sheet.rows)))
    return any(number_of(held, dot_groups_thousands=form.dot_groups_thousands) is not None for held in below)


def _shown_title(sheet: Sheet, folded_title: str) -> str:
    """The cells that say the title and its period, as written."""
    texts = (text_of(value) for row in sheet.rows[:HEADER_SEARCHED_ROWS] for value in row if isinstance(value, str))
    return " ".join(text for text in texts if fold(text) and fold(text) in folded_title)[:200] or folded_title[:200]
