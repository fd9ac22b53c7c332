"""A few random histories of the ledger; tests/prove/prove_ledger.py plays two hundred."""

import pytest
from ledger_histories import History, permuted_alike

from resolution_monitor.pipeline import Context


@pytest.mark.parametrize("seed", [1, 2])
def test_history(context: Context, seed: int):
    """
    Rates stay within 0 and 1, a merger counts once, old answers stay, superseded and taken back is as before.
    """
    outcome = History(context, seed).play(12)

    assert [] == outcome.broken
    assert outcome.counts["checks"] > 100


def test_order_of_bodies_changes_nothing(context: Context):
    """
    Files of different bodies may be loaded in any order.
    """
    assert permuted_alike(context, seed=3, steps=8)
