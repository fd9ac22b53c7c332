"""Rules of the reports on resolutions: what was received, what is proposed for decision, none, one and many."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import example_snapshot
import pandas
import pytest
from conftest import ROOT

from resolution_monitor.brief.figures import Source, places
from resolution_monitor.brief.parts.bulletin_values import rule_of, values_of
from resolution_monitor.brief.parts.month_counts import counts_part
from resolution_monitor.brief.parts.month_matters import proposed
from resolution_monitor.brief.parts.month_overdue import overdue_part, unverified_assignments
from resolution_monitor.brief.parts.month_reports import reports_part
from resolution_monitor.brief.parts.month_tables import workbook_tables
from resolution_monitor.brief.parts.month_things import things_of
from resolution_monitor.brief.parts.received import periods_missing, received
from resolution_monitor.brief.parts.resolution_figures import ResolutionFigures, is_overdue
from resolution_monitor.brief.report import load_report
from resolution_monitor.brief.resolution_snapshot import ResolutionSnapshot
from resolution_monitor.brief.sentences import Messages, ended, shortened
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.load import load_catalogue

DUE = pandas.Timestamp(datetime(2026, 11, 10, tzinfo=UTC))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT / "catalogue")


def figures_of(snapshot: ResolutionSnapshot, report_name: str = "resolutions_month") -> ResolutionFigures:
    return ResolutionFigures(load_report(ROOT / "report_templates", report_name, ROOT), snapshot)


def owed(*rows: tuple[str, str, int]) -> pandas.DataFrame:
    """agency_id, state, hours after the due time."""
    frame = pandas.DataFrame(rows, columns=["agency_id", "state", "hours"])
    return frame.assign(due_at=DUE, received_at=DUE + pandas.to_timedelta(frame["hours"], unit="h"))


def test_a_body_is_as_good_as_the_worst_it_owes():
    """
    One late figure makes a body late, one that did not come makes it missing; what was refused did not come.
    """
    found = received(
        owed(
            *(("A", "received_on_time", -1), ("A", "late", 2)),
            *(("B", "received_on_time", -1), ("B", "missing", 0)),
            *(("C", "rejected", -1), ("D", "received_on_time", -1)),
        )
    )

    assert (["D"], ["A"], ["B", "C"]) == (found.on_time, found.late, found.missing)
    assert 25.0 == found.on_time_pct
    assert 50.0 == found.received_pct


def test_accepted_in_part_counts_by_its_clock():
    """
    A file taken in part is on time or late as any other.
    """
    found = received(owed(("A", "accepted_in_part", -1), ("B", "accepted_in_part", 1)))

    assert (["A"], ["B"]) == (found.on_time, found.late)


def test_nothing_due_is_no_percentage():
    """
    What is not due, waived or still awaited is in no count, and no share of nothing is zero.
    """
    found = received(owed(("A", "not_due", 0), ("B", "waived", 0), ("C", "due", 0)))

    assert [] == found.owed
    assert found.on_time_pct is None


def test_periods_in_a_row_end_with_a_report():
    """
    Missing in October and September but not in August: two periods; a waived one breaks no row.
    """
    rows = [
        *(
            ("A", "2026-10", "missing"),
            ("A", "2026-09", "rejected"),
            ("A", "2026-08", "late"),
            ("A", "2026-07", "missing"),
        ),
        *(("B", "2026-10", "received_on_time"), ("B", "2026-09", "missing")),
        *(("C", "2026-10", "missing"), ("C", "2026-09", "waived"), ("C", "2026-08", "missing")),
    ]
    frame = pandas.DataFrame(rows, columns=["agency_id", "period_end", "state"])

    assert {"A": 2, "C": 2} == periods_missing(frame)


def test_most_urgent_matter_first_and_one_a_body(catalogue: Catalogue):
    """
    The task overdue longest comes first; a body and a task given to many have one matter; whoever names nobody to
    decide has none.
    """
    matters = proposed(figures_of(example_snapshot.example(catalogue)))

    assert ["BCT", "BQP", "BTC"] == [matter.row["agency_id"] for matter in matters]
    assert [379, 358] == [int(matter.assignment["overdue_days"]) for matter in matters[:2] if matter.assignment]


def test_one_task_does_not_fill_the_box(catalogue: Catalogue):
    """
    Three ministries ask about the task given to them all: one matter, as long as there are others.
    """
    snapshot = example_snapshot.example(catalogue)
    extra = snapshot.requests[snapshot.requests["agency_id"] == "BQP"]
    same = [extra.assign(agency_id=key, task_id=f"57-T01/{key}") for key in ("BCA", "BNG")]
    crowded = replace(snapshot, requests=pandas.concat([snapshot.requests, *same], ignore_index=True))
    matters = proposed(figures_of(crowded))

    assert ["BCT", "BCA", "BTC"] == [matter.row["agency_id"] for matter in matters]


def test_resolved_obstacles_and_those_of_its_own_ask_for_nothing(catalogue: Catalogue):
    """
    An obstacle that is removed, or that its body is to remove itself, is no matter for a leader.
    """
    snapshot = example_snapshot.example(catalogue)
    mine = snapshot.obstacles.assign(resolver=snapshot.obstacles["agency_id"])
    done = snapshot.obstacles.assign(is_resolved=True)
    none = snapshot.requests.iloc[:0]

    assert [] == proposed(figures_of(replace(snapshot, requests=none, obstacles=mine)))
    assert [] == proposed(figures_of(replace(snapshot, requests=none, obstacles=done)))


def test_an_assumed_deadline_is_never_overdue(catalogue: Catalogue):
    """
    Past a deadline that nobody verified: told apart, in no count of what is overdue.
    """
    made = figures_of(example_snapshot.crowded(catalogue))
    unverified = unverified_assignments(made)

    assert unverified
    assert not any(map(is_overdue, unverified))


def test_what_passed_an_unverified_deadline_is_counted_on_page_1(catalogue: Catalogue):
    """
    Outside the means and never unsaid: how many tasks stands on page 1, how many of each body and resolution in the
    workbook; where there is none, nothing is said.
    """
    made = figures_of(example_snapshot.crowded(catalogue))
    passed = unverified_assignments(made)
    tasks = len({one["parent_task"] or one["item_id"] for one in passed})
    told, tables = counts_of(made), workbook_tables(made)
    none = figures_of(assignments_with(example_snapshot.example(catalogue), [GREEN | {"is_due_assumed": False}]))

    assert f"{tasks} nhiệm vụ quá mốc dự kiến (chưa xác minh) – không tính vào điểm." == told["passed_unverified"]
    assert len(passed) == sum(row["passed"] for row in tables["resolutions"])
    assert len(passed) == sum(row["passed"] for row in tables["agencies"])
    assert "" == counts_of(none)["passed_unverified"]


def assignments_with(snapshot: ResolutionSnapshot, changes: list[dict[str, Any]]) -> ResolutionSnapshot:
    """The first leaves with these changes, and no others."""
    assignments = snapshot.now.scores.assignments.iloc[: len(changes)].copy()
    for index, change in zip(assignments.index, changes, strict=True):
        assignments.loc[index, list(change)] = list(change.values())
    scores = replace(snapshot.now.scores, assignments=assignments)
    return replace(snapshot, now=replace(snapshot.now, scores=scores))


OVERDUE = {"status": "OVERDUE", "overdue_days": 40.0, "is_due_assumed": False, "due_on": date(2026, 9, 21)}
GREEN = {"status": "GREEN", "overdue_days": 0.0}


@pytest.mark.parametrize(
    ("overdue", "heading"),
    [
        (0, "Không có nhiệm vụ, chỉ tiêu nào quá hạn theo thời hạn đã xác minh"),
        (1, "1 nhiệm vụ quá hạn: Bộ Quốc phòng, 40 ngày"),
        (2, "1 nhiệm vụ quá hạn (2 lượt giao), lâu nhất 40 ngày"),
    ],
)
def test_overdue_heading(catalogue: Catalogue, overdue: int, heading: str):
    """
    None, one and many read as a person would write them.
    """
    changes = [OVERDUE] * overdue + [GREEN] * (2 - overdue)
    made = figures_of(assignments_with(example_snapshot.example(catalogue), changes))

    assert heading == overdue_part(made)["overdue_heading"].replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("statuses", "heading"),
    [
        (["GREEN", "AMBER"], "Không có nhiệm vụ, chỉ tiêu nào ở mức đỏ"),
        (["GREEN", "AMBER", "NO_DATA"], "Không có nhiệm vụ, chỉ tiêu nào ở mức đỏ; còn 1 chỉ tiêu chưa có số liệu"),
        (["GREEN", "NO_DATA"], "1 chỉ tiêu trong 2 chỉ tiêu chưa có số liệu nên chưa thể kết luận chung"),
        (["NO_DATA", "UNRATED"], "Chưa đánh giá được: 2 chỉ tiêu đều chưa có số liệu"),
        (["RED", "GREEN", "GREEN"], "Nhiệm vụ đỏ giảm từ 3 xuống 0, chỉ tiêu đỏ tăng từ 0 lên 1"),
        ([], "Chưa có nhiệm vụ, chỉ tiêu nào để đánh giá"),
    ],
)
def test_missing_data_is_never_good_news(catalogue: Catalogue, statuses: list[str], heading: str):
    """
    The heading says how much is unknown before it says that nothing is red.
    """
    alone = {"overdue_days": 0.0, "item_kind": "indicator", "parent_task": None}
    changes = [alone | {"status": status, "item_id": f"57.{n:02}"} for n, status in enumerate(statuses, start=1)]
    made = figures_of(without_unowned(assignments_with(example_snapshot.example(catalogue), changes)))

    assert heading == counts_of(made)["states_heading"]


def without_unowned(snapshot: ResolutionSnapshot) -> ResolutionSnapshot:
    """No task that nobody leads, neither now nor before."""
    nodes = snapshot.now.scores.nodes
    scores = replace(
        snapshot.now.scores, nodes=nodes[(nodes["node_kind"] != "task") | (nodes["assignments_total"] > 0)]
    )
    return replace(snapshot, now=replace(snapshot.now, scores=scores))


def counts_of(made: ResolutionFigures) -> dict[str, Any]:
    return counts_part(made, things_of(made, made.assignments, made.snapshot.now))


@pytest.mark.parametrize(
    ("missing", "heading"),
    [
        ((), "Không thiếu báo cáo nào"),
        (("VPQH",), "1/233 cơ quan thiếu báo cáo: Văn phòng Quốc hội"),
        (("VPQH", "BYT"), "2/233 cơ quan thiếu báo cáo"),
    ],
)
def test_missing_heading(catalogue: Catalogue, missing: tuple[str, ...], heading: str):
    """
    None, one and many read as a person would write them.
    """
    made = figures_of(example_snapshot.example(catalogue, missing=missing))

    assert heading == reports_part(made)["missing_heading"]


def test_ratio_of_provinces_is_parts_over_wholes(catalogue: Catalogue):
    """
    A share over the country is all parts over all wholes; without them the middle province stands, and says so.
    """
    snapshot = example_snapshot.example_day(catalogue)
    made = figures_of(snapshot, "bulletin_day")
    values = values_of(made, "D09")
    rows = values.by_body.values()
    bare = figures_of(replace(snapshot, daily=snapshot.daily.assign(numerator=None)), "bulletin_day")

    assert "ratio_of_sums" == rule_of(made, "D09", values)
    assert 100 * sum(row["numerator"] for row in rows) / (300 * len(rows)) == values.together("ratio_of_sums")
    assert "median" == rule_of(bare, "D09", values_of(bare, "D09"))


def test_texts_of_others_are_cut_between_words():
    """
    A long text ends with an ellipsis after a whole word; a sentence gets one full stop.
    """
    assert "Giao một…" == shortened("Giao một đầu mối chịu trách nhiệm", 12)
    assert "Giao một" == shortened("Giao  một", 12)
    assert ["a.", "a.", "a…"] == [ended("a"), ended("a."), ended("a…")]


def test_messages_for_none_one_and_many(tmp_path: Path):
    """
    The number chooses the sentence.
    """
    file = tmp_path / "messages.vi.yaml"
    file.write_text("x_none: không\nx_one: một\nx_many: '{n} cái'\n", encoding="utf-8")
    messages = Messages([file])

    assert ["không", "một", "2 cái"] == [messages.counted("x", n, n=n) for n in (0, 1, 2)]


def test_a_whole_file_is_named_without_a_cell():
    """
    Where a file as a whole is meant, no cell is made up for it.
    """
    assert "BTC/a.xlsx; BTC/a.xlsx S!C1" == places(
        [Source("BTC/a.xlsx", "", "", "0"), Source("BTC/a.xlsx", "S", "C1", "0")]
    )
