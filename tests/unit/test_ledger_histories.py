"""A few random histories of the ledger; tests/prove/prove_ledger.py plays two hundred."""

import pytest
from ledger_histories import History, permuted_alike

from resolution_monitor.pipeline import Road

ONE_SERVER = True


@pytest.mark.parametrize("seed", [1, 2])
def test_history(road: Road, seed: int):
    """
    Rates stay within 0 and 1, a merger counts once, old answers stay, superseded and taken back is as before.
    """
    outcome = History(road, seed).play(12)

    assert [] == outcome.broken
    assert outcome.counts["checks"] > 100


def test_order_of_bodies_changes_nothing(road: Road):
    """
    Files of different bodies may be loaded in any order.
    """
    assert permuted_alike(road, seed=3, steps=8)
