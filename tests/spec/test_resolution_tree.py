"""From reports to the nation on five assignments: every figure is a sum a clerk can check."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pandas
import pytest
from tree_case import (
    MONTHS,
    YEAR_END,
    indicator,
    ledger_of,
    october,
    report,
    small,
    task,
    value,
)

from resolution_monitor.catalogue.entries import Catalogue, Target
from resolution_monitor.score.month.frames import ResolutionScores
from resolution_monitor.score.month.scores import score_resolutions

# On 31 October 184 of 245 days are over: a value of 184 is on time, 174 ten days behind.
ON_TIME, BEHIND = indicator("91.01", "BTC"), indicator("91.02", "BYT")
DONE = task("91-T01", "VPTW", date(2026, 9, 30), coordinating=("BTC",))
OVERDUE = task("92-T01", "BYT", date(2026, 10, 1))
UNVERIFIED = task("92-T02", "BTC", date(2026, 6, 30), is_due_assumed=True)
FIVE = (ON_TIME, BEHIND, DONE, OVERDUE, UNVERIFIED)


def reports() -> dict[str, list[Any]]:
    """Six months: 91.01 always on time, 91.02 ten behind; 91-T01 done on 15 September with a product."""
    ends = [(month.name, float((month.end - date(2026, 4, 30)).days)) for month in MONTHS]
    done = {"state": "done", "done_on": date(2026, 9, 15), "product": "12-BC/VPTW"}
    return {
        "values": [
            *(value(ON_TIME, name, days) for name, days in ends),
            *(value(BEHIND, name, days - 10) for name, days in ends),
        ],
        "reports": [
            *(report(DONE, name, **(done if name >= "2026-09" else {})) for name, _ in ends),
            *(report(OVERDUE, name) for name, _ in ends),
            *(report(UNVERIFIED, name) for name, _ in ends),
        ],
    }


def scored(catalogue: Catalogue, *items: Any, missing: Any = (), **told: Any) -> ResolutionScores:
    chosen = small(catalogue, items or FIVE)
    return score_resolutions(october(chosen, ledger_of(chosen, missing=missing), **(told or reports())))


def assignment(scores: ResolutionScores, item_id: str) -> pandas.Series:
    return scores.assignments.set_index("item_id").loc[item_id]


def node(scores: ResolutionScores, kind: str, node_id: str) -> pandas.Series:
    return scores.nodes.set_index(["node_kind", "node_id"]).loc[(kind, node_id)]


def test_five_leaves(catalogue: Catalogue):
    """
    On time, ten days behind, done, 30 days overdue, and one whose deadline nobody verified.
    """
    scores = scored(catalogue)
    columns = ["status", "lag_days", "overdue_days", "missed"]
    rows = {item_id: tuple(assignment(scores, item_id)[columns]) for item_id in scores.assignments["item_id"]}
    unverified = rows.pop("92-T02")

    assert {
        "91.01": ("GREEN", pytest.approx(0), 0, 0),
        # 10 days behind of 184: (184 - 10) / 184 = .9457, below .95
        "91.02": ("AMBER", pytest.approx(10), 0, 0),
        "91-T01": ("DONE", -15, 0, 0),
        "92-T01": ("OVERDUE", 30, 30, 0),
    } == rows
    assert ("GREEN", 0, 0) == (unverified[0], unverified[2], unverified[3])
    assert unverified[1] != unverified[1]


def test_points_of_five_leaves(catalogue: Catalogue):
    """
    P: 100; 174 of 184; 100; 0 less 10; and none while nothing is verified. S of ten days: 10 of 90 gone.
    """
    scores = scored(catalogue)

    assert pytest.approx(100) == assignment(scores, "91.01")["progress_low"]
    assert pytest.approx(100 * 174 / 184) == assignment(scores, "91.02")["progress_low"]
    assert pytest.approx(100 * 80 / 90) == assignment(scores, "91.02")["timeliness_low"]
    assert (100, 0) == (assignment(scores, "91-T01")["progress_low"], assignment(scores, "92-T01")["progress_low"])
    assert assignment(scores, "92-T02")["progress_low"] != assignment(scores, "92-T02")["progress_low"]
    assert "DUE_ASSUMED" == assignment(scores, "92-T02")["flags"]


def test_nation_is_the_mean_of_its_resolutions(catalogue: Catalogue):
    """
    Resolution 91: (100 + 94.5652 + 100) / 3; resolution 92: 0, as the unverified task has no points; the nation: half.
    """
    scores = scored(catalogue)
    first = (100 + 100 * 174 / 184 + 100) / 3
    nation = node(scores, "nation", "VN")

    assert pytest.approx(first) == node(scores, "resolution", "91")["low"]
    assert 0 == node(scores, "resolution", "92")["low"]
    assert pytest.approx(first / 2) == nation["low"] == nation["high"]
    assert ("RED", 0, 5, 1) == (
        nation["colour"],
        nation["share_without_data"],
        nation["assignments_total"],
        nation["due_assumed_count"],
    )
    assert (1, 1, 1, 2) == tuple(nation[["done_count", "overdue_count", "amber_count", "green_count"]])


def test_composite_of_bodies(catalogue: Catalogue):
    """
    BTC leads 91.01 (100) and coordinates 91-T01 (100); BYT's D = (94.5652 + 0) / 2, its S = (88.8889 + 66.6667) / 2.
    """
    scores = scored(catalogue)
    finance, health = node(scores, "agency", "BTC"), node(scores, "agency", "BYT")
    delivery, timeliness = (100 * 174 / 184 + 0) / 2, (100 * 80 / 90 + 100 * 60 / 90) / 2

    assert (100, 100, pytest.approx(100)) == tuple(finance[["progress_low", "reporting", "composite_low"]])
    assert (2, 1, 2) == tuple(finance[["assignments_total", "coordinated_total", "rated_assignments"]])
    assert pytest.approx((1 + 0.3) ** 2 / (1 + 0.09)) == finance["effective_assignments"]
    assert pytest.approx(delivery) == health["progress_low"]
    assert pytest.approx(delivery**0.6 * timeliness**0.25 * 100**0.15) == health["composite_low"]


def test_reports_late_and_missing(catalogue: Catalogue):
    """
    Seven monthly reports were due since 1 May: one never came, one came two days after its cut-off: (500 + 90 + 0) / 7.
    """
    chosen = small(catalogue, FIVE)
    ledger = ledger_of(chosen, missing=[("BYT", "report", "2026-06")])
    is_late = (ledger["agency_id"] == "BYT") & (ledger["item_id"] == "report") & (ledger["period_name"] == "2026-08")
    ledger["received_at"] = ledger["received_at"].where(~is_late, ledger["cut_off_at"] + pandas.Timedelta(hours=30))
    health = node(score_resolutions(october(chosen, ledger, **reports())), "agency", "BYT")

    assert (7, 1) == (health["reports_due"], health["reports_missing"])
    assert pytest.approx((5 * 100 + 90 + 0) / 7) == health["reporting"]


def test_a_missing_report_counts_zero_and_shows_what_was_last_known(catalogue: Catalogue):
    """
    Without October 91.02 is silent: LOW 0, HIGH that of September, when 143 of 153 were there; two months: NO_DATA.
    """
    told = reports()
    told["values"] = [row for row in told["values"] if (row["indicator_id"], row["period_end"].month) != ("91.02", 10)]
    one = assignment(scored(catalogue, missing=[("BYT", "91.02", "2026-10")], **told), "91.02")
    told["values"] = [row for row in told["values"] if (row["indicator_id"], row["period_end"].month) != ("91.02", 9)]
    two = assignment(scored(catalogue, missing=[("BYT", "91.02", f"2026-{m}") for m in ("09", "10")], **told), "91.02")

    assert (1, 0, pytest.approx(100 * 143 / 153)) == tuple(one[["missed", "progress_low", "progress_high"]])
    assert (2, "NO_DATA", "AMBER") == tuple(two[["missed", "status", "last_status"]])
    assert date(2026, 9, 30) == one["value_on"]


def test_a_kinder_baseline_cannot_be_chosen(catalogue: Catalogue):
    """
    April was the first period due and never came: whatever came later, there is no baseline and no figure.
    """
    item = indicator("91.03", "BTC", baseline=None)
    values = [value(item, month.name, 170) for month in MONTHS]
    row = assignment(scored(catalogue, item, missing=[("BTC", "91.03", "2026-04")], values=values), "91.03")

    assert ("NO_DATA", "NO_BASELINE", 0, 170) == tuple(row[["status", "flags", "progress_low", "value"]])


def test_self_baseline_is_the_first_due_value(catalogue: Catalogue):
    """
    When the ledger begins in June, May is the first due period and its value the baseline, its end t0.
    """
    item = indicator("91.03", "BTC", baseline=None)
    chosen = replace(small(catalogue, [item]), ledger_begins_on=date(2026, 6, 1))
    values = [value(item, "2026-05", 20), *(value(item, month.name, 170) for month in MONTHS[1:])]
    row = assignment(score_resolutions(october(chosen, ledger_of(chosen), values)), "91.03")

    assert ("SELF_BASELINE", 20, date(2026, 5, 31)) == tuple(row[["flags", "baseline", "started_on"]])
    assert pytest.approx(100 * (170 - 20) / (245 - 20)) == row["attainment_pct"]
    assert pytest.approx((184 - 31) / 214) == row["expected_fraction"]


def test_what_was_never_due_is_not_rated(catalogue: Catalogue):
    """
    A yearly figure is looked at on 31 December 2025: before the start of one, and before the ledger of the other.
    """
    items = [indicator(f"91.{number}", "BTC", frequency="year") for number in ("04", "14")]
    items[1] = replace(items[1], t0=date(2025, 4, 30))
    scores = scored(catalogue, *items, values=[])
    rows = scores.assignments[["status", "missed", "owed_total"]].to_numpy().tolist()

    assert [["NOT_STARTED", 0, 0], ["UNRATED", 0, 0]] == rows
    assert scores.assignments["progress_low"].isna().all()


@pytest.mark.parametrize(
    ("changed", "amounts", "expected"),
    [
        # Shares: 30 of 120 cases are 25 %; asked for 50 % from 0.
        ({"kind": "ratio", "unit": "%", "targets": (Target(2026, ">=", Decimal(50)),)}, (30, 120), 100 * 25 / 50),
        # A total without a start begins at nothing.
        ({"kind": "cumulative", "baseline": None}, 49, 100 * 49 / 245),
        # A range asked for upwards counts by its low end.
        ({"targets": (Target(2026, "range", None, Decimal(98), Decimal(245)),)}, 49, 100 * 49 / 98),
        # Less is better: from 0 down to -245.
        ({"direction": "down", "targets": (Target(2026, "<=", Decimal(-245)),)}, -49, 100 * 49 / 245),
    ],
    ids=["ratio", "cumulative", "range", "down"],
)
def test_kinds_and_directions(catalogue: Catalogue, changed: dict[str, Any], amounts: Any, expected: float):
    """
    Each kind by its own rule, in the unit the resolution writes.
    """
    item = indicator("91.05", "BTC", **changed)
    parts = {} if isinstance(amounts, int) else {"numerator": Decimal(amounts[0]), "denominator": Decimal(amounts[1])}
    amount = amounts if isinstance(amounts, int) else None
    values = [value(item, month.name, amount, **parts) for month in MONTHS]
    row = assignment(scored(catalogue, item, values=values), "91.05")

    assert pytest.approx(expected) == row["attainment_pct"]


def test_growth_compounds_the_years_that_count(catalogue: Catalogue):
    """
    10 % a year from 2025 to 2030 is 1.1 ^ 6; after 12 % in 2025 the index stands at 1.12. A year before t0 is none.
    """
    item = indicator(
        "91.06", "BTC", kind="growth", unit="%/năm", frequency="year", targets=(Target(2030, ">=", Decimal(10)),)
    )
    begun = replace(item, t0=date(2024, 12, 22))
    row = assignment(scored(catalogue, begun, values=[value(item, "2025", 12), value(item, "2024", 50)]), "91.06")
    later = assignment(scored(catalogue, item, values=[value(item, "2025", 12)]), "91.06")

    assert pytest.approx(100 * (1.12 - 1) / (1.1**6 - 1)) == row["attainment_pct"]
    assert (12, 10) == (row["value"], row["target"])
    assert (0, None) == (later["owed_total"], later["value_on"])


def test_dated_targets_are_a_table(catalogue: Catalogue):
    """
    100 by 2026 and 200 by 2027: at the end of October 184/245 of the first half is expected.
    """
    targets = (Target(2027, ">=", Decimal(200)), Target(2026, ">=", Decimal(100)))
    item = indicator("91.07", "BTC", targets=targets)
    row = assignment(scored(catalogue, item, values=[value(item, month.name, 50) for month in MONTHS]), "91.07")

    assert (200, date(2027, 12, 31)) == (row["target"], row["due_on"])
    assert pytest.approx(0.5 * 184 / 245) == row["expected_fraction"]
    assert pytest.approx(25) == row["attainment_pct"]


def test_done_without_a_product_is_not_done(catalogue: Catalogue):
    """
    A claim alone counts nothing: by its deadline it is overdue, and the flag says why.
    """
    item = task("91-T02", "BTC", date(2026, 9, 30))
    told = [report(item, "2026-10", state="done", done_on=date(2026, 9, 1))]
    row = assignment(scored(catalogue, item, reports=told), "91-T02")

    assert ("OVERDUE", "DONE_NO_EVIDENCE", 0) == tuple(row[["status", "flags", "attainment_pct"]])


def test_an_unverified_deadline_is_never_overdue(catalogue: Catalogue):
    """
    Neither an assumed deadline long past nor none at all: open is GREEN, silent AMBER or NO_DATA, done is DONE.
    """
    items = [
        task("91-T03", "BTC", date(2026, 5, 1), is_due_assumed=True),
        task("91-T04", "BYT", None, is_due_assumed=True),
        task("91-T05", "VPTW", date(2026, 5, 1), is_due_assumed=True),
    ]
    told = [
        *(report(items[0], month.name) for month in MONTHS),
        report(items[2], "2026-10", state="done", done_on=date(2026, 10, 20), product="1/QĐ"),
    ]
    scores = scored(catalogue, *items, missing=[("BYT", "91-T04", "2026-10")], reports=told)
    rows = {row["item_id"]: row for _, row in scores.assignments.iterrows()}

    assert ["GREEN", "AMBER", "DONE"] == [rows[item.task_id]["status"] for item in items]
    assert {0.0} == set(scores.assignments["overdue_days"])
    assert (100, 0) == (rows["91-T05"]["progress_low"], rows["91-T04"]["progress_low"])


def test_a_task_given_to_a_group_is_the_mean_of_its_members(catalogue: Catalogue):
    """
    Of two members one is done (100) and one overdue by 30 days (0): the task has 50, and its resolution, too.
    """
    parent = task("91-T06", None, date(2026, 10, 1))
    members = [
        replace(OVERDUE, task_id=f"91-T06/{key}", resolution="91", lead=key, parent="91-T06") for key in ("BTC", "BYT")
    ]
    told = [
        report(members[0], "2026-10", state="done", done_on=date(2026, 9, 1), product="1"),
        report(members[1], "2026-10"),
    ]
    scores = scored(catalogue, parent, *members, reports=told)

    assert 50 == node(scores, "task", "91-T06")["low"] == node(scores, "resolution", "91")["low"]
    assert ("91", 2) == tuple(node(scores, "task", "91-T06")[["parent_id", "assignments_total"]])
    assert "NOT_STARTED" == node(scores, "resolution", "92")["colour"]


SPLIT_FIGURES = ("composite_low", "effective_assignments", "progress_low", "low", "colour")


@pytest.mark.parametrize("parts", [2, 5, 10])
def test_splitting_a_task_changes_nothing(catalogue: Catalogue, parts: int):
    """
    One done task beside two overdue: a third of D is 100, (100 + 0 + 0) / 3; in ten parts it is a third all the same.
    """
    beside = [replace(OVERDUE, task_id=f"91-T1{number}", resolution="91") for number in range(2)]
    whole = replace(DONE, task_id="91-T20", lead="BYT", coordinating=("BTC",))
    told = [report(item, "2026-10") for item in beside]
    done = {"state": "done", "done_on": date(2026, 9, 15), "product": "1/QĐ-BYT"}
    plain = scored(catalogue, *beside, whole, reports=[*told, report(whole, "2026-09", **done)])
    parent = replace(whole, lead=None)
    pieces = [replace(whole, task_id=f"91-T20/{number}", parent="91-T20") for number in range(parts)]
    split = scored(
        catalogue, *beside, parent, *pieces, reports=[*told, *(report(one, "2026-09", **done) for one in pieces)]
    )
    for agency_id in ("BYT", "BTC"):
        before, after = node(plain, "agency", agency_id), node(split, "agency", agency_id)

        assert list(before[list(SPLIT_FIGURES)]) == pytest.approx(list(after[list(SPLIT_FIGURES)]), nan_ok=True)
    assert pytest.approx(100 / 3) == node(split, "agency", "BYT")["progress_low"]
    assert pytest.approx(3) == node(split, "agency", "BYT")["effective_assignments"]
    assert pytest.approx(node(plain, "block", "government")["low"]) == node(split, "block", "government")["low"]


def test_helping_many_members_of_a_group_weighs_as_helping_once(catalogue: Catalogue):
    """
    BTC leads one overdue task and helps with a task of two members, both done: D = (1 x 0 + .3 x 100) / 1.3, not / 1.6.
    """
    own, parent = replace(OVERDUE, lead="BTC"), task("91-T21", None, date(2026, 10, 1))
    members = [
        replace(DONE, task_id=f"91-T21/{key}", lead=key, parent="91-T21", coordinating=("BTC",))
        for key in ("BYT", "VPTW")
    ]
    done = {"state": "done", "done_on": date(2026, 9, 15), "product": "1/QĐ"}
    told = [report(own, "2026-10"), *(report(one, "2026-09", **done) for one in members)]
    finance = node(scored(catalogue, own, parent, *members, reports=told), "agency", "BTC")

    assert pytest.approx(30 / 1.3) == finance["progress_low"]
    assert pytest.approx(1.3**2 / 1.09) == finance["effective_assignments"]
    assert 2 == finance["coordinated_total"]


def test_a_task_that_nobody_owns_has_no_data(catalogue: Catalogue):
    """
    Given to a group without members it is INSUFFICIENT, never "not started": of two equal children of resolution 91 one
    is done (100), the other is unknown; half of its weight is without data, which is above a fifth.
    """
    owned = scored(catalogue, DONE)
    unowned = scored(catalogue, DONE, task("91-T07", None, date(2026, 10, 1)))

    assert ("GREEN", 0.0) == tuple(node(owned, "resolution", "91")[["state", "share_without_data"]])
    assert ("INSUFFICIENT", "INSUFFICIENT", 1.0) == tuple(
        node(unowned, "task", "91-T07")[["colour", "state", "share_without_data"]]
    )
    assert (100, "INSUFFICIENT", 0.5) == tuple(
        node(unowned, "resolution", "91")[["low", "state", "share_without_data"]]
    )
    assert ("INSUFFICIENT", 0.5) == tuple(node(unowned, "nation", "VN")[["state", "share_without_data"]])


def test_a_weekly_task_is_missed_by_weeks(catalogue: Catalogue):
    """
    Owed weekly and silent since its second week, it is judged by weeks: what is told monthly is no answer.
    """
    weekly = replace(OVERDUE, frequency="week")
    scores = scored(catalogue, weekly, reports=[report(weekly, "2026-W24", done_pct=10), report(weekly, "2026-10")])
    found = assignment(scores, "92-T01")

    assert (date(2026, 6, 14), 10.0) == tuple(found[["value_on", "done_pct"]])
    assert date(2026, 11, 8) == found["as_at"]


def test_closed_is_closed(catalogue: Catalogue):
    """
    A level reached by its deadline stays done, whether or not anybody reports it later.
    """
    item = indicator("91.08", "BTC", targets=(Target(2025, ">=", Decimal(245)),))
    item = replace(item, t0=date(2025, 4, 30))
    values = [value(item, "2026-05", 250)]
    missing = [("BTC", "91.08", f"2026-{month:02}") for month in range(6, 11)]
    row = assignment(scored(catalogue, item, missing=missing, values=values), "91.08")

    assert ("DONE_LATE", 0, date(2026, 5, 31)) == tuple(row[["status", "missed", "value_on"]])
    assert (date(2026, 5, 31) - YEAR_END.replace(year=2025)).days == row["lag_days"]
