"""The weekly page: how its room is shared, and what moved."""

import example_snapshot
import pytest
from conftest import ROOT

from resolution_monitor.brief.parts.month_things import things_of
from resolution_monitor.brief.parts.resolution_figures import ResolutionFigures
from resolution_monitor.brief.parts.week_movement import better_and_worse, moves_of
from resolution_monitor.brief.parts.week_room import Wish, room_of
from resolution_monitor.brief.report import load_report
from resolution_monitor.catalogue.entries import Catalogue


@pytest.mark.parametrize(
    ("rows", "given"),
    [
        ((0, 0, 0), (0, 0, 0)),
        ((9, 9, 9), (3, 3, 2)),
        ((9, 0, 9), (4, 0, 2)),
        ((2, 9, 1), (2, 7, 1)),
        ((1, 1, 9), (1, 1, 5)),
        ((9, 0, 0), (6, 0, 0)),
    ],
)
def test_what_one_list_does_not_need_others_get(rows: tuple[int, int, int], given: tuple[int, int, int]):
    """
    Each has its least, none more than its most, and together never more lines than the least of all.
    """
    moves, due, told = rows
    wishes = {
        "moves": Wish(moves, least=3, most=6, lines=2),
        "due": Wish(due, least=3, most=8, lines=1),
        "told": Wish(told, least=2, most=5, lines=2),
    }
    found = room_of(wishes)

    assert given == tuple(found.values())
    assert sum(found[name] * wish.lines for name, wish in wishes.items()) <= 13


def test_better_and_worse_are_told_from_state_to_state(catalogue: Catalogue):
    """
    From amber to red is worse, from amber to green better; what is as it was, or had not begun, is in neither list.
    """
    report = load_report(ROOT / "report_templates", "weekly_progress", ROOT)
    made = ResolutionFigures(report, example_snapshot.example_week(catalogue))
    moves = moves_of(made, things_of(made, made.assignments, made.snapshot.now))
    better, worse = better_and_worse(moves)

    assert len(moves) == len(better) + len(worse)
    assert {("amber", "green")} == {(move.before, move.thing.state) for move in better}
    assert ("amber", "red") in {(move.before, move.thing.state) for move in worse}
    assert all(move.before != move.thing.state for move in moves)
    assert all({move.before, move.thing.state} & {"not_started"} == set() for move in moves)
