"""The table of mends that `make prove` takes away follows the code: each place is there, each test is there."""

import re
from collections import Counter

import pytest
from conftest import ROOT
from prove.taken import Taken
from prove.taken_away import ALL

# Parts of the issues with as many points: of what is true, and of what stands for years.
_NUMBERED = {"A": 9, "B": 6, "S-A": 5, "S-B": 7, "S-C": 5, "S-D": 7, "S-E": 10}


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.point)
def test_place_and_tests_are_there(one: Taken):
    """
    What is taken away stands exactly once, so that only it is taken; the tests named beside it have not moved.
    """
    for edit in one.edits:
        text = (ROOT / edit.file).read_text(encoding="utf-8")

        assert 1 == text.count(edit.now), edit
    for test in one.tests:
        file, _, name = test.partition("::")
        text = (ROOT / file).read_text(encoding="utf-8")

        assert re.search(rf"^def {name.partition('[')[0]}\(", text, re.MULTILINE), test


def test_every_point_is_there():
    """
    Each point of history, reading, gaming, warning and statements has mends that are taken away, each by one name; so
    has each (S-) of an installation that runs for years and lets nobody in.
    """
    points = Counter(one.point for one in ALL)
    numbered = [f"{part}{number}" for part, last in _NUMBERED.items() for number in range(1, last + 1)]
    missing = {begins for begins in (*numbered, "C", "D", "E") if not any(one.startswith(begins) for one in points)}

    assert {1} == set(points.values())
    # S-E4 and S-E5: a scoring fills the ledger from its beginning, and scores are read of everybody still.
    assert {"S-E4", "S-E5"} == missing
