"""How far one body's report reaches: its own assignments, who helps it, and what those help with."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pandas
import pytest
from tree_case import OCTOBER, indicator, ledger_of, october, small, task, value

from resolution_monitor.catalogue.entries import Catalogue, Succession
from resolution_monitor.period import TIME_ZONE
from resolution_monitor.score.month import pieces as cut
from resolution_monitor.score.month.bundles import joined_bundles
from resolution_monitor.score.month.scope import judges_reports_alike, scope_of
from resolution_monitor.score.month.scored_period import scored_period
from resolution_monitor.score.month.scores import score_touched, score_whole

ITEMS = (
    indicator("91.01", "BTC"),
    task("91-T01", "BTC", date(2026, 9, 30), coordinating=("BYT",)),
    task("92-T02", "VPTW", date(2026, 9, 30), coordinating=("BYT",)),
)


def test_a_report_reaches_helpers_and_whom_they_help(catalogue: Catalogue):
    """
    BTC reports: BYT, which helps it, is worth something else; for that VPTW's task is looked at, which BYT helps, too.
    """
    scope = scope_of(scored_period(small(catalogue, ITEMS), OCTOBER), ["BTC"])

    assert ({"BTC"}, {"BTC", "BYT"}, {"BTC", "BYT", "VPTW"}) == (scope.touched, scope.renewed, scope.rescored)


def test_what_ended_reaches_its_heir(catalogue: Catalogue):
    """
    A body that became part of BYT touches BYT; who is no body of the catalogue, such as an operator, touches nobody.
    """
    ended = replace(catalogue.bodies["BYT"], agency_id="X01", valid_to=date(2026, 7, 31))
    chosen = small(catalogue, ITEMS)
    merged = replace(
        chosen,
        bodies={**chosen.bodies, "X01": ended},
        successions=(Succession("X01", "BYT", date(2026, 8, 1), "x", "high"),),
    )

    assert {"BYT"} == scope_of(scored_period(merged, OCTOBER), ["X01", "operator"]).touched


@pytest.mark.parametrize(
    ("first", "then", "is_alike"),
    [
        (datetime(2026, 11, 12, 8), datetime(2026, 11, 12, 20), True),
        (datetime(2026, 11, 12, 8), datetime(2026, 12, 1, 8), True),
        (datetime(2026, 11, 1, 8), datetime(2026, 12, 1, 8), False),
    ],
)
def test_points_of_missing_reports_settle(catalogue: Catalogue, first: datetime, then: datetime, is_alike: bool):
    """
    After the day of the last cut-off a report that did not come has no points, whenever it is asked; before, it waits.
    """
    moments = (first.replace(tzinfo=TIME_ZONE), then.replace(tzinfo=TIME_ZONE))

    assert is_alike == judges_reports_alike(scored_period(catalogue, OCTOBER), *moments)


def test_bundles_of_a_body_are_replaced_whole(catalogue: Catalogue):
    """
    What a body no longer has goes, what others have stays, in order.
    """
    chosen = small(catalogue, ITEMS)
    kept = score_whole(october(chosen, ledger_of(chosen))).bundles
    joined = joined_bundles(kept, kept.iloc[:0], ["BTC"])

    assert ["BTC", "VPTW"] == list(kept["agency_id"])
    assert ["VPTW"] == list(joined["agency_id"])


def test_pieces_give_what_the_whole_gives(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch):
    """
    Cut into pieces of a few rows the same month has the same scores, to the last digit.
    """
    items = [indicator(f"91.{number:02}", lead) for number, lead in enumerate(("BTC", "BYT", "VPTW", "BTC"), start=1)]
    chosen = small(catalogue, [*items, *ITEMS[1:]])
    told = october(chosen, ledger_of(chosen), [value(one, "2026-10", 17.0 * place) for place, one in enumerate(items)])
    whole = score_whole(told)
    monkeypatch.setattr(cut, "_ROWS_A_PIECE", 7)
    pieces = score_whole(told)

    assert len(list(cut.pieces_of(told))) > 2
    pandas.testing.assert_frame_equal(whole.assignments, pieces.assignments, check_exact=True)
    pandas.testing.assert_frame_equal(whole.nodes, pieces.nodes, check_exact=True)


def test_a_day_later_nothing_else_changed(catalogue: Catalogue):
    """
    Points follow from when reports came, not from the day one asks: a day after the cut-off all is as it was.
    """
    chosen = small(catalogue, ITEMS)
    told = october(chosen, ledger_of(chosen, missing=[("BYT", "report", "2026-10")]))
    later = replace(told, known_at=told.known_at + timedelta(days=1))

    pandas.testing.assert_frame_equal(score_whole(told).nodes, score_whole(later).nodes, check_exact=True)


def test_nobody_touched_leaves_all_as_it_was(catalogue: Catalogue):
    """
    News that concern no body give no assignment, and the nodes above as they were.
    """
    chosen = small(catalogue, ITEMS)
    told = october(chosen, ledger_of(chosen))
    whole = score_whole(told)
    anew = score_touched(told, scope_of(told.scored, ["operator"]), whole.bundles)
    above = whole.nodes[whole.nodes["node_kind"] != "agency"].reset_index(drop=True)

    assert (0, 0) == (len(anew.assignments), len(anew.bundles))
    pandas.testing.assert_frame_equal(above, anew.nodes, check_exact=True)
