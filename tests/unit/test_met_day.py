"""What is done counts from the day somebody can know it: through the inbox, with the named person who verifies."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW
from unit.test_ledger import count
from unit.test_value_states import lay

from resolution_monitor.ask.documents import documents
from resolution_monitor.ask.explain import explain
from resolution_monitor.ask.findings import standing_findings
from resolution_monitor.ask.month_as_known import month_as_known
from resolution_monitor.ask.status import Seen, standing
from resolution_monitor.errors import LedgerError
from resolution_monitor.period import parse_period
from resolution_monitor.pipeline import Context, fill_period, verify_document, verify_told_documents
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.pipeline.sample import write_sample
from resolution_monitor.pipeline.score import score
from resolution_monitor.reporting.content import BodyReport, TaskEntry, TaskState
from resolution_monitor.score.month.official import official_tasks
from resolution_monitor.score.month.scores import score_resolutions

APRIL, OCTOBER = parse_period("2026-04"), parse_period("2026-10")
# Was to be done by 7 November 2025.
TASK = "57-T01/BYT"
OPEN = TaskEntry(TASK, TaskState.UNDER_WAY, Decimal(40), None, note="Đang hoàn thiện hồ sơ trình ký")
DONE = TaskEntry(
    TASK, TaskState.DONE, Decimal(100), date(2026, 10, 20), "12/QĐ-BYT", evidence="Bản ký số gửi kèm báo cáo"
)
BACKDATED = replace(DONE, done_on=date(2025, 11, 5))
REASON = "Văn bản đã ký nhưng chưa báo cáo kịp"


def send(context: Context, inbox: Path, at: str, task: TaskEntry, period: str) -> None:
    """One report of BYT, collected and read."""
    lay(inbox, BodyReport("BYT", parse_period(period), (), (task,), (), ()), f"{at}T10:00:00+07:00")
    collect(context, inbox)
    normalise(context, None)


def assignment(context: Context) -> dict[str, Any]:
    fill_period(context, OCTOBER)
    month = month_as_known(context.database, context.catalogue, OCTOBER, None)
    row = score_resolutions(month).assignments.set_index("item_id").loc[TASK]
    return row.to_dict()


def checks(context: Context) -> set[str]:
    return set(standing_findings(context.database, None, with_notes=False)["check_code"])


def verify(context: Context, **changed: Any) -> bool:
    words = {"source": "Công báo số 5, ngày 06/11/2025", "author": "Nguyễn Văn A"}
    document = {"agency_id": "BYT", "item_id": TASK, "document": "12/QĐ-BYT", "verdict": "valid"}
    return verify_document(context, **{**document, "issued_on": date(2025, 11, 5), **words, **changed})


def test_a_backdated_product_waits_for_its_reason(context: Context, tmp_path: Path):
    """
    Told in October to be done last November it is not taken without a reason; with one it counts from 1 October on: 328
    days late, half of the points, where it took all of them before.
    """
    send(context, tmp_path, "2026-10-05", OPEN, "2026-09")
    send(context, tmp_path, "2026-11-05", BACKDATED, "2026-10")
    assert "done-before-first-report" in checks(context)
    assert "under_way" == assignment(context)["task_state"]

    send(context, tmp_path, "2026-11-06", replace(BACKDATED, note=REASON), "2026-10")
    row = assignment(context)
    assert "justified" in checks(context)
    assert ("DONE_LATE", "DAY_UNVERIFIED", 50.0) == (row["status"], row["flags"], row["progress_low"])
    assert (date(2025, 11, 5), date(2026, 10, 1)) == (row["done_on"], row["met_on"])
    assert (date(2026, 10, 1) - date(2025, 11, 7)).days == row["lag_days"]


def test_verified_its_legal_day_counts(context: Context, tmp_path: Path):
    """
    From the verification on it was done in time; as known before it was not. Explain says both days and who found it.
    """
    send(context, tmp_path, "2026-11-05", replace(BACKDATED, note=REASON), "2026-10")
    told = explain(context.database, context.catalogue, OCTOBER, agency_id="BYT", item_id=TASK)["day"]
    assert (date(2026, 10, 1), None) == (told["counted_on"], told["author"])
    assert "not verified" in told["why"]
    score(context, "resolutions_month", OCTOBER)
    later = replace(context, now=NOW + timedelta(minutes=5))
    assert verify(later)
    assert not verify(later)

    row = assignment(later)
    assert ("DONE", "", 100.0, date(2025, 11, 5)) == (
        *(row[name] for name in ("status", "flags", "progress_low", "met_on")),
    )
    day = explain(context.database, context.catalogue, OCTOBER, agency_id="BYT", item_id=TASK)["day"]
    assert (date(2025, 11, 5), date(2026, 10, 1), "Nguyễn Văn A") == (
        *(day[name] for name in ("counted_on", "first_claimed_on", "author")),
    )
    before = month_as_known(context.database, context.catalogue, OCTOBER, NOW + timedelta(minutes=4))
    assert "DONE_LATE" == score_resolutions(before).assignments.set_index("item_id").loc[TASK, "status"]
    # A run that scores only who is touched sees it, too.
    assert 1 <= score(later, "resolutions_month", OCTOBER)["anew"]


def test_a_later_correction_of_an_earlier_month_moves_nothing(context: Context, tmp_path: Path):
    """
    August and September said under way. In November a correction of August says done on 20 August: it speaks from 1
    November on, the month in which it came, and asks for a reason.
    """
    august = replace(DONE, done_on=date(2026, 8, 20))
    send(context, tmp_path, "2026-09-05", OPEN, "2026-08")
    send(context, tmp_path, "2026-10-05", OPEN, "2026-09")
    send(context, tmp_path, "2026-11-15", august, "2026-08")
    assert "done-before-first-report" in checks(context)
    send(context, tmp_path, "2026-11-16", replace(august, note=REASON), "2026-08")
    send(context, tmp_path, "2026-11-17", replace(august, note=REASON), "2026-10")

    assert date(2026, 11, 1) == assignment(context)["met_on"]


def test_sent_again_it_keeps_its_first_day(context: Context, tmp_path: Path):
    """
    Done on 20 October and told in time; the same told once more after the cut-off is as old as it first was.
    """
    send(context, tmp_path, "2026-11-05", DONE, "2026-10")
    send(context, tmp_path, "2026-11-19", replace(DONE, note="Gửi lại báo cáo"), "2026-10")

    assert (date(2026, 10, 20), "") == tuple(assignment(context)[name] for name in ("met_on", "flags"))


def test_what_a_named_person_finds_to_be_no_proof_is_open(context: Context, tmp_path: Path):
    """
    The document proves nothing: the task is overdue again, flagged, and owed from the month of the decision on, not for
    those between; withdrawn, it is done again.
    """
    send(context, tmp_path, "2026-10-05", replace(DONE, done_on=date(2026, 9, 20)), "2026-09")
    assert verify(context, verdict="invalid", issued_on=None)
    row = assignment(context)
    assert ("OVERDUE", "DONE_NO_EVIDENCE", 0.0) == (row["status"], row["flags"], row["progress_low"])
    owed = {}
    for name in ("2026-10", "2026-11"):
        fill_period(replace(context, now=NOW + timedelta(minutes=1)), parse_period(name))
        rows = standing(
            context.database,
            context.catalogue,
            [parse_period(name)],
            seen=Seen(NOW + timedelta(hours=1)),
            agency_id="BYT",
        )
        owed[name] = TASK in set(rows["item_id"])
    assert {"2026-10": False, "2026-11": True} == owed
    later = replace(context, now=NOW + timedelta(minutes=5))
    assert verify(later, verdict="withdrawn", issued_on=None)

    assert "DONE_LATE" == assignment(later)["status"]


REFUSED = {
    "is empty": {"source": " "},
    "no report of BYT names": {"document": "13/QĐ-BYT"},
    "has no number": {"document": "Quyết định"},
    "lies outside": {"issued_on": date(2027, 1, 1)},
    "legal day belongs": {"verdict": "invalid"},
    "verdict 'maybe'": {"verdict": "maybe"},
    "'57-T99' is not known": {"item_id": "57-T99"},
}


def test_who_verifies_says_what_can_be(context: Context, tmp_path: Path):
    """
    Without a source, of another document, or with a day that cannot be, nothing is kept and the sentence says why.
    """
    send(context, tmp_path, "2026-11-05", DONE, "2026-10")
    for words, changed in REFUSED.items():
        with pytest.raises(LedgerError, match=words):
            verify(context, **changed)

    assert 0 == count(context, "document_verification")


def test_the_list_puts_first_what_a_verification_decides(context: Context, tmp_path: Path):
    """
    Day told, day that counts, days late by both; the official count goes by the day that counts.
    """
    send(context, tmp_path, "2026-11-05", replace(BACKDATED, note=REASON), "2026-10")
    (row,) = documents(context.database, context.catalogue, OCTOBER, agency_id="BYT").to_dict("records")
    month = month_as_known(context.database, context.catalogue, OCTOBER, None)
    official = official_tasks(score_resolutions(month).assignments).set_index("item_id")

    assert (328, 0, date(2026, 10, 1)) == (row["late_days"], row["late_days_as_told"], row["counted_on"])
    assert "done_late" == official.loc[TASK, "status"]


def test_the_demonstration_verifies_what_is_older_than_its_first_report(context: Context, tmp_path: Path):
    """
    The first reports are those of April: every older document counts from 1 April on, and is verified once.
    """
    may = parse_period("2026-05")
    write_sample(context.settings, may, may, seed=1, folder=tmp_path, agency_ids=["BYT"])
    collect(context, tmp_path / "inbox")
    normalise(context, None)
    fill_period(context, may)
    before = documents(context.database, context.catalogue, may)
    early = before[before["told_on"] < APRIL.start]

    assert len(early)
    assert {APRIL.start} == set(early["counted_on"])
    assert len(early) == verify_told_documents(context.settings, may, NOW)
    rows = count(context, "document_verification")
    verify_told_documents(context.settings, may, NOW)
    assert rows == count(context, "document_verification")
    after = documents(context.database, context.catalogue, may)
    assert after["told_on"].tolist() == after["counted_on"].tolist()
