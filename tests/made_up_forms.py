"""Two layouts of our own making, in the style of monthly and quarterly statistics; every figure in them is made up."""

import io
import shutil
from collections.abc import Mapping
from pathlib import Path

from conftest import ROOT
from openpyxl import Workbook as OutputWorkbook

from resolution_monitor.terms import CellValue, MergedRange, Sheet

Cells = list[list[CellValue]]

# Items of several bodies, each with its own unit; this month beside the one before.
MONTHLY = """\
form: economy_month
describes: Một số chỉ tiêu kinh tế - xã hội hằng tháng
sent_by: [BTC]
role: observation
bodies: lead
covers_every_body: false
title: mot so chi tieu kinh te xa hoi
period: {kind: month}
columns:
  body: ^chi tieu
  unit: ^don vi tinh
  value:
    - {name: thực hiện tháng trước, header: ^thuc hien thang, shift: -1}
    - {name: ước tháng báo cáo, header: ^uoc thang}
units_in: row
lines:
  - {indicator_id: '57.11', name: ^ty trong xuat khau san pham cong nghe cao}
  - {indicator_id: '68.01', name: ^so doanh nghiep dang hoat dong}
  - {indicator_id: '72.06', name: ^ty le bao phu bao hiem y te, may_be_absent: true}
dot_groups_thousands: true
"""
MONTHLY_CELLS: Cells = [
    ["CƠ QUAN THỐNG KÊ", None, None, "Hà Nội, ngày 6 tháng 11 năm 2026"],
    ["MỘT SỐ CHỈ TIÊU KINH TẾ - XÃ HỘI THÁNG 10 NĂM 2026"],
    ["(Số liệu minh họa)"],
    ["Chỉ tiêu", "Đơn vị tính", "Thực hiện tháng 9", "Ước tháng 10", "10 tháng", "Tháng 10 so với cùng kỳ (%)"],
    ["Chỉ số sản xuất công nghiệp", "%", 101.2, 102.4, 108.9, 110.3],
    ["Tỷ trọng xuất khẩu sản phẩm công nghệ cao", "%", 41.5, "41,9", 41.2, 101.3],
    ["Số doanh nghiệp đang hoạt động", "Nghìn doanh nghiệp", 1_012.0, "1.020,5", None, 104.0],
    ["Tỷ lệ bao phủ bảo hiểm y tế", "%", 94.1, 94.3, None, 100.6],
]

# Provinces; the part of the year in the title, units in a row of their own below the headings.
QUARTERLY = """\
form: investment_quarter
describes: Vốn đầu tư thực hiện từ nguồn ngân sách nhà nước theo địa phương
sent_by: [BTC]
role: observation
indicator_id: XX.01
bodies: province
covers_every_body: false
title: von dau tu thuc hien tu nguon ngan sach nha nuoc
period: {kind: quarter}
columns:
  ordinal: ^(stt|so tt)
  body: ^(tinh|dia phuong)
  value:
    - {name: lũy kế từ đầu năm, header: uoc thuc hien \\S+ thang, counts_from: january}
    - {name: lũy kế cùng kỳ năm trước, header: cung ky, counts_from: january, shift: -4, may_be_absent: true}
units_in: header
total: ^(ca nuoc|tong so)
dot_groups_thousands: true
"""
# What QUARTERLY states; an entry of indicators.yaml, as any new indicator is.
INVESTMENT = """
  - indicator_id: XX.01
    name_vi: Vốn đầu tư thực hiện từ nguồn ngân sách nhà nước, lũy kế từ đầu năm
    name_en: State budget investment carried out since the beginning of the year
    unit: triệu đồng
    kind: cumulative
    direction: up
    min_step: 1
    aggregation: sum
    frequency: quarter
    trajectory: linear
    bodies: [province]
    source: made up
    confidence: low
"""
QUARTERLY_CELLS: Cells = [
    ["VỐN ĐẦU TƯ THỰC HIỆN TỪ NGUỒN NGÂN SÁCH NHÀ NƯỚC"],
    ["QUÝ III VÀ 9 THÁNG NĂM 2026"],
    ["STT", "Tỉnh, thành phố", "Thực hiện", None, "So với (%)"],
    [None, None, "Ước thực hiện 9 tháng", "Cùng kỳ năm 2025", "Kế hoạch"],
    [None, None, "Tỷ đồng", "Triệu đồng", "%"],
    [None, "CẢ NƯỚC", 30.5, 25_000.0, 60.0],
    [1.0, "Hà Nội", 20.25, 15_000.0, 61.0],
    [2.0, "Cao Bằng", "10,25", 10_000.0, 58.0],
]


# "Thực hiện" stands over two columns.
QUARTERLY_MERGED = (MergedRange(2, 2, 2, 3),)


def sheet(cells: Cells, name: str = "Bieu 1", merged: tuple[MergedRange, ...] = ()) -> Sheet:
    return Sheet(name=name, is_hidden=False, rows=tuple(map(tuple, cells)), merged=merged)


def changed(cells: Cells, changes: Mapping[tuple[int, int], CellValue]) -> Cells:
    """The same cells with others at some rows and columns, counted from 0."""
    rows = [[*row, *[None] * (7 - len(row))] for row in cells]
    for (row, column), value in changes.items():
        rows[row][column] = value
    return rows


def workbook(cells: Cells, name: str = "Bieu 1") -> bytes:
    """An .xlsx of one sheet."""
    output = OutputWorkbook()
    page = output.worksheets[0]
    page.title = name
    for row in cells:
        page.append(row)
    buffer = io.BytesIO()
    output.save(buffer)
    return buffer.getvalue()


def add_form(root: Path, text: str) -> Path:
    """What a stranger does: one file below catalogue/forms; the file."""
    path = root / "catalogue" / "forms" / f"{text.splitlines()[0].removeprefix('form: ')}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def copied_catalogue(root: Path) -> Path:
    """A copy of the shipped catalogue below a folder; the folder."""
    shutil.copytree(ROOT / "catalogue", root / "catalogue")
    return root


def add_investment(root: Path) -> None:
    """The indicator of QUARTERLY at the end of indicators.yaml."""
    path = root / "catalogue" / "indicators.yaml"
    path.write_text(path.read_text(encoding="utf-8").rstrip() + INVESTMENT, encoding="utf-8")
