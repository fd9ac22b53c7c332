"""Each check of a body's report makes the round: planted, sent, answered, mended where marked, sent again, accepted."""

import io
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from conftest import ROOT
from openpyxl import Workbook as OpenWorkbook
from openpyxl import load_workbook
from unit.body_reports import (
    CHANGES,
    INDICATORS,
    REASON,
    Planted,
    good_report,
    good_workbook,
    opened,
    product_report,
    raised_by_reports,
    understood,
    with_cells,
    with_product,
)

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.exchange.answer import Answer, AnsweredFinding, answer_of
from resolution_monitor.exchange.feedback import answer_workbook
from resolution_monitor.normalise.body_report import ReportReading
from resolution_monitor.normalise.checks.answers import figures_of
from resolution_monitor.normalise.finding_text import finding_text
from resolution_monitor.terms import CellValue, Finding, Severity, Workbook


def sent_again() -> ReportReading:
    """The template of the body and period, filled in as it was given, in the right folder."""
    return understood(opened(good_workbook()))


def with_news() -> ReportReading:
    """One figure is of this month."""
    changed = with_cells(opened(good_workbook()), INDICATORS, G7=91.7)
    return understood(changed, before=lambda agency_id, period: figures_of(good_report()))


def with_document() -> ReportReading:
    """The product of the report is named with number, symbol and day."""
    catalogue = with_product(load_catalogue(ROOT / "catalogue"))
    return understood(product_report("12/QĐ-BYT ngày 25/9/2026"), catalogue=catalogue)


# Mended by what the action asks for, for no cell of the file is wrong.
MENDED_AS_FILES: dict[str, Callable[[], ReportReading]] = {
    **dict.fromkeys(["report-without-sender", "unknown-sender", "wrong-sender", "period-differs"], sent_again),
    **dict.fromkeys(
        ["columns-not-parted", "report-meta-missing", "report-meta-twice", "report-period-unknown"], sent_again
    ),
    **dict.fromkeys(["report-not-owed", "report-too-early", "form-on-two-sheets", "sheet-not-read"], sent_again),
    **dict.fromkeys(["template-outdated", "template-stale", "item-missing", "unknown-header"], sent_again),
    **dict.fromkeys(["letters-lost", "letters-lost-in-text", "table-missing", "report-without-rows"], sent_again),
    **dict.fromkeys(["section-not-known", "column-missing", "row-not-read", "row-without-code"], sent_again),
    **dict.fromkeys(["struck-out", "struck-part", "format-not-number", "format-scales"], sent_again),
    **dict.fromkeys(["rows-exchanged", "columns-exchanged", "share-far-from-peers"], sent_again),
    "copied-report": with_news,
    "done-without-document": with_document,
}
MENDED_BY_CELLS = [check for check in CHANGES if check not in (*MENDED_AS_FILES, "justified")]
# What a clerk writes where the good workbook holds nothing to copy.
WRITTEN: dict[str, CellValue] = {
    "text-twice": "Thiếu kinh phí để thực hiện nhiệm vụ",
    "ratio-half-told": 1000.0,
    "not-started-with-share": 0.0,
}
_MOST_ROUNDS = 2


@cache
def loaded(agency_id: str, period: str) -> OpenWorkbook:
    return load_workbook(io.BytesIO(good_workbook(agency_id, period)))


def saved(workbook: OpenWorkbook) -> bytes:
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def planted_file(planted: Planted) -> bytes:
    """The workbook as a body sends it, with the fault in it."""
    workbook = loaded(planted.agency_id, planted.period)
    page = workbook[planted.sheet]
    before = {address: page[address].value for address in planted.cells}
    for address, value in planted.cells.items():
        page[address].value = value
    content = saved(workbook)
    for address, value in before.items():
        page[address].value = value
    return content


def answer_to(catalogue: Catalogue, reading: ReportReading) -> Answer:
    return answer_of("bao-cao.xlsx", reading.state, [told(catalogue, finding) for finding in reading.findings])


def told(catalogue: Catalogue, finding: Finding) -> AnsweredFinding:
    text, action = finding_text(catalogue, finding)
    place = (finding.sheet, finding.cell, finding.value)
    fill = dict(finding.details).get("fill")
    return AnsweredFinding(finding.severity, finding.check, *place, text=text, action=action, fill=fill)


def mended_file(content: bytes, answer: Answer, planted: Planted) -> bytes:
    """What was answered, with the good value in every marked cell, or a reason where one is asked for."""
    workbook = load_workbook(io.BytesIO(content))
    for sheet, address, value in mending(opened(good_workbook(planted.agency_id, planted.period)), answer):
        cell = workbook[sheet][address]
        assert cell.comment is not None
        assert "Resolution Monitor" == cell.comment.author
        assert not cell.protection.locked
        cell.value = value
    return saved(workbook)


def mending(good: Workbook, answer: Answer) -> Iterator[tuple[str, str, CellValue]]:
    for one in answer.findings:
        if one.sheet is None or one.cell is None or one.check == "justified":
            continue
        if one.severity is Severity.JUSTIFY:
            assert one.fill is not None
            yield one.sheet, one.fill, f"{REASON} {one.value}"  # a slip of scale wants its figure repeated
        else:
            (page,) = (sheet for sheet in good.sheets if sheet.name == one.sheet)
            held = page.value(int(one.cell[1:]) - 1, ord(one.cell[0]) - ord("A"))
            yield one.sheet, one.cell, WRITTEN.get(one.check, held)


def test_every_check_of_a_report_makes_the_round(catalogue: Catalogue):
    """
    The two tables hold every check of a body's report but `justified`, which is what comes of a mending, and those that
    no mending helps: a named person has to accept the row (test_closed_items.py, test_nothing_on_the_road.py).
    """
    decided = {key for key, check in catalogue.checks.items() if check.needs_decision}

    assert set(raised_by_reports()) == {*MENDED_AS_FILES, *MENDED_BY_CELLS, *decided, "justified"}
    assert MENDED_BY_CELLS


@pytest.mark.parametrize("check", MENDED_BY_CELLS)
def test_mended_where_marked_is_accepted(catalogue: Catalogue, check: str):
    """
    Who mends the marked cells and no other is accepted, with nothing left to say but the reasons given.

    Choosing "late" for an overdue task asks for its reason: that is the second round.
    """
    planted = CHANGES[check]
    content = planted_file(planted)
    reading = understood(opened(content), planted.agency_id)
    assert check in {finding.check for finding in reading.findings}
    for _ in range(_MOST_ROUNDS):
        answer = answer_to(catalogue, reading)
        content = answer_workbook(content, answer)
        content = mended_file(content, answer, planted)
        reading = understood(opened(content), planted.agency_id)
        if reading.state == "accepted":
            break

    assert "accepted" == reading.state
    assert {"justified"} >= {finding.check for finding in reading.findings}
    whole = understood(opened(good_workbook(planted.agency_id, planted.period)), planted.agency_id)
    assert whole.places.keys() <= reading.places.keys()


@pytest.mark.parametrize("check", MENDED_AS_FILES)
def test_mended_as_the_action_asks_is_accepted(catalogue: Catalogue, check: str):
    """
    Where no cell is wrong, doing what the action says is enough.
    """
    reading = MENDED_AS_FILES[check]()

    assert "accepted" == reading.state
    assert () == reading.findings
    assert catalogue.checks[check].action.startswith(("Đề nghị", "Không cần"))
