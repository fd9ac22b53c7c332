"""How numbers are written: of any size that a cell can hold."""

from datetime import date
from decimal import Decimal

import pytest

from resolution_monitor.wording import day, day_of_month, is_language, month, number, sheet_date, shortest, signed

CASES = [
    (Decimal("1234567.891"), 1, "1.234.567,9"),
    (Decimal("0.05"), 1, "0,1"),
    (Decimal("-0.05"), 1, "-0,1"),
    (Decimal("1E22"), 6, "10.000.000.000.000.000.000.000,000000"),
    (Decimal("-1E22"), 0, "-10.000.000.000.000.000.000.000"),
]


@pytest.mark.parametrize(("value", "decimals", "expected"), CASES)
def test_number(value: Decimal, decimals: int, expected: str) -> None:
    assert number(value, decimals) == expected


def test_the_largest_that_a_sheet_holds() -> None:
    # A float cell reaches 1.8E308: a number of 309 digits, each of them printed.
    assert number(Decimal(repr(1.7976931348623157e308)), 6).replace(".", "").startswith("17976931348623157000")
    assert shortest(Decimal("1E-300")) == "0"
    assert signed(Decimal("1E300"), 1).startswith("+1.000.000")


def test_english_numbers_and_dates():
    """
    Another language writes its own marks, and names the month so that no day is taken for one.
    """
    value, first = Decimal("1234.50"), date(2026, 11, 2)

    assert ["1.234,5", "1,234.5"] == [number(value, 1, language) for language in ("vi", "en")]
    assert ["1.234,5", "1,234.5"] == [shortest(value, 3, language) for language in ("vi", "en")]
    assert ["1.000", "1,000"] == [shortest(Decimal(1000), 0, language) for language in ("vi", "en")]
    assert ["+1.234,50", "+1,234.50"] == [signed(value, 2, language) for language in ("vi", "en")]
    assert ["02/11/2026", "2 November 2026"] == [day(first, language) for language in ("vi", "en")]
    assert ["02/11", "2 Nov"] == [day_of_month(first, language) for language in ("vi", "en")]
    assert ["11/2026", "November 2026"] == [month(first, language) for language in ("vi", "en")]
    assert ["dd/mm/yyyy", "d mmmm yyyy"] == [sheet_date(language) for language in ("vi", "en")]
    assert [True, True, False, False] == [is_language(code) for code in ("en", "fr", "xx", "")]
