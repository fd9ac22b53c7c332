"""Whatever comes, and in whatever order: who is scored anew alone gives the rows of everybody, and the past stays."""

import pytest
from histories import history
from history_known import walk
from history_stored import walk_stored

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.pipeline import Context

EVERY_SERVER = True

SEEDS = range(1, 21)


@pytest.mark.parametrize("seed", SEEDS)
def test_going_on_equals_beginning_anew(catalogue: Catalogue, seed: int):
    """
    After every step of a random history a run that scores only the touched bodies gives each row to its last digit.
    """
    _, differing = walk(history(catalogue, seed, 2 + seed % 2))

    assert [] == differing


def test_each_answer_can_be_given_again(context: Context):
    """
    What was stored after each step is recomputed from what was known then, whatever came later: a merger, a correction.
    """
    walked = [walk_stored(context, history(context.catalogue, seed, 4)) for seed in (3, 5)]

    assert [[], []] == [differing for _, differing in walked]
    assert sum(went_on for went_on, _ in walked) >= 2
