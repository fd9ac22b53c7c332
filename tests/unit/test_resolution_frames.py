"""The two tables of scores: what is not written is not known."""

import pytest

from resolution_monitor.score.month.frames import ASSIGNMENT_COLUMNS, COUNT_COLUMNS, NODE_COLUMNS, scores_of
from resolution_monitor.score.rules.situation import Status


def test_rows_by_hand_become_both_tables():
    """
    A row names only what it is about: numbers it leaves out are NaN, counts 0, the rest None.
    """
    scores = scores_of(
        [{"item_kind": "task", "item_id": "57-T05", "status": "RED", "lag_days": 40}],
        [{"node_kind": "nation", "node_id": "VN", "low": 61.5, COUNT_COLUMNS[Status.RED]: 1}],
    )
    assignment, node = scores.assignments.iloc[0], scores.nodes.iloc[0]

    assert list(ASSIGNMENT_COLUMNS) == list(scores.assignments.columns)
    assert list(NODE_COLUMNS) == list(scores.nodes.columns)
    assert (40.0, 0, None, "") == (
        assignment["lag_days"],
        assignment["missed"],
        assignment["province"],
        assignment["flags"],
    )
    assert assignment["progress_low"] != assignment["progress_low"]
    assert (61.5, 1, 0) == (node["low"], node["red_count"], node["done_count"])


def test_no_rows_are_two_empty_tables():
    """
    An empty month has its columns with their types.
    """
    scores = scores_of([], [])

    assert ("float64", "bool") == (str(scores.assignments["value"].dtype), str(scores.nodes["crit30"].dtype))


def test_a_column_there_is_not_is_refused():
    """
    A misspelt column never passes for one that is not known.
    """
    with pytest.raises(KeyError, match="lag_day"):
        scores_of([{"lag_day": 40}], [])
