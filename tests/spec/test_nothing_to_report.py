"""Who has nothing to report is believed where cases are rare: the last four periods that told of any, as a table."""

from decimal import Decimal

import pytest

from resolution_monitor.method.nothing_to_report import Cases, is_plausible

# Numerator and denominator of the periods before, oldest first -> whether none at all is believed.
CASES: dict[str, tuple[list[tuple[float | None, float]], bool]] = {
    "nothing told before": ([], False),
    "many": ([(800, 1000), (810, 1000), (790, 990), (820, 1010)], False),
    "none once in four": ([(800, 1000), (0, 0), (790, 990), (820, 1010)], True),
    "none five periods ago": ([(0, 0), (800, 1000), (790, 990), (820, 1010), (3, 900)], False),
    "median of four below five: (4 + 5) / 2": ([(1, 2), (4, 4), (5, 5), (9, 90)], True),
    "median of four of five": ([(1, 2), (4, 5), (5, 5), (9, 90)], False),
    "one period with four": ([(3, 4)], True),
    "one period with five": ([(3, 5)], False),
    "two of three few": ([(2, 3), (4, 4), (70, 80)], True),
    "numerator not told": ([(None, 3)], True),
    "a share written as its own parts": ([(0.62, 1), (0.7, 1), (0.8, 1)], False),
    "in millions": ([(0.9, 1.2), (1.1, 1.3)], False),
}


@pytest.mark.parametrize("case", CASES)
def test_nothing_is_believed(case: str):
    """
    One of the last four without any case, or half of them with fewer than five whole cases.
    """
    parts, expected = CASES[case]
    told = [Cases(None if one is None else Decimal(str(one)), Decimal(str(of))) for one, of in parts]

    assert expected is is_plausible(told)
