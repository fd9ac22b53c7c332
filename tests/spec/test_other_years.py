"""Budget workbooks of years nobody has seen: exact figures, or findings that name the new heading and what to do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from other_years import (
    Change,
    added_column,
    added_row,
    cells_of,
    each,
    hide_columns,
    hide_rows,
    merged,
    of_year,
    put,
    renamed,
    unmerged,
    without,
)

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.collect.read import read_files
from resolution_monitor.normalise.finding_text import finding_text
from resolution_monitor.normalise.observe import Reading, understand
from resolution_monitor.settings import from_environment
from resolution_monitor.terms import Severity

REVENUE, SPENDING, BALANCE = "M09+", "M07+", "M01+"  # of Final_2013
ROWS = range(13, 85)  # of revenue: total, regions, provinces
PLAIN = 112  # values of Final_2013
NOT_READ = ("M03+", "M04+", "M05+", "M06+", "M08+", "Sheet1")  # left out where one file has one change: 50 are written
# Sheets that a change hides rows or columns of, which are told.
HIDDEN = {"hidden rows", "hidden figures", "hidden names"}


def numbered(write: Callable[[int], object]) -> Change:
    """The running numbers of revenue written otherwise; the Roman ones of its regions stay."""
    return each(REVENUE, 1, ROWS, lambda held: write(int(held)) if isinstance(held, (int, float)) else held)


def vietnamese(held: object) -> object:
    return f"{held:,.2f}".translate(str.maketrans(",.", ".,")) if isinstance(held, float) else held


# What changes, and what a figure of revenue is multiplied with to be triệu đồng.
EXACT: dict[str, tuple[tuple[Change, ...], Decimal]] = {
    name: (changes, Decimal(factor))
    for name, changes, factor in (
        ("same layout", (), 1),
        ("a longer heading", (put(REVENUE, C10="TỔNG THU NGÂN SÁCH NHÀ NƯỚC TRÊN ĐỊA BÀN (1)"),), 1),
        ("total written out", (put(REVENUE, C10="TỔNG SỐ THU NSNN TRÊN ĐỊA BÀN"),), 1),
        ("heading of the names", (put(REVENUE, B10="Tỉnh/thành phố trực thuộc TW"),), 1),
        ("TT", (put(REVENUE, A10="TT"),), 1),
        ("Số thứ tự", (put(REVENUE, A10="Số thứ tự"),), 1),
        ("a column added before", (added_column(REVENUE, 3, 10, "MÃ SỐ", "x1"),), 1),
        ("a column of plans added", (added_column(REVENUE, 3, 10, "DỰ TOÁN THU NSNN", 5.0),), 1),
        ("a row added to the header", (added_row(REVENUE, 12, None, None, "(triệu đồng)"),), 1),
        ("numbers of columns", (added_row(REVENUE, 13, "A", "B", *map(str, range(1, 9))),), 1),
        ("a caption merged over all", (put(REVENUE, A9="BIỂU THU, CHI"), merged(REVENUE, "A9:J9")), 1),
        ("headings merged down", (merged(REVENUE, "A10:A12", "B10:B12", "C10:C12", "G10:J10"),), 1),
        ("headings not merged", (unmerged(REVENUE),), 1),
        ("tỷ đồng", (put(REVENUE, J8="Đơn vị tính: Tỷ đồng"),), 1000),
        ("nghìn đồng, abbreviated", (put(REVENUE, J8="ĐVT: nghìn đồng"),), "0.001"),
        ("1.000 đồng", (put(REVENUE, J8="Đơn vị: 1.000 đồng"),), "0.001"),
        ("1.000.000 đồng", (put(REVENUE, J8="Đơn vị tính: 1.000.000 đồng"),), 1),
        ("triệu VNĐ", (put(REVENUE, J8="Đơn vị tính: Triệu VNĐ"),), 1),
        ("tr.đồng in brackets", (put(REVENUE, J8="(ĐV: Tr.đồng)"),), 1),
        ("hidden rows", (hide_rows(REVENUE, 13, 14, 15, 16, 31),), 1),
        ("hidden header and title", (hide_rows(REVENUE, 3, 4, 10, 11, 12),), 1),
        ("hidden figures", (hide_columns(REVENUE, "C"),), 1),
        ("hidden names", (hide_columns(REVENUE, "B"),), 1),
        ("hidden other columns", (hide_columns(REVENUE, "D", "E", "F"),), 1),
        ("sheet under another name", (renamed(REVENUE, "Biểu 63"),), 1),
        ("total under another name", (put(REVENUE, B13="CỘNG CẢ NƯỚC"),), 1),
        ("running numbers with dots", (numbered(lambda held: f"{held}."),), 1),
        ("running numbers in brackets", (numbered(lambda held: f"({held})"),), 1),
        ("no running numbers", (numbered(lambda held: None),), 1),
        ("figures as text", (each(REVENUE, 3, ROWS, vietnamese),), 1),
        ("signatures below", (put(REVENUE, B88="NGƯỜI LẬP BIỂU", F87="Hà Nội, ngày 5 tháng 7", F88="BỘ TRƯỞNG"),), 1),
    )
}


@dataclass(frozen=True)
class Told:
    """A sheet that cannot be read as it was: the finding, its cell, and what stands there."""

    check: str
    cell: str
    words: str
    changes: tuple[Change, ...]
    sheet: str = REVENUE


def told(check: str, cell: str, words: str, *more: Change, sheet: str = REVENUE) -> Told:
    return Told(check, cell, words, (put(sheet, **{cell: words}), *more), sheet)


TOLD: dict[str, Told] = {
    "heading of figures": told("unknown-header", "C10", "THU NSNN PHÁT SINH TRÊN ĐỊA BÀN"),
    "heading of figures of spending": told("unknown-header", "C5", "QUYẾT TOÁN CHI NSTW", sheet=SPENDING),
    "heading of figures of the nation": told("unknown-header", "C9", "Thực hiện năm 2011", sheet=BALANCE),
    "heading of names": told("unknown-header", "B10", "ĐỊA PHƯƠNG"),
    "heading of names of spending": told("unknown-header", "B5", "BỘ, CƠ QUAN", sheet=SPENDING),
    "heading of running numbers": told("unknown-header", "A10", "#"),
    "two columns of the same": Told(
        "unknown-header",
        "C10",
        "TỔNG THU NSNN TRÊN ĐỊA BÀN NĂM 2010",
        (added_column(REVENUE, 4, 10, "TỔNG THU NSNN TRÊN ĐỊA BÀN NĂM 2010", 5.0),),
    ),
    "plan and result below one heading": Told(
        "unknown-header",
        "C10",
        "TỔNG THU NSNN TRÊN ĐỊA BÀN Dự toán",
        (
            added_column(REVENUE, 4, 10, "", 5.0),
            put(REVENUE, C10="TỔNG THU NSNN TRÊN ĐỊA BÀN", C11="Dự toán", D11="Quyết toán"),
            merged(REVENUE, "C10:D10"),
        ),
    ),
    "title in another order": told(
        "title-not-found",
        "A3",
        "THU, CHI NGÂN SÁCH CỦA CÁC TỈNH, THÀNH PHỐ",
        put(REVENUE, A4="QUYẾT TOÁN NĂM 2011"),
    ),
    "title in other words": told(
        "title-not-found",
        "A3",
        "TỔNG HỢP QUYẾT TOÁN THU, CHI NGÂN SÁCH ĐỊA PHƯƠNG NĂM 2011",
        put(REVENUE, A4=None),
    ),
    "title of spending in another order": told(
        "title-not-found",
        "A2",
        "CHI NGÂN SÁCH TRUNG ƯƠNG THEO TỪNG BỘ, CƠ QUAN TRUNG ƯƠNG, QUYẾT TOÁN NĂM 2011",
        sheet=SPENDING,
    ),
    "title of the nation in another order": told(
        "title-not-found", "A3", "CÂN ĐỐI QUYẾT TOÁN NGÂN SÁCH NHÀ NƯỚC NĂM 2011", sheet=BALANCE
    ),
    "title and heading": told(
        "title-not-found",
        "A3",
        "THU, CHI NGÂN SÁCH CỦA CÁC TỈNH, THÀNH PHỐ",
        put(REVENUE, A4="QUYẾT TOÁN NĂM 2011", C10="THU PHÁT SINH"),
    ),
    "year in other words": told("year-not-found", "A4", "THÀNH PHỐ TRỰC THUỘC TRUNG ƯƠNG NIÊN ĐỘ 2011"),
    "year before the title": Told(
        "year-not-found",
        "A4",
        "QUYẾT TOÁN THU, CHI NGÂN SÁCH CỦA CÁC TỈNH, THÀNH PHỐ",
        (put(REVENUE, A3="NĂM 2011", A4="QUYẾT TOÁN THU, CHI NGÂN SÁCH CỦA CÁC TỈNH, THÀNH PHỐ"),),
    ),
    "dollars": told("unit-not-found", "J8", "Đơn vị tính: USD"),
    "unit in English": told("unit-not-found", "J8", "Unit: VND million"),
    "sheet named after another year": Told(
        "period-differs-inside", "", "Bieu 9 nam 2012", (renamed(REVENUE, "Bieu 9 nam 2012"),)
    ),
    "names nobody knows": Told(
        "form-without-rows", "B13", "TỔNG SỐ", (each(REVENUE, 2, range(14, 85), lambda held: f"Tuyến {held}"),)
    ),
}
OTHERS = {
    f"{name} as {year}": (name, year)
    for name in ("Final_2013", "Plan_2013", "Final_2012", "Plan_2012")
    for year in (2010, 2011, 2014)
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("years")
    changed = {name: changes for name, (changes, _) in EXACT.items()} | {
        name: one.changes for name, one in TOLD.items()
    }
    plays = {name: ("Final_2013", 2011, *changes, without(*NOT_READ)) for name, changes in changed.items()} | OTHERS
    paths = {name: folder / f"{number}.xlsx" for number, name in enumerate(plays)}
    for name, path in paths.items():
        path.write_bytes(of_year(*plays[name]))
    return paths


@pytest.fixture(scope="module")
def readings(
    files: dict[str, Path], catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Reading]:
    """All files read by one limited child."""
    settings = from_environment({"RESOLUTION_MONITOR_HOME": str(tmp_path_factory.mktemp("home"))})
    results = dict(zip(files, read_files(settings, list(files.values())), strict=True))
    read = {name: result.workbook for name, result in results.items()}
    return {name: understand(one, catalogue, "BTC", received_on=date(2026, 12, 1)) for name, one in read.items() if one}


def held(path: Path, sheet: str, cell: str) -> Decimal:
    """A figure as another program reads it."""
    stored = cells_of(path)[sheet][cell].value
    return Decimal(stored.replace(".", "").replace(",", ".")) if isinstance(stored, str) else Decimal(repr(stored))


@pytest.mark.parametrize("name", EXACT)
def test_figures_are_exact(readings: dict[str, Reading], files: dict[str, Path], name: str):
    """
    Every figure of the year is that of its cell, in triệu đồng, hidden or not; none is left out.
    """
    reading, (_, factor) = readings[name], EXACT[name]

    assert (PLAIN, "accepted") == (len(reading.values), reading.state)
    assert {"2011"} == {period.name for period in reading.periods}
    for value in reading.values:
        unit = {"NS.01": factor, "NS.02": Decimal(1)}.get(value.indicator_id, Decimal(1000))
        assert held(files[name], value.sheet, value.cell) * unit == value.value, value
    assert (name in HIDDEN) == ("hidden-cells" in {finding.check for finding in reading.findings})


@pytest.mark.parametrize("name", OTHERS)
def test_same_layout_of_other_years(readings: dict[str, Reading], files: dict[str, Path], name: str):
    """
    2010, 2011 and 2014 in the layouts of 2012 and 2013: every figure, and whoever did not exist then is named.
    """
    reading = readings[name]
    unknown = [finding for finding in reading.findings if finding.check == "unknown-body"]

    assert {"unknown-body"} >= {one.check for one in reading.findings if one.severity is Severity.BLOCK}
    assert {str(OTHERS[name][1])} == {period.name for period in reading.periods}
    assert {"Final_2013": 112, "Plan_2013": 110, "Final_2012": 113, "Plan_2012": 110}[OTHERS[name][0]] == len(
        [*reading.values, *unknown]
    )
    for value in reading.values:
        unit = 1 if value.indicator_id in ("NS.01", "NS.02") else 1000
        assert held(files[name], value.sheet, value.cell) * unit == value.value, value


@pytest.mark.parametrize("name", TOLD)
def test_what_is_new_is_named(readings: dict[str, Reading], catalogue: Catalogue, name: str):
    """
    A sheet that cannot be read names the cell, its words, what was expected and what to do: never silence.
    """
    reading, expected = readings[name], TOLD[name]
    (finding,) = [one for one in reading.findings if one.check == expected.check]
    text, action = finding_text(catalogue, finding)

    assert ("accepted_in_part", Severity.BLOCK) == (reading.state, finding.severity)
    assert (expected.cell or None) == finding.cell
    assert expected.words in text.replace("\n", " ")
    assert expected.cell in text
    assert action.startswith("Đề nghị ")
    assert "(không rõ)" not in text + action
    assert not [value for value in reading.values if value.sheet == expected.sheet]
