"""Sheets are known by title and header text; what is new or missing is named."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.names import fold, successor_on
from resolution_monitor.normalise.observe import Reading, understand
from resolution_monitor.terms import CellValue, MergedRange, Sheet, SubmissionState, Workbook

RECEIVED_ON = date(2026, 11, 20)
HEAD: list[list[CellValue]] = [
    ["BỘ TÀI CHÍNH"],
    ["DỰ TOÁN THU, CHI NGÂN SÁCH CỦA CÁC TỈNH, THÀNH PHỐ NĂM 2013"],
    ["", "", "Đơn vị: triệu đồng"],
    ["STT", "TỈNH, THÀNH PHỐ", "TỔNG THU NSNN TRÊN ĐỊA BÀN", "TỔNG CHI"],
]
ROWS: list[list[CellValue]] = [
    [None, "TỔNG SỐ", 30.0],
    ["I", "MIỀN NÚI", 30.0],
    [1.0, "HÀ GIANG", 10.0, 5.0],
    [2.0, "CAO BẰNG", 20.0, 6.0],
]


def sheet(rows: list[list[CellValue]], name: str = "M09", *, hidden: bool = False) -> Sheet:
    return Sheet(name=name, is_hidden=hidden, rows=tuple(map(tuple, rows)), merged=())


def unseen_sheet() -> Sheet:
    """The good form with an error, a formula without a value, a hidden row and merged figures."""
    rows = [*HEAD, *ROWS, [3.0, "LẠNG SƠN", "=C7+C8", 1.0], [4.0, "BẮC CẠN", 7.0], [5.0, "YÊN BÁI", None]]
    rows[6] = [1.0, "HÀ GIANG", "#DIV/0!", 5.0]
    return replace(
        sheet(rows),
        errors={(6, 2): "#DIV/0!"},
        formulas={(8, 2): "=C7+C8"},
        hidden_rows=((7, 7),),
        hidden_columns=((1, 1), (9, 9)),
        merged=(MergedRange(9, 2, 10, 2),),
    )


def read(catalogue: Catalogue, *sheets: Sheet) -> Reading:
    return understand(Workbook(sheets=sheets), catalogue, "BTC", received_on=RECEIVED_ON)


def codes(reading: Reading) -> set[str]:
    return {finding.check for finding in reading.findings} - {"body-missing"}


def replaced(row: int, column: int, value: CellValue) -> list[list[CellValue]]:
    rows = [list(cells) for cells in (*HEAD, *ROWS, ())]
    rows[row] += [None] * (column + 1 - len(rows[row]))
    rows[row][column] = value
    return rows


def test_plain(catalogue: Catalogue):
    """
    Every named row becomes a value with its cell.
    """
    reading = read(catalogue, sheet([*HEAD, *ROWS]))

    assert set() == codes(reading)
    assert [("T63-02", Decimal(10), "C7"), ("T04", Decimal(20), "C8")] == [
        (value.agency_id, value.value, value.cell) for value in reading.values
    ]
    assert SubmissionState.ACCEPTED == reading.state


def test_header_over_several_rows_with_merges(catalogue: Catalogue):
    """
    A header that stands over several rows, its parent merged over columns, is read column by column.
    """
    head = [
        *HEAD[:3],
        ["SỐ", "", "NGÂN SÁCH", "", "TỔNG THU"],
        ["", "TỈNH, THÀNH PHỐ", "TỔNG CHI", "KHÁC", "NSNN TRÊN"],
        ["TT", "", "", "", "ĐỊA BÀN"],
        [1.0, 2.0, 3.0, 4.0, 5.0],
    ]
    rows = [[1.0, "HÀ GIANG", 1.0, 2.0, 10.0]]
    merged = MergedRange(first_row=3, first_column=2, last_row=3, last_column=3)
    both = Sheet(name="x", is_hidden=False, rows=tuple(map(tuple, [*head, *rows])), merged=(merged,))

    (value,) = read(catalogue, both).values

    assert ("E8", Decimal(10)) == (value.cell, value.value)


def test_nothing_is_taken_or_left_in_silence(catalogue: Catalogue):
    """
    An error, a formula without a value, a hidden row or column and merged figures are told on their cells; only what
    is sure is taken.
    """
    reading = read(catalogue, unseen_sheet())
    told = {finding.check: finding.cell for finding in reading.findings if finding.check != "body-missing"}

    assert {"T04": "C8", "T63-06": "C10"} == {value.agency_id: value.cell for value in reading.values}
    assert {"cell-error": "C7", "formula-without-value": "C9", "merged-cells": "C10", "missing-value": "C11"} == {
        check: cell
        for check, cell in told.items()
        if check not in ("hidden-cells", "subtotal-not-met", "total-not-met")
    }
    hidden = [finding.value for finding in reading.findings if finding.check == "hidden-cells"]
    assert ["dòng 8", "cột B"] == hidden


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("12,5 tỷ đồng", "12500"),  # its own unit counts before that of the sheet
        ("12,5 triệu", "12.5"),  # the sheet's own unit once more
        ("1\u202f234\u202f567", "1234567"),
        ("1\u00a0234,5 nghìn đồng", "1.2345"),
        ("12,5 nghìn", None),  # thousands of triệu đồng, or nghìn đồng: nobody knows
        ("12,5 %", None),
        ("12,5 km", None),
    ],
)
def test_unit_in_the_cell(catalogue: Catalogue, written: str, expected: str | None):
    """
    A figure that names its unit is taken in that unit; one whose unit could mean two things is told.
    """
    reading = read(catalogue, sheet(replaced(6, 2, written)))
    values = {value.cell: value.value for value in reading.values}

    assert (Decimal(expected) if expected else None) == values.get("C7")
    assert (expected is None) == ("not-a-number" in codes(reading))


@pytest.mark.parametrize(
    "title", ["6 THÁNG ĐẦU NĂM 2013", "QUÝ III NĂM 2013", "(Quyết định số 5 ngày 2 tháng 7 năm 2014)"]
)
def test_part_of_a_year_is_no_year(catalogue: Catalogue, title: str):
    """
    A title for half a year, or with no year but a decision's date behind it, is never read as that year.
    """
    reading = read(catalogue, sheet(replaced(1, 0, f"DỰ TOÁN THU, CHI NGÂN SÁCH CỦA CÁC TỈNH, THÀNH PHỐ {title}")))

    assert {"period-not-year"} == codes(reading)
    assert () == reading.values


@pytest.mark.parametrize(
    ("row", "column", "value", "expected"),
    [
        (1, 0, "DỰ TOÁN THU, CHI NGÂN SÁCH CỦA CÁC TỈNH, THÀNH PHỐ", {"year-not-found"}),
        (1, 0, "BẢNG SỐ 9", {"title-not-found"}),
        (2, 2, "", {"unit-not-found"}),
        (2, 3, "Đơn vị: tỷ đồng", {"unit-ambiguous"}),
        (3, 2, "THU NGÂN SÁCH", {"unknown-header"}),
        (3, 3, "TỔNG THU NSNN TRÊN ĐỊA BÀN (2)", {"unknown-header"}),
        (3, 1, "ĐỊA PHƯƠNG", {"unknown-header"}),
        (6, 1, "HÀ GIANG MỚI", {"unknown-body"}),
        (7, 1, "HÀ GIANG", {"duplicate-body"}),
        (6, 2, "mười", {"not-a-number", "subtotal-not-met"}),
        (6, 2, "1,234", {"not-a-number", "subtotal-not-met"}),
        (6, 2, None, {"missing-value", "subtotal-not-met"}),
        (5, 2, 31.0, set()),  # each printed figure may be half a unit off: 30 of two rounded rows may print as 31
        (5, 2, 33.0, {"subtotal-not-met", "total-not-met"}),
        (4, 2, 30.9, set()),
        (4, 2, 31.1, {"total-not-met"}),
        (6, 0, None, set()),  # whose row it is, its name says
        (8, 2, 7.0, {"row-not-understood"}),
    ],
)
def test_one_cell_changed(catalogue: Catalogue, row: int, column: int, value: CellValue, expected: set[str]):
    """
    One wrong cell gives exactly its finding.
    """
    assert expected == codes(read(catalogue, sheet(replaced(row, column, value))))


def test_a_form_of_which_no_row_is_known(catalogue: Catalogue):
    """
    A table whose names nobody knows is a form that was not read, and says so.
    """
    reading = read(catalogue, sheet([*HEAD, [1.0, "Chợ", 7.0], [None, "Thu khác", 6.0]]))

    assert {"form-without-rows", "row-not-understood", "unknown-body"} == codes(reading)
    assert SubmissionState.REJECTED == reading.state


def test_unknown_header_names_what_it_saw(catalogue: Catalogue):
    """
    A new header is named as it is written.
    """
    (finding, *_) = read(catalogue, sheet(replaced(3, 2, "THU NGÂN SÁCH"))).findings

    assert ("M09", "số liệu") == (finding.sheet, dict(finding.details)["column"])
    assert "THU NGÂN SÁCH" in dict(finding.details)["headers"]


def test_sheets_of_a_workbook(catalogue: Catalogue):
    """
    One form on two sheets is nobody's; a hidden sheet is read and told; a workbook without a form names its sheets.
    """
    good = [*HEAD, *ROWS]

    assert {"form-on-two-sheets"} == codes(read(catalogue, sheet(good), sheet(good, "copy")))
    assert {"hidden-sheet"} == codes(read(catalogue, sheet(good, hidden=True)))
    (finding,) = read(catalogue, sheet([["Danh sách cán bộ"]], "Sheet1")).findings
    assert "no-known-form" == finding.check
    assert "Sheet1 (Danh sách cán bộ)" in dict(finding.details)["sheets"]
    assert SubmissionState.REJECTED == read(catalogue).state


def test_units_differ(catalogue: Catalogue):
    """
    The unit comes from the sheet's own line.
    """
    rows = [list(row) for row in [*HEAD, *ROWS]]
    rows[2][2] = "Đơn vị tính: Tỷ đồng"

    assert [Decimal(10_000), Decimal(20_000)] == [value.value for value in read(catalogue, sheet(rows)).values]


def test_parts_of_a_body(catalogue: Catalogue):
    """
    Dashed rows make up their body; after "Trong đó" they only may not exceed it.
    """
    head = [
        ["DỰ TOÁN CHI NGÂN SÁCH TRUNG ƯƠNG CỦA TỪNG BỘ, CƠ QUAN NĂM 2012"],
        ["Đơn vị: Triệu đồng"],
        ["SỐ TT", "TÊN ĐƠN VỊ", "TỔNG SỐ CHI", "ĐẦU TƯ", "THƯỜNG XUYÊN"],
        ["A", "B", "1=2+3", "2", "3"],
    ]
    rows = [
        ["I", "Các Bộ", None],
        [1.0, "Bộ Tài chính", 100.0, 40.0, 60.0],
        [None, "Trong đó:", None],
        [None, "- Tổng cục Thuế", 70.0],
        [2.0, "Bộ Kế hoạch và Đầu tư", 50.0, 20.0, 29.0],
        [None, "- Phần Bộ", 30.0],
        [None, "- Phần Tổng cục", 10.0],
        ["II", "Chi khác", 5.0],
        [1.0, "Hội Làm vườn", 5.0],
    ]
    reading = read(catalogue, sheet([*head, *rows]))
    told = {(finding.check, finding.cell) for finding in reading.findings}

    # 50 is neither 30 + 10 nor 20 + 29 by more than rounding allows in the first case, and is in the second.
    assert {("subtotal-not-met", "C9"), ("section-not-scored", "B12")} == told
    assert ["BTC", "BKHDT"] == [value.agency_id for value in reading.values]


def test_every_value_has_a_successor_of_today(catalogue: Catalogue):
    """
    Whoever a value is read for stands for a body of today.
    """
    for value in read(catalogue, sheet([*HEAD, *ROWS])).values:
        assert catalogue.bodies[successor_on(catalogue, value.agency_id, date(2026, 1, 1))].valid_to is None


def balance(*rows: list[CellValue]) -> Sheet:
    """A national balance: a heading over two columns, of which the first holds marks."""
    head: list[list[CellValue]] = [
        ["QUYẾT TOÁN CÂN ĐỐI NGÂN SÁCH NHÀ NƯỚC NĂM 2012"],
        ["Đơn vị tính: Tỷ đồng"],
        ["STT", "Chỉ tiêu", "Quyết toán\nnăm 2012"],
    ]
    merged = (MergedRange(2, 2, 2, 3),)
    return Sheet(name="M01+", is_hidden=False, rows=tuple(map(tuple, [*head, *rows])), merged=merged)


LINE: list[CellValue] = ["I", "Thu theo dự toán Quốc hội", "(1)", 30.0]
PARTS: list[list[CellValue]] = [[1.0, "Thu nội địa", None, 10.0], [2.0, "Thu từ dầu thô", None, 20.0]]
OTHER: list[CellValue] = ["II", "Thu kết dư", None, 7.0]


@pytest.mark.parametrize(
    ("rows", "codes_expected", "value"),
    [
        ([LINE, *PARTS, OTHER], set(), Decimal(30_000)),
        ([LINE, PARTS[0], OTHER], {"subtotal-not-met"}, Decimal(30_000)),
        ([LINE, *PARTS, LINE, OTHER], {"line-twice"}, None),
        ([["I", "Thu nội địa", None, 30.0], OTHER], {"line-missing"}, None),
        ([["I", "Thu theo dự toán Quốc hội", None, None], OTHER], {"missing-value"}, None),
        ([["I", "Thu theo dự toán Quốc hội", None, "ba mươi"], OTHER], {"not-a-number"}, None),
    ],
)
def test_lines_of_the_nation(
    catalogue: Catalogue, rows: list[list[CellValue]], codes_expected: set[str], value: Decimal | None
):
    """
    A form of lines takes the line it names once, in its column of figures, and adds up the rows numbered below it.
    """
    reading = read(catalogue, balance(*rows))

    assert codes_expected == codes(reading)
    assert [value] * (value is not None) == [found.value for found in reading.values]
    assert {"VN"} >= {found.agency_id for found in reading.values}


def test_footnotes_of_a_line(catalogue: Catalogue):
    """
    A footnote is told where its mark stands on the line that is taken, and not when it speaks of another.
    """
    notes: list[list[CellValue]] = [["Ghi chú: (1) Không kể thu bổ sung."], [None, "(2) Kể cả cải cách tiền lương."]]
    findings = read(catalogue, balance(LINE, *PARTS, OTHER, *notes)).findings

    assert [("form-remark", "Không kể thu bổ sung.")] == [(finding.check, finding.value) for finding in findings]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("QUYẾT TOÁN CÂN ĐỐI NGÂN SÁCH NHÀ NƯỚC NĂM 2012", "national_balance_final"),
        ("QUYẾT TOÁN THU, CHI CÂN ĐỐI NGÂN SÁCH NHÀ NƯỚC NĂM 2009", "national_balance_final"),
        ("CÂN ĐỐI NGÂN SÁCH NHÀ NƯỚC NĂM 2013", "national_balance_plan"),
    ],
)
def test_a_final_account_is_never_taken_for_a_plan(catalogue: Catalogue, title: str, expected: str):
    """
    The two balances differ by one word in their title; each title is that of one form alone.
    """
    matching = [name for name, form in catalogue.forms.items() if form.title.search(fold(title))]

    assert [expected] == matching
