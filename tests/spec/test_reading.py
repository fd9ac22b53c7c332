"""What is written is read as itself or not at all: numbers, days and periods in all writings, cells of any workbook."""

import io
from datetime import date, datetime, timedelta
from decimal import Decimal

import openpyxl
import pytest
from conftest import SAMPLES
from hypothesis import given, settings
from hypothesis import strategies as st
from rewriting import read_workbook, rewritten

from resolution_monitor.ask.file_reading import description_of
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.names import fold
from resolution_monitor.collect import read_child
from resolution_monitor.collect.read import ReadResult
from resolution_monitor.exchange.template import template_workbook
from resolution_monitor.normalise.values import number_of, quantity_of
from resolution_monitor.normalise.written_periods import written_day, written_period
from resolution_monitor.period import parse_period, period_containing
from resolution_monitor.terms import Sheet, cell_address

UNITS = st.sampled_from(["%", "tỷ đồng", "Triệu đồng", "nghìn tỷ đồng", "ngàn", "đ"])
NUMBERS = st.decimals(-(10**12), 10**12, places=2) | st.integers(-(10**12), 10**12).map(Decimal)
DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))


def grouped(number: Decimal, groups: str, point: str) -> str:
    """A number with its thousands grouped and its decimals, if any, behind a point."""
    whole, _, decimals = f"{abs(number):f}".partition(".")
    written = f"{int(whole):,}".replace(",", groups) + (point + decimals if decimals else "")
    return f"-{written}" if number < 0 else written


@settings(max_examples=400)
@given(NUMBERS, st.sampled_from(["", ".", " ", "\u00a0", "\u202f", "\u2009"]), st.sampled_from(["", "\u200b", " "]))
def test_vietnamese_numbers(number: Decimal, groups: str, around: str):
    """
    Every Vietnamese writing of a number is read as that number; only one group behind a dot alone needs the form.
    """
    written = around + grouped(number, groups, ",") + around
    is_unsure = groups == "." and written.count(".") == 1 and "," not in written

    assert number == number_of(written, dot_groups_thousands=True)
    assert (None if is_unsure else number) == number_of(written, dot_groups_thousands=False)


@settings(max_examples=400)
@given(NUMBERS)
def test_english_numbers(number: Decimal):
    """
    An English writing that holds any mark is never read as another number: it is none.
    """
    written = grouped(number, ",", ".")
    read = number_of(written, dot_groups_thousands=False)

    assert (number if not {",", "."} & set(written) else None) == read


@settings(max_examples=200)
@given(
    NUMBERS, st.sampled_from(["%", "tỷ đồng", "Triệu đồng", "nghìn tỷ đồng", "ngàn", "đ"]), st.sampled_from(["", " "])
)
def test_units(number: Decimal, unit: str, between: str):
    """
    A number keeps its value and its unit, whatever stands between them.
    """
    quantity = quantity_of(grouped(number, "\u00a0", ",") + between + unit, dot_groups_thousands=False)

    assert quantity is not None
    assert (number, fold(unit) or unit) == (quantity.number, quantity.unit)


@settings(max_examples=300)
@given(DAYS)
def test_days(day: date):
    """
    A day in every writing is that day; with the month first it is none, or the day that it says in our order.
    """
    writings = (f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}", f"{day:%d.%m.%Y}", f"{day:%d-%m-%Y}",
                f"ngày {day.day} tháng {day.month} năm {day.year}", day.isoformat())  # fmt: skip

    assert {day} == {written_day(written) for written in writings}
    assert day.day <= 12 or written_day(f"{day:%m/%d/%Y}") is None
    assert written_day(f"{day:%d/%m/%y}") is None


@settings(max_examples=300)
@given(DAYS)
def test_periods(day: date):
    """
    A period in every writing is that period; without its year it is none.
    """
    year, half = day.year, "đầu" if day.month <= 6 else "cuối"
    quarter = (day.month + 2) // 3
    roman = ("I", "II", "III", "IV")[quarter - 1]
    writings = {
        "quarter": (f"Quý {roman}/{year}", f"quý {quarter} năm {year}", f"QUÝ {roman} NĂM {year}"),
        "half_year": (f"6 tháng {half} năm {year}",),
        "month": (f"tháng {day.month}/{year}", f"Tháng {day.month:02} năm {year}"),
        "year": (f"năm {year}", f"cả năm {year}"),
    }
    for kind, written in writings.items():
        assert {period_containing(kind, day)} == {written_period(one) for one in written}
    assert parse_period(f"{year}-9M") == written_period(f"9 tháng năm {year}")
    assert [None] * 5 == [written_period(one) for one in ("6 tháng", "Quý III", str(year), f"Quý V/{year}", "12,5")]


CELLS = (
    st.none()
    | st.floats(-1e15, 1e15, allow_nan=False).map(lambda number: round(number, 6))
    | st.integers(-(10**12), 10**12)
    | st.booleans()
    | st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=12)
    | st.datetimes(datetime(1990, 1, 1), datetime(2099, 1, 1)).map(lambda moment: moment.replace(microsecond=0))
    | DAYS
    | st.sampled_from(["#N/A", "#DIV/0!", "#REF!"])
)


def comparable(value: object) -> object:
    """As both readers can be held against each other: midnight is a day, blank text is nothing."""
    if isinstance(value, datetime):
        rounded = value + timedelta(microseconds=500_000)
        rounded = rounded.replace(microsecond=0)
        return rounded.date() if rounded.time().isoformat() == "00:00:00" else rounded
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n") if value.strip() else None
    return value


def differing_cells(sheet: Sheet, page: openpyxl.worksheet.worksheet.Worksheet) -> list[tuple[str, object, object]]:
    """Cells that an independent reader sees otherwise."""
    differing = []
    for row in range(max(len(sheet.rows), page.max_row)):
        for column in range(max((*map(len, sheet.rows), page.max_column))):
            ours, theirs = sheet.value(row, column), page.cell(row + 1, column + 1).value
            if comparable(ours) != comparable(theirs):
                differing.append((cell_address(row, column), ours, theirs))
    return differing


def read_here(content: bytes) -> list[Sheet]:
    """Sheets as the child gives them, without the child."""
    from resolution_monitor.collect.read import _result

    result = _result("file", read_child._answer("read", content))
    assert result.workbook is not None, result.refusal
    return list(result.workbook.sheets)


@settings(max_examples=80)
@given(st.lists(st.lists(CELLS, max_size=6), min_size=1, max_size=6), st.sets(st.integers(1, 6), max_size=2))
def test_any_workbook(rows: list[list[object]], hidden: set[int]):
    """
    Cell by cell a workbook of anything is read as another library reads it; hidden rows and errors are seen.
    """
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    for number in hidden:
        workbook.active.row_dimensions[number].hidden = True
    for cell in (cell for row in workbook.active.iter_rows() for cell in row if isinstance(cell.value, str)):
        cell.data_type = "e" if cell.value in ("#N/A", "#DIV/0!", "#REF!") else "s"
    buffer = io.BytesIO()
    workbook.save(buffer)
    page = openpyxl.load_workbook(io.BytesIO(buffer.getvalue())).worksheets[0]
    (sheet,) = read_here(buffer.getvalue())

    assert [] == differing_cells(sheet, page)
    assert hidden == {row + 1 for first, last in sheet.hidden_rows for row in range(first, last + 1)}
    marked = {cell.coordinate for row in page.iter_rows() for cell in row if cell.data_type == "e"}
    assert marked == {cell_address(*place) for place in sheet.errors}


@pytest.mark.parametrize("path", sorted(SAMPLES.rglob("*.xls")), ids=lambda path: path.stem)
def test_samples_as_another_library_reads_them(path):
    """
    The sample workbooks written again as .xlsx are read cell by cell as the other library reads them.
    """
    content = rewritten(path, {})
    pages = openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets

    for sheet, page in zip(read_here(content), pages, strict=True):
        assert [] == differing_cells(sheet, page)


def test_template_as_another_library_reads_it(catalogue: Catalogue):
    """
    So is the workbook a body fills in, formulas and hidden sheets included.
    """
    items = ("72.04", "72-T02")
    content = template_workbook(catalogue, "BYT", parse_period("2026-10"), items=items, last_values={})
    pages = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    sheets = read_here(content)

    assert [page.title for page in pages] == [sheet.name for sheet in sheets]
    assert [page.sheet_state != "visible" for page in pages] == [sheet.is_hidden for sheet in sheets]
    for sheet, page in zip(sheets, pages, strict=True):
        assert [] == differing_cells(sheet, page)


@pytest.mark.parametrize("path", sorted(SAMPLES.rglob("*.xls")), ids=lambda path: path.stem)
def test_nothing_is_misread_in_what_read_shows(catalogue: Catalogue, path):
    """
    In what `read` shows of a sample, a stored number is that number, and text is a number only by the grammar.
    """
    workbook = read_workbook(path)
    seen = description_of(ReadResult(workbook, None), catalogue)

    cells = [cell for sheet in seen["sheets"] for cell in sheet["cells"]]
    stored = [cell for cell in cells if isinstance(cell["raw"], (int, float)) and not isinstance(cell["raw"], bool)]
    assert len(cells) > 1_000
    assert [] == [cell for cell in stored if cell["kind"] != "number" or float(cell["understood"]) != cell["raw"]]
    assert all("why_not" in cell for cell in cells if cell["kind"] == "unclear")
    assert any(form["fits"] for form in seen["forms"])
