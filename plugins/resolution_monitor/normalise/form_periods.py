"""The period of a sheet, and of each of its columns of figures; where two places name two, none of them is believed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from resolution_monitor.catalogue.entries import Form
from resolution_monitor.catalogue.form_entries import ValueColumn
from resolution_monitor.normalise.form_header import Header, Piece, heading_pieces, sheet_finding, title_pieces
from resolution_monitor.normalise.parts_of_years import PartOfYear, part_in_name, parts_of_years
from resolution_monitor.period import YEAR, Period, period_begun, shifted
from resolution_monitor.reporting.period_words import period_words
from resolution_monitor.terms import Finding, Sheet

_DAY = "day"
# A form of each kind that a clerk can copy.
_EXAMPLES = {
    "year": "năm 2026",
    "half_year": "6 tháng đầu năm 2026",
    "nine_months": "9 tháng năm 2026",
    "quarter": "quý III năm 2026",
    "month": "tháng 10 năm 2026",
    _DAY: "ngày 31 tháng 10 năm 2026",
}
_PLACES = {"title": "tên biểu", "header": "tiêu đề cột số liệu", "sheet_name": "tên trang tính"}


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """The period a sheet tells of, with the cell that names it; a sheet's name stands in no cell."""

    period: Period
    cell: str | None


@dataclass(frozen=True, slots=True)
class _Mention:
    part: PartOfYear
    piece: Piece


def period_in(form: Form, sheet: Sheet, header: Header, first_value_column: int) -> NamedPeriod | Finding:
    """The period that the form's own place names in full; else what is wrong with it."""
    named_in = form.period.named_in
    pieces = {
        "title": title_pieces(form, sheet, header.rows[0]),
        "header": heading_pieces(sheet, header, first_value_column),
        "sheet_name": [Piece(sheet.name, "")],
    }[named_in]
    read = part_in_name if named_in == "sheet_name" else parts_of_years
    mentions = [_Mention(part, piece) for piece in pieces for part in read(piece.text)]
    # A day in the title of a month's form is that of a letter; in a form of days nothing else is meant.
    meant = [one for one in mentions if (one.part.day is not None) == (form.period.kind == _DAY)]
    return _period_of(form, sheet, pieces, meant)


def _period_of(
    form: Form, sheet: Sheet, pieces: Sequence[Piece], mentions: Sequence[_Mention]
) -> NamedPeriod | Finding:
    parts = [one for one in mentions if not one.part.is_bare_year] or list(mentions)
    years = {one.part.year for one in mentions if one.part.year is not None}
    ends = {(one.part.last_month, one.part.day) for one in parts}
    if not parts or not years:
        return _problem("period-not-found", form, sheet, pieces[:1], pieces[:1])
    shown = [one.piece for one in mentions]
    if len(years) > 1 or len(ends) > 1:
        return _problem("period-ambiguous", form, sheet, shown[:1], shown)
    ((year,), ((last_month, day),)) = (years, ends)
    period = period_begun(form.period.kind, date(year, last_month, day or 1))
    if not any(_is_expected(form, one.part, period) for one in parts):
        return _problem("period-of-other-kind", form, sheet, [parts[0].piece], [parts[0].piece])
    return NamedPeriod(period, parts[0].piece.cell or None)


def _is_expected(form: Form, part: PartOfYear, period: Period) -> bool:
    """Whether a form with these columns names this period in such words; "năm 2026" is no month of it."""
    if part.is_bare_year:
        return False
    ways = {False, *(column.is_since_january for column in form.values)}
    months = part.first_month, part.last_month
    return months in {(1 if is_since else period.start.month, period.end.month) for is_since in ways}


def _problem(check: str, form: Form, sheet: Sheet, at: Sequence[Piece], shown: Sequence[Piece]) -> Finding:
    value = " | ".join(dict.fromkeys(piece.text[:120] for piece in shown)) or sheet.name
    place = f"ô {at[0].cell}" if at and at[0].cell else _PLACES[form.period.named_in]
    return sheet_finding(
        check,
        sheet,
        cell=(at[0].cell or None) if at else None,
        value=value,
        place=place,
        form=form.describes,
        expected=_EXAMPLES[form.period.kind],
    )


def period_of_column(column: ValueColumn, named: NamedPeriod) -> Period:
    """Such as the month before the form's own."""
    return shifted(named.period, column.shift)


def contradictions(
    form: Form, sheet: Sheet, header: Header, named: NamedPeriod, columns: Sequence[tuple[ValueColumn, int]]
) -> Iterator[Finding]:
    """Every place that names another period than it should: title, headings of figures, the sheet's own name."""
    period = named.period
    # What else the title of a year's form names is judged where its year is read.
    for piece in title_pieces(form, sheet, header.rows[0]) if period.kind != YEAR else ():
        parts = [part for part in parts_of_years(piece.text) if (part.day is not None) == (period.kind == _DAY)]
        if not all(part.ends_with(period) for part in parts):
            yield _differs(sheet, piece, period, named)
    for column, number in columns:
        expected = period_of_column(column, named)
        for piece in heading_pieces(sheet, header, number):
            parts = parts_of_years(piece.text)
            if not all(part.is_of(expected, since_january=column.is_since_january) for part in parts):
                yield _differs(sheet, piece, expected, named, since_january=column.is_since_january)
    if not all(part.ends_with(period) for part in part_in_name(sheet.name)):
        yield _differs(sheet, Piece(sheet.name, ""), period, named)


def _differs(
    sheet: Sheet, piece: Piece, expected: Period, named: NamedPeriod, *, since_january: bool = False
) -> Finding:
    words = period_words(expected)
    if since_january and expected.start.month > 1:
        words = f"{expected.end.month} tháng năm {expected.end.year}"
    place = f"Ô {piece.cell}" if piece.cell else "Tên trang tính"
    against = f"ô {named.cell}" if named.cell else "tên biểu" if named.period.kind == YEAR else "tên trang tính"
    return sheet_finding(
        "period-differs-inside",
        sheet,
        cell=piece.cell or None,
        value=piece.text[:120],
        place=place,
        expected=words,
        against=against,
    )
