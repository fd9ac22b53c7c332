"""A small panel of each planted gaming: screens find it, leave the honest alone, and forecasts beat the base rate."""

import numpy as np
import pytest
from prove.simulated_gaming import SIMULATED
from prove.simulated_slippage import SHARES, forecast_series, held_out

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.score.screens.screened import false_share

# Share of plain gaming found at least; what finds less is weak and says so in docs/proof.md.
LEAST = {"green_bunching": 0.4, "outlier": 0.4, "frozen": 0.6, "one_sided_corrections": 0.3, "all_full": 0.2}


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


@pytest.mark.parametrize("is_mild", [False, True])
@pytest.mark.parametrize("name", SIMULATED)
def test_what_a_screen_finds_is_printed_beside_it(catalogue: Catalogue, name: str, is_mild: bool):
    """
    The share of gaming that is hit is the printed one, as near as four panels can tell: a screen hides no weakness.
    """
    screen = catalogue.screening.screens[name]
    assert screen.finds is not None
    trials = [SIMULATED[name](np.random.default_rng([seed, 6]), screen, is_mild=is_mild) for seed in range(4)]
    gamed = sum(int(trial.is_gamed.sum()) for trial in trials)
    share = sum(int((trial.looks[-1].is_hit & trial.is_gamed).sum()) for trial in trials) / gamed
    printed = screen.finds.mild if is_mild else screen.finds.plain

    assert abs(share - printed) <= 0.02 + 4.0 * np.sqrt(max(printed * (1.0 - printed), 0.01) / gamed)


def test_full_indicators_ask_falsely_less_than_one_time_in_twenty(catalogue: Catalogue):
    """
    On sixty panels of 233 bodies, a twentieth of them writing their indicators full: of all that is asked fewer than
    5 % are honest, and of a thousand honest bodies hardly one is asked.
    """
    asked, honest = asked_and_honest(catalogue, "all_full", 60)
    tested = 60 * 233 * 12 // 23  # those with 19 to 30 of 8 to 30 indicators

    assert asked >= 200
    assert honest < 0.05 * asked
    assert honest < 0.001 * tested


def test_corrections_ask_falsely_less_than_one_time_in_twenty(catalogue: Catalogue):
    """
    On forty panels of 233 bodies, a twentieth of them gaming: of all that is asked fewer than 5 % are honest; where
    they game mildly nothing is asked of the honest.

    Honest bodies correct for the better 55 times in 100, each with a share of its own.
    """
    asked, honest = asked_and_honest(catalogue, "one_sided_corrections", 40)
    mild = asked_and_honest(catalogue, "one_sided_corrections", 40, is_mild=True)

    assert asked >= 50
    assert honest < 0.05 * asked
    assert 0 == mild[1]


def asked_and_honest(catalogue: Catalogue, name: str, panels: int, *, is_mild: bool = False) -> tuple[int, int]:
    """What a screen asks on so many panels, and how much of it goes to the honest."""
    screening = catalogue.screening
    asked = honest = 0
    for seed in range(panels):
        trial = SIMULATED[name](np.random.default_rng([seed, 8]), screening.screens[name], is_mild=is_mild)
        (look,) = trial.looks
        is_asked = look.is_hit & (np.nan_to_num(false_share(look.chance), nan=1.0) <= screening.false_share_limit)
        asked += int(is_asked.sum())
        honest += int((is_asked & ~trial.is_gamed).sum())
    return asked, honest


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
