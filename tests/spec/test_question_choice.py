"""Which hits are asked: what the record shows, what is unlikely to be a false alarm, what two screens agree on."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas
import pytest

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.period import parse_period
from resolution_monitor.score.month.scored_period import scored_period
from resolution_monitor.score.screens.input import Peers, Series
from resolution_monitor.score.screens.questions import QUESTION_COLUMNS, questions_of
from resolution_monitor.score.screens.screen import MonthSeen

OCTOBER = parse_period("2026-10")
DAYS = np.array([float(date(2026, month, 28).toordinal()) for month in range(5, 11)])
ITEMS = ["57.11", "57.21", "59.01", "59.03", "68.01"]


def month_seen(catalogue: Catalogue, *, frozen: int, honest: int = 40) -> MonthSeen:
    """Series of which the first stand still for five months; nothing else is reported."""
    size = frozen + honest
    values = np.cumsum(np.random.default_rng(2).uniform(1.0, 3.0, (size, 6)).round(1), axis=1).round(1) + 20.0
    values[:frozen, 1:] = values[:frozen, 1, None]
    agencies = np.array(sorted(catalogue.reporting_bodies)[:size], dtype=np.str_)
    series = Series(
        agency_id=agencies,
        item_id=np.array([ITEMS[number % len(ITEMS)] for number in range(size)]),
        values=values,
        fractions=values / 100.0,
        plan=np.tile(20.0 + 2.0 * np.arange(6) + 0.37, (size, 1)),
        scale=np.full(size, 100.0),
        sign=np.ones(size),
        min_step=np.full(size, 0.1),
        is_total=np.zeros(size, bool),
        is_at_deadline=np.zeros(size, bool),
        days=np.tile(DAYS, (size, 1)),
    )
    nothing = np.array([], dtype=np.float64)
    texts, numbers = nothing.astype(np.str_), nothing.astype(np.int64)
    peers = Peers(texts, texts, numbers, nothing.reshape(0, 4), nothing, nothing.astype(bool))
    tasks = ["agency_id", "item_id", "task_state", "status", "due_on", "done_on", "is_due_assumed"]
    return MonthSeen(
        bodies=sorted(catalogue.reporting_bodies),
        series=series,
        points=np.full(size, 80.0),
        green_points=95.0,
        is_count=np.zeros(size, bool),
        peers=peers,
        tasks=pandas.DataFrame([], columns=tasks, dtype=object),
        owed=pandas.DataFrame([], columns=["agency_id", "item_kind", "state"], dtype=object),
        corrections=pandas.DataFrame({"agency_id": [], "change": nothing}),
        verified=pandas.DataFrame([], columns=["agency_id", "item_id", "day", "found"], dtype=object),
    )


def asked(catalogue: Catalogue, seen: MonthSeen) -> pandas.DataFrame:
    return questions_of(scored_period(catalogue, OCTOBER), seen)


def test_one_rare_hit_among_many_is_held(catalogue: Catalogue):
    """
    One of 81 series stands still for five months: 81 x .0028/1 = .23 false alarms for one hit, above .20; of 41 series
    .11 is asked.
    """
    many, few = (asked(catalogue, month_seen(catalogue, frozen=1, honest=honest)) for honest in (80, 40))

    assert [("frozen", False)] == list(zip(many["screen"], many["is_asked"], strict=True))
    assert [("frozen", True)] == list(zip(few["screen"], few["is_asked"], strict=True))
    np.testing.assert_allclose([81 * 0.0028, 41 * 0.0028], [many["false_share"].iloc[0], few["false_share"].iloc[0]])
    assert list(QUESTION_COLUMNS) == list(many.columns)


def test_who_ended_without_an_heir_is_asked_nothing(catalogue: Catalogue):
    """
    Figures of a body that is no more still lie among those of its peers: nobody is asked about them, and nothing ends.
    """
    figures = np.array([[5.0, 10.0, 15.0, 20.0]])
    ended = Peers(np.array(["GONE"]), np.array(["D01"]), np.array([0]), figures, np.array([1.0]), np.array([True]))
    seen = replace(month_seen(catalogue, frozen=1, honest=40), peers=ended)

    assert "GONE" not in set(asked(catalogue, seen)["agency_id"])


def test_two_independent_screens_ask_for_verification(catalogue: Catalogue):
    """
    Held alone, a standstill is asked once an official statistic differs too: then it is verified, and comes first.
    """
    seen = month_seen(catalogue, frozen=1, honest=80)
    one = seen.series
    found = [
        {"agency_id": one.agency_id[0], "item_id": one.item_id[0], "day": day, "found": value * 0.8}
        for day, value in zip(DAYS[2:], one.values[0, 2:], strict=True)
    ]
    rows = asked(catalogue, replace(seen, verified=pandas.DataFrame(found)))

    assert {"frozen", "against_statistic"} == set(rows["screen"])
    assert rows["is_asked"].all()
    assert rows["needs_verification"].all()
    assert [1, 2] == rows["place"].tolist()


def test_nothing_found_is_an_empty_table(catalogue: Catalogue):
    """
    A month of honest series asks nothing.
    """
    rows = asked(catalogue, month_seen(catalogue, frozen=0))

    assert rows.empty
    assert list(QUESTION_COLUMNS) == list(rows.columns)


@pytest.mark.parametrize("word", ["gian", "bịa", "sai phạm", "vi phạm", "che giấu", "đồng chí"])
def test_questions_accuse_nobody(catalogue: Catalogue, word: str):
    """
    Every question asks a body for its record (Đề nghị); none names a fault or a person.
    """
    for screen in catalogue.screening.screens.values():
        assert "Đề nghị" in screen.question, screen.screen
        assert word not in screen.question.lower().replace("thời gian", ""), screen.screen


def test_a_question_names_the_limits_in_force(catalogue: Catalogue):
    """
    Where green begins at 90, fourteen figures of one body between 90 and 92 are asked about, with that limit; of the
    95 that stood in the sentence nothing is said.
    """
    lower = replace(
        catalogue,
        rule_settings=tuple(
            replace(one, value=0.9) if one.setting == "green_from" else one for one in catalogue.rule_settings
        ),
    )
    seen = month_seen(lower, frozen=0, honest=14)
    body = np.full(14, "BYT")
    crowded = replace(seen, series=replace(seen.series, agency_id=body), points=np.full(14, 91.0), green_points=90.0)
    rows = asked(lower, crowded).set_index("screen")

    assert "vừa vượt mức xanh (90 điểm) không quá 2 điểm" in rows.loc["green_bunching", "question"]
    assert "green_bunching" not in set(asked(catalogue, replace(crowded, green_points=95.0))["screen"])
