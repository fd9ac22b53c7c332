"""The table of mends that `make prove` takes away follows the code: each place is there, each test is there."""

import re
from collections import Counter

import pytest
from conftest import ROOT
from prove.taken import Taken
from prove.taken_away import ALL


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
    Each point of history, reading, gaming, warning and statements has mends that are taken away, each by one name.
    """
    points = Counter(one.point for one in ALL)
    numbered = [f"A{number}" for number in range(1, 10)] + [f"B{number}" for number in range(1, 7)]

    assert {1} == set(points.values())
    assert [] == [begins for begins in (*numbered, "C", "D", "E") if not any(one.startswith(begins) for one in points)]
