"""Each way of gaming with figures goes down the road once: it gained before, and it gains nothing now."""

import pytest
from prove.gaming_of_values import PLAYS, REMAINING
from prove.gaming_play import Play

from resolution_monitor.pipeline import Context

_NOTHING = 1e-9
# One of each rule here; `make prove` plays all.
CHOSEN = {
    "first figure 50 told again as 30",
    "the same in a file dated before the cut-off",
    "nothing to report in a bad month",
    "0 of 0 in a bad month",
}
STILL = "first figure 50 told as 30 from the start"


@pytest.mark.parametrize("one", [one for one in PLAYS if one.name in CHOSEN], ids=lambda one: one.name)
def test_gaming_gains_nothing(context: Context, one: Play):
    """
    Who games has no more than who reports the same honestly.
    """
    honest, gamed = one.play(context)

    assert gamed <= honest + _NOTHING


def test_what_still_pays_is_told_with_its_gain(context: Context):
    """
    A false figure told from the start is known from a true one by no rule: it gains what docs/proof.md says.
    """
    (one,) = [one for one in REMAINING if one.name == STILL]
    honest, gamed = one.play(context)

    assert pytest.approx(one.gain_before, abs=0.01) == gamed - honest
