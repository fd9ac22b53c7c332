"""Revised targets: what is asked now, what scores are held against, and what is told of them beside."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from tree_case import OCTOBER, indicator, ledger_of, october, small, value

from resolution_monitor.catalogue.entries import Catalogue, Indicator, Revision, Target
from resolution_monitor.score.month.scores import score_resolutions
from resolution_monitor.score.rules.targets import current_target, ranking_target

AUGUST, SEPTEMBER, NOVEMBER = date(2026, 8, 31), date(2026, 9, 30), date(2026, 11, 15)


def revision(day: date, *targets: Target, is_approved: bool = False) -> Revision:
    return Revision(day, targets, "Văn bản số 1", "Bộ Chính trị" if is_approved else "Chính phủ", is_approved)


def to(number: int, year: int = 2026) -> Target:
    return Target(year, ">=", Decimal(number))


def revised(*revisions: Revision, **changed: Any) -> Indicator:
    """92 of 245 are reached on day 184."""
    return replace(indicator("91.01", "BTC", **changed), revisions=revisions)


def row(catalogue: Catalogue, one: Indicator) -> Any:
    chosen = small(catalogue, [one])
    month = october(chosen, ledger_of(chosen), [value(one, OCTOBER.name, 92)])
    return score_resolutions(month).assignments.iloc[0]


@pytest.mark.parametrize(
    ("approved", "current", "ranking"),
    [([], 0, 0), ([False], 1, 0), ([True], 1, 1), ([True, False], 2, 1), ([False, True, False], 3, 2)],
)
def test_which_target_holds(approved: list[bool], current: int, ranking: int):
    """
    The last one is asked; scores are held against the last that the issuer approved, else against the original (0).
    """
    stated = np.ones((1, len(approved)), dtype=bool)

    assert [current] == current_target(stated).tolist()
    assert [ranking] == ranking_target(stated, np.array([approved], dtype=bool).reshape(1, -1)).tolist()


def test_a_lowering_by_others_is_shown_and_changes_no_score(catalogue: Catalogue):
    """
    Lowered from 245 to 100 without the issuer: 92 of 245 is 37.6 %; both targets and the day stand in the row.
    """
    plain, found = row(catalogue, revised()), row(catalogue, revised(revision(AUGUST, to(100))))

    assert pytest.approx(100 * 92 / 245) == found["attainment_pct"]
    assert plain["progress_low"] == found["progress_low"]
    assert (245, "≥ 245 (2026)", "≥ 100 (2026)") == tuple(found[["target", "target_original", "target_current"]])
    assert (AUGUST, None) == tuple(found[["revised_on", "ranking_since"]])
    assert (None, None, None) == tuple(plain[["target_original", "target_current", "revised_on"]])


def test_scores_follow_what_the_issuer_approved(catalogue: Catalogue):
    """
    Approved down to 100, then lowered to 50 by others: 92 of 100; a later deadline comes with it.
    """
    found = row(catalogue, revised(revision(AUGUST, to(100, 2027), is_approved=True), revision(SEPTEMBER, to(50))))

    assert pytest.approx(92.0) == found["attainment_pct"]
    assert (100, date(2027, 12, 31)) == tuple(found[["target", "due_on"]])
    assert ("≥ 50 (2026)", SEPTEMBER, AUGUST) == tuple(found[["target_current", "revised_on", "ranking_since"]])


@pytest.mark.parametrize(
    ("revisions", "flags"),
    [
        ([revision(AUGUST, to(200))], ""),
        ([revision(AUGUST, to(200)), revision(SEPTEMBER, to(150))], "LOWERED_TWICE"),
        ([revision(AUGUST, to(200)), revision(SEPTEMBER, to(220))], ""),
        # 184 of 245 days is 75.1 %.
        ([revision(date(2026, 10, 30), to(200))], ""),
        ([revision(date(2026, 10, 31), to(200))], "REVISED_LATE"),
        ([revision(AUGUST, to(200)), revision(NOVEMBER, to(150), is_approved=True)], "LOWERED_TWICE|REVISED_LATE"),
    ],
)
def test_late_and_repeated_revisions_are_told(catalogue: Catalogue, revisions: list[Revision], flags: str):
    """
    After three quarters of the time, or easier a second time: told beside the score, approved or not.
    """
    assert flags == row(catalogue, revised(*revisions))["flags"]


def test_a_band_made_wider_is_easier(catalogue: Catalogue):
    """
    From 90-110 to 80-120 to 70-130 is a second lowering; a band that only moves is none.
    """

    def band(low: int, high: int) -> Target:
        return Target(2026, "range", low=Decimal(low), high=Decimal(high))

    both = {"kind": "band", "direction": "band", "targets": (band(90, 110),)}
    wider = [revision(AUGUST, band(80, 120)), revision(SEPTEMBER, band(70, 130))]
    moved = [revision(AUGUST, band(80, 100)), revision(SEPTEMBER, band(70, 90))]

    assert "LOWERED_TWICE" in row(catalogue, revised(*wider, **both))["flags"]
    assert "LOWERED_TWICE" not in row(catalogue, revised(*moved, **both))["flags"]


def test_dated_targets_are_revised_as_a_whole(catalogue: Catalogue):
    """
    From 245 in 2026 to 120 in 2026 and 490 in 2027: the path has a point at the end of 2026.
    """
    found = row(catalogue, revised(revision(AUGUST, to(120), to(490, 2027), is_approved=True)))

    assert (490, date(2027, 12, 31)) == tuple(found[["target", "due_on"]])
    assert pytest.approx(120 / 490 * 184 / 245) == found["expected_fraction"]
