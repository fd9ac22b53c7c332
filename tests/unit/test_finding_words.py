"""What agencies are told: every text is polite, plain Vietnamese, and none has a place left unfilled."""

import ast
import re
import string
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pandas
import pytest
import yaml
from conftest import ROOT
from hostile.more_workbooks import MORE_HOSTILE
from hostile.workbooks import HOSTILE
from made_up_forms import MONTHLY, MONTHLY_CELLS, changed
from made_up_forms import sheet as form_sheet
from unit.body_reports import raised_by_reports
from unit.test_forms import HEAD, LINE, OTHER, PARTS, RECEIVED_ON, ROWS, balance, read, replaced, sheet, unseen_sheet

from resolution_monitor.catalogue import parse_forms
from resolution_monitor.catalogue.entries import NATION_ID, Catalogue, Form
from resolution_monitor.collect import read as read_file
from resolution_monitor.collect.guard import guard
from resolution_monitor.collect.read_text import is_text, text_answer
from resolution_monitor.collect.refusals import RefusedError
from resolution_monitor.normalise.checks.personal import check_personal
from resolution_monitor.normalise.checks.plan_and_final import check_pairs
from resolution_monitor.normalise.finding_text import finding_text
from resolution_monitor.normalise.notes import Notes
from resolution_monitor.normalise.observe import understand
from resolution_monitor.period import parse_period
from resolution_monitor.pipeline.closing import closed_finding
from resolution_monitor.terms import CellValue, Finding, ReportedValue, Severity, Workbook

# Words of ours that a clerk has no use for; "Excel", "macro" and "MB" are on every clerk's screen.
TECHNICAL = set(
    re.findall(
        r"\w+",
        "xml dtd utf zip archive header sheet workbook file error none null true false stream record biff ole vba "
        "server activex parser database sha256 sender",
    )
)

# Builder and check, like the hostile files.
FODS = (lambda: b"<?xml?><x mimetype='application/vnd.oasis.opendocument.spreadsheet'/>", "workbook-kind-not-read")
# Whose first argument names a check.
NOTING = ("note", "add", "Finding", "RefusedError", "add_justified")

SPENDING: list[list[CellValue]] = [
    ["DỰ TOÁN CHI NGÂN SÁCH TRUNG ƯƠNG CỦA TỪNG BỘ, CƠ QUAN NĂM 2012"],
    ["Đơn vị: Triệu đồng"],
    ["SỐ TT", "TÊN ĐƠN VỊ", "TỔNG SỐ CHI", "ĐẦU TƯ", "THƯỜNG XUYÊN"],
    ["A", "B", "1=2+3", "2", "3"],
    ["I", "Các Bộ", 100.0, 40.0, 60.0],
    [1.0, "Bộ Tài chính", 100.0, 40.0, 40.0],
]


def section_text(catalogue: Catalogue, *rows: list[CellValue]) -> str:
    """What is said of the section that these rows form below the one that is scored."""
    findings = read(catalogue, sheet([*SPENDING, *rows])).findings
    (finding,) = [finding for finding in findings if finding.check == "section-not-scored"]
    return finding_text(catalogue, finding)[0]


def of_sheets(catalogue: Catalogue) -> Iterator[Finding]:
    """Findings of sheets and rows, as the code that reads them raises them."""
    good = [*HEAD, *ROWS]
    changes: list[tuple[int, int, CellValue]] = [
        (1, 0, "DỰ TOÁN THU, CHI NGÂN SÁCH CỦA CÁC TỈNH, THÀNH PHỐ"),
        (1, 0, "BẢNG SỐ 9"),
        (2, 2, ""),
        (2, 3, "Đơn vị: tỷ đồng"),
        (3, 2, "THU NGÂN SÁCH"),
        (6, 1, "HÀ GIANG MỚI"),
        (7, 1, "HÀ GIANG"),
        (6, 2, "mười"),
        (6, 2, None),
        (4, 2, 99.0),
        (8, 2, 7.0),
        (7, 0, "Ghi chú: (1) Bao gồm thu khác"),
    ]
    for change in changes:
        yield from read(catalogue, sheet(replaced(*change))).findings
    yield from read(catalogue, sheet([*HEAD, [1.0, "TỈNH LẠ", 5.0]])).findings
    yield from read(catalogue, sheet(good), sheet(good, "copy")).findings
    yield from read(catalogue, sheet(replaced(1, 0, str(HEAD[1][0]).replace("NĂM", "6 THÁNG NĂM")))).findings
    yield from read(catalogue, unseen_sheet()).findings
    settled = replace(catalogue, settled_names={"ha giang moi": None})
    yield from read(settled, sheet(replaced(6, 1, "HÀ GIANG MỚI"))).findings
    yield from read(catalogue, sheet(good, hidden=True)).findings
    yield from read(catalogue, sheet([["Danh sách cán bộ"]], "Sheet1")).findings
    yield from read(catalogue, sheet([*SPENDING, ["II", "Chi khác", 5.0]])).findings
    yield from read(catalogue, balance(OTHER)).findings
    yield from of_periods(catalogue)
    yield from read(catalogue, balance(LINE, *PARTS, LINE)).findings
    for sender in ("BYT", "XYZ"):
        yield from understand(Workbook(sheets=(sheet(good),)), catalogue, sender, received_on=RECEIVED_ON).findings


def of_periods(catalogue: Catalogue) -> Iterator[Finding]:
    """Findings of a form of months, whatever place of it says a wrong period or unit."""
    form = parse_forms.form(yaml.safe_load(MONTHLY), catalogue.indicators, NATION_ID)
    of_headings = replace(form, units_in="header", lines=form.lines[:1])
    title = "MỘT SỐ CHỈ TIÊU KINH TẾ - XÃ HỘI"
    cases: list[tuple[Form, dict[tuple[int, int], CellValue], str]] = [
        (form, {(1, 0): title}, "Bieu 1"),
        (form, {(1, 0): f"{title} QUÝ III NĂM 2026"}, "Bieu 1"),
        (form, {(2, 0): "Tháng 9 năm 2026"}, "Bieu 1"),
        (form, {}, "T9"),
        (form, {(1, 0): f"{title} THÁNG 12 NĂM 2026", (3, 2): "Thực hiện tháng 11", (3, 3): "Ước tháng 12"}, "Bieu 1"),
        (form, {(5, 1): "Nghìn hộ"}, "Bieu 1"),
        (form, {(5, 1): None}, "Bieu 1"),
        (of_headings, {}, "Bieu 1"),
    ]
    for one, change, name in cases:
        known = replace(catalogue, forms={one.form: one})
        book = Workbook(sheets=(form_sheet(changed(MONTHLY_CELLS, change), name),))
        yield from understand(book, known, "BTC", received_on=RECEIVED_ON).findings


def of_personal_data(catalogue: Catalogue) -> Iterator[Finding]:
    notes = Notes(catalogue.checks)
    check_personal(Workbook(sheets=(sheet([["Liên hệ 0912345678"]]),)), notes)
    yield from notes.findings


def of_files() -> Iterator[Finding]:
    """Findings of the guard, completed by what the parent adds: the file's name; and that of a reader that died."""
    for build, _ in (*HOSTILE.values(), MORE_HOSTILE["dde"], MORE_HOSTILE["csv-vni"], FODS):
        try:
            content = build()
            text_answer(content, "read") if is_text(content) else guard(content)
        except RefusedError as refused:
            details = tuple(refused.details.items())
            yield Finding(refused.check, Severity.BLOCK, refused.sheet, refused.cell, "bao-cao.xlsx", details)
    yield Finding("reader-died", Severity.BLOCK, value="bao-cao.xlsx")
    yield Finding("secrecy-mark", Severity.BLOCK, details=(("document_number", ""), ("level", "MẬT")))
    yield Finding("secrecy-doubt", Severity.BLOCK, details=(("document_number", ""), ("level", "MẬT")))
    contradicted = [[4, 2, "SUM(C1:C4)", 100.0, 90.0]]
    odd = {"sheet": "Biểu 1", "place": [1, 1], "text": "Ổn định □", "cells": 2}
    sheets = [{"name": "Biểu 1", "is_hidden": False, "rows": [], "merged": [], "contradicted": contradicted}]
    answer = {
        "sheets": sheets,
        "odd": odd,
        "told": ["external-link"],
        "leftover": ["Bé"],
        "repair": {"cells": 3, "confidence": 0.98},
        "two_readings": ["xă", "xã"],
    }
    yield from read_file._result("bao-cao.xlsx", answer).told


def of_pairs(catalogue: Catalogue) -> Iterator[Finding]:
    """One body with only a plan, another with only a result."""
    planned, final = read(catalogue, sheet([*HEAD, *ROWS])).values
    both = [{**_row(planned), "role": "target"}, {**_row(final), "role": "observation"}]
    yield from (placed.finding for placed in check_pairs(catalogue, parse_period("2013"), pandas.DataFrame(both)))


def _row(value: ReportedValue) -> dict[str, object]:
    names = ("agency_id", "indicator_id", "value", "printed_name", "sheet", "cell")
    return {"submission_id": 1, **{name: getattr(value, name) for name in names}}


@pytest.fixture(scope="module")
def raised(catalogue: Catalogue) -> list[Finding]:
    of_reports = [finding for reading in raised_by_reports().values() for finding in reading.findings]
    copied = Finding("duplicate-file", Severity.NOTE, value="b.xlsx", details=(("first", "a.xlsx"),))
    closed = closed_finding("2026-10", ["57.01", "57-T01/BNV"], datetime(2027, 12, 5, tzinfo=UTC))
    return [
        *of_files(),
        *of_sheets(catalogue),
        *of_pairs(catalogue),
        *of_personal_data(catalogue),
        *of_reports,
        copied,
        closed,
    ]


def test_every_check_is_raised(catalogue: Catalogue, raised: list[Finding]):
    """
    No text waits for a finding that nothing raises.
    """
    assert set(catalogue.checks) == {finding.check for finding in raised}


def names_of_checks(source: str) -> set[str]:
    """Names that code gives to what it notes: texts of small letters with dashes, first among the arguments."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args]
    named = [node for node in calls if getattr(node.func, "attr", getattr(node.func, "id", "")) in NOTING]
    parts = [part for node in named for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)]
    return {
        part.value for part in parts if isinstance(part.value, str) and re.fullmatch(r"[a-z]+(-[a-z]+)+", part.value)
    }


def test_every_name_in_the_code_has_an_entry(catalogue: Catalogue):
    """
    What code notes stands in checks.yaml, before a file comes that would raise it.
    """
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "plugins").rglob("*.py")]
    noted = {name for source in sources for name in names_of_checks(source)}

    assert set() == noted - catalogue.checks.keys()
    assert len(noted) > 60
    assert {"no-such-check"} == names_of_checks('cells.note("no-such-check", "value", None)')


def test_every_place_is_filled(catalogue: Catalogue, raised: list[Finding]):
    """
    Each {place} of a text is filled by the code that raises its finding.
    """
    for finding in raised:
        check = catalogue.checks[finding.check]
        held = {"sheet": finding.sheet, "cell": finding.cell, "value": finding.value, **dict(finding.details)}
        named = {name for _, name, _, _ in string.Formatter().parse(check.text + check.action) if name}
        allowed = {"value"} if finding.check == "missing-value" else set()

        assert set() == {name for name in named if not held.get(name)} - allowed, finding


def test_every_severity_is_that_of_the_catalogue(catalogue: Catalogue, raised: list[Finding]):
    """
    A finding weighs what its entry in the catalogue says.
    """
    assert set() == {f.check for f in raised if catalogue.checks[f.check].severity is not f.severity}


def test_every_action_is_a_request(catalogue: Catalogue):
    """
    An action asks, or says that nothing is to be done.
    """
    for check in catalogue.checks.values():
        assert check.action.startswith(("Đề nghị ", "Không cần ")), check.check
        assert check.action.endswith("."), check.check
        assert check.action.startswith("Không cần ") == (check.severity is Severity.NOTE), check.check


def test_no_technical_english(catalogue: Catalogue, raised: list[Finding]):
    """
    Texts, and what the guard puts into them, hold no word of the trade.
    """
    told = [text for check in catalogue.checks.values() for text in (check.text, check.action)]
    told += [text for finding in of_files() for text in finding_text(catalogue, finding)]
    for text in told:
        spoken = re.sub(r"{\w+}", " ", text).replace("bao-cao.xlsx", " ").lower()

        assert set() == TECHNICAL & set(re.findall(r"\w+", spoken)), text


def test_empty_and_unreadable_are_told_alike(catalogue: Catalogue):
    """
    Neither of the two asks for an empty cell: both keep the row out.
    """
    for code in ("not-a-number", "missing-value"):
        assert "dòng này chưa được tính" in catalogue.checks[code].text
        assert "thì ghi 0" in catalogue.checks[code].action


def test_section_that_is_not_scored(catalogue: Catalogue):
    """
    A section is told with its own figure, with the sum of its lines where it prints none, or as without figures.
    """
    lines: list[list[CellValue]] = [[1.0, "Hội Làm vườn", 5.0], [2.0, "Hội Nhà văn", 7.5]]

    assert "«II. Chi khác» (5,5 triệu đồng) " in section_text(catalogue, ["II", "Chi khác", 5.5])
    assert "(2 dòng, 12,5 triệu đồng)" in section_text(catalogue, ["II", "Hội", 12.5], *lines)
    assert "(2 dòng, cộng lại được 12,5 triệu đồng)" in section_text(catalogue, ["II", "Hội", None], *lines)
    assert "(không có số đọc được)" in section_text(catalogue, ["II", "Hội", "chưa rõ"])


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (10.0, "số 10 triệu đồng chưa được tính."),
        (None, "dòng này không ghi số."),
        ("mười", "cột số liệu ghi «mười», không đọc được thành số."),
    ],
)
def test_unknown_body_with_and_without_figure(catalogue: Catalogue, held: CellValue, expected: str):
    """
    What is said of an unknown body's figure is true when there is none.
    """
    rows = replaced(6, 1, "HÀ GIANG MỚI")
    rows[6][2] = held
    (finding,) = [finding for finding in read(catalogue, sheet(rows)).findings if finding.check == "unknown-body"]

    assert finding_text(catalogue, finding)[0].endswith(expected)


@pytest.mark.parametrize(
    ("total", "part", "expected"),
    [
        (99.0, 10.0, "tổng số ghi 99 triệu đồng, cộng lại được 30 triệu đồng, lệch +69 triệu đồng."),
        (27.25, 10.0, "tổng số ghi 27,25 triệu đồng, cộng lại được 30,00 triệu đồng, lệch −2,75 triệu đồng."),
        (1234567.8914, 10.0, "ghi 1.234.567,891 triệu đồng, cộng lại được 30,000 triệu đồng, lệch +1.234.537,891 "),
    ],
)
def test_totals_agree_in_unit_and_decimals(catalogue: Catalogue, total: float, part: float, expected: str):
    """
    Printed, summed and difference have one unit and the same decimals, and a reader's own subtraction agrees.
    """
    rows = replaced(4, 2, total)
    rows[6][2] = part
    (finding,) = [finding for finding in read(catalogue, sheet(rows)).findings if finding.check == "total-not-met"]

    assert expected in finding_text(catalogue, finding)[0]


def test_small_differences_are_shown(catalogue: Catalogue):
    """
    In a form of single đồng a difference of some đồng is not printed as nothing.
    """
    rows = replaced(4, 2, 31_000_009.0)
    rows[2][2] = "Đơn vị: đồng"
    rows[5][2], rows[6][2], rows[7][2] = 31_000_000.0, 11_000_000.0, 20_000_000.0
    (finding,) = [finding for finding in read(catalogue, sheet(rows)).findings if finding.check == "total-not-met"]

    assert "ghi 31,000009 triệu đồng" in finding_text(catalogue, finding)[0]
    assert "lệch +0,000009 triệu đồng" in finding_text(catalogue, finding)[0]


def test_senders_are_named(catalogue: Catalogue):
    """
    A body is told by its name, not by its code.
    """
    (finding,) = [
        finding
        for finding in understand(
            Workbook(sheets=(sheet([*HEAD, *ROWS]),)), catalogue, "BYT", received_on=RECEIVED_ON
        ).findings
        if finding.check == "wrong-sender"
    ]
    text, action = finding_text(catalogue, finding)

    assert text.endswith("chỉ nhận từ Bộ Tài chính; tệp này do Bộ Y tế gửi.")
    assert "Đề nghị gửi qua Bộ Tài chính." == action


def test_units_are_written_out(catalogue: Catalogue):
    """
    Units that contradict each other are named as people write them.
    """
    (finding,) = read(catalogue, sheet(replaced(2, 3, "Đơn vị: tỷ đồng"))).findings

    assert finding_text(catalogue, finding)[0].endswith("nhiều đơn vị tính: triệu đồng, tỷ đồng.")
