"""A small panel of each planted gaming: screens find it, leave the honest alone, and forecasts beat the base rate."""

import numpy as np
import pytest
from prove.simulated_gaming import SIMULATED
from prove.simulated_slippage import SHARES, forecast_series, held_out

from resolution_monitor.catalogue.entries import Catalogue

# Share of plain gaming found at least; what finds less is weak and says so in docs/proof.md.
LEAST = {"green_bunching": 0.4, "outlier": 0.4, "frozen": 0.6}


@pytest.mark.parametrize("name", SIMULATED)
def test_plain_gaming_is_found(catalogue: Catalogue, name: str):
    """
    Most of what is plainly gamed is hit; of the honest not more than twice what is printed beside, and one more.
    """
    screen = catalogue.screening.screens[name]
    trials = [SIMULATED[name](np.random.default_rng([seed, 5]), screen) for seed in range(2)]
    found = sum((trial.looks[-1].is_hit & trial.is_gamed).sum() for trial in trials)
    false = sum((trial.looks[-1].is_hit & ~trial.is_gamed).sum() for trial in trials)
    honest = sum((~trial.is_gamed).sum() for trial in trials)

    assert found >= LEAST.get(name, 0.8) * sum(trial.is_gamed.sum() for trial in trials)
    assert false <= 1 + 2 * screen.false_alarm_rate * honest


def test_screens_say_nothing_where_nothing_was_tested(catalogue: Catalogue):
    """
    What was not tested is not hit and has no chance; what was tested and not hit has chance 1.
    """
    for name, simulated in SIMULATED.items():
        look = simulated(np.random.default_rng(3), catalogue.screening.screens[name]).looks[-1]

        assert not (look.is_hit & ~look.is_tested).any(), name
        assert np.isnan(look.chance[~look.is_tested]).all(), name
        assert (look.chance[look.is_tested & ~look.is_hit] == 1.0).all(), name


def test_forecasts_of_slipping_series():
    """
    On series that slip in several ways the forecast beats the base rate, and recalibrated the colour too.
    """
    held = held_out(forecast_series(np.random.default_rng(1), 2000, SHARES))

    assert held.recalibrated < held.as_made < held.base_rate
    assert held.recalibrated < held.colour
