"""What is done is asked for no more, and what was accepted of it stands until a named person accepts another."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import NOW
from unit.body_reports import OCTOBER, opened, understood
from unit.test_ledger import count
from unit.test_value_states import lay

from resolution_monitor.ask.findings import standing_findings
from resolution_monitor.ask.missing import missing
from resolution_monitor.ask.month_as_known import month_as_known
from resolution_monitor.ask.status import Seen, standing
from resolution_monitor.errors import LedgerError
from resolution_monitor.period import parse_period
from resolution_monitor.pipeline import Context, accept, fill_period
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.pipeline.template import write_template
from resolution_monitor.reporting.content import BodyReport, IndicatorEntry, TaskEntry, TaskState, ValueState
from resolution_monitor.score.month.frames import NodeKind
from resolution_monitor.score.month.scores import score_resolutions
from resolution_monitor.store import closing_rows

SEPTEMBER = parse_period("2026-09")
TASK, OTHER = "57-T01/BYT", "72-T02"
DONE = TaskEntry(TASK, TaskState.DONE, Decimal(100), date(2026, 9, 3), "12/QĐ-BYT", evidence="Bản ký số")
OPEN = TaskEntry(TASK, TaskState.UNDER_WAY, Decimal(40), None, note="Đơn vị đang rà soát lại toàn bộ nội dung")
UNDER_WAY = TaskEntry(OTHER, TaskState.UNDER_WAY, Decimal(20), None)
REMARK = "Ngày ghi ở báo cáo trước chưa đúng, nay đính chính"


def send(context: Context, inbox: Path, at: str, *tasks: TaskEntry, period: str = "2026-10") -> None:
    """One report of BYT, collected and read."""
    lay(inbox, BodyReport("BYT", parse_period(period), (), tasks, (), ()), f"{at}T10:00:00+07:00")
    collect(context, inbox)
    normalise(context, None)


def closed_in_september(context: Context, inbox: Path) -> None:
    send(context, inbox, "2026-10-05", DONE, UNDER_WAY, period="2026-09")


def owed(context: Context, period: str, seen: Seen | None = None) -> set[str]:
    """Tasks that BYT owes for a period."""
    rows = standing(
        context.database, context.catalogue, [parse_period(period)], seen=seen or Seen(NOW), agency_id="BYT"
    )
    return set(rows.loc[rows["item_kind"] == "task", "item_id"])


def checks(context: Context) -> set[str]:
    return set(standing_findings(context.database, None, with_notes=False)["check_code"])


def stands(context: Context) -> list[tuple[object, ...]]:
    """What stands of the task: period, state, day and product."""
    rows = closing_rows.task_reports_counted(context.database)
    newest = {row["period_end"]: row for row in rows if row["item_id"] == TASK}
    return [(end, row["state"], row["done_on"], row["product"]) for end, row in sorted(newest.items())]


def score(context: Context) -> dict[str, object]:
    for month in (SEPTEMBER, OCTOBER):
        fill_period(context, month)
    scores = score_resolutions(month_as_known(context.database, context.catalogue, OCTOBER, None))
    row = scores.assignments.set_index("item_id").loc[TASK, ["status", "missed", "done_on", "product", "progress_low"]]
    nodes = scores.nodes[scores.nodes["node_kind"] == NodeKind.AGENCY.value].set_index("node_id")
    return {**row, "composite": nodes.loc["BYT", "composite_low"], "reporting": nodes.loc["BYT", "reporting"]}


def test_closed_task_is_asked_for_no_more(context: Context, tmp_path: Path):
    """
    Said to be done in September, it is owed for September and never after; its row leaves the workbook of October,
    and an October without it lacks nothing.
    """
    fill_period(context, OCTOBER)
    assert TASK in owed(context, "2026-10")
    closed_in_september(context, tmp_path / "inbox")
    later = replace(context, now=NOW + timedelta(minutes=1))
    for month in (SEPTEMBER, OCTOBER):
        fill_period(later, month)
    rows = count(context, "obligation")
    fill_period(replace(context, now=NOW + timedelta(minutes=2)), OCTOBER)
    assert rows == count(context, "obligation")

    assert TASK in owed(context, "2026-09")
    assert {TASK} == owed(context, "2026-10", Seen(NOW, known_at=NOW + timedelta(seconds=30))) - owed(
        context, "2026-10"
    )
    gone = missing(context.database, context.catalogue, (SEPTEMBER, OCTOBER), seen=Seen(NOW), agency_id="BYT")
    assert TASK not in set(gone["item_id"])
    path = write_template(context, "BYT", OCTOBER, tmp_path / "BYT.xlsx")
    written = {
        row[0] for sheet in opened(path.read_bytes()).sheets for row in sheet.rows if row and sheet.name != "_meta"
    }
    assert OTHER in written
    assert TASK not in written
    told = understood(opened(path.read_bytes())).findings
    assert "item-missing" not in {finding.check for finding in told if TASK in str(finding.value)}
    send(
        context,
        tmp_path / "inbox",
        "2026-11-05",
        *(replace(UNDER_WAY, task_id=item) for item in owed(context, "2026-10")),
    )
    assert not [text for text in standing_findings(context.database, None, with_notes=False)["text_vi"] if TASK in text]


def test_closed_task_scores_as_before(context: Context, tmp_path: Path):
    """
    A task that is owed no more is not missed, and neither the same told again nor another day changes a score.
    """
    closed_in_september(context, tmp_path)
    send(context, tmp_path, "2026-11-05", UNDER_WAY)
    silent = score(context)
    send(context, tmp_path, "2026-11-06", DONE, UNDER_WAY)
    assert silent == score(context)
    assert not {"closed-day-differs", "item-not-owed"} & checks(context)
    send(context, tmp_path, "2026-11-07", replace(DONE, done_on=date(2026, 1, 5)), UNDER_WAY)

    assert ("DONE_LATE", 0, date(2026, 9, 3), "12/QĐ-BYT") == tuple(silent.values())[:4]
    assert silent == score(context)


# What is told otherwise of the closed task -> the finding that asks about it.
OTHERWISE = {
    "closed-day-differs": replace(DONE, done_on=date(2026, 1, 5), note=REMARK),
    "closed-product-differs": replace(DONE, product="99/QĐ-BYT", note=REMARK),
    "closed-state-differs": OPEN,
}


def test_what_was_accepted_of_a_closed_task_stands(context: Context, tmp_path: Path):
    """
    Another day, number or state is asked and changes nothing, whatever the remark; neither in the month that closed it
    nor later. Both values stand in the words, with the cell.
    """
    closed_in_september(context, tmp_path)
    send(context, tmp_path, "2026-11-04", UNDER_WAY)
    before = stands(context)
    for period in ("2026-09", "2026-10"):
        for day, changed in enumerate(OTHERWISE.values(), start=5):
            send(context, tmp_path, f"2026-11-{day:02}", changed, UNDER_WAY, period=period)

            assert before == stands(context)
    found = standing_findings(context.database, None, with_notes=False)
    asked = found[found["check_code"].isin(OTHERWISE)]

    assert dict.fromkeys(OTHERWISE, 2) == asked["check_code"].value_counts().to_dict()
    assert {"justify"} == set(asked["severity"])
    (words,) = set(asked.loc[asked["check_code"] == "closed-day-differs", "text_vi"])
    assert "ghi ngày hoàn thành 05/01/2026, khác với ngày đã được chấp nhận là 03/09/2026 (kỳ đến 30/09/2026)" in words


def test_a_named_person_accepts(context: Context, tmp_path: Path):
    """
    Accepted by a named person the new day stands; the decision withdrawn, the old one does.
    """
    closed_in_september(context, tmp_path)
    send(context, tmp_path, "2026-11-04", UNDER_WAY)
    before = stands(context)
    send(context, tmp_path, "2026-11-05", replace(DONE, done_on=date(2026, 8, 20)), UNDER_WAY)
    number = count(context, "submission")
    asked = {"submission_id": number, "item_id": TASK, "reason": "Công văn 7/BYT-VP", "author": "N. V. A"}
    with pytest.raises(LedgerError, match="waits for a decision"):
        accept(context, **{**asked, "item_id": OTHER})
    with pytest.raises(LedgerError, match="reason or the author"):
        accept(context, **{**asked, "author": " "})

    accept(context, **asked)
    assert (OCTOBER.end, "done", date(2026, 8, 20), "12/QĐ-BYT") == stands(context)[-1]
    assert "closed-day-differs" not in checks(context)
    accept(context, **asked, withdraw=True)
    assert before == stands(context)


def test_reopened_by_decision_is_owed_again(context: Context, tmp_path: Path):
    """
    Accepted as under way again it is owed from the next month on; the month in between is not missing.
    """
    closed_in_september(context, tmp_path)
    send(context, tmp_path, "2026-11-05", OPEN, UNDER_WAY)
    accept(context, submission_id=count(context, "submission"), item_id=TASK, reason="Mở lại", author="N. V. A")
    for month in ("2026-10", "2026-11"):
        fill_period(context, parse_period(month))

    assert TASK not in owed(context, "2026-10")
    assert TASK in owed(context, "2026-11")


def test_indicator_reached_after_its_deadline_is_closed(context: Context, tmp_path: Path):
    """
    66.01 was to be 100 by the end of 2025: below it in April it is owed for May, reached in May it is owed no more.
    """
    for at, period, value in (("2026-05-09", "2026-04", 90), ("2026-06-09", "2026-05", 100)):
        # A figure that is the target itself goes in with a reason that repeats it.
        why = f"Đã rà soát, kết quả đến cuối kỳ là {value}"
        entry = IndicatorEntry("66.01", Decimal(value), ValueState.REPORTED, explanation=why)
        lay(tmp_path, BodyReport("BTP", parse_period(period), (entry,), (), (), ()), f"{at}T10:00:00+07:00")
    collect(context, tmp_path)
    normalise(context, None)
    found = {}
    for month in ("2026-04", "2026-05", "2026-06"):
        fill_period(context, parse_period(month))
        rows = standing(context.database, context.catalogue, [parse_period(month)], seen=Seen(NOW), agency_id="BTP")
        found[month] = "66.01" in set(rows["item_id"])

    assert {"2026-04": True, "2026-05": True, "2026-06": False} == found
