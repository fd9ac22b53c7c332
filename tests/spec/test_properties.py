"""What must hold whatever is reported: the rules of the method as properties over many cases."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from resolution_monitor.method.attainment import Attainment, Reading
from resolution_monitor.method.kinds.band import band
from resolution_monitor.method.kinds.cumulative import cumulative
from resolution_monitor.method.kinds.disbursement import disbursement
from resolution_monitor.method.kinds.level import level
from resolution_monitor.method.limits import METHOD
from resolution_monitor.method.path import Path, Points
from resolution_monitor.score.rules.history import known_at
from resolution_monitor.score.rules.kpi_score import score_kpi
from resolution_monitor.score.rules.parents import Tree, assignment_scores, roll_up, sums_of
from resolution_monitor.score.rules.situation import LAG, NOLAG, Situation
from resolution_monitor.score.rules.status import standing_of
from resolution_monitor.score.rules.trajectory import earned_day, expected_fraction, lag_days

amount = st.floats(-1000, 1000).map(lambda value: round(value, 2))
step = st.sampled_from([0.1, 0.5, 1.0, 5.0])
sign = st.sampled_from([1.0, -1.0])
share = st.floats(0, 1).map(lambda value: round(value, 4))
SHAPES = ("linear", "scurve", "cagr", "table")


def reading(observed: list[float], **given: float) -> Reading:
    size = len(observed)
    return Reading.of(
        size, observed=np.array(observed), **{name: np.full(size, value) for name, value in given.items()}
    )


def path_of(shape: str, elapsed: np.ndarray, points: list[tuple[int, float]] = ()) -> Path:
    size = len(elapsed)
    ordered = sorted(day for day, _ in points), sorted(fraction for _, fraction in points)
    table = Points(*(np.tile(np.array(part, dtype=np.float64), (size, 1)) for part in ordered))
    return Path(np.full(size, shape), elapsed, np.full(size, 400.0), np.full(size, 100.0), np.full(size, 180.0), table)


points_of_table = st.lists(st.tuples(st.integers(1, 399), share), max_size=4, unique_by=lambda point: point[0])


@given(amount, amount, step, sign, st.lists(amount, min_size=2, max_size=6))
def test_level_is_monotone_and_bounded(start: float, target: float, st_: float, way: float, values: list[float]):
    """
    A better value never gives less; a lies between -1 and 2, when keeping a level between 0 and 1.
    """
    better = sorted(values, reverse=way < 0)

    result = level(reading(better, baseline=start, target=target, min_step=st_, sign=way))

    low, high = (-1.0, 2.0) if result.mode[0] == "ordinary" else (0.0, 1.0)
    assert (np.diff(result.fraction) >= 0).all()
    assert ((result.fraction >= low) & (result.fraction <= high)).all()
    assert ((result.floor >= 0) & (result.floor <= 1)).all()


@given(amount, amount, amount, step, sign, st.sampled_from([0.001, 1000.0, 1e6]))
def test_level_is_free_of_units(start: float, target: float, value: float, st_: float, way: float, factor: float):
    """
    Written in thousands or in millions, the attained fraction is the same.
    """
    assume(abs(abs(target - start) - st_) > 1e-6)  # the limit's own tolerance is in units
    given_ = {"baseline": start, "target": target, "min_step": st_}

    one = level(reading([value], **given_, sign=way))
    other = level(reading([value * factor], **{name: number * factor for name, number in given_.items()}, sign=way))

    np.testing.assert_allclose(one.fraction, other.fraction, atol=1e-6)
    assert one.mode[0] == other.mode[0]


@given(amount, amount, amount, step)
def test_directions_mirror_each_other(start: float, target: float, value: float, st_: float):
    """
    Less of a thing is more of its opposite, across zero too.
    """
    up = level(reading([value], baseline=start, target=target, min_step=st_, sign=1.0))
    down = level(reading([-value], baseline=-start, target=-target, min_step=st_, sign=-1.0))

    assert up.fraction[0] == down.fraction[0]
    assert up.flags() == down.flags()


@given(amount, st.floats(-3, 3), step, sign)
def test_no_cliff_where_the_gap_is_one_step(target: float, off_by_steps: float, st_: float, way: float):
    """
    D and e0 move little when the gap passes one step, and so does a while it lies between 0 and 1.
    """
    gaps = np.array([st_ * (1 - 1e-6), st_ * (1 + 1e-6)])
    value = target + off_by_steps * st_
    both = Reading.of(
        2,
        observed=np.full(2, value),
        target=np.full(2, target),
        baseline=target - way * gaps,
        min_step=np.full(2, st_),
        sign=np.full(2, way),
    )

    result = level(both)

    tolerance = 1e-5 * (1 + 0.1 * abs(target) / st_)
    assert abs(np.diff(result.scale))[0] <= tolerance * st_ * 10
    assert abs(np.diff(result.floor))[0] <= tolerance * 10
    assert abs(np.diff(np.clip(result.fraction, 0, 1)))[0] <= tolerance * 40


@given(amount, st.floats(0, 50), amount, amount, step)
def test_band_is_best_inside(low: float, width: float, start: float, value: float, st_: float):
    """
    1 inside the band and less outside, never below -1.
    """
    high = low + width
    result = band(reading([value], low=low, high=high, baseline=start, min_step=st_))

    assert (low <= value <= high) == (result.ratio[0] == 1.0)
    assert -1.0 <= result.fraction[0] <= 1.0


@given(st.floats(1, 1e6), st.lists(st.floats(-1e6, 3e6), min_size=2, max_size=6))
def test_totals_are_monotone_and_spending_is_capped(plan: float, values: list[float]):
    """
    More never gives a smaller a; money earns at most 1, and overspending never a multiplier above 1.
    """
    given_ = reading(sorted(values), target=plan, min_step=1.0)

    counted, paid = cumulative(given_), disbursement(given_)

    assert (np.diff(counted.fraction) >= 0).all()
    assert (np.diff(paid.fraction) >= 0).all()
    assert paid.fraction.max() <= 1.0
    assert ((paid.multiplier >= 0) & (paid.multiplier <= 1)).all()


@given(st.sampled_from([*SHAPES, "step"]), points_of_table)
def test_expected_fraction_rises_from_0_to_1(shape: str, points: list[tuple[int, float]]):
    """
    E is 0 until the start and 1 after the deadline, and never falls.
    """
    expected = expected_fraction(path_of(shape, np.arange(-5.0, 410.0), points))

    assert (0.0, 1.0) == (expected[5], expected[-1])
    assert (np.diff(expected) >= -1e-12).all()


@given(st.sampled_from(SHAPES), points_of_table, st.floats(1, 399))
def test_what_was_expected_today_has_no_lag(shape: str, points: list[tuple[int, float]], day: float):
    """
    The inverse of E is the day itself: whoever is exactly on the path is neither ahead nor behind.
    """
    path = path_of(shape, np.array([day]), points)

    lag = lag_days(path, expected_fraction(path))

    assert pytest.approx(0.0, abs=1e-3) == lag[0]


@given(st.sampled_from(SHAPES), points_of_table, share, st.integers(-5, 450))
def test_earned_day_expects_the_fraction(shape: str, points: list[tuple[int, float]], fraction: float, day: int):
    """
    On the earned day exactly this fraction is expected.
    """
    assume(1e-6 < fraction < 1 - 1e-6)
    earned = earned_day(path_of(shape, np.array([float(day)]), points), np.array([fraction]))

    assert pytest.approx(fraction, abs=1e-6) == expected_fraction(path_of(shape, earned, points))[0]


@given(st.sampled_from([*SHAPES, "step"]), points_of_table, st.lists(st.floats(-1, 2), min_size=2, max_size=6), share)
def test_more_attained_is_never_later(shape: str, points: list[tuple[int, float]], fractions: list[float], u: float):
    """
    A larger a has no larger lag.
    """
    path = path_of(shape, np.full(len(fractions), np.rint(450 * u)), points)

    assert (np.diff(lag_days(path, np.array(sorted(fractions)))) <= 1e-6).all()


KINDS = {"level": level, "band": band, "cumulative": cumulative, "disbursement": disbursement}
period_values = st.lists(st.floats(0, 130).map(lambda value: round(value, 1)), min_size=6, max_size=6)


def measured(kind: str, values: np.ndarray, has_baseline: bool) -> Attainment:
    size = len(values)
    given_ = Reading.of(
        size,
        observed=values,
        target=np.full(size, 100.0),
        low=np.full(size, 90.0),
        high=np.full(size, 110.0),
        min_step=np.full(size, 0.1),
        baseline=np.full(size, 20.0 if has_baseline else np.nan),
        first_value=np.full(size, values[0]),
    )
    return KINDS[kind](given_, METHOD)


def low_scores(kind: str, values: list[float], deadline: int, has_baseline: bool) -> np.ndarray:
    """LOW P and S at the end of each of the periods of 30 days, from what was reported by then."""
    given_ = np.array(values)
    result = measured(kind, given_, has_baseline)
    days = 30.0 * np.arange(1, len(given_) + 1)
    known = [known_at(result.fraction[None, : i + 1], days[None, : i + 1]) for i in range(len(given_))]
    size = len(given_)
    multiplier = np.array(
        [result.multiplier[: i + 1][~np.isnan(given_[: i + 1])][-1:].sum() or 1.0 for i in range(size)]
    )
    situation = Situation(
        judged_as=np.full(size, NOLAG if "band" in (kind, *result.mode) or "maintain" in result.mode else LAG),
        path=Path.straight(days, np.full(size, 30.0 * deadline)),
        fraction=np.array([one.fraction[0] for one in known]),
        floor=np.full(size, np.nan_to_num(result.floor).max()),
        tolerance=np.zeros(size),
        missed=np.array([one.missed[0] for one in known]),
        forecast_last=np.full(size, np.nan),
        forecast_previous=np.full(size, np.nan),
        achieved_after_days=np.array([one.achieved_day[0] for one in known]),
        is_overspent=multiplier < 1.0,
        is_unrated=np.zeros(size, dtype=bool),
    )
    points = score_kpi(situation, standing_of(situation), multiplier, np.full(size, 50.0), np.full(size, 50.0))
    return np.array([points.progress_low, points.timeliness_low])


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(KINDS)), period_values, st.integers(0, 5), st.integers(2, 6), st.booleans())
def test_missing_never_pays(kind: str, values: list[float], gap: int, deadline: int, has_baseline: bool):
    """
    Whichever reported value is replaced by missing, no LOW score of any period rises.
    """
    silent = [np.nan if number == gap else value for number, value in enumerate(values)]

    told = low_scores(kind, values, deadline, has_baseline)
    untold = low_scores(kind, silent, deadline, has_baseline)

    assert (untold <= told + 1e-9).all()
    assert (untold[:, gap] == 0).all()


statuses = st.sampled_from(["GREEN", "AMBER", "RED", "OVERDUE", "NO_DATA", "UNRATED", "NOT_STARTED"])
assignment = st.tuples(statuses, st.integers(0, 100), st.integers(1, 9), st.booleans(), st.integers(0, 60))


@given(st.lists(assignment, min_size=1, max_size=12), st.integers(1, 4))
def test_parents_stay_within_their_children(assignments: list[tuple[str, int, int, bool, int]], branches: int):
    """
    LOW of a root lies between the least and the largest of its assignments, LOW ≤ HIGH, and the share between 0 and 1.
    """
    status = np.array([one[0] for one in assignments])
    is_rated = ~np.isin(status, ["UNRATED", "NOT_STARTED"])
    low = np.where(is_rated, [0.0 if one[0] == "NO_DATA" else one[1] for one in assignments], np.nan)
    high = np.where(is_rated, [float(one[1]) for one in assignments], np.nan)
    size = 1 + branches
    tree = Tree(
        parent=np.array([-1, *[0] * branches]),
        weight=np.ones(size),
        is_critical=np.zeros(size, dtype=bool),
        own=sums_of(
            np.array([1 + number % branches for number in range(len(assignments))]),
            np.array([float(one[2]) for one in assignments]),
            np.array([one[3] for one in assignments]),
            assignment_scores(status, low, high, np.array([float(one[4]) for one in assignments])),
            size,
        ),
        is_unowned=np.zeros(size, dtype=bool),
    )

    scores = roll_up(tree)

    assert np.isnan(scores.low[0]) == (not is_rated.any())
    assert 0.0 <= scores.nodata_share[0] <= 1.0
    if is_rated.any():
        assert np.nanmin(low) - 1e-9 <= scores.low[0] <= scores.high[0] + 1e-9 <= np.nanmax(high) + 2e-9


quarter = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])
points_in_quarters = st.lists(st.tuples(st.integers(1, 399), quarter), max_size=5, unique_by=lambda point: point[0])


@given(points_in_quarters, quarter, st.integers(1, 450))
def test_of_all_days_with_the_fraction_the_nearest_counts(points: list[tuple[int, float]], fraction: float, day: int):
    """
    Looking at every single day gives the same lag on a table path as the rule does.
    """
    ordered = sorted(one for one, _ in points), sorted(part for _, part in points)
    every_day = np.arange(-5.0, 455.0)
    expected = expected_fraction(path_of("table", every_day, points))
    known = [(0, 0.0), *zip(*ordered, strict=True), (400, 1.0)]
    assume(any(part == fraction for _, part in known))  # else its day lies between two days

    lag = lag_days(path_of("table", np.array([float(day)]), points), np.array([fraction]))

    days = every_day[np.abs(expected - fraction) < 1e-9]
    assert pytest.approx(day - days[np.abs(days - day).argmin()], abs=1e-6) == lag[0]


@given(points_in_quarters, quarter, st.integers(1, 450))
def test_lag_on_steps_is_the_clause(points: list[tuple[int, float]], fraction: float, day: int):
    """
    Clause 2.5 word by word, for one step path.
    """
    ordered = sorted(one for one, _ in points), sorted(part for _, part in points)
    due = [*zip(*ordered, strict=True), (400, 1.0)]
    missed = [one for one, part in due if one < day and part > fraction]
    reached = [one for one, part in due if one > day and part <= fraction]
    expected = day - min(missed) if missed else day - max(reached) if reached else 0

    assert expected == lag_days(path_of("step", np.array([float(day)]), points), np.array([fraction]))[0]
