"""What each row of a form is: a total, a section, a body, part of a body, a footnote, or nothing."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from resolution_monitor.catalogue.names import fold
from resolution_monitor.normalise.form_units import factor_between, factor_of_cell
from resolution_monitor.normalise.forms import FormSheet
from resolution_monitor.normalise.looks import looked_at_money
from resolution_monitor.normalise.unseen import unsettled
from resolution_monitor.normalise.values import bare_ordinal, is_blank, is_numbered, is_roman, quantity_of, text_of
from resolution_monitor.terms import CellValue, cell_address

# "Ghi chú: (1) Bao gồm ..." or, on the rows below, "(2) Chưa bao gồm ...".
FOOTNOTE = re.compile(r"(?:ghi chú\s*:?\s*(?:\((?P<mark>\d)\))?|\((?P<bare>\d)\))\s*(?P<text>.*\w.*)", re.I | re.S)


# The check of a row whose own unit is not its indicator's.
UNIT_OF_ROW = "unit-of-row"


class RowKind(StrEnum):
    """The part a row plays in a form."""

    TOTAL = "total"
    SECTION = "section"
    BODY = "body"
    PART = "part"  # "- Phần Bộ" below a ministry
    OF_WHICH = "of_which"  # "Trong đó:", after which parts need not make up the whole
    FOOTNOTE = "footnote"
    BLANK = "blank"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FormRow:
    """
    One row below the header.

    Attributes:
        name: As printed.
        ordinal: As printed: "I", "12" or nothing.
        section: Roman numeral of the section it stands in, or None before the first.
        value: In the indicator's unit; None when the cell is empty or no number.
        held: What the value cell holds.
        unsettled: The check that says why the value cell has none though it holds an error, a formula, or a figure in a
            unit that is not the indicator's; else None.
        unit: As its own cell writes it, with that cell; empty where the form states units elsewhere.
    """

    kind: RowKind
    number: int
    ordinal: str
    name: str
    section: str | None
    value: Decimal | None
    held: CellValue
    value_column: int
    name_column: int
    unsettled: str | None = None
    unit: tuple[str, str] = ("", "")

    @property
    def value_check(self) -> str:
        """What is said of a row whose value is needed and cannot be read."""
        return self.unsettled or ("missing-value" if is_blank(self.held) else "not-a-number")

    @property
    def value_advice(self) -> dict[str, str]:
        """What fills the words of that check."""
        return {"body": self.name, "otherwise": "gửi lại biểu khi có số liệu"}

    @property
    def value_cell(self) -> str:
        return cell_address(self.number, self.value_column)

    @property
    def name_cell(self) -> str:
        return cell_address(self.number, self.name_column)


def rows_of(form_sheet: FormSheet) -> list[FormRow]:
    """Every row below the header, in order."""
    rows: list[FormRow] = []
    section: str | None = None
    for number in range(form_sheet.first_row, len(form_sheet.sheet.rows)):
        row = _row(form_sheet, number, section)
        if row.kind is RowKind.SECTION:
            section = row.ordinal
            row = _row(form_sheet, number, section)
        rows.append(row)
    return rows


def _row(form_sheet: FormSheet, number: int, section: str | None) -> FormRow:
    sheet, columns = form_sheet.sheet, form_sheet.columns
    ordinal = sheet.value(number, columns["ordinal"]) if "ordinal" in columns else None
    name = text_of(sheet.value(number, columns["body"]))
    stored = sheet.value(number, columns["value"])
    looked = looked_at_money(sheet, number, columns["value"])
    held = stored if looked.value is None else looked.value
    broken = unsettled(sheet, number, columns["value"])
    unit = _written_unit(form_sheet, number)
    factor = _factor(form_sheet, name, unit[0])
    is_foreign = factor is None and not is_blank(held)
    odd = looked.check if looked.value is None else None
    return FormRow(
        kind=_kind(form_sheet, ordinal, name, held),
        number=number,
        ordinal=bare_ordinal(ordinal),
        name=name,
        section=section,
        value=None if broken or odd else amount_of(held, form_sheet, factor, _wanted_unit(form_sheet, name)),
        held=held,
        value_column=columns["value"],
        name_column=columns["body"],
        unsettled=broken.check if broken else odd or (UNIT_OF_ROW if is_foreign else None),
        unit=unit,
    )


def _written_unit(form_sheet: FormSheet, number: int) -> tuple[str, str]:
    if form_sheet.form.units_in != "row":
        return "", ""
    column = form_sheet.columns["unit"]
    return text_of(form_sheet.sheet.value(number, column)), cell_address(number, column)


def _factor(form_sheet: FormSheet, name: str, unit: str) -> Decimal | None:
    """What a row's figure is multiplied with; None where its unit is another than its indicator's."""
    if form_sheet.form.units_in != "row":
        return form_sheet.factor
    return factor_between(unit, _wanted_unit(form_sheet, name))


def _wanted_unit(form_sheet: FormSheet, name: str) -> str:
    folded = fold(name)
    return next((line.unit for line in form_sheet.form.lines if line.name.search(folded)), form_sheet.form.unit)


def amount_of(held: CellValue, form_sheet: FormSheet, factor: Decimal | None, wanted_unit: str) -> Decimal | None:
    """
    A figure of the form in the unit of its indicator.

    A unit that the cell itself names counts before that around it; one that is another than wanted makes it no figure.
    """
    quantity = quantity_of(held, dot_groups_thousands=form_sheet.form.dot_groups_thousands)
    if quantity is None or factor is None:
        return None
    if quantity.unit:
        factor = factor_of_cell(quantity.unit, wanted_unit, factor)
    return None if factor is None else quantity.number * factor


def _kind(form_sheet: FormSheet, ordinal: CellValue, name: str, held: CellValue) -> RowKind:
    folded = fold(name)
    if any(FOOTNOTE.match(text) for text in (text_of(ordinal), name)):
        return RowKind.FOOTNOTE
    if form_sheet.form.total and form_sheet.form.total.search(folded):
        return RowKind.TOTAL
    if is_roman(bare_ordinal(ordinal)) and name:
        return RowKind.SECTION
    if name and is_numbered(ordinal):
        return RowKind.BODY
    if folded.startswith("trong do"):
        return RowKind.OF_WHICH
    if name.startswith(("-", "+", "–")):
        return RowKind.PART
    return RowKind.BLANK if is_blank(held) else RowKind.UNKNOWN
