"""Peer groups, tiers and the funnel: nobody is compared across blocks, and little is named with certainty."""

from collections import defaultdict
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tree_case import ledger_of, october, report, small, task

from resolution_monitor.ask.tiers import COLUMNS, tiers_of_month
from resolution_monitor.brief.charts.funnel import FunnelPoint, FunnelWords, funnel
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.method.limits import METHOD
from resolution_monitor.score.month.peers import Compared, band_of, funnel_of, groups_of, tier_rows
from resolution_monitor.score.month.scores import work_resolutions


def test_no_group_crosses_blocks(catalogue: Catalogue):
    """
    Each of the 233 bodies has one group, all members of a group share block and standing, and all is marked as ours.
    """
    bodies = catalogue.reporting_bodies
    groups = groups_of(catalogue.peer_groups, bodies, dict.fromkeys(bodies, 7.0))
    blocks = defaultdict(set)
    for group, body in zip(groups, bodies.values(), strict=True):
        blocks[group].add((body.block, body.group))

    assert "" not in groups
    assert 233 == len(groups)
    assert all(len(held) == 1 for held in blocks.values())
    assert {"mặc định của hệ thống"} == {one.source for one in catalogue.peer_groups.values()}


@pytest.mark.parametrize(("effective", "band"), [(float("nan"), "/1"), (5.9, "/1"), (6.0, "/2"), (12.0, "/3")])
def test_provinces_stand_in_three_bands(catalogue: Catalogue, effective: float, band: str):
    """
    Below 6 effective assignments, from 6, and from 12; ministries are one group whatever they do.
    """
    assert band == band_of(catalogue.peer_groups["UBND-TINH"], effective)
    assert "" == band_of(catalogue.peer_groups["BO"], effective)


def compared(groups: list[str], scores: list[float], assignments: int = 10) -> Compared:
    size = len(groups)
    points = np.concatenate([[score - 1.0, score + 1.0] * (assignments // 2) for score in scores])
    return Compared(
        group=np.array(groups),
        composite=np.array(scores),
        rated=np.full(size, float(assignments)),
        effective=np.full(size, float(assignments)),
        points=points,
        owner=np.repeat(np.arange(size), assignments),
        delivery=np.array(scores),
    )


def test_each_group_is_compared_by_itself():
    """
    The best of a weak group is TOP there, though the worst of a strong one beats it; five bodies are no group.
    """
    weak, strong = [10.0, 12.0, 14.0, 30.0, 32.0, 40.0], [70.0, 72.0, 74.0, 90.0, 92.0, 99.0]
    rows = tier_rows(compared(["A"] * 6 + ["B"] * 6 + ["C"] * 5, weak + strong + [1.0, 2.0, 3.0, 4.0, 5.0]), METHOD)

    assert "TOP" == rows["tier"][5]
    assert "BOTTOM" == rows["tier"][6]
    assert {6.0} == set(rows["group_size"][:12])
    assert {("", "few_agencies")} == set(zip(rows["tier"][12:], rows["why"][12:], strict=True))


def test_what_is_alike_is_not_told_apart():
    """
    Six bodies with the same points: no place is named, every rank is open.
    """
    rows = tier_rows(compared(["A"] * 6, [80.0] * 6), METHOD)

    assert {"NOT_DISTINGUISHABLE"} == set(rows["tier"])
    assert (1.0, 6.0) == (rows["rank_low"].min(), rows["rank_high"].max())


def test_few_rated_leaves_take_no_part():
    """
    Four rated assignments give no place and are in no sum of the group.
    """
    seven = compared(["A"] * 7, [10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 99.0])
    without = replace(seven, rated=np.array([10.0] * 6 + [4.0]))
    rows = tier_rows(without, METHOD)

    assert ("", "few_assignments") == (rows["tier"][6], rows["why"][6])
    assert {6.0} == set(rows["group_size"][:6])


def test_a_month_is_told_group_by_group(catalogue: Catalogue):
    """
    Three bodies of two blocks: rows stand by group, each with its block, and none has a rank across groups.
    """
    items = [task("91-T01", "BTC", date(2026, 9, 30)), task("91-T02", "VPTW", date(2026, 9, 30))]
    chosen = small(catalogue, items)
    told = october(chosen, ledger_of(chosen), [], [report(item, "2026-10") for item in items])
    found = tiers_of_month(work_resolutions(told))
    rows = found.rows.set_index("code")

    assert list(COLUMNS) == list(found.rows.columns)
    assert ["BO", "BO", "CO-QUAN-DANG"] == found.rows["peer_group"].tolist()
    assert ("government", "party") == (rows.loc["BTC", "block"], rows.loc["VPTW", "block"])
    assert rows["rank_low"].isna().all()
    assert (1, 0.0) == (rows.loc["BTC", "due"], rows.loc["BTC", "on_time_pct"])
    assert {"BO", "CO-QUAN-DANG"} == found.funnels.keys()


def test_funnel_of_chance_alone():
    """
    A mean of .5 from 100 due: by chance ±1.96 x .05 holds 95 %; .65 lies outside it, .66 outside 99.8 %.
    """
    on_time = np.array([50.0, 50.0, 50.0, 50.0, 50.0, 50.0, 50.0, 50.0, 50.0, 50.0, 35.0, 65.0, 0.0])
    due = np.array([100.0] * 12 + [0.0])
    found = funnel_of(on_time, due)

    assert 0.5 == found.mean
    assert ["inside", "outside_95", "outside_95", ""] == [found.verdict[place] for place in (0, 10, 11, 12)]
    assert np.isnan(found.share[12])


def test_spread_of_the_group_widens_the_funnel():
    """
    Where all bodies differ by more than chance, few of them stand outside; a group that never fails has nobody outside.
    """
    on_time = np.array([10.0, 30.0, 50.0, 70.0, 90.0, 95.0])
    wide = funnel_of(on_time, np.full(6, 100.0))
    perfect = funnel_of(np.full(6, 4.0), np.full(6, 4.0))

    assert wide.spread > 0.2
    assert {"inside"} == set(wide.verdict)
    assert {"inside"} == set(perfect.verdict)


def test_funnel_names_only_who_stands_outside():
    """
    Two points, one outside: its code is printed, the other's is not.
    """
    points = [FunnelPoint("T01-UBND", 10, 0.2, "outside_998"), FunnelPoint("T04-UBND", 10, 0.8, "inside")]
    drawing = funnel(points, FunnelWords("Đúng hạn", "đến hạn"), mean=0.8, spread=0.05, width=300.0)

    assert drawing.startswith("<svg")
    assert "T01-UBND" in drawing
    assert "T04-UBND" not in drawing
