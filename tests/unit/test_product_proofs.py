"""A product among the indicators is done with the document that proves it: asked, checked, scored through the road."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from unit.body_reports import opened, with_product
from unit.test_value_states import lay

from resolution_monitor.ask.findings import standing_findings
from resolution_monitor.ask.month_as_known import month_as_known
from resolution_monitor.period import parse_period
from resolution_monitor.pipeline import Context, fill_period, verify_document
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.pipeline.template import write_template
from resolution_monitor.reporting.content import BodyReport, IndicatorEntry, ValueState
from resolution_monitor.reporting.documents import document_in, names_document
from resolution_monitor.score.month.scores import score_resolutions

OCTOBER = parse_period("2026-10")
PRODUCT = "72.04"


@pytest.fixture
def road(context: Context) -> Context:
    return replace(context, catalogue=with_product(context.catalogue))


def scored(road: Context, inbox: Path, explanation: str) -> dict[str, Any]:
    """BYT says in October that it is done; the assignment."""
    entry = IndicatorEntry(PRODUCT, Decimal(1), ValueState.REPORTED, explanation=explanation)
    lay(inbox, BodyReport("BYT", OCTOBER, (entry,), (), (), ()), "2026-11-05T10:00:00+07:00")
    collect(road, inbox)
    normalise(road, None)
    return assignment(road)


def assignment(road: Context) -> dict[str, Any]:
    fill_period(road, OCTOBER)
    scores = score_resolutions(month_as_known(road.database, road.catalogue, OCTOBER, None))
    found: dict[str, Any] = scores.assignments.set_index("item_id").loc[PRODUCT].to_dict()
    return found


def test_done_without_a_document_is_not_done(road: Context, tmp_path: Path):
    """
    A bare 1 is asked about and counts 0, flagged; it was 100 before.
    """
    row = scored(road, tmp_path, "Đã hoàn thành theo kế hoạch")

    assert "done-without-document" in set(standing_findings(road.database, None, with_notes=False)["check_code"])
    assert ("DONE_NO_EVIDENCE", 0.0, None) == (row["flags"], row["attainment_pct"], row["met_on"])
    assert row["status"] not in ("DONE", "DONE_LATE")


def test_done_with_its_document_is_done_on_its_day(road: Context, tmp_path: Path):
    """
    Number, symbol and legal day in the explanation: done on that day, in the month that says so.
    """
    row = scored(road, tmp_path, "Quyết định số 12/QĐ-BYT ngày 20/10/2026")

    assert ("DONE", "", 100.0) == (row["status"], row["flags"], row["progress_low"])
    assert ("12/QĐ-BYT", date(2026, 10, 20), date(2026, 10, 20)) == (row["product"], row["done_on"], row["met_on"])


def test_an_early_day_counts_once_it_is_verified(road: Context, tmp_path: Path):
    """
    Told in October to be done in January it counts from 1 October on, until a named person verified the document.
    """
    row = scored(road, tmp_path, "12/QĐ-BYT ngày 15 tháng 01 năm 2026")
    assert ("DAY_UNVERIFIED", date(2026, 10, 1)) == (row["flags"], row["met_on"])
    words = {"source": "Công báo số 5", "author": "Nguyễn Văn A"}
    key = {"agency_id": "BYT", "item_id": PRODUCT, "document": "12/qđ-byt"}

    verify_document(road, **key, verdict="valid", issued_on=date(2026, 1, 15), **words)
    assert ("", date(2026, 1, 15)) == tuple(assignment(road)[name] for name in ("flags", "met_on"))
    verify_document(road, **key, verdict="invalid", issued_on=None, **words)
    assert ("DONE_NO_EVIDENCE", None) == tuple(assignment(road)[name] for name in ("flags", "met_on"))


def test_the_workbook_asks_for_the_document(road: Context, tmp_path: Path):
    """
    Beside what a product asks for stands where its document is to be named; no other row says so.
    """
    path = write_template(road, "BYT", OCTOBER, tmp_path / "BYT.xlsx")
    rows = [row for sheet in opened(path.read_bytes()).sheets for row in sheet.rows if sheet.name == "Chỉ tiêu"]
    asked = {str(row[0]) for row in rows if len(row) > 4 and "ngày ban hành văn bản" in str(row[4])}

    assert {PRODUCT} == asked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12/QĐ-BYT ngày 03/9/2026", ("12/QĐ-BYT", date(2026, 9, 3))),
        ("Quyết định số 12/QĐ-BYT, ngày 3 tháng 9 năm 2026 của Bộ Y tế", ("12/QĐ-BYT", date(2026, 9, 3))),
        ("Đã ban hành Số: 12-QĐ/TU ngày 03-09-2026.", ("12-QĐ/TU", date(2026, 9, 3))),
        ("12/QĐ-BYT ngày 31/02/2026", None),
        ("ngày 03/9/2026", None),
        ("Đã hoàn thành", None),
        ("", None),
    ],
)
def test_a_document_is_its_number_and_its_day(text: str, expected: tuple[str, date] | None):
    """
    As official correspondence writes it; without number or day there is none.
    """
    found = document_in(text)

    assert expected == (None if found is None else (found.number, found.issued_on))


def test_what_has_no_number_names_no_document():
    """
    A dot, a word, nothing at all.
    """
    assert [False, False, False, True] == [names_document(text) for text in (".", "Quyết định", None, "12/QĐ")]
