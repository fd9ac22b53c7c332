"""A number is never printed on the other side of a limit than the one it lies on, nor a little as nothing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolution_monitor.brief.figures import FigureBook, Origin, limits_of
from resolution_monitor.method.limits import METHOD
from resolution_monitor.score.rules.said_limits import points_of_parents, rates, share_without_data
from resolution_monitor.wording import SIGN, WHOLE, Limit, decimals_within, number, rounded

ORIGIN = Origin("rule", "about")
POINTS = points_of_parents(METHOD)
# Values near a limit, at it, and anywhere; a rule lets 1e-9 pass as the limit itself.
limit_values = st.sampled_from([Decimal(n) for n in ("0", "5", "20", "74.5", "75", "80", "90", "95", "100", "100.5")])
offsets = st.decimals("-1", "1", places=8) | st.sampled_from([Decimal("0.04"), Decimal("-0.0004"), Decimal("1e-8")])
limits = st.builds(Limit, limit_values, st.booleans())


@given(limit_values, offsets, st.integers(0, 2), st.lists(limits, max_size=5))
def test_no_number_is_rounded_across_a_limit(near: Decimal, offset: Decimal, decimals: int, said: list[Limit]):
    """
    What is printed lies on the same side of every limit as the value; with one decimal less it would not, or none is
    left to take away.
    """
    value = near + offset
    shown = decimals_within(value, decimals, said)
    sides = [limit.is_passed(value) for limit in said]

    assert shown >= decimals
    assert sides == [limit.is_passed(rounded(value, shown), Decimal(0)) for limit in said]
    if shown > decimals:
        assert sides != [limit.is_passed(rounded(value, shown - 1), Decimal(0)) for limit in said]


@given(limit_values, offsets)
def test_without_limits_nothing_changes(near: Decimal, offset: Decimal):
    """
    A number that no limit is said of is written as before.
    """
    assert 1 == decimals_within(near + offset, 1, ())


@pytest.mark.parametrize(
    ("value", "said", "decimals", "printed"),
    [
        ("89.6", POINTS, 0, "89,6"),  # AMBER: 90 is where green begins
        ("74.96", POINTS, 0, "74,96"),
        ("90.3", POINTS, 0, "90"),  # green as 90 is
        ("90", POINTS, 0, "90"),
        ("89.9999999999", POINTS, 0, "90"),  # the rule takes it for 90
        ("99.97", WHOLE, 1, "99,97"),
        ("100.04", WHOLE, 1, "100,0"),
        ("0.3", WHOLE, 0, "0,3"),
        ("0", WHOLE, 0, "0"),
        ("20.3", [share_without_data(METHOD)], 0, "20,3"),  # above 20: too few figures
        ("20", [share_without_data(METHOD)], 0, "20"),
        ("100.52", rates(METHOD), 1, "100,52"),  # more than 100,5 was spent
        ("100.5", rates(METHOD), 1, "100,5"),
        ("-0.04", SIGN, 1, "-0,04"),
    ],
)
def test_examples(value: str, said: tuple[Limit, ...], decimals: int, printed: str):
    """
    The faults that were printed, and their neighbours that are right as they are.
    """
    exact = Decimal(value)

    assert printed == number(exact, decimals_within(exact, decimals, said))


def test_every_figure_of_a_page_keeps_its_side():
    """
    Points, shares, percentages, differences, amounts and measures go through the one function.
    """
    book = FigureBook()

    assert "89,6" == book.points(89.6, ORIGIN, POINTS).text
    assert "99,97%" == book.percent(99.97, ORIGIN).text
    assert "0,2%" == book.share(0.2, ORIGIN).text
    assert "79,96%" == book.percent(79.96, ORIGIN, [Limit(Decimal(80))]).text
    assert "−0,02" == book.difference_points(-0.02, ORIGIN).text
    assert "+0,04%" == book.difference(0.04, ORIGIN).text
    assert "0,04" == book.money(Decimal(40), "tỷ đồng", ORIGIN).text
    assert "99,98" == book.measure(Decimal("99.98"), "%", ORIGIN).text
    assert "0,02" == book.measure(Decimal("0.02"), "km", ORIGIN).text
    assert "−0,02" == book.measure_change(Decimal("-0.02"), "km", ORIGIN).text
    assert "100%" == FigureBook(language="en").share(100.0, ORIGIN).text
    assert "99.97%" == FigureBook(language="en").percent(99.97, ORIGIN).text
    assert set(WHOLE) <= set(limits_of("% dân số"))
