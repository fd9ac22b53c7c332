"""Which form each sheet is, by its title and header text; sheet names and column places drift and decide nothing."""

import re
from dataclasses import dataclass
from decimal import Decimal

from resolution_monitor.catalogue.entries import Form
from resolution_monitor.catalogue.names import fold
from resolution_monitor.normalise.values import UNIT_NAMES, is_blank, is_roman, millions_in_unit, number_of, text_of
from resolution_monitor.period import Period, year_period
from resolution_monitor.terms import CellValue, Finding, Severity, Sheet, Workbook

_HEADER_SEARCHED_ROWS = 40
# Between the title and its year: "6 tháng đầu năm 2013" is not the year, nor is the date of a decision.
_PART_OF_YEAR = re.compile(r"\b(?:quy|thang|tuan)\b")
_YEAR = re.compile(r"\bnam ((?:19|20)\d\d)\b")


@dataclass(frozen=True, slots=True)
class FormSheet:
    """
    A sheet known to be a form, with its places found. Rows and columns count from 0.

    Attributes:
        columns: Role of a column -> its number.
        header_rows: First row of the header and the first row below its texts.
        first_row: The first row of figures.
        numbers_row: The row that numbers the columns ("A, B, 1=2+7"), or None.
        factor: What a figure is multiplied with to be in the indicator's unit.
    """

    form: Form
    sheet: Sheet
    period: Period
    columns: dict[str, int]
    header_rows: tuple[int, int]
    first_row: int
    numbers_row: int | None
    factor: Decimal


def recognise(workbook: Workbook, forms: list[Form]) -> tuple[list[FormSheet], list[Finding]]:
    """Every sheet that is a form, and a finding for each that looks like one but cannot be read as it."""
    form_sheets: list[FormSheet] = []
    findings: list[Finding] = []
    for form in forms:
        titled = [sheet for sheet in workbook.sheets if form.title.search(_letterhead(sheet))]
        if len(titled) > 1:
            names = ", ".join(sheet.name for sheet in titled)
            findings.append(_finding("form-on-two-sheets", titled[0], form=form.describes, sheets=names))
        elif titled:
            outcome = _places(form, titled[0])
            findings += outcome.findings
            form_sheets += [outcome.form_sheet] if outcome.form_sheet else []
    if not form_sheets and not findings:
        findings = _no_form(workbook, forms)
    return form_sheets, findings


@dataclass(frozen=True, slots=True)
class _Outcome:
    form_sheet: FormSheet | None
    findings: list[Finding]


def _places(form: Form, sheet: Sheet) -> _Outcome:
    header = _find_header(form, sheet)
    if header is None:
        return _Outcome(None, [_unknown_header(form, sheet, "body", _first_texts(sheet))])
    columns: dict[str, int] = {}
    for role, pattern in form.columns.items():
        matching = [column for column, text in enumerate(header.texts) if pattern.search(fold(text))]
        if role == "value" and len(matching) > 1:  # one heading over several columns: the one with figures is meant
            matching = [column for column in matching if _holds_numbers(form, sheet, header.first_row, column)]
        if len(matching) != 1:
            return _Outcome(None, [_unknown_header(form, sheet, role, header.texts)])
        columns[role] = matching[0]
    units = _units(sheet, header.first_row)
    title_at = form.title.search(_letterhead(sheet)).start()  # type: ignore[union-attr]
    year = _YEAR.search(_letterhead(sheet), title_at)
    if not year:
        return _Outcome(None, [_finding("year-not-found", sheet)])
    if _PART_OF_YEAR.search(year_line := year.string[title_at : year.end()]):
        return _Outcome(None, [_finding("period-not-year", sheet, value=_shown_title(sheet, year_line))])
    if len(units) != 1:
        check = "unit-ambiguous" if units else "unit-not-found"
        return _Outcome(None, [_finding(check, sheet, units=", ".join(UNIT_NAMES[unit] for unit in sorted(units)))])
    found = FormSheet(
        form=form,
        sheet=sheet,
        period=year_period(int(year[1])),
        columns=columns,
        header_rows=header.rows,
        first_row=header.first_row,
        numbers_row=header.numbers_row,
        factor=next(iter(units.values())),
    )
    hidden = [_finding("hidden-sheet", sheet, severity=Severity.WARN, form=form.describes)] if sheet.is_hidden else []
    return _Outcome(found, hidden)


@dataclass(frozen=True, slots=True)
class _Header:
    """The header band: each column's texts, joined from top to bottom."""

    texts: list[str]
    rows: tuple[int, int]
    first_row: int
    numbers_row: int | None


def _find_header(form: Form, sheet: Sheet) -> _Header | None:
    """The band of rows around the cell that heads the names, down to the first row of figures."""
    for row in range(min(_HEADER_SEARCHED_ROWS, len(sheet.rows))):
        for column, value in enumerate(sheet.rows[row]):
            if isinstance(value, str) and form.columns["body"].search(fold(value)):
                return _header_around(form, sheet, row, column)
    return None


def _header_around(form: Form, sheet: Sheet, anchor_row: int, body_column: int) -> _Header | None:
    top = anchor_row
    while top > 0 and sum(map(_heads_a_column, sheet.rows[top - 1])) > 1:
        top -= 1
    numbers_row = None
    for row in range(anchor_row + 1, len(sheet.rows)):
        if _is_numbers_row(sheet, row, body_column):
            numbers_row = row
        elif _is_figures_row(form, sheet, row, body_column):
            rows = (top, numbers_row or row)
            return _Header(texts=_column_texts(sheet, *rows), rows=rows, first_row=row, numbers_row=numbers_row)
    return None


def _holds_numbers(form: Form, sheet: Sheet, first_row: int, column: int) -> bool:
    below = (sheet.value(row, column) for row in range(first_row, len(sheet.rows)))
    return any(number_of(held, dot_groups_thousands=form.dot_groups_thousands) is not None for held in below)


def _heads_a_column(value: CellValue) -> bool:
    return not is_blank(value) and millions_in_unit(value) is None


def _is_numbers_row(sheet: Sheet, row: int, body_column: int) -> bool:
    """The row "A, B, 1, 2=3+6 ..." or "1, 2, 3 ..." under a header."""
    name = text_of(sheet.value(row, body_column))
    return name == "B" or (name == "2" and text_of(sheet.value(row, body_column + 1)) == "3")


def _is_figures_row(form: Form, sheet: Sheet, row: int, body_column: int) -> bool:
    name = text_of(sheet.value(row, body_column))
    if form.total.search(fold(name)):
        return True
    ordinal = sheet.value(row, body_column - 1) if body_column else None
    numbered = is_roman(ordinal) or number_of(ordinal, dot_groups_thousands=False) is not None
    return numbered and bool(fold(name)) and not name.isdigit()


def _column_texts(sheet: Sheet, top: int, bottom: int) -> list[str]:
    # A merged heading may reach beyond the last cell that holds anything in its row.
    reach = (merged.last_column + 1 for merged in sheet.merged if top <= merged.first_row < bottom)
    width = max((*(len(row) for row in sheet.rows[top:bottom]), *reach), default=0)
    parents = {
        (merged.first_row, column): sheet.value(merged.first_row, merged.first_column)
        for merged in sheet.merged
        for column in range(merged.first_column, merged.last_column + 1)
    }
    texts = []
    for column in range(width):
        values = (parents.get((row, column), sheet.value(row, column)) for row in range(top, bottom))
        texts.append(" ".join(filter(None, map(text_of, values))))
    return texts


def _shown_title(sheet: Sheet, folded_title: str) -> str:
    """The cells that say the title and its period, as written."""
    texts = (text_of(value) for row in sheet.rows[:_HEADER_SEARCHED_ROWS] for value in row if isinstance(value, str))
    return " ".join(text for text in texts if fold(text) and fold(text) in folded_title)[:200] or folded_title[:200]


def _letterhead(sheet: Sheet) -> str:
    """Folded text of the sheet's first rows, where titles stand."""
    cells = (value for row in sheet.rows[:_HEADER_SEARCHED_ROWS] for value in row if isinstance(value, str))
    return fold(" ".join(cells))


def _units(sheet: Sheet, first_row: int) -> dict[str, Decimal]:
    named = (millions_in_unit(value) for row in sheet.rows[:first_row] for value in row if isinstance(value, str))
    return dict(unit for unit in named if unit)


def _no_form(workbook: Workbook, forms: list[Form]) -> list[Finding]:
    for sheet in workbook.sheets:
        for form in forms:
            header = _find_header(form, sheet)
            if header and all(any(p.search(fold(text)) for text in header.texts) for p in form.columns.values()):
                return [_finding("title-not-found", sheet, form=form.describes)]
    described = "; ".join(f"{sheet.name} ({_first_texts(sheet)[0][:60]})" for sheet in workbook.sheets) or "không có"
    return [Finding(check="no-known-form", severity=Severity.BLOCK, details=(("sheets", described),))]


def _first_texts(sheet: Sheet) -> list[str]:
    texts = [text_of(value) for row in sheet.rows[:_HEADER_SEARCHED_ROWS] for value in row if isinstance(value, str)]
    return [text for text in texts if len(text) > 2][:12] or [""]


def _unknown_header(form: Form, sheet: Sheet, role: str, headers: list[str]) -> Finding:
    shown = " | ".join(" ".join(text.split())[:40] for text in headers if text)[:400]
    return _finding("unknown-header", sheet, form=form.describes, column=COLUMN_NAMES[role], headers=shown)


COLUMN_NAMES = {"ordinal": "số thứ tự", "body": "tên cơ quan", "value": "số liệu"}


def _finding(check: str, sheet: Sheet, severity: Severity = Severity.BLOCK, **details: str) -> Finding:
    return Finding(check=check, severity=severity, sheet=sheet.name, details=tuple(sorted(details.items())))
