"""What one cell is understood as, whatever form it stands in, and why not where it could mean two things."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from resolution_monitor.normalise.unseen import ERROR, unsettled
from resolution_monitor.normalise.values import clean, quantity_of
from resolution_monitor.normalise.written_periods import written_day, written_period
from resolution_monitor.terms import Sheet

CellKind = Literal["number", "day", "period", "text", "truth", "error", "formula without value", "unclear"]
# Text of digits and their marks, or a day of numbers: it means a number or a day, whether or not one can tell which.
_NUMERIC = re.compile(r"[+\-−]?[\d.,\s]*\d[\d.,\s]*%?|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}", re.ASCII)
# No day, period or number is as long.
_LONGEST_SAID = 120
_CODE = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Understood:
    """
    Attributes:
        value: As text; None where nothing was understood.
        unit: Folded, where the cell names one.
        why_not: In English, for whoever writes a form.
    """

    kind: CellKind
    value: str | None = None
    unit: str = ""
    why_not: str | None = None


def understood(sheet: Sheet, row: int, column: int) -> Understood:
    """One cell that holds something, read without the knowledge of any form."""
    broken = unsettled(sheet, row, column)
    if broken:
        why = "the cell shows an error" if broken.check == ERROR else "the file holds the formula without its result"
        return Understood("error" if broken.check == ERROR else "formula without value", why_not=why)
    value = sheet.value(row, column)
    if isinstance(value, bool):
        return Understood("truth", str(value).lower())
    if isinstance(value, (datetime, date)):
        return Understood("day", value.isoformat())
    if isinstance(value, str) and len(value) > _LONGEST_SAID:
        return _of_text(clean(value))
    quantity = quantity_of(value, dot_groups_thousands=False)
    if quantity is not None:
        return Understood("number", format(quantity.number, "f"), quantity.unit)
    if not isinstance(value, str):
        return Understood("unclear", why_not="a number that is not finite")
    return _of_text(clean(value))


def _of_text(text: str) -> Understood:
    if len(text) > _LONGEST_SAID:
        return Understood("text", text)
    if (day := written_day(text)) is not None:
        return Understood("day", day.isoformat())
    if (period := written_period(text)) is not None:
        return Understood("period", period.name)
    if _NUMERIC.fullmatch(text):
        return Understood("unclear", why_not=_why_unclear(text))
    return Understood("text", text)


def _why_unclear(text: str) -> str:
    if _CODE.fullmatch(text) or text.count(",") == 1:
        return "the mark may group thousands or begin decimals; a form that knows says dot_groups_thousands"
    return "no number and no day of the grammar"
