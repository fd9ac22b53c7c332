"""How numbers are written: of any size that a cell can hold."""

from decimal import Decimal

import pytest

from resolution_monitor.wording import number, shortest, signed

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
