"""Forms of months and quarters: the period and the unit of each column, and what is told where one is unsure."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from made_up_forms import (
    MONTHLY,
    MONTHLY_CELLS,
    QUARTERLY,
    QUARTERLY_CELLS,
    QUARTERLY_MERGED,
    add_form,
    add_investment,
    changed,
    copied_catalogue,
    sheet,
)

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.errors import CatalogueError
from resolution_monitor.normalise.finding_text import finding_text
from resolution_monitor.normalise.observe import Reading, understand
from resolution_monitor.normalise.parts_of_years import part_in_name, parts_of_years
from resolution_monitor.terms import CellValue, Sheet, SubmissionState, Workbook

RECEIVED_ON = date(2026, 11, 6)
# (agency, indicator, end of period, value, cell) of each layout as it stands.
MONTHLY_VALUES = [
    ("BCT", "57.11", date(2026, 9, 30), Decimal("41.5"), "C6"),
    ("BTC", "68.01", date(2026, 9, 30), Decimal("1.012"), "C7"),
    ("BTC", "72.06", date(2026, 9, 30), Decimal("94.1"), "C8"),
    ("BCT", "57.11", date(2026, 10, 31), Decimal("41.9"), "D6"),
    ("BTC", "68.01", date(2026, 10, 31), Decimal("1.0205"), "D7"),
    ("BTC", "72.06", date(2026, 10, 31), Decimal("94.3"), "D8"),
]
QUARTERLY_VALUES = [
    ("T01", "XX.01", date(2026, 9, 30), Decimal(20_250), "C7"),
    ("T04", "XX.01", date(2026, 9, 30), Decimal(10_250), "C8"),
    ("T01", "XX.01", date(2025, 9, 30), Decimal(15_000), "D7"),
    ("T04", "XX.01", date(2025, 9, 30), Decimal(10_000), "D8"),
]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copied_catalogue(tmp_path_factory.mktemp("forms"))
    add_investment(folder)
    add_form(folder, MONTHLY)
    add_form(folder, QUARTERLY)
    return folder


@pytest.fixture(scope="module")
def with_forms(root: Path) -> Catalogue:
    return load_catalogue(root / "catalogue")


def read(catalogue: Catalogue, *sheets: Sheet, received_on: date = RECEIVED_ON) -> Reading:
    return understand(Workbook(sheets=sheets), catalogue, "BTC", received_on=received_on)


def values(reading: Reading) -> list[tuple[object, ...]]:
    return [(one.agency_id, one.indicator_id, one.period_end, one.value, one.cell) for one in reading.values]


def told(reading: Reading) -> list[tuple[str, str | None]]:
    return [(finding.check, finding.cell) for finding in reading.findings]


def test_each_column_has_its_period_and_each_row_its_unit(with_forms: Catalogue):
    """
    This month and the one before, in the indicator's unit, for whoever the catalogue has report the indicator.
    """
    reading = read(with_forms, sheet(MONTHLY_CELLS))

    assert MONTHLY_VALUES == values(reading)
    assert {"month"} == {one.period_kind for one in reading.values}
    assert [] == told(reading)
    assert ["2026-09", "2026-10"] == [period.name for period in reading.periods]


def test_part_of_the_year_in_the_title_and_units_below_the_headings(with_forms: Catalogue):
    """
    "9 tháng" is kept as what counts since January up to the third quarter; each column's own unit is brought to the
    indicator's.
    """
    reading = read(with_forms, sheet(QUARTERLY_CELLS, merged=QUARTERLY_MERGED))

    assert QUARTERLY_VALUES == values(reading)
    assert [] == told(reading)


@pytest.mark.parametrize(
    ("title", "heading", "quarter_end"),
    [
        ("QUÝ I NĂM 2026", "Ước thực hiện 3 tháng", date(2026, 3, 31)),
        ("6 THÁNG ĐẦU NĂM 2026", "Ước thực hiện 6 tháng", date(2026, 6, 30)),
        ("Sáu tháng năm 2026", "Ước thực hiện sáu tháng (tỷ đồng)", date(2026, 6, 30)),
        ("Quý III/2026", "Ước thực hiện 9 tháng", date(2026, 9, 30)),
        ("12 tháng năm 2025", "Ước thực hiện 12 tháng năm 2025", date(2025, 12, 31)),
    ],
)
def test_ways_to_write_a_quarter(with_forms: Catalogue, title: str, heading: str, quarter_end: date):
    """
    A form that counts since January may be headed by the quarter or by its months.
    """
    changes = {(1, 0): title, (3, 2): heading, (3, 3): "Cùng kỳ"}
    reading = read(with_forms, sheet(changed(QUARTERLY_CELLS, changes), merged=QUARTERLY_MERGED))

    assert [] == told(reading)
    assert quarter_end == reading.values[0].period_end


@pytest.mark.parametrize(
    ("changes", "name", "expected"),
    [
        # The title: nothing, no year, another kind, two periods.
        ({(1, 0): "MỘT SỐ CHỈ TIÊU KINH TẾ - XÃ HỘI"}, "Bieu 1", [("period-not-found", "A2")]),
        ({(1, 0): "MỘT SỐ CHỈ TIÊU KINH TẾ - XÃ HỘI THÁNG 10"}, "Bieu 1", [("period-not-found", "A2")]),
        ({(1, 0): "MỘT SỐ CHỈ TIÊU KINH TẾ - XÃ HỘI THÁNG 1-10/2026"}, "Bieu 1", [("period-not-found", "A2")]),
        ({(1, 0): "MỘT SỐ CHỈ TIÊU KINH TẾ - XÃ HỘI NĂM 2026"}, "Bieu 1", [("period-of-other-kind", "A2")]),
        ({(1, 0): "MỘT SỐ CHỈ TIÊU KINH TẾ - XÃ HỘI QUÝ III NĂM 2026"}, "Bieu 1", [("period-of-other-kind", "A2")]),
        ({(2, 0): "Tháng 9 năm 2026"}, "Bieu 1", [("period-ambiguous", "A2")]),
        ({(2, 0): "Tháng 10 năm 2025"}, "Bieu 1", [("period-ambiguous", "A2")]),
        # The title against the headings and the sheet's name: nobody knows which is wrong, and nothing is taken.
        ({(3, 3): "Ước tháng 9"}, "Bieu 1", [("period-differs-inside", "D4")]),
        ({(3, 3): "Ước tháng 10/2025"}, "Bieu 1", [("period-differs-inside", "D4")]),
        ({(3, 2): "Thực hiện tháng 8"}, "Bieu 1", [("period-differs-inside", "C4")]),
        ({(1, 0): "MỘT SỐ CHỈ TIÊU KINH TẾ - XÃ HỘI THÁNG 9/2026"}, "Bieu 1",
         [("period-differs-inside", "C4"), ("period-differs-inside", "D4")]),
        ({}, "T9", [("period-differs-inside", None)]),
        ({}, "Tháng 10.2025", [("period-differs-inside", None)]),
        # The headings themselves.
        ({(3, 3): "Ước tính"}, "Bieu 1", [("unknown-header", "D4")]),
    ],
)  # fmt: skip
def test_a_wrong_period_is_told_and_never_guessed(
    with_forms: Catalogue, changes: Mapping[tuple[int, int], CellValue], name: str, expected: list[tuple[str, str]]
):
    """
    What is missing, of another kind or said in two ways is a finding on its cell, and no figure is taken.
    """
    reading = read(with_forms, sheet(changed(MONTHLY_CELLS, changes), name))

    assert expected == told(reading)
    assert SubmissionState.REJECTED == reading.state


@pytest.mark.parametrize("name", ["T10", "Thang 10-2026", "T10.26", "10T", "M09+", "Bieu 12"])
def test_names_of_sheets_that_say_the_same_or_nothing(with_forms: Catalogue, name: str):
    """
    A sheet named after its month, or after anything but a month, is read.
    """
    assert MONTHLY_VALUES == values(read(with_forms, sheet(MONTHLY_CELLS, name)))


def test_january_looks_back_into_the_year_before(with_forms: Catalogue):
    """
    The month before January is December.
    """
    changes = {(1, 0): "MỘT SỐ CHỈ TIÊU KINH TẾ - XÃ HỘI THÁNG MỘT NĂM 2026", (3, 2): "Thực hiện tháng 12 năm 2025"}
    reading = read(with_forms, sheet(changed(MONTHLY_CELLS, {**changes, (3, 3): "Ước tháng 01/2026"})))

    assert [] == told(reading)
    assert {date(2025, 12, 31), date(2026, 1, 31)} == {one.period_end for one in reading.values}


def test_a_period_that_has_not_begun_is_not_taken(with_forms: Catalogue):
    """
    Received in September, October's column is told and September's stands.
    """
    reading = read(with_forms, sheet(MONTHLY_CELLS), received_on=date(2026, 9, 30))

    assert [("period-not-begun", "D4")] == told(reading)
    assert MONTHLY_VALUES[:3] == values(reading)
    assert SubmissionState.ACCEPTED_IN_PART == reading.state


@pytest.mark.parametrize(
    ("row", "column", "held", "expected"),
    [
        (6, 1, "Doanh nghiệp", {"68.01": Decimal("0.0010205")}),
        (6, 3, "1,0205 triệu", {"68.01": None}),  # of thousands of enterprises?
        (5, 3, "41,9 %", {"57.11": Decimal("41.9")}),
        (6, 1, "Nghìn hộ", {"68.01": None}),
        (6, 1, None, {"68.01": None}),
    ],
)
def test_units_by_row(
    with_forms: Catalogue, row: int, column: int, held: CellValue, expected: Mapping[str, Decimal | None]
):
    """
    A figure is taken in the unit of its row, or its own; where that is not the indicator's it is told.
    """
    reading = read(with_forms, sheet(changed(MONTHLY_CELLS, {(row, column): held})))
    october = {one.indicator_id: one.value for one in reading.values if one.period_end == date(2026, 10, 31)}

    assert dict(expected) == {indicator_id: october.get(indicator_id) for indicator_id in expected}
    assert (None in expected.values()) == bool(told(reading))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({(4, 2): None}, [("unit-not-in-header", "C4")]),
        ({(4, 2): "Nghìn tấn"}, [("unit-not-in-header", "C5")]),
        ({(4, 2): None, (3, 2): "Ước thực hiện 9 tháng (tỷ đồng)"}, []),
        ({(4, 2): None, (4, 3): None, (1, 3): "Đơn vị tính: Tỷ đồng"}, []),
        ({(4, 2): "Tỷ đồng", (3, 2): "Ước thực hiện 9 tháng (triệu đồng)"}, [("unit-not-in-header", "C5")]),
    ],
)
def test_units_in_headings(
    with_forms: Catalogue, changes: Mapping[tuple[int, int], CellValue], expected: list[tuple[str, str]]
):
    """
    A column's unit stands in brackets, in a row of its own or above the table; none, another or two are told.
    """
    reading = read(with_forms, sheet(changed(QUARTERLY_CELLS, changes), merged=QUARTERLY_MERGED))

    assert expected == told(reading)
    assert ([] if expected else [Decimal(20_250), Decimal(10_250)]) == [one.value for one in reading.values][:2]


def test_what_two_columns_share_is_told_once(with_forms: Catalogue):
    """
    An unknown body stands in both columns of figures and is one finding.
    """
    reading = read(with_forms, sheet(changed(QUARTERLY_CELLS, {(7, 1): "Tỉnh Sông Lớn"}), merged=QUARTERLY_MERGED))

    assert [("unknown-body", "B8")] == told(reading)


def test_sums_are_in_the_unit_of_the_indicator(with_forms: Catalogue):
    """
    A total that is not met is told in triệu đồng though its column counts in tỷ đồng.
    """
    (finding,) = read(with_forms, sheet(changed(QUARTERLY_CELLS, {(5, 2): 90.5}), merged=QUARTERLY_MERGED)).findings

    assert "tổng số ghi 90.500 triệu đồng, cộng lại được 30.500 triệu đồng" in finding_text(with_forms, finding)[0]


def test_what_is_told_names_place_and_period(with_forms: Catalogue):
    """
    The clerk reads which cell says what, and what it should say.
    """
    (finding,) = read(with_forms, sheet(changed(MONTHLY_CELLS, {(3, 3): "Ước tháng 9"}))).findings
    text, action = finding_text(with_forms, finding)

    assert "Ô D4 của trang tính Bieu 1 ghi «Ước tháng 9», trong khi theo ô A2 phải là tháng 10 năm 2026;" in text
    assert action.startswith("Đề nghị ghi thống nhất kỳ số liệu")


@pytest.mark.parametrize(
    ("kind", "named_in", "indicator", "cells", "name", "end"),
    [
        ("month", "header", "57.11", {(1, 0): "MỘT SỐ CHỈ TIÊU KINH TẾ - XÃ HỘI", (3, 3): "Ước tháng 10/2026"},
         "Bieu 1", date(2026, 10, 31)),
        ("month", "sheet_name", "57.11", {(1, 0): "MỘT SỐ CHỈ TIÊU KINH TẾ - XÃ HỘI"}, "T10.2026", date(2026, 10, 31)),
        ("half_year", "title", "68.03", {(1, 0): "MỘT SỐ CHỈ TIÊU KINH TẾ - XÃ HỘI 6 THÁNG ĐẦU NĂM 2026",
                                        (3, 3): "Ước tháng báo cáo"}, "Bieu 1", date(2026, 6, 30)),
    ],
)  # fmt: skip
def test_other_places_and_kinds(
    tmp_path: Path,
    kind: str,
    named_in: str,
    indicator: str,
    cells: Mapping[tuple[int, int], CellValue],
    name: str,
    end: date,
):
    """
    The form says where its period is named, and of which kind it is.
    """
    form = MONTHLY.replace("{kind: month}", f"{{kind: {kind}, named_in: {named_in}}}").replace("units_in: row\n", "")
    form = form.replace("    - {name: thực hiện tháng trước, header: ^thuc hien thang, shift: -1}\n", "")
    kept = [line for line in form.splitlines() if "'68.01'" not in line and "'72.06'" not in line]
    add_form(copied_catalogue(tmp_path), "\n".join(kept).replace("'57.11'", f"'{indicator}'"))
    catalogue = load_catalogue(tmp_path / "catalogue")
    unit = f"Đơn vị: {catalogue.indicators[indicator].unit}"
    reading = read(catalogue, sheet(changed(MONTHLY_CELLS, {**cells, (2, 0): unit}), name))

    assert [] == told(reading)
    assert [(kind, end, Decimal("41.9"))] == [(v.period_kind, v.period_end, v.value) for v in reading.values]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("kind: month", "kind: week", "week"),
        ("kind: month", "kind: quarter", "its period is a quarter, but '57.11' is measured by month"),
        ("shift: -1", "shift: 0", "two columns of figures state the same period"),
        ("units_in: row", "units_in: above", "its lines count in .*, triệu doanh nghiệp; write units_in: row"),
        ("  unit: ^don vi tinh\n", "", "units_in: row needs columns.unit"),
        ("'57.11'", "NS.03", "'NS.03' has no lead"),
        ("'57.11'", "'57.99'", "indicator '57.99' is unknown"),
        ("sent_by: [BTC]", "sent_by: [TCTK]", "sender 'TCTK' is unknown"),
        ("period: {kind: month}", "period: {kind: year, named_in: header}", "title"),
        ("header: ^uoc thang", "words: ^uoc thang", "words"),
    ],
)
def test_a_wrong_form_is_named(tmp_path: Path, old: str, new: str, words: str):
    """
    A form that cannot work stops at the catalogue, in a sentence that says what to do.
    """
    assert old in MONTHLY
    add_form(copied_catalogue(tmp_path), MONTHLY.replace(old, new))

    with pytest.raises(CatalogueError, match=rf"forms/economy_month\.yaml.*{words}"):
        load_catalogue(tmp_path / "catalogue")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ước tháng 10 năm 2026", [(10, 10, 2026)]),
        ("tháng Mười", [(10, 10, None)]),
        ("Tháng Mười Hai/2026", [(12, 12, 2026)]),
        ("tháng Năm năm 2026", [(5, 5, 2026)]),
        ("các tháng năm 2026", [(1, 12, 2026)]),  # of the year, not May
        ("tháng sau", []),
        ("tháng Sáu năm 2026", [(6, 6, 2026)]),
        ("Quý III/2025", [(7, 9, 2025)]),
        ("quý IV và cả năm 2026", [(10, 12, None), (1, 12, 2026)]),
        ("quý I-III/2026", []),
        ("6 tháng", [(1, 6, None)]),
        ("6 tháng cuối năm 2026", [(7, 12, 2026)]),
        ("Chín tháng năm 2026", [(1, 9, 2026)]),
        ("10 tháng năm 2026", [(1, 10, 2026)]),
        ("từ tháng 1 đến tháng 10/2026", [(1, 1, None), (10, 10, 2026)]),
        ("tháng 1-10/2026", []),
        ("tháng 13", []),
        ("18 tháng", []),
        ("đến ngày 30 tháng 9 năm 2026", [(9, 9, 2026)]),
        ("ngày 31/02/2026", []),
        ("Tháng 10/2026 so với tháng 9/2026", [(10, 10, 2026)]),
        ("Kế hoạch", []),
    ],
)
def test_parts_of_years(text: str, expected: list[tuple[int, int, int | None]]):
    """
    Months as texts write them; what could be two is none.
    """
    assert expected == [(part.first_month, part.last_month, part.year) for part in parts_of_years(text)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("T9", [(9, 9, None)]), ("Q.III-26", [(7, 9, 2026)]), ("9T", [(1, 9, None)]), ("N07", []), ("T13", []),
     ("Tong hop", []), ("Th10.2026", [(10, 10, 2026)])],
)  # fmt: skip
def test_parts_in_names_of_sheets(name: str, expected: list[tuple[int, int, int | None]]):
    """
    Names of sheets may be short.
    """
    assert expected == [(part.first_month, part.last_month, part.year) for part in part_in_name(name)]
