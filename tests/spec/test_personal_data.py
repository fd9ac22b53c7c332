"""What is personal data and what only looks like it: tables that a clerk can check, and amounts of every size."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from resolution_monitor import wording
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.normalise.checks.personal import check_personal
from resolution_monitor.normalise.finding_text import finding_text
from resolution_monitor.normalise.notes import Notes
from resolution_monitor.personal import PersonalKind, masked, personal_data
from resolution_monitor.terms import Sheet, Workbook

IDENTITY, TELEPHONE, EMAIL, ACCOUNT = PersonalKind

PERSONAL = {
    "CCCD 001085012345": IDENTITY,
    "Số CCCD: 001 085 012 345": IDENTITY,
    "căn cước công dân: 038192004567": IDENTITY,
    "ông A (079203012345)": IDENTITY,
    "CMND số 123456789": IDENTITY,
    "Hộ chiếu C1234567": IDENTITY,
    "ĐT: 0912345678": TELEPHONE,
    "0912.345.678": TELEPHONE,
    "0912 345 678": TELEPHONE,
    "gọi 0987654321.": TELEPHONE,
    "+84 912 345 678": TELEPHONE,
    "(+84) 912345678": TELEPHONE,
    "+84-24-3823-4567": TELEPHONE,
    "024 3823 4567": TELEPHONE,
    "(024) 38234567": TELEPHONE,
    "điện thoại 84912345678": TELEPHONE,
    "SĐT 01234567890": TELEPHONE,
    "liên hệ an.nguyen@example.vn": EMAIL,
    "STK 0011004123456 Vietcombank": ACCOUNT,
    "Số tài khoản: 1903 1234 5678 90": ACCOUNT,
    "số tài khoản ngân hàng: 19031234567890": ACCOUNT,
}

OTHERS = [
    # Amounts and values.
    "1234567890",
    "84912345678",
    "912345678",
    "1.234.567.890",
    "44.971.655,806117",
    "0,912345678",
    "0.345678901234",
    "3 500 000 000",
    "100.000.000.000 đồng",
    "thuê bao di động: 120.500.000",
    "85000000 thuê bao di động 85000000",
    "Điện thoại thông minh: 85.000.000 thuê bao",
    # How many accounts, not whose.
    "Số tài khoản: 55.250.000",
    "Số tài khoản: 55250000",
    "Số tài khoản định danh điện tử đã kích hoạt: 55250000",
    # Dates, periods, documents, codes.
    "31/10/2026 08:30:00",
    "2026-10-31",
    "20261031120000",
    "2021-2025-2030",
    "Quyết định số 1440/QĐ-BTC ngày 23/07/2015",
    "số 0123456789-BC/TU",
    "57-NQ/TW, 57-T01/BNV, 72.04, T63-31",
    "Luật số 117/2025/QH15",
    "MST 0301234567",
    "mã số thuế: 0912345678",
    "000.00.15.H26-230112-0005",
    "029 030 031 032 033",
    "1900 1234",
]


@pytest.mark.parametrize("text", PERSONAL)
def test_personal(text: str):
    """
    The text holds personal data of this kind; masked, it holds none, and masking it again changes nothing.
    """
    assert [PERSONAL[text]] == personal_data(text)
    assert [] == personal_data(masked(text))
    assert masked(text) == masked(masked(text))


@pytest.mark.parametrize("text", OTHERS)
def test_not_personal(text: str):
    """
    The text looks like personal data and is none; it stays as it is.
    """
    assert text == masked(text)


def test_words_around_stay():
    """
    Only the datum goes; who reads the page still knows what was meant.
    """
    text = "Liên hệ ông B, ĐT 0912345678 hoặc b@example.vn, về 1.234.567 hồ sơ"

    assert "Liên hệ ông B, ĐT [đã che: số điện thoại] hoặc [đã che: địa chỉ thư điện tử], về 1.234.567 hồ sơ" == masked(
        text
    )


@given(some.decimals(min_value=0, max_value=Decimal(10) ** 15, places=6), some.integers(0, 6))
def test_amounts_stay(value: Decimal, decimals: int):
    """
    No number as we write it is ever masked, nor as a spreadsheet or a program does.
    """
    for text in (wording.number(value, decimals), str(value), f"{value:f} triệu đồng", str(float(value))):
        assert text == masked(text)


@given(some.integers(1, 10**15))
def test_whole_numbers_stay(value: int):
    """
    Nor a whole number, bare or with blanks between thousands.
    """
    for text in (str(value), f"{value:,}".replace(",", " "), f"{value:,}".replace(",", "."), f"tăng {value} hồ sơ"):
        assert text == masked(text)


@given(some.datetimes(min_value=datetime(1930, 1, 1), max_value=datetime(2100, 1, 1)))
def test_dates_stay(moment: datetime):
    """
    Nor a date or a moment, in any of the usual writings.
    """
    day: date = moment.date()
    written = (f"{moment:%d.%m.%Y %H:%M}", f"{moment:%d.%m.%Y %H %M}", f"{day:%d-%m-%Y}", f"{moment:%H:%M %d.%m.%y}")
    for text in (wording.day(day), day.isoformat(), moment.isoformat(), *written):
        assert text == masked(text)


@given(some.integers(1, 99_999), some.integers(1945, 2099), some.sampled_from(["QĐ-TTg", "NQ-CP", "BC-UBND", "TT-BTC"]))
def test_document_numbers_stay(number: int, year: int, kind: str):
    """
    Nor a document's number, with leading zeros or without, of the Party or the State.
    """
    for text in (f"{number}/{kind}", f"{number:05}/{year}/{kind}", f"số {number:03}-BC/BTC", f"{number}/{year}/QH15"):
        assert text == masked(text)


def test_codes_stay(catalogue: Catalogue):
    """
    Nor any code or name of the catalogue.
    """
    words = [*catalogue.bodies, *catalogue.indicators, *catalogue.tasks]
    words += [body.name_vi for body in catalogue.bodies.values()]

    assert [] == [word for word in words if masked(word) != word]


def test_warning_names_the_cell(catalogue: Catalogue):
    """
    The sender is told which cells, and never sees the datum again.
    """
    rows = (("Họ tên", "Ghi chú"), ("A", "ĐT 0912345678"), ("B", "CCCD 001085012345, b@example.vn"))
    notes = Notes(catalogue.checks)
    check_personal(Workbook(sheets=(Sheet("Vướng mắc", is_hidden=False, rows=rows, merged=()),)), notes)

    assert [("B2", "warn"), ("B3", "warn")] == [(one.cell, one.severity.value) for one in notes.findings]
    texts = [finding_text(catalogue, one)[0] for one in notes.findings]
    assert "số định danh cá nhân, địa chỉ thư điện tử" in texts[1]
    assert not any("0912345678" in text or "001085012345" in text for text in texts)


def test_every_finding_is_masked(catalogue: Catalogue):
    """
    A check that knows nothing of personal data repeats none either.
    """
    notes = Notes(catalogue.checks)
    notes.add("unknown-body", cell="A1", value="Bà C 0912345678", amount="x")

    assert "Bà C [đã che: số điện thoại]" in finding_text(catalogue, notes.findings[0])[0]
