"""Questions of the screens in the monthly workbook: for analysts, never on the page."""

from dataclasses import replace
from datetime import date
from typing import Any

import example_snapshot
import pandas
from conftest import ROOT

from resolution_monitor.brief.assembly import briefing_of
from resolution_monitor.brief.report import load_report
from resolution_monitor.brief.reports import kind_of
from resolution_monitor.catalogue.entries import Catalogue

QUESTION = "Đề nghị gửi văn bản."
ROW: dict[str, Any] = {
    "agency_id": "BYT",
    "item_id": "72-T01",
    "screen": "without_evidence",
    "question": QUESTION,
    "false_share": 0.125,
    "false_alarm_rate": 0.039,
    "needs_verification": True,
    "reply_until": date(2026, 11, 27),
    "reply": None,
}


def test_questions_stand_in_the_workbook_and_not_on_the_page(catalogue: Catalogue):
    """
    A question with its rate of false alarms is a row of its sheet; pages 1 and 2 and their numbers stay as they were.
    """
    report = load_report(ROOT / "report_templates", "resolutions_month", ROOT)
    plain = example_snapshot.example(catalogue)
    asked = replace(plain, questions=pandas.DataFrame([ROW, {**ROW, "reply": "Đã gửi."}], dtype=object))
    before, after = (briefing_of(kind_of("resolutions_month"), report, one) for one in (plain, asked))
    rows = after.tables["questions"]

    assert [] == before.tables["questions"]
    assert (QUESTION, 3.9, 12.5, "yes") == tuple(rows[0][key] for key in ("question", "rate", "share", "verify"))
    assert ["", "Đã gửi."] == [row["reply"] for row in rows]
    assert before.figures == after.figures
    assert {**before.page, "footer": "", "annexes": []} == {**after.page, "footer": "", "annexes": []}
    assert plain.sha256 != asked.sha256


def test_only_what_was_answered_or_is_over_stands_in_the_annex(catalogue: Catalogue):
    """
    The briefing is made for 12 November: a question with time until that day is still open, one until the 11th is not.
    """
    report = load_report(ROOT / "report_templates", "resolutions_month", ROOT)
    days = [{"reply_until": date(2026, 11, day), "question": f"Hỏi {day}"} for day in (11, 12)]
    rows = [{**ROW, **day} for day in days] + [{**ROW, "question": "Đã hỏi", "reply": "Đã gửi."}]
    asked = replace(example_snapshot.example(catalogue), questions=pandas.DataFrame(rows, dtype=object))
    page = briefing_of(kind_of("resolutions_month"), report, asked).page

    (annex,) = [one for one in page["annexes"] if one["key"] == "questions"]

    assert ["Hỏi 11", "Đã hỏi"] == [row["question"] for row in annex["rows"]]
