"""Numbers as Vietnamese tables write them: a clerk can check every row."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolution_monitor.normalise.values import clean, is_roman, millions_in_unit, number_of
from resolution_monitor.wording import number, shortest, signed


@pytest.mark.parametrize(
    ("written", "dot_groups", "expected"),
    [
        ("419.278.223", False, "419278223"),  # two groups leave no doubt
        ("(1)     419.278.223", False, "419278223"),  # a footnote mark before the number
        ("1 234 567", False, "1234567"),
        ("12,5", False, "12.5"),
        ("1.234,56", False, "1234.56"),
        ("-7", False, "-7"),
        ("1.234", True, "1234"),  # the form says that dots group thousands
        ("1.234", False, None),  # one thousand, or one point two: nobody knows
        ("1,234", True, None),  # English thousands, or a decimal comma: nobody knows
        ("1,234,567", True, None),
        ("12.5", True, None),
        ("12,34,56", False, None),
        ("1.23.456", True, None),
        ("n/a", False, None),
        ("-", False, None),
        ("", False, None),
        ("٣", False, None),  # a digit, but none of ours
    ],
)
def test_written_number(written: str, dot_groups: bool, expected: str | None):
    """
    Text is read by the Vietnamese rule or not at all.
    """
    result = number_of(written, dot_groups_thousands=dot_groups)

    assert (None if expected is None else Decimal(expected)) == result


@pytest.mark.parametrize(
    ("stored", "expected"),
    [(882000000.0, "882000000"), (427675087.9678369, "427675087.9678369"), (0, "0"), (True, None), (None, None)],
)
def test_stored_number(stored: object, expected: str | None):
    """
    A number that the file stores is taken digit for digit.
    """
    result = number_of(stored, dot_groups_thousands=False)  # type: ignore[arg-type]

    assert (None if expected is None else Decimal(expected)) == result


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_any_float_is_exact_or_refused(value: float):
    """
    Whatever float a file stores, its value survives unchanged, or it is refused for being no number.
    """
    result = number_of(value, dot_groups_thousands=False)

    assert (result is None) == (value != value or abs(value) == float("inf"))
    assert result is None or float(result) == value


@given(st.text())
def test_any_text_is_a_number_or_none(text: str):
    """
    No text makes the reader fall over.
    """
    result = number_of(text, dot_groups_thousands=True)

    assert result is None or result.is_finite()


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_what_we_write_we_read(value: Decimal):
    """
    A number written for Vietnamese readers is read back as itself.
    """
    result = number_of(number(value, 2).replace("−", "-"), dot_groups_thousands=True)

    assert value == result


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Đơn vị tính: Triệu đồng", ("trieu dong", 1)),
        ("   Đơn vị: triệu đồng - Million dong", ("trieu dong", 1)),
        ("Triệu đồng", ("trieu dong", 1)),
        ("Đơn vị: Tỷ đồng", ("ty dong", 1000)),
        ("ĐƠN VỊ TÍNH: NGHÌN ĐỒNG", ("nghin dong", "0.001")),
        ("TÊN ĐƠN VỊ", None),
        ("830.000Đ/THÁNG VÀ", None),
        ("Hội đồng Dân tộc", None),
    ],
)
def test_unit_line(line: str, expected: tuple[str, object] | None):
    """
    A unit is taken from a line that names one, and from nothing else.
    """
    result = millions_in_unit(line)

    assert (None if expected is None else (expected[0], Decimal(str(expected[1])))) == result


@pytest.mark.parametrize(
    ("text", "expected"), [("I", True), ("VI", True), ("XIV", True), ("", False), ("1", False), ("A", False)]
)
def test_roman(text: str, expected: bool):
    """
    Sections are numbered with Roman numerals.
    """
    assert expected == is_roman(text)


def test_clean_keeps_what_prints():
    """
    Invisible characters go, composed letters stay, blanks fold.
    """
    assert "Hòa Bình\nx" == clean("  Ho\u0300a\u200b \u00a0 Bình \n x\u202e ")


@pytest.mark.parametrize(
    ("value", "expected"), [("1234567.891", "1.234.567,891"), ("12.50", "12,5"), ("0", "0"), ("-3.1", "-3,1")]
)
def test_shortest(value: str, expected: str):
    """
    As many decimals as the value has.
    """
    assert expected == shortest(Decimal(value))


@pytest.mark.parametrize(("value", "expected"), [("1.25", "+1,3"), ("-0.34", "−0,3"), ("-0.04", "0,0")])
def test_signed(value: str, expected: str):
    """
    A difference shows its sign; what rounds to nothing has none.
    """
    assert expected == signed(Decimal(value), 1)
