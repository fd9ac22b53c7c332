"""Printed totals, subtotals and row sums are added up again from their parts."""

import re
from collections.abc import Sequence
from decimal import Decimal

from resolution_monitor.normalise.forms import FormSheet
from resolution_monitor.normalise.rows import FormRow, RowKind
from resolution_monitor.normalise.values import number_of, text_of
from resolution_monitor.terms import Finding, Severity, cell_address
from resolution_monitor.wording import number, rounded, signed

# A printed figure is rounded to whole units, so each part and the total may each be half a unit off.
_HALF_UNIT = Decimal("0.5")
# Of a triệu đồng: forms print nghìn đồng at most, and nothing is smaller than one đồng.
_MOST_DECIMALS, _DECIMALS_OF_DONG = 3, 6


def check_totals(form_sheet: FormSheet, rows: Sequence[FormRow]) -> list[Finding]:
    """A finding for every printed sum that its parts do not meet beyond rounding."""
    findings: list[Finding] = []
    findings += _check_grand_totals(form_sheet, rows)
    findings += _check_sections(form_sheet, rows)
    findings += _check_parts(form_sheet, rows)
    findings += _check_across(form_sheet, rows)
    return findings


def _check_grand_totals(form_sheet: FormSheet, rows: Sequence[FormRow]) -> list[Finding]:
    sections = [row for row in rows if row.kind is RowKind.SECTION]
    loose = [row.value for row in rows if row.kind is RowKind.BODY and row.section is None]
    addends = loose + [_section_sum(section, rows) for section in sections]
    findings = []
    for total in (row for row in rows if row.kind is RowKind.TOTAL and row.value is not None):
        found = compare(form_sheet, "total-not-met", total, addends)
        findings += [found] if found else []
    return findings


def _section_sum(section: FormRow, rows: Sequence[FormRow]) -> Decimal | None:
    """What a section counts for in the total: its printed subtotal, or its bodies where none is printed."""
    if section.value is not None:
        return section.value
    return sum((value for value in _bodies_of(section, rows) if value is not None), Decimal(0))


def _bodies_of(section: FormRow, rows: Sequence[FormRow]) -> list[Decimal | None]:
    return [row.value for row in rows if row.kind is RowKind.BODY and row.section == section.ordinal]


def _check_sections(form_sheet: FormSheet, rows: Sequence[FormRow]) -> list[Finding]:
    findings = []
    for place, section in enumerate(rows):
        if section.kind is not RowKind.SECTION or section.value is None:
            continue
        addends = _bodies_of(section, rows)
        if addends:
            is_of_which = place + 1 < len(rows) and rows[place + 1].kind is RowKind.OF_WHICH
            found = compare(form_sheet, "subtotal-not-met", section, addends, is_of_which=is_of_which)
            findings += [found] if found else []
    return findings


def _check_parts(form_sheet: FormSheet, rows: Sequence[FormRow]) -> list[Finding]:
    """The dashed rows below a body make it up; after "Trong đó:" they only may not exceed it."""
    findings = []
    for place, body in enumerate(rows):
        if body.kind is not RowKind.BODY or body.value is None:
            continue
        parts: list[Decimal | None] = []
        is_of_which = False
        for row in rows[place + 1 :]:
            if row.kind not in (RowKind.PART, RowKind.OF_WHICH):
                break
            is_of_which = is_of_which or row.kind is RowKind.OF_WHICH
            parts += [row.value] if row.kind is RowKind.PART else []
        if parts:
            found = compare(form_sheet, "subtotal-not-met", body, parts, is_of_which=is_of_which)
            findings += [found] if found else []
    return findings


def _check_across(form_sheet: FormSheet, rows: Sequence[FormRow]) -> list[Finding]:
    """Where the numbers row says "1=2+7+8", each row's figure is added up again from those columns."""
    columns = _component_columns(form_sheet)
    findings = []
    for row in rows:
        if columns and row.kind in (RowKind.BODY, RowKind.SECTION, RowKind.TOTAL) and row.value is not None:
            addends = [_value(form_sheet, row.number, column) for column in columns]
            names = ", ".join(cell_address(row.number, column).rstrip("0123456789") for column in columns)
            found = compare(form_sheet, "row-total-not-met", row, addends, columns=names)
            findings += [found] if found else []
    return findings


def _component_columns(form_sheet: FormSheet) -> list[int]:
    if form_sheet.numbers_row is None:
        return []
    labels = [text_of(value).replace(" ", "") for value in form_sheet.sheet.rows[form_sheet.numbers_row]]
    numbers = {label.split("=")[0]: column for column, label in enumerate(labels) if label}
    formula = labels[form_sheet.columns["value"]]
    if not re.fullmatch(r"\d+=\d+(\+\d+)+", formula):
        return []
    named = formula.split("=")[1].split("+")
    return [numbers[name] for name in named] if all(name in numbers for name in named) else []


def _value(form_sheet: FormSheet, row: int, column: int) -> Decimal | None:
    held = form_sheet.sheet.value(row, column)
    value = number_of(held, dot_groups_thousands=form_sheet.form.dot_groups_thousands)
    return None if value is None else value * form_sheet.factor


def compare(
    form_sheet: FormSheet,
    check: str,
    row: FormRow,
    addends: Sequence[Decimal | None],
    *,
    is_of_which: bool = False,
    **more: str,
) -> Finding | None:
    """A finding when the printed value is not the sum, or for "of which" parts when the sum is larger."""
    known = [value for value in addends if value is not None]
    if row.value is None or not known:
        return None
    difference = row.value - sum(known, Decimal(0))
    tolerance = _HALF_UNIT * (len(known) + 1) * form_sheet.factor
    if abs(difference) <= tolerance or (is_of_which and difference > 0):
        return None
    summed = row.value - difference
    exact = {"printed_number": str(row.value), "summed_number": str(summed)}
    details = {**_shown(row.value, summed), **exact, "unit": form_sheet.form.unit, **more}
    return Finding(
        check=check,
        severity=Severity.WARN,
        sheet=form_sheet.sheet.name,
        cell=row.value_cell,
        value=row.name or text_of(row.held),
        details=tuple(sorted(details.items())),
    )


def _shown(printed: Decimal, summed: Decimal) -> dict[str, str]:
    """
    Both figures and their difference, with the same decimals and so that a reader's own subtraction agrees.

    As many decimals as the longer figure has, up to a limit that a small difference may pass.
    """
    is_shown = rounded(printed, _MOST_DECIMALS) != rounded(summed, _MOST_DECIMALS)
    most = _MOST_DECIMALS if is_shown else _DECIMALS_OF_DONG
    decimals = next((d for d in range(most) if all(rounded(value, d) == value for value in (printed, summed))), most)
    return {
        "printed": number(printed, decimals),
        "summed": number(summed, decimals),
        "difference": signed(rounded(printed, decimals) - rounded(summed, decimals), decimals),
    }
