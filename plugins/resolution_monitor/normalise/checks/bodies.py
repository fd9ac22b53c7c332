"""Every row is somebody's: names are resolved on the day of the period, and what is not is told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.names import NameIndex, is_no_body
from resolution_monitor.normalise.forms import FormSheet
from resolution_monitor.normalise.rows import FormRow, RowKind
from resolution_monitor.normalise.values import is_blank, text_of
from resolution_monitor.terms import Finding, Severity
from resolution_monitor.wording import shortest


@dataclass(frozen=True, slots=True)
class ResolvedRow:
    """A body's row whose name and figure are both understood."""

    agency_id: str
    row: FormRow


def resolve_rows(
    catalogue: Catalogue, form_sheet: FormSheet, rows: Sequence[FormRow]
) -> tuple[list[ResolvedRow], list[Finding]]:
    """The rows that can be counted, and a finding for each that cannot."""
    index = NameIndex(catalogue, form_sheet.form.bodies)
    resolved: dict[str, ResolvedRow] = {}
    findings: list[Finding] = []
    for row in rows:
        if row.kind is not RowKind.BODY or not _is_counted(form_sheet, row):
            continue
        body = index.resolve(row.name, form_sheet.period)
        if body is None and is_no_body(catalogue, row.name):
            findings.append(_finding("name-not-a-body", form_sheet, row.name_cell, row.name))
        elif body is None:
            findings.append(
                _finding("unknown-body", form_sheet, row.name_cell, row.name, **_uncounted(form_sheet, row))
            )
        elif body.agency_id in resolved:
            first = resolved[body.agency_id].row.name_cell
            findings.append(_finding("duplicate-body", form_sheet, row.name_cell, row.name, first=first))
        elif row.value is None:
            findings.append(
                _finding(row.value_check, form_sheet, row.value_cell, text_of(row.held), **row.value_advice)
            )
        else:
            resolved[body.agency_id] = ResolvedRow(agency_id=body.agency_id, row=row)
    findings += _missing_bodies(catalogue, form_sheet, rows, index)
    return list(resolved.values()), findings


def named_bodies(catalogue: Catalogue, form_sheet: FormSheet, rows: Sequence[FormRow]) -> list[FormRow]:
    """The same rows, where one without a running number is a body's all the same if its name is one's."""
    index = NameIndex(catalogue, form_sheet.form.bodies)
    return [
        replace(row, kind=RowKind.BODY)
        if row.kind is RowKind.UNKNOWN and row.name and index.resolve(row.name, form_sheet.period)
        else row
        for row in rows
    ]


def check_any_body(form_sheet: FormSheet, resolved: Sequence[ResolvedRow], rows: Sequence[FormRow]) -> list[Finding]:
    """A form of which not one row was understood is a form that was not read, whatever else is said of its rows."""
    named = [row for row in rows if row.name]
    if resolved or not named:
        return []
    first, form = named[0], form_sheet.form.describes
    return [_finding("form-without-rows", form_sheet, first.name_cell, first.name, form=form)]


def check_leftovers(form_sheet: FormSheet, rows: Sequence[FormRow]) -> list[Finding]:
    """Rows that hold figures but are no body's: budget lines of no one body, and rows nobody can read."""
    findings = [
        _finding("row-not-understood", form_sheet, row.value_cell, text_of(row.held), row=str(row.number + 1))
        for row in rows
        if row.kind is RowKind.UNKNOWN
    ]
    for section in (row for row in rows if row.kind is RowKind.SECTION and not _is_counted(form_sheet, row)):
        lines = [row for row in rows if row.kind is RowKind.BODY and row.section == section.ordinal]
        name = f"{section.ordinal}. {section.name}"
        findings.append(
            _finding("section-not-scored", form_sheet, section.name_cell, name, **_extent(form_sheet, section, lines))
        )
    return findings


def _is_counted(form_sheet: FormSheet, row: FormRow) -> bool:
    sections = form_sheet.form.body_sections
    return not sections or row.section is None or row.section in sections


def _missing_bodies(
    catalogue: Catalogue, form_sheet: FormSheet, rows: Sequence[FormRow], index: NameIndex
) -> Iterable[Finding]:
    if not form_sheet.form.covers_every_body:
        return []
    period = form_sheet.period
    bodies = (index.resolve(row.name, period) for row in rows if row.kind is RowKind.BODY)
    named = {body.agency_id for body in bodies if body}
    expected = (body for body in catalogue.bodies.values() if body.group == form_sheet.form.bodies)
    return [
        _finding("body-missing", form_sheet, None, body.short_vi)
        for body in expected
        if body.exists_in(period.end, period.end) and body.agency_id not in named
    ]


def _uncounted(form_sheet: FormSheet, row: FormRow) -> dict[str, str]:
    """What of the row is not counted, as the end of a sentence; and exactly, for whoever adds it up."""
    if row.value is not None:
        amount = f"số {shortest(row.value)} {form_sheet.form.unit} chưa được tính"
        return {"amount": amount, "number": str(row.value), "number_cell": row.value_cell}
    if is_blank(row.held):
        return {"amount": "dòng này không ghi số"}
    return {"amount": f"cột số liệu ghi «{text_of(row.held)}», không đọc được thành số"}


def _extent(form_sheet: FormSheet, section: FormRow, lines: Sequence[FormRow]) -> dict[str, str]:
    """What stands in a section: its own figure, or where none is printed the sum of its lines."""
    known = [line.value for line in lines if line.value is not None]
    number = section.value if section.value is not None else sum(known, Decimal(0)) if known else None
    parts = [f"{len(lines)} dòng"] if lines else []
    if number is None:
        return {"amount": ", ".join([*parts, "không có số đọc được"])}
    is_added_up = section.value is None
    parts.append(f"{'cộng lại được ' if is_added_up else ''}{shortest(number)} {form_sheet.form.unit}")
    return {"amount": ", ".join(parts), "number": str(number)}


_SEVERITIES = {
    "name-not-a-body": Severity.NOTE,
    "section-not-scored": Severity.NOTE,
    "row-not-understood": Severity.WARN,
    "body-missing": Severity.WARN,
}


def _finding(check: str, form_sheet: FormSheet, cell: str | None, value: str, **details: str) -> Finding:
    return Finding(
        check=check,
        severity=_SEVERITIES.get(check, Severity.BLOCK),
        sheet=form_sheet.sheet.name,
        cell=cell,
        value=" ".join(value.split()),  # a bilingual cell prints its name on two lines
        details=tuple(sorted({**details, "role": form_sheet.form.role.value}.items())),
    )
