"""Who has nothing to report is believed where cases are rare: the last four periods that told of any, as a table."""

from decimal import Decimal

import pytest

from resolution_monitor.method.nothing_to_report import Cases, is_plausible

CLAIM = (None, -1.0)  # nothing was told, and believed
# Numerator and denominator of the periods before, oldest first -> whether none at all is believed.
CASES: dict[str, tuple[list[tuple[float | None, float]], bool]] = {
    "nothing told before": ([], False),
    "many": ([(800, 1000), (810, 1000), (790, 990), (820, 1010)], False),
    "none once in four": ([(800, 1000), (0, 0), (790, 990), (820, 1010)], True),
    "none five periods ago": ([(0, 0), (800, 1000), (790, 990), (820, 1010), (3, 900)], False),
    "median of four below five: (4 + 5) / 2, exp(-4.5) = 1.1 %": ([(1, 2), (4, 4), (5, 5), (9, 90)], False),
    "median of four of five": ([(1, 2), (4, 5), (5, 5), (9, 90)], False),
    "median of two: exp(-2) = 13.5 %": ([(1, 2), (2, 2), (1, 2), (9, 90)], True),
    "one period with four: exp(-4) = 1.8 %": ([(3, 4)], False),
    "one period with three: exp(-3) = 4.98 %": ([(3, 3)], False),
    "one period with two": ([(1, 2)], True),
    "numerator not told": ([(None, 1)], True),
    "a claim once, where one case is usual": ([(1, 1), (0, 1), (1, 2), CLAIM, (1, 1)], True),
    # 1 or more in 6 with exp(-1) = .368: 94 %; all of seven: .368 ** 7 = 0.1 %.
    "a claim six times running": ([(1, 1), CLAIM, CLAIM, CLAIM, CLAIM, CLAIM, CLAIM], False),
    # At least 9 of 13 with .368: 1.8 %; at least 7 of 13: 17 %.
    "eight of twelve": ([*[(1, 1)] * 4, *[CLAIM] * 8], False),
    "six of twelve": ([*[(1, 1)] * 6, *[CLAIM] * 6], True),
    "claims alone say nothing of how rare cases are": ([CLAIM, CLAIM], False),
    "a share written as its own parts": ([(0.62, 1), (0.7, 1), (0.8, 1)], False),
    "in millions": ([(0.9, 1.2), (1.1, 1.3)], False),
}


@pytest.mark.parametrize("case", CASES)
def test_nothing_is_believed(case: str):
    """
    One of the last four without any case, or so few that none in one period, and as often as claimed, may well be.
    """
    parts, expected = CASES[case]
    told = [
        Cases(None, Decimal(0), is_claimed=True)
        if (one, of) == CLAIM
        else Cases(None if one is None else Decimal(str(one)), Decimal(str(of)))
        for one, of in parts
    ]

    assert expected is is_plausible(told)
