"""Each way of gaming with tasks goes down the road once: it gained before, and it gains nothing now."""

import pytest
from prove.gaming_of_tasks import PLAYS
from prove.gaming_play import Play

from resolution_monitor.pipeline import Context

_NOTHING = 1e-9
# One of each rule here; `make prove` plays all.
CHOSEN = {
    "a product of October told as one of August",
    "a done task in 10 parts",
    "a product reported as 1 without a document",
    "steps of a task told to be done without a document",
}


@pytest.mark.parametrize("one", [one for one in PLAYS if one.name in CHOSEN], ids=lambda one: one.name)
def test_gaming_gains_nothing(context: Context, one: Play):
    """
    Who games has no more than who reports the same honestly.
    """
    honest, gamed = one.play(context)

    assert gamed <= honest + _NOTHING


def test_every_chosen_play_is_there():
    """
    A play that is renamed is not left out in silence.
    """
    assert CHOSEN <= {one.name for one in PLAYS}
