"""Recalibration: the penalised likelihood is climbed to its top, and what cannot be trusted is refused."""

import numpy as np
import pytest
from prove.simulated_slippage import CAMPAIGN, forecast_series, held_out

from resolution_monitor.score.outlook.recalibration import AS_MADE, highest_line, refit, weight_of_things


def things(count: int) -> np.ndarray:
    return np.arange(count).astype(str)


def penalised(line: tuple[float, float], chance: np.ndarray, outcome: np.ndarray) -> float:
    """The clause word by word: each thing once, intercept N(0, .5), slope N(1, .25)."""
    told = 1.0 / (1.0 + np.exp(-(line[0] + line[1] * np.log(chance / (1.0 - chance)))))
    likelihood = np.where(outcome == 1.0, np.log(told), np.log(1.0 - told)).sum()
    return float(likelihood - 0.5 * (line[0] / 0.5) ** 2 - 0.5 * ((line[1] - 1.0) / 0.25) ** 2)


def test_line_is_the_highest_of_its_surroundings():
    """
    Whoever moves intercept or slope a little either way is less likely, by the clause written out.
    """
    draws = np.random.default_rng(4)
    chance = draws.uniform(0.05, 0.95, 80)
    outcome = (draws.random(80) < chance**2).astype(float)
    found = refit(chance, outcome, things(80))

    assert found is not None
    top = penalised((found.intercept, found.slope), chance, outcome)
    for intercept, slope in ((0.01, 0), (-0.01, 0), (0, 0.01), (0, -0.01)):
        assert penalised((found.intercept + intercept, found.slope + slope), chance, outcome) < top


@pytest.mark.parametrize("seed", range(3))
def test_three_hundred_lopsided_sets_converge(seed: int):
    """
    Chances from Beta(2.5, .5), near 1 as in a bad year; outcomes follow them, contradict them, or are all one.
    """
    draws = np.random.default_rng(seed)
    for number in range(100):
        size = int(draws.integers(20, 2000))
        chance = draws.beta(2.5, 0.5, size)
        share = (chance, 1.0 - chance, np.full(size, draws.random()), np.ones(size))[number % 4]
        outcome = (draws.random(size) < share).astype(float)

        assert highest_line(chance, outcome, draws.integers(0, size // 3, size).astype(str)) is not None


@pytest.mark.parametrize("seed", [7, 13, 19])
def test_a_late_campaign_is_told_better_than_as_made(seed: int):
    """
    Where whole steps leap over the top to and fro, told is .19 and not the .41 of a forecast turned round.
    """
    held = held_out(forecast_series(np.random.default_rng([seed, 2]), 4000, CAMPAIGN))

    assert held.recalibrated <= 0.20
    assert held.way.refit.slope > 0.6


def test_a_forecast_the_wrong_way_round_is_refused():
    """
    Where the likelier always fell short less often no line that turns it round is told.
    """
    draws = np.random.default_rng(5)
    chance = draws.uniform(0.05, 0.95, 2000)
    outcome = (draws.random(2000) < 1.0 - chance).astype(float)
    line = highest_line(chance, outcome, things(2000))

    assert line is not None
    assert line[1] < 0
    assert refit(chance, outcome, things(2000)) is None


def test_nothing_resolved_teaches_nothing():
    """
    Without a forecast what is believed beforehand stands: as made.
    """
    nothing = np.array([])
    found = refit(nothing, nothing, nothing.astype(str))

    assert found is not None
    assert tuple(AS_MADE) == (found.intercept, found.slope)


def test_each_thing_weighs_one():
    """
    Three forecasts of one thing weigh a third each; a thing forecast ten times over teaches what it taught once.
    """
    np.testing.assert_allclose([1 / 3, 1 / 3, 1, 1 / 3], weight_of_things(np.array(["a", "a", "b", "a"])))
    draws = np.random.default_rng(6)
    chance = draws.uniform(0.05, 0.95, 60)
    outcome = (draws.random(60) < 0.3).astype(float)
    once = refit(chance, outcome, things(60))
    often = refit(*(np.repeat(part, 10) for part in (chance, outcome)), np.repeat(things(60), 10))

    assert once is not None
    assert often is not None
    np.testing.assert_allclose([once.intercept, once.slope], [often.intercept, often.slope], atol=1e-7)
