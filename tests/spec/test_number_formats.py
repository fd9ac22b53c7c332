"""What a spreadsheet prints of a number under a format code, as a small table."""

from decimal import Decimal

import pytest

from resolution_monitor.collect.number_formats import is_plain_code, printed
from resolution_monitor.collect.printed_text import printed_as


@pytest.mark.parametrize(
    ("code", "number", "value", "words"),
    [
        ("General", "81.3", "81.3", ""),
        ("#,##0.0##", "81.3", "81.3", ""),
        ("0.0%", "0.813", "81.3", ""),
        ("#,##0,", "1234567", "1234.567", ""),
        ("0.0,,", "1500000", "1.5", ""),
        (";;;", "81.3", None, ""),
        ('0"/10000"', "81", "81", "/10000"),
        ('"Có";;"Không"', "1", None, "Có"),
        ("0;-0;;@", "0", "0", ""),  # accounts print no zero
        ('_(* #,##0_);_(* \\(#,##0\\);_(* "-"??_);_(@_)', "-3", "-3", ""),
        ("0;0", "-3", None, ""),  # the sign is lost
        ('[>=1000]#,##0,"K";0', "5000", "5", "K"),
        ('[>=1000]#,##0,"K";0', "5", "5", ""),
        ("#,##0 [$₫-42A]", "5", "5", "₫"),
        ("[$-42A]#,##0", "5", "5", ""),
        ("0\\,0", "813", "813", ","),
        ("# ?/?", "0.5", "0.5", ""),
    ],
)
def test_what_is_printed(code: str, number: str, value: str | None, words: str):
    """
    The number that stands there, and what stands beside it.
    """
    seen = printed(Decimal(number), code)

    assert (None if value is None else Decimal(value)) == seen.value
    assert words == seen.words


@pytest.mark.parametrize(
    "code", ["General", "0", "#,##0.00", "[Red]0.0", "dd/mm/yyyy", "0.00E+00", "@", "0_);[Red](0)"]
)
def test_plain_codes_are_not_looked_at(code: str):
    """
    A code that prints every number as itself costs nothing; days are told from numbers elsewhere.
    """
    assert is_plain_code(code)


@pytest.mark.parametrize(
    ("held", "shown", "code"),
    [
        (81.3, "81,3", None),
        (81.3, "81", None),
        (0.813, "81,3 %", "0%"),
        (1234567.0, "1.234.567", None),
        (1234567.0, "1.235", "0,"),
        (81.3, "", '""'),
        (0.0, "-", None),
        (81.3, "81,3 người", '0"người"'),
        (0.5, "1/2", None),
        (81.3, None, None),
    ],
)
def test_printed_text_becomes_a_code(held: float, shown: str | None, code: str | None):
    """
    Where a file keeps what was printed, that is held against the number.
    """
    assert code == printed_as(held, shown)
