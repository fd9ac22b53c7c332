"""Forms whose rows are items: the lines a form names are taken, each exactly once."""

from collections.abc import Sequence
from dataclasses import dataclass

from resolution_monitor.catalogue.entries import FormLine
from resolution_monitor.catalogue.names import fold
from resolution_monitor.normalise.checks.totals import compare
from resolution_monitor.normalise.forms import FormSheet
from resolution_monitor.normalise.rows import FormRow, RowKind
from resolution_monitor.normalise.values import number_of, text_of
from resolution_monitor.terms import Finding, Severity


@dataclass(frozen=True, slots=True)
class TakenLine:
    """A row that states the value of an indicator."""

    line: FormLine
    row: FormRow


def take_lines(form_sheet: FormSheet, rows: Sequence[FormRow]) -> tuple[list[TakenLine], list[Finding]]:
    """
    The form's lines among the rows, and a finding for each that is absent, stands twice or holds no number.

    Rows the form does not name are other items of the same table; they are nobody's loss.
    """
    taken: list[TakenLine] = []
    findings: list[Finding] = []
    for line in form_sheet.form.lines:
        found = [row for row in rows if row.kind is not RowKind.FOOTNOTE and line.name.search(fold(row.name))]
        problem = _problem(form_sheet, line, found)
        if problem:
            findings.append(problem)
        elif found:
            taken.append(TakenLine(line, found[0]))
            findings += _check_parts(form_sheet, found[0], rows) if line.parts_follow else []
    return taken, findings


def _problem(form_sheet: FormSheet, line: FormLine, found: Sequence[FormRow]) -> Finding | None:
    if not found:
        return None if line.may_be_absent else _finding("line-missing", form_sheet, None, line.indicator_id)
    if len(found) > 1:
        cells = ", ".join(row.name_cell for row in found)
        return _finding("line-twice", form_sheet, found[0].name_cell, found[0].name, cells=cells)
    if found[0].value is None:
        return _without_value(form_sheet, line, found[0])
    return None


def _without_value(form_sheet: FormSheet, line: FormLine, row: FormRow) -> Finding:
    written, unit_cell = row.unit
    of_unit = {"unit": written or "(trống)", "unit_cell": unit_cell, "expected": line.unit} if unit_cell else {}
    return _finding(row.value_check, form_sheet, row.value_cell, text_of(row.held), **row.value_advice, **of_unit)


def _check_parts(form_sheet: FormSheet, row: FormRow, rows: Sequence[FormRow]) -> list[Finding]:
    """The rows numbered 1, 2, 3 ... right below a line make it up."""
    parts = []
    for below in (other for other in rows if other.number > row.number):
        if number_of(below.ordinal, dot_groups_thousands=False) is None:
            break
        parts.append(below.value)
    found = compare(form_sheet, "subtotal-not-met", row, parts)
    return [found] if found else []


def _finding(check: str, form_sheet: FormSheet, cell: str | None, value: str, **details: str) -> Finding:
    more = {**details, "form": form_sheet.form.describes, "role": form_sheet.form.role.value}
    return Finding(
        check=check,
        severity=Severity.BLOCK,
        sheet=form_sheet.sheet.name,
        cell=cell,
        value=" ".join(value.split()),
        details=tuple(sorted(more.items())),
    )
