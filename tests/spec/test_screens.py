"""Screens of honest reporting, one table each: what is asked about, what is not, and what there is too little to test.

Source: docs/method.md, clause 4. None of them is a label; none changes a score.
"""

import inspect

import numpy as np
import pytest

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.score.screens import of_bodies, of_digits, of_peers, of_series
from resolution_monitor.score.screens.runs import screen_rules
from resolution_monitor.score.screens.screened import binomial_tail, chi_square_tail, false_share, varied_tail

NONE = float("nan")
ASKED, QUIET, UNTESTED = "asked", "quiet", "untested"


def told(found: object) -> list[str]:
    tested, hit = found.is_tested, found.is_hit  # type: ignore[attr-defined]
    return np.select([hit, tested], [ASKED, QUIET], UNTESTED).tolist()


def rows(*lines: list[float]) -> np.ndarray:
    return np.array(lines, dtype=np.float64)


@pytest.mark.parametrize(
    ("attained", "at_deadline", "expected"),
    [
        # attained % by month; usual step 10, last step 100 - 70 = 30 >= 3 x 10
        ([40, 50, 60, 70, 100], True, ASKED),
        # the month before 85 > 80
        ([55, 65, 75, 85, 100], True, QUIET),
        # the last step 20 < 3 x 10
        ([50, 60, 70, 80, 100], True, QUIET),
        # not full
        ([10, 20, 30, 40, 99], True, QUIET),
        # the deadline is not there yet
        ([40, 50, 60, 70, 100], False, UNTESTED),
        # the month before is missing: nobody can tell when it happened
        ([40, 50, 60, NONE, 100], True, UNTESTED),
        # three points are too few
        ([NONE, NONE, 60, 70, 100], True, UNTESTED),
    ],
)
def test_deadline_jump(attained: list[float], at_deadline: bool, expected: str):
    """
    R1: the whole rest in the last period, three times the usual step, from 80 % or less.
    """
    found = of_series.deadline_jump(rows(attained) / 100, np.array([at_deadline]), rate=0.0009)

    assert [expected] == told(found)


@pytest.mark.parametrize(
    ("before", "now", "is_total", "expected"),
    [(50, 47, True, ASKED), (50, 48, True, QUIET), (50, 47, False, UNTESTED), (NONE, 47, True, UNTESTED)],
)
def test_fall(before: float, now: float, is_total: bool, expected: str):
    """
    R2: a running total 3 points lower is asked about; 2 points are within the limit, a level may fall.
    """
    found = of_series.fall(rows([before, now]) / 100, np.array([is_total]), rate=0.039)

    assert [expected] == told(found)


@pytest.mark.parametrize(
    ("values", "plan_a_month", "expected"),
    [
        ([30, 41, 41, 41, 41, 41], 2.0, ASKED),
        # four months
        ([30, 35, 41, 41, 41, 41], 2.0, QUIET),
        # a gap ends the run
        ([41, 41, 41, NONE, 41, 41], 2.0, QUIET),
        # the plan itself moves by 4 x .05 = .2 points, less than three steps of .1
        ([30, 41, 41, 41, 41, 41], 0.05, QUIET),
        # there is nothing left to do
        ([90, 100, 100, 100, 100, 100], 2.0, UNTESTED),
        ([NONE, NONE, 41, 41, 41, 41], 2.0, UNTESTED),
    ],
)
def test_frozen(values: list[float], plan_a_month: float, expected: str):
    """
    R3: the same value five months running, though the plan moved on by more than the indicator can show.
    """
    plan = rows([20 + plan_a_month * month for month in range(6)])
    found = of_series.frozen(rows(values), rows(values) / 100, plan, np.array([0.1]), rate=0.0028)

    assert [expected] == told(found)


def test_frozen_longer_is_less_likely():
    """
    Five months .0028; a sixth .133 of that, a seventh again.
    """
    values = rows([30, 41, 41, 41, 41, 41, NONE], [30, 41, 41, 41, 41, 41, 41], [41] * 7)[:, [0, 1, 2, 3, 4, 5, 6]]
    values[0] = [30, 31, 41, 41, 41, 41, 41]
    plan = np.tile(np.arange(7.0) * 2, (3, 1))
    found = of_series.frozen(values, values / 100, plan, np.full(3, 0.1), rate=0.0028)

    np.testing.assert_allclose([0.0028, 0.0028 * 0.133, 0.0028 * 0.133**2], found.chance)


@pytest.mark.parametrize(
    ("values", "step", "expected"),
    [
        # plan 2.8, 5.6, 8.3, 11.1 (100/36 a month, one decimal): all four met
        ([2.8, 5.6, 8.3, 11.1], 0.1, ASKED),
        ([2.8, 5.6, 8.3, 12.0], 0.1, ASKED),
        ([2.8, 5.6, 8.0, 12.0], 0.1, QUIET),
        # whole numbers 3, 6, 8 are met by chance: 4 x .133^3 = .009
        ([3, 6, 8, 12], 1.0, QUIET),
        ([2.8, 5.6, NONE, NONE], 0.1, UNTESTED),
    ],
)
def test_written_to_plan(values: list[float], step: float, expected: str):
    """
    R4: three months or more are the plan's own figure, where that is a fine one.
    """
    plan = rows([100 / 36 * month for month in range(1, 5)])
    found = of_series.written_to_plan(rows(values), plan, np.array([step]), np.array([100.0]), rate=0.00001)

    assert [expected] == told(found)


@pytest.mark.parametrize(
    ("increments", "expected"),
    [
        ([2, 2, 2, 2, 2, 2], ASKED),
        # to the step of .1
        ([2, 2.1, 2, 2, 2.1, 2], ASKED),
        ([2, 2, 2, 2, 2], UNTESTED),
        ([2, 2, 2, 3, 2, 2], QUIET),
        # a first month has no increment
        ([], UNTESTED),
        # of .1 a month nothing finer could be shown
        ([0.1] * 6, UNTESTED),
    ],
)
def test_too_even(increments: list[float], expected: str):
    """
    Six months of the same increment are asked about where the indicator could have shown a difference.
    """
    values = rows(np.cumsum([10.0, *increments]).round(6).tolist())

    assert [expected] == told(of_series.too_even(values, np.array([0.1]), rate=0.001))


@pytest.mark.parametrize(
    ("round_ones", "figures", "step", "expected"),
    [
        # method: one decimal 4 of 20, 6 of 40, 8 of 100; whole numbers 11, 17, 34
        (4, 20, 0.1, ASKED),
        (3, 20, 0.1, QUIET),
        (6, 40, 0.1, ASKED),
        (5, 40, 0.1, QUIET),
        (8, 100, 0.1, ASKED),
        (7, 100, 0.1, QUIET),
        (11, 20, 1.0, ASKED),
        (10, 20, 1.0, QUIET),
        (17, 40, 1.0, ASKED),
        (34, 100, 1.0, ASKED),
        (33, 100, 1.0, QUIET),
        (10, 19, 0.1, UNTESTED),
    ],
)
def test_heaping(round_ones: int, figures: int, step: float, expected: str):
    """
    R5: so many multiples of 5 among so many figures; below twenty figures nothing is tested.
    """
    values = np.array([45.0] * round_ones + [41.0 + step] * (figures - round_ones))
    body = np.zeros(figures, dtype=np.int64)

    assert [expected] == told(of_digits.heaping(values, np.full(figures, step), body, 1))


def test_zero_and_hundred_are_no_heap():
    """
    Nothing and everything are natural ends of a percentage, and no sign of rounding.
    """
    values = np.array([0.0, 100.0] * 15 + [41.3] * 20)

    assert [QUIET] == told(of_digits.heaping(values, np.full(50, 0.1), np.zeros(50, dtype=np.int64), 1))


@pytest.mark.parametrize(
    ("neighbour", "step", "expected"),
    [
        ([9.0, 41.2, 43.9, 47.1], 0.1, ASKED),  # the last three
        ([9.0, 41.2, 43.9, 47.2], 0.1, QUIET),
        ([9.0, 41.2, NONE, 47.1], 0.1, UNTESTED),
        ([9.0, 42.0, 44.0, 47.0], 1.0, QUIET),  # of whole numbers four
        ([40.0, 42.0, 44.0, 47.0], 1.0, ASKED),
    ],
)
def test_copied(neighbour: list[float], step: float, expected: str):
    """
    R6: three values running equal to one peer's, of whole numbers four; each is told who the other is.
    """
    own = [40.0, 41.2, 43.9, 47.1] if step < 1 else [40.0, 42.0, 44.0, 47.0]
    others = [[10.0 + n, 11.3 + n, 13.1 + n, 14.2 + n] for n in range(20)]
    values = rows(own, neighbour, *others)
    group = np.zeros(len(values), dtype=np.int64)
    found = of_peers.copied(values, group, np.full(len(values), step), rate=0.00002)

    assert expected == told(found)[1]
    assert (expected == ASKED) == (found.partner[1] == 0)


def test_small_counts_coincide_by_chance():
    """
    Of 34 provinces that report 0, 1 or 2, two agree four times now and then: no chance of 2 in 100,000.
    """
    draws = np.random.default_rng(4)
    values = draws.integers(0, 3, (34, 4)).astype(float)
    found = of_peers.copied(values, np.zeros(34, dtype=np.int64), np.ones(34), rate=0.00002)

    assert found.is_hit.any()
    assert found.chance[found.is_hit].min() > 0.2


def test_standing_still_together_is_no_copy():
    """
    Two bodies may both stand at the target.
    """
    values = rows([100.0] * 4, [100.0] * 4, [1.0, 2.0, 3.0, 4.0], [2.0, 3.0, 5.0, 6.0])
    found = of_peers.copied(values, np.zeros(4, dtype=np.int64), np.full(4, 0.1), rate=0.00002)

    assert [UNTESTED, UNTESTED, QUIET, QUIET] == told(found)


@pytest.mark.parametrize(
    ("peers", "value", "expected"),
    [
        # 30 peers at 1..30 (median 15.5, deviation 7.5): .6745 x (55 - 16)/8 = 3.3; (60 - 16)/8 = 3.7
        (30, 55, QUIET),
        (30, 60, ASKED),
        # 10 peers at 1..10, limit 5: .6745 x (24 - 6)/3 = 4.0; (30 - 6)/3 = 5.4
        (10, 24, QUIET),
        (10, 30, ASKED),
        (6, 1000, UNTESTED),
    ],
)
def test_outlier(peers: int, value: float, expected: str):
    """
    R7: more than 3.5 deviations from thirty peers, more than 5 from fewer; seven are too few.
    """
    values = np.array([*range(1, peers + 1), value], dtype=float)
    found = of_peers.outlier(values, np.zeros(len(values), dtype=np.int64), rate=0.011)

    assert expected == told(found)[-1]


def test_a_mixed_group_has_no_outliers():
    """
    Five of 35 far from the rest are more than a tenth: a second kind of body, and no slip of one.
    """
    values = np.array([*range(1, 31), *[200] * 5], dtype=float)
    found = of_peers.outlier(values, np.zeros(35, dtype=np.int64), rate=0.011)

    assert [UNTESTED] * 35 == told(found)


def test_first_digits():
    """
    R8: what grows by 7 % a year follows Benford's law; nine first digits equally often do not; percentages never go
    there, and 299 figures are too few.
    """
    grown = 1.07 ** np.arange(1.0, 301.0)
    even = np.array([first * 10.0**size for size in range(5) for first in range(1, 10)] * 7)
    body = np.concatenate([np.zeros(300), np.ones(len(even))]).astype(np.int64)
    values = np.concatenate([grown, even])
    counts = np.ones(len(values), bool)

    assert [QUIET, ASKED] == told(of_digits.benford(values, counts, body, 2))
    assert [UNTESTED, UNTESTED] == told(of_digits.benford(values, ~counts, body, 2))
    assert [UNTESTED] == told(of_digits.benford(grown[:299], counts[:299], body[:299], 1))


def test_last_digits():
    """
    R8b: 100 counts that end in every digit ten times are quiet; 50 that end in 0 are not; below 100 none is looked at.
    """
    every, zeros = np.arange(100, 200.0), np.concatenate([np.arange(100, 150.0), np.arange(100, 600.0, 10)])
    body = np.repeat([0, 1, 2], 100)
    values = np.concatenate([every, zeros, np.arange(100.0)])

    assert [QUIET, ASKED, UNTESTED] == told(of_digits.last_digit(values, np.ones(300, bool), body, 3))


@pytest.mark.parametrize(
    ("reported", "sign", "expected"),
    [
        # official figure 50 in all four quarters; more than 10 % better is above 55
        ([56, 57, 50, 58], 1.0, ASKED),
        ([56, 57, 50, 54], 1.0, QUIET),
        ([56, 57, 58, NONE], 1.0, ASKED),
        ([56, NONE, 58, NONE], 1.0, UNTESTED),
        # where less is better 44 flatters
        ([44, 44, 44, 50], -1.0, ASKED),
        ([56, 57, 58, 59], -1.0, QUIET),
    ],
)
def test_against_statistic(reported: list[float], sign: float, expected: str):
    """
    R9: a tenth better than the official figure in three of the last four quarters.
    """
    found = of_peers.against_statistic(rows(reported), rows([50.0] * 4), np.array([sign]), rate=0.0005)

    assert [expected] == told(found)


@pytest.mark.parametrize(
    ("points", "before", "is_new", "expected"),
    [(60, 54, False, ASKED), (60, 55, False, QUIET), (60, 54, True, QUIET), (60, NONE, False, UNTESTED)],
)
def test_without_evidence(points: float, before: float, is_new: bool, expected: str):
    """
    R10: more than five points up and nothing new to show for it.
    """
    found = of_bodies.without_evidence(np.array([points]), np.array([before]), np.array([is_new]), rate=0.0)

    assert [expected] == told(found)


@pytest.mark.parametrize(
    ("total", "parts", "expected"),
    [
        # three parts and a total, each rounded to .1: they may differ by 4 x .05 = .2
        (30.2, 30.0, QUIET),
        (30.3, 30.0, ASKED),
        (29.7, 30.0, ASKED),
        (NONE, 30.0, UNTESTED),
    ],
)
def test_parts_not_total(total: float, parts: float, expected: str):
    """
    A total that differs from its parts by more than rounding.
    """
    found = of_peers.parts_not_total(np.array([total]), np.array([parts]), np.array([3]), np.array([0.1]), rate=0.0)

    assert [expected] == told(found)


@pytest.mark.parametrize(
    ("own", "others_full", "expected"),
    [
        # of 100 others' 20 are full: (20 + 1)/(100 + 2) = .206; honest shares lie .19 around it, which is the beta
        # distribution of .206·.794/.0361 - 1 = 3.529 cases, .727 of them full: 20 of 20 are
        # (.727 · 1.727 · ... · 19.727)/(3.529 · 4.529 · ... · 22.529) = .00050
        ([100] * 20, 20, ASKED),
        ([100] * 21 + [99], 20, QUIET),  # .0015: one short of full counts
        ([100] * 33 + [99], 20, ASKED),  # nearly all of many: .00047
        ([100] * 20, 60, QUIET),  # where many are full
        ([100] * 20, 0, ASKED),  # .2 at least is usual: .00051
        ([100] * 18, 20, UNTESTED),
    ],
)
def test_all_full(own: list[float], others_full: int, expected: str):
    """
    Nineteen indicators or more, all or nearly all with full points, where that is rare among the others.
    """
    others = [100.0] * others_full + [70.0] * (100 - others_full)
    points, body = np.array([*own, *others], dtype=float), np.array([0] * len(own) + [1] * 100)

    assert expected == told(of_bodies.all_full(points, body, 2, rate=0.0))[0]


@pytest.mark.parametrize(
    ("past", "short", "expected"),
    [(10, 0, ASKED), (9, 1, QUIET), (12, 1, QUIET), (15, 1, ASKED), (9, 0, UNTESTED)],
)
def test_bunching(past: int, short: int, expected: str):
    """
    10 of 10 just past a limit have a chance of 1/1024; 12 of 13 of 14/8192 = .0017; 15 of 16 of 17/65536.
    """
    distance = np.array([0.5] * past + [-0.5] * short + [7.0] * 20)
    body = np.zeros(len(distance), dtype=np.int64)

    assert [expected] == told(of_bodies.bunching(distance, body, 1))


@pytest.mark.parametrize(
    ("better", "worse", "expected"),
    [(20, 0, ASKED), (0, 20, QUIET), (19, 0, QUIET), (28, 1, ASKED), (27, 1, QUIET), (17, 0, UNTESTED)],
)
def test_one_sided_corrections(better: int, worse: int, expected: str):
    """
    20 of 20 for the better where .55 is usual and bodies lie .1 around it: .00029; 19 of 19: .00039; 28 of 29: .00026.

    What speaks against the body asks nothing.
    """
    changes = np.array([1.0] * better + [-0.2] * worse + [0.0] * 5)
    body = np.zeros(len(changes), dtype=np.int64)

    assert [expected] == told(of_bodies.one_sided_corrections(changes, body, 1, rate=0.0))


def test_corrections_as_everybody_makes_them():
    """
    Where all others too correct for the better nine times in ten, 20 of 20 are not odd: they have .2 of happening.
    """
    changes = np.array([1.0] * 20 + ([1.0] * 9 + [-1.0]) * 10)
    body = np.array([0] * 20 + [1] * 100)

    assert [QUIET, QUIET] == told(of_bodies.one_sided_corrections(changes, body, 2, rate=0.0))


@pytest.mark.parametrize(
    ("on_time", "owed", "answered", "expected"),
    [(True, 3, 0, ASKED), (True, 3, 1, QUIET), (True, 2, 0, UNTESTED), (False, 3, 0, UNTESTED)],
)
def test_empty_on_time(on_time: bool, owed: int, answered: int, expected: str):
    """
    A report in time that answers none of three things or more.
    """
    found = of_bodies.empty_on_time(np.array([on_time]), np.array([owed]), np.array([answered]), rate=0.0)

    assert [expected] == told(found)


def test_chances():
    """
    4 or more of 20 at one in fifty: .0006; chi-squares of tables: 27.877 with 9, 26.124 with 8, 3.841 with 1 degree.
    """
    tail = binomial_tail(np.array([4, 0, 10]), np.array([20, 5, 10]), np.array([0.02, 0.3, 0.5]))

    np.testing.assert_allclose([0.000600, 1.0, 1 / 1024], tail, atol=1e-6)
    for value, freedom, chance in ((27.877, 9, 0.001), (26.124, 8, 0.001), (3.8415, 1, 0.05), (9.210, 2, 0.01)):
        assert pytest.approx(chance, rel=1e-3) == float(chi_square_tail(np.array([value]), freedom)[0])


def test_chances_where_bodies_differ():
    """
    Shares anywhere between 0 and 1 make every count as likely: 9 or 10 of 10 have 2/11; no hit has 1; alike: binomial.
    """
    hits, trials = np.array([9, 0, 3]), np.array([10, 4, 0])
    alike = binomial_tail(np.array([9]), np.array([10]), 0.6)

    np.testing.assert_allclose([2 / 11, 1.0, 0.0], varied_tail(hits, trials, np.full(3, 0.5), 12**-0.5), atol=1e-12)
    np.testing.assert_allclose(alike, varied_tail(hits[:1], trials[:1], np.array([0.6]), 1e-4), rtol=1e-4)


def test_share_of_false_alarms():
    """
    Four tests with chances .01, .02, .03 and 1: 4/1 x .01 = .04, 4/2 x .02 = .04, 4/3 x .03 = .04, 1; none untested.
    """
    found = false_share(np.array([0.03, NONE, 0.01, 1.0, 0.02]))

    np.testing.assert_allclose([0.04, NONE, 0.04, 1.0, 0.04], found)


def test_limits_of_the_catalogue_are_those_of_the_rules(catalogue: Catalogue):
    """
    Every screen of the catalogue has a rule with exactly its limits; but for a bunch's width they are its defaults.
    """
    screens = catalogue.screening.screens

    assert screen_rules().keys() == screens.keys()
    for name, one in screen_rules().items():
        parameters = inspect.signature(one.rule).parameters.values()
        defaults = {one.name: one.default for one in parameters if one.default is not inspect.Parameter.empty}
        assert defaults.keys() == screens[name].limits.keys(), name
        assert name == "deadline_bunching" or defaults == screens[name].limits, name
