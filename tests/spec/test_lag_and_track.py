"""Where a resolution's lag comes from, to the last digit; and the value that brings an indicator back on plan."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolution_monitor.ask.questions import _are_new_baselines
from resolution_monitor.method.attainment import Reading
from resolution_monitor.method.scale import value_on_scale
from resolution_monitor.score.rules.lag_parts import lag_parts, printed_parts, shares_of_root
from resolution_monitor.score.rules.return_to_track import needed_value, wanted_fraction
from resolution_monitor.score.screens.verification_sample import verification_sample

NONE = float("nan")


def test_parts_of_a_lag():
    """
    A resolution with one indicator (weight 1, 30 days) and a task given to two bodies (weight 3; 10 days and 50 days,
    equal): (1 x 30 + 3 x (10 + 50)/2)/4 = 30; parts 7.5, 3.75, 18.75. A third body without a lag takes no share.
    """
    parent = np.array([-1, 0, 0, 1, 1, 1])
    weight = np.array([1.0, 3.0, 1.0, 1.0, 1.0, 1.0])
    lag = np.array([NONE, NONE, 30.0, 10.0, 50.0, NONE])
    share = shares_of_root(parent, weight, ~np.isnan(lag))

    np.testing.assert_allclose([1.0, 0.75, 0.25, 0.375, 0.375, 0.0], share)
    np.testing.assert_allclose([7.5, 3.75, 18.75, 0.0], lag_parts(share, lag)[2:])


def test_a_group_without_a_lag_takes_no_share():
    """
    Where nobody in a group has a lag, the rest carries the whole.
    """
    share = shares_of_root(
        np.array([-1, 0, 0, 1]), np.array([1.0, 5.0, 1.0, 1.0]), np.array([False, False, True, False])
    )

    np.testing.assert_allclose([1.0, 0.0, 1.0, 0.0], share)


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.floats(0.1, 9.0), st.one_of(st.none(), st.floats(-900, 900))),
        min_size=1,
        max_size=30,
    ),
    st.lists(st.floats(0.1, 9.0), min_size=3, max_size=3),
)
def test_parts_add_up_exactly(assignments: list[tuple[int, float, float | None]], groups: list[float]):
    """
    The parts are the nested weighted mean, computed here in whole fractions; printed, they add up to the last digit.
    """
    parent = np.array([-1, 0, 0, 0, *(place for place, _, _ in assignments)])
    weight = np.array([1.0, *groups, *(one for _, one, _ in assignments)])
    lag = np.array([NONE] * 4 + [NONE if days is None else days for _, _, days in assignments])
    parts = lag_parts(shares_of_root(parent, weight, ~np.isnan(lag)), lag)
    printed = printed_parts(parts.tolist())
    exact = sum((Decimal(repr(part)) for part in parts.tolist()), Decimal(0))

    assert float(nested_mean(assignments, groups)) == pytest.approx(float(sum(parts)), abs=1e-9)
    assert sum(printed) == exact.quantize(Decimal("0.01"), rounding="ROUND_HALF_UP")
    assert all(abs(float(one) - part) < 0.01 for one, part in zip(printed, parts, strict=True))


def nested_mean(assignments: list[tuple[int, float, float | None]], groups: list[float]) -> Fraction:
    """Clause 2.9 word by word, without rounding."""
    counted = [(place, Fraction(weight), Fraction(days)) for place, weight, days in assignments if days is not None]
    children = [(weight, days) for place, weight, days in counted if place == 0]
    for number, weight in enumerate(groups, start=1):
        below = [(one, days) for place, one, days in counted if place == number]
        if below:
            children.append((Fraction(weight), sum(w * d for w, d in below) / sum(w for w, _ in below)))
    return (
        sum((w * d for w, d in children), Fraction(0)) / sum((w for w, _ in children), Fraction(0))
        if children
        else Fraction(0)
    )


@pytest.mark.parametrize(
    ("target", "sign", "scale", "expected", "step", "low", "high"),
    [
        # from 20 to 60 (D 40), half expected: 60 - 40 x .5 = 40
        (60, 1, 40, 0.5, 0.1, 40.0, NONE),
        # .51: 40.4; .512: 40.48, in steps of .1 at least 40.5
        (60, 1, 40, 0.512, 0.1, 40.5, NONE),
        # less is better: from 60 down to 20, .512: 20 + 40 x .488 = 39.52, at most 39.5
        (20, -1, 40, 0.512, 0.1, NONE, 39.5),
        # a total of 100 from nothing, in whole numbers: .333 x 100 = 33.3, at least 34
        (100, 1, 100, 0.333, 1.0, 34.0, NONE),
        # across zero: from -10 to 10
        (10, 1, 20, 0.25, 1.0, -5.0, NONE),
        # the plan is complete
        (60, 1, 40, 1.0, 0.1, 60.0, NONE),
        # no target
        (NONE, 1, NONE, 0.5, 0.1, NONE, NONE),
    ],
)
def test_needed_value(target: float, sign: float, scale: float, expected: float, step: float, low: float, high: float):
    """
    V = VT - s·D·(1 - E), rounded to the safe side in steps the indicator can show.
    """
    aim = Reading.of(1, target=np.array([float(target)]), sign=np.array([float(sign)]))
    whole, counted, nothing = np.array([float(scale)]), np.array([float(expected)]), np.array([NONE])
    value = value_on_scale(aim, whole, counted)
    found = needed_value(
        value, aim.sign, whole * (1 - counted), min_step=np.array([float(step)]), band=(nothing, nothing)
    )

    np.testing.assert_allclose([low, high], [found.low[0], found.high[0]], atol=1e-9)


def test_needed_band():
    """
    A band of 40 to 50 with D 5 and E .8 wants at most a distance of 5 x .2 = 1: 39 to 51.
    """
    one = np.array([1.0])
    found = needed_value(
        one * NONE, one, one * 5 * (1 - 0.8), min_step=one * 0.1, band=(np.array([40.0]), np.array([50.0]))
    )

    np.testing.assert_allclose([39.0, 51.0], [found.low[0], found.high[0]])


def test_kept_levels_start_from_their_floor():
    """
    e0 .9 and half the time: .9 + .1 x .5 = .95 is expected, and 50 - 5 x .05 = 49.75 is on plan.
    """
    expected = wanted_fraction(np.array([0.5]), np.array([0.9]))

    assert pytest.approx(0.95) == float(expected[0])
    assert pytest.approx(49.75) == float(
        value_on_scale(Reading.of(1, target=np.array([50.0])), np.array([5.0]), expected)[0]
    )


def test_new_baselines_are_listed_until_they_were_verified():
    """
    Still the first figure and not verified; one with a later figure, one verified and one of the catalogue are not.
    """
    april, may = date(2026, 4, 30), date(2026, 5, 31)
    rows = [
        ("57.01", "SELF_BASELINE", april),
        ("57.02", "SELF_BASELINE", may),
        ("57.03", "FIRST_CORRECTED|SELF_BASELINE", april),
        ("57.04", "", april),
    ]
    figures = pandas.DataFrame(rows, columns=["item_id", "flags", "value_on"]).assign(agency_id="BYT", started_on=april)
    verified = pandas.DataFrame([{"agency_id": "BYT", "indicator_id": "57.03", "period_end": april}])

    assert [True, False, False, False] == _are_new_baselines(figures, verified).tolist()


def test_verification_sample():
    """
    Of 40 figures two by lot and two by risk, what needs verification first, and the one that becomes a baseline;
    drawing again draws the same.
    """
    figures = pandas.DataFrame(
        [{"agency_id": "BYT", "item_id": f"57.{number:02}", "is_first": number == 11} for number in range(40)]
    )
    asked = pandas.DataFrame(
        [
            {"agency_id": "BYT", "item_id": "57.03", "place": 1, "needs_verification": False},
            {"agency_id": "BYT", "item_id": "57.07", "place": 2, "needs_verification": True},
            {"agency_id": "BYT", "item_id": "57.09", "place": 3, "needs_verification": False},
            {"agency_id": "BYT", "item_id": "", "place": 4, "needs_verification": True},
        ]
    )
    drawn = verification_sample(figures, asked, period_name="2026-10", shares=(0.05, 0.05))
    again = verification_sample(figures.iloc[::-1], asked, period_name="2026-10", shares=(0.05, 0.05))

    assert ["57.03", "57.07"] == drawn.loc[drawn["why"] == "risk", "item_id"].tolist()
    assert ["57.11"] == drawn.loc[drawn["why"] == "first", "item_id"].tolist()
    assert 2 == (drawn["why"] == "lot").sum()
    pandas.testing.assert_frame_equal(drawn, again)
