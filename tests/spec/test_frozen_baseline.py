"""A first figure that stands in for a baseline freezes at its cut-off: each way to tell it again, as a small table."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pandas
import pytest
from tree_case import MONTHS, indicator, ledger_of, october, small, value

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.period import TIME_ZONE
from resolution_monitor.score.month.frames import ResolutionScores
from resolution_monitor.score.month.indicators import indicator_assignments, indicator_workings, with_other_baselines
from resolution_monitor.score.month.month import Month, Tellings
from resolution_monitor.score.month.scores import score_resolutions
from resolution_monitor.score.rules.baseline import TakenBack, Telling, decided, frozen

# April is the first period due; its cut-off is the end of 11 May.
CUT_OFF = datetime(2026, 5, 12, tzinfo=TIME_ZONE)
OWN = indicator("91.02", "BYT", baseline=None)


def day(number: int, month: int = 5) -> datetime:
    return datetime(2026, month, number, 10, tzinfo=TIME_ZONE)


def told(number: int, received: int, recorded: int | None = None, **changed: Any) -> Telling:
    """A file that came and was read on days of May."""
    made = Telling(number, number, day(received), day(recorded or received))
    return replace(made, **changed)


# What was told and taken back -> number of the file that counts.
CASES: dict[str, tuple[list[Telling], list[TakenBack], int | None]] = {
    "told once": ([told(1, 5)], [], 1),
    "corrected before the cut-off": ([told(1, 5), told(2, 10)], [], 2),
    "corrected after it": ([told(1, 5), told(2, 13)], [], 1),
    "corrected on both sides": ([told(1, 5), told(2, 10), told(3, 14), told(4, 20)], [], 2),
    "came in time, read later": ([told(1, 5, 13)], [], 1),
    "came in time twice, read together later": ([told(1, 5, 13), told(2, 10, 13)], [], 2),
    "came late": ([told(1, 14)], [], 1),
    "came late, then corrected": ([told(1, 14), told(2, 15)], [], 1),
    "came late twice, read together": ([told(1, 14, 16), told(2, 15, 16)], [], 1),
    "one in time and one late, read together": ([told(1, 5, 16), told(2, 15, 16)], [], 1),
    "dated back": ([told(1, 5), told(2, 9, 25)], [], 1),
    "dated back behind one that came late": ([told(1, 14), told(2, 9, 25)], [], 1),
    "taken back before the cut-off": ([told(1, 5), told(2, 8)], [TakenBack(2, day(9))], 1),
    "taken back after it": ([told(1, 5), told(2, 13)], [TakenBack(1, day(14))], 1),
    "taken back before it and let count again": (
        [told(1, 5), told(2, 8)],
        [TakenBack(2, day(9)), TakenBack(2, day(10), is_withdrawn=True)],
        2,
    ),
    "the only one taken back before the cut-off": ([told(1, 5), told(2, 20)], [TakenBack(1, day(9))], 2),
    "read otherwise before the cut-off": ([told(1, 5), told(1, 5, 9, entry=7)], [], 7),
    "read otherwise after it": ([told(1, 5), told(1, 5, 20, entry=7)], [], 1),
    "row found no more before the cut-off": (
        [told(1, 5), told(1, 5, 9, entry=7, has_figure=False), told(2, 20)],
        [],
        2,
    ),
    "withheld first, told late": ([told(1, 5, has_figure=False), told(2, 20)], [], 2),
    "sent again byte for byte after the cut-off": ([told(1, 5), told(2, 13), told(1, 14, 14)], [], 1),
    "a form beside the body's own report": ([told(1, 5), told(2, 10, is_of_form=True)], [], 1),
    "a form alone": ([told(2, 10, is_of_form=True)], [], 2),
    "nothing": ([], [], None),
}


@pytest.mark.parametrize("case", CASES)
def test_what_froze(case: str):
    """
    What stood when the cut-off passed counts, or what came first after it; nothing that became known later does.
    """
    tellings, taken_back, expected = CASES[case]
    found = frozen(tellings, taken_back, CUT_OFF)

    assert expected == (found.entry if found else None)


@pytest.mark.parametrize("case", CASES)
def test_it_is_frozen_for_good(case: str):
    """
    Whatever of it was known later: each state of knowledge from the first figure after the cut-off on says the same.
    """
    tellings, taken_back, expected = CASES[case]
    known = sorted({one.recorded_at for one in (*tellings, *taken_back) if one.recorded_at >= CUT_OFF} | {CUT_OFF})
    seen = [
        frozen(
            [one for one in tellings if one.recorded_at <= until],
            [one for one in taken_back if one.recorded_at <= until],
            CUT_OFF,
        )
        for until in known
    ]

    assert {expected} >= {one.entry for one in seen if one}


def test_what_a_person_decides_on_is_as_it_was_then():
    """
    The named file, as it was read when the person decided: what is read of it later is another matter.
    """
    tellings = [told(1, 5), told(2, 13), told(2, 13, 20, entry=7)]

    assert 2 == getattr(decided(tellings, 2, day(15)), "entry", None)
    assert decided(tellings, 9, day(15)) is None


def month_of_october(catalogue: Catalogue, first: float, *again: tuple[float, datetime], decision: int = 0) -> Month:
    """
    April told as `first` in time and then otherwise; the months after rise by 20, so that October is at 170.

    Args:
        decision: Number of the file that a person made the baseline on 20 October; 0: nobody did.
    """
    chosen = replace(small(catalogue, [OWN]), sha256="x")
    standing = again[-1][0] if again else first
    values = [value(OWN, "2026-04", standing)]
    values += [value(OWN, month.name, 70 + 20 * place) for place, month in enumerate(MONTHS)]
    rows = [
        {
            **value(OWN, "2026-04", amount, submission_id=number, received_at=at),
            "unit": None,
            "recorded_at": at,
            "is_retraction": False,
            "is_of_form": False,
        }
        for number, (amount, at) in enumerate([(first, day(5)), *again], start=1)
    ]
    named = {"agency_id": "BYT", "indicator_id": OWN.indicator_id, "submission_id": decision, "reason": "x"}
    decisions = [{**named, "author": "An", "recorded_at": day(20, 10)}] if decision else []
    month = october(chosen, ledger_of(chosen), values)
    tellings = Tellings(
        answers=pandas.DataFrame(rows, dtype=object),
        taken_back=pandas.DataFrame(columns=["submission_id", "item_id", "is_withdrawn", "recorded_at"]),
        decisions=pandas.DataFrame(decisions, dtype=object),
    )
    return replace(month, tellings=tellings)


def row_of(scores: ResolutionScores) -> pandas.Series:
    return scores.assignments.set_index("item_id").loc[OWN.indicator_id]


def test_a_correction_changes_the_series_and_not_the_baseline(catalogue: Catalogue):
    """
    40 in April, October 170 of 245: a = 130/205. Told again as 5 it would be 165/240; the baseline stays 40.
    """
    row = row_of(score_resolutions(month_of_october(catalogue, 40, (5, day(3, 10)))))

    assert 40 == row["baseline"]
    assert pytest.approx(100 * 130 / 205) == row["attainment_raw_pct"]
    assert "FIRST_CORRECTED|SELF_BASELINE" == row["flags"]


def test_told_once_bears_no_mark(catalogue: Catalogue):
    """
    Corrected before the cut-off, the later figure is the baseline, and nothing is to be said of it.
    """
    once = row_of(score_resolutions(month_of_october(catalogue, 40)))
    in_time = row_of(score_resolutions(month_of_october(catalogue, 5, (40, day(10)))))

    assert ("SELF_BASELINE", 40) == tuple(once[["flags", "baseline"]]) == tuple(in_time[["flags", "baseline"]])


def test_a_person_decides_and_both_scores_are_there(catalogue: Catalogue):
    """
    Decided on the correction it is the baseline; the score that the frozen one would give stands beside.
    """
    month = month_of_october(catalogue, 40, (5, day(3, 10)), decision=2)
    workings = indicator_workings(month)
    row = row_of(score_resolutions(month))
    kept = row_of(score_resolutions(month_of_october(catalogue, 40, (5, day(3, 10)))))
    other = indicator_assignments(with_other_baselines(workings))

    assert ("BASELINE_DECIDED|SELF_BASELINE", 5) == tuple(row[["flags", "baseline"]])
    assert 40 == workings.first.other[0]
    assert pytest.approx(kept["progress_low"]) == other["progress_low"].iloc[0]
    assert kept["progress_low"] < row["progress_low"]


def test_a_baseline_of_the_catalogue_is_no_first_figure(catalogue: Catalogue):
    """
    Where a document says where it starts, the first figure may be corrected as any other.
    """
    month = month_of_october(catalogue, 40, (5, day(3, 10)))
    given = indicator("91.02", "BYT")
    scored = replace(month.scored, catalogue=replace(month.catalogue, indicators={"91.02": given}))
    row = row_of(score_resolutions(replace(month, scored=scored)))

    assert ("", 0) == tuple(row[["flags", "baseline"]])
