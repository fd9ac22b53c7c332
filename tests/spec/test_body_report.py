"""What is asked of each answer of a body's report, as small tables: what is said, and what still goes in."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from unit.body_reports import (
    CHANGES,
    INDICATORS,
    REASON,
    TASKS,
    as_workbook,
    good_report,
    good_workbook,
    opened,
    raised_by_reports,
    renamed,
    understood,
    with_cells,
    without_sheet,
)

from resolution_monitor.normalise.body_report import ReportReading
from resolution_monitor.normalise.checks.slips import shown_number
from resolution_monitor.terms import CellValue, MergedRange, Workbook


@pytest.fixture(scope="module")
def good() -> Workbook:
    return opened(as_workbook(good_report()))


@pytest.fixture(scope="module")
def readings() -> dict[str, ReportReading]:
    return raised_by_reports()


def checks(reading: ReportReading) -> list[str]:
    return [finding.check for finding in reading.findings]


REFUSED = [
    "letters-lost",
    "columns-not-parted",
    "report-meta-missing",
    "report-meta-twice",
    "report-period-unknown",
    "report-without-sender",
    "report-not-owed",
    "report-too-early",
    "period-differs",
    "title-differs",
    "unknown-sender",
    "wrong-sender",
]
BLOCKED_ROWS = [
    "unknown-code",
    "struck-out",
    "format-not-number",
    "direction-marks",
    "percent-not-asked",
    "row-number-not-read",
    "table-missing",
    "item-not-owed",
    "duplicate-code",
    "name-differs",
    "unit-changed",
    "text-too-long",
    "answer-missing",
    "not-a-number",
    "not-a-date",
    "word-not-known",
    "state-contradicts-value",
    "figure-negative",
    "out-of-scale",
    "part-exceeds-whole",
    "percent-out-of-range",
    "done-below-hundred",
    "not-started-with-share",
    "date-in-future",
    "done-before-begun",
    "day-without-done",
    "done-without-product",
    "on-time-though-overdue",
    "obstacle-on-done",
    "extension-of-done",
    "extension-without-task",
    "extension-not-later",
    "unknown-header",
    "form-on-two-sheets",
]
# Wait for their reason.
JUSTIFY = [
    "percent-looks-small",
    "ratio-not-met",
    "figure-leaps",
    "share-moves-far",
    "target-as-value",
    "growth-over-hundred",
    "no-value",
    "unit-looks-wrong",
    "share-looks-small",
    "share-over-hundred",
    "total-falls",
    "far-beyond-target",
    "hundred-not-done",
    "overdue-without-reason",
    "state-goes-back",
    "share-falls",
    "done-before-first-report",
    "product-without-number",
]
# What a reason must repeat the figure of.
SCALE = [
    *("unit-looks-wrong", "share-looks-small", "far-beyond-target", "percent-looks-small", "figure-leaps"),
    *("ratio-not-met", "share-over-hundred", "growth-over-hundred"),
]
ONLY_TOLD = [
    "raised-mark",
    "struck-part",
    "format-scales",
    "day-with-time",
    "row-not-read",
    "letters-lost-in-text",
    "template-outdated",
    "item-missing",
    "due-day-changed",
    "named-body-unknown",
    "named-body-missing",
    "named-body-is-own",
    "task-not-own",
    "text-too-short",
    "text-twice",
    "share-missing",
    "not-whole",
    "ratio-half-told",
    "evidence-missing",
    "extension-without-date",
    "justified",
    "sheet-not-read",
    "copied-report",
]


def test_good_report_has_no_finding(good: Workbook):
    """
    A template filled in as it asks is accepted whole.
    """
    reading = understood(good)

    assert [] == checks(reading)
    assert "accepted" == reading.state
    assert good_report() == reading.report


@pytest.mark.parametrize("check", REFUSED)
def test_refused_as_a_whole(readings: dict[str, ReportReading], check: str):
    """
    A file of which it is not sure whose it is, or for which period, gives nothing.
    """
    assert [check] == checks(readings[check])
    assert "rejected" == readings[check].state
    assert readings[check].report is None


@pytest.mark.parametrize("check", [*BLOCKED_ROWS, *JUSTIFY])
def test_bad_rows_wait_good_rows_go_in(readings: dict[str, ReportReading], check: str):
    """
    One bad row keeps itself out and no other.
    """
    reading = readings[check]

    assert check in checks(reading)
    assert "accepted_in_part" == reading.state
    assert reading.report is not None
    planted = CHANGES.get(check, CHANGES["unknown-code"])
    whole = opened(good_workbook(planted.agency_id, planted.period))

    assert len(reading.places) < len(understood(whole, planted.agency_id).places)


@pytest.mark.parametrize("check", JUSTIFY)
def test_reason_lets_the_row_in(check: str):
    """
    A row that waits for its reason goes in with it, and the reason is told to whoever uses the figure.
    """
    planted = CHANGES[check]
    written = planted.cells.get("G7", list(planted.cells.values())[-1]) if check != "ratio-not-met" else "91.5"
    figure = shown_number(Decimal(str(written))) if check in SCALE else ""
    given = f"{REASON} {figure}".strip()
    reason = {("K" if planted.sheet == INDICATORS else "L") + next(iter(planted.cells))[1:]: given}
    workbook = opened(good_workbook(planted.agency_id, planted.period))
    reading = understood(with_cells(workbook, planted.sheet, **planted.cells, **reason), planted.agency_id)

    assert ["justified"] == checks(reading)
    assert "accepted" == reading.state
    assert {"of": check, "justification": given}.items() <= dict(reading.findings[0].details).items()


@pytest.mark.parametrize("check", SCALE)
def test_a_remark_is_no_reason_for_a_slip_of_scale(check: str):
    """
    A digit too many or a share as a fraction goes in only with a reason that repeats the figure.
    """
    planted = CHANGES[check]
    reason = {("K" if planted.sheet == INDICATORS else "L") + next(iter(planted.cells))[1:]: REASON + " 31/10/2026"}
    workbook = opened(good_workbook(planted.agency_id, planted.period))
    reading = understood(with_cells(workbook, planted.sheet, **planted.cells, **reason), planted.agency_id)

    assert [check] == checks(reading)
    assert "accepted_in_part" == reading.state


@pytest.mark.parametrize("reason", ["", ".", "đã rà"])
def test_a_dot_is_no_reason(good: Workbook, reason: str):
    """
    A reason has ten letters at least.
    """
    reading = understood(with_cells(good, INDICATORS, G7=None, H7="Không áp dụng", K7=reason))

    assert ["no-value"] == checks(reading)


def test_example_row_is_never_read(good: Workbook):
    """
    The row that shows how to fill in is no answer, whatever its cells hold.
    """
    changed = with_cells(good, INDICATORS, G6="chín mươi", H6="gì đó")

    assert good_report() == understood(changed).report


def test_files_of_the_template_before_are_read(good: Workbook):
    """
    "Ghi chú" was what is called "Giải trình" now.
    """
    former = with_cells(good, TASKS, L5="Ghi chú", L9="Chờ ý kiến")
    report = understood(former).report
    assert report is not None

    assert "Chờ ý kiến" == report.tasks[2].note


@pytest.mark.parametrize("check", ONLY_TOLD)
def test_told_and_taken(readings: dict[str, ReportReading], check: str):
    """
    What somebody must look at is told, and the report is taken.
    """
    assert [check] == checks(readings[check])
    assert "accepted" == readings[check].state


@pytest.mark.parametrize(
    ("held", "expected"),
    [("91,5", "91.5"), ("1.234.567,8", None), ("91.5", None), ("91,5%", "91.5"), (91.5, "91.5"), ("#DIV/0!", None)],
)
def test_numbers_by_the_vietnamese_rule(good: Workbook, held: CellValue, expected: str | None):
    """
    Text is read with a decimal comma; errors of formulas, and shares beyond 100, are no answer.
    """
    report = understood(with_cells(good, INDICATORS, G7=held)).report
    assert report is not None
    read = [str(entry.value) for entry in report.indicators if entry.indicator_id == "72.04"]

    assert ([expected] if expected else []) == read


@pytest.mark.parametrize("held", ["03/10/2026", "3/10/2026", "2026-10-03", datetime(2026, 10, 3)])
def test_days_in_every_writing(good: Workbook, held: CellValue):
    """
    A day is a day of the workbook, day/month/year, or year-month-day.
    """
    assert good_report() == understood(with_cells(good, TASKS, I7=held)).report


def test_a_report_without_a_row_is_not_accepted(readings: dict[str, ReportReading]):
    """
    Headings alone answer nothing: it is told at once and as a whole.
    """
    reading = readings["report-without-rows"]

    assert "report-without-rows" in checks(reading)
    assert "rejected" == reading.state


def test_a_day_written_just_before_its_midnight(good: Workbook):
    """
    Libraries in zones that were shifted in 1900 write the 3rd as some seconds before it begins: it is the 3rd.
    """
    reading = understood(with_cells(good, TASKS, I7=datetime(2026, 10, 2, 23, 59, 17)))

    assert good_report() == reading.report
    assert ["day-with-time"] == checks(reading)


@pytest.mark.parametrize("written", ["2026-10", "2026-10-01", datetime(2026, 10, 1)])
def test_a_period_that_became_a_day_is_the_month(good: Workbook, written: CellValue):
    """
    A spreadsheet makes the first of the month of 2026-10: the month is meant where the file answers what it owes then.
    """
    assert good_report() == understood(with_cells(good, "_meta", B2=written)).report


@pytest.mark.parametrize(
    ("value", "state"),
    [("-", "Không áp dụng"), ("0", "Bằng 0"), (None, "Bằng 0")],
    ids=["bar", "zero", "nothing"],
)
def test_nothing_is_written_as_people_write_it(good: Workbook, value: CellValue, state: str):
    """
    A bar, a zero or nothing beside the state that says so is the answer that was asked for.
    """
    cells: dict[str, CellValue] = {"G7": value, "H7": state, "K7": f"{REASON}, đúng là 0"}
    reading = understood(with_cells(good, INDICATORS, **cells))

    assert "72.04" in {entry.indicator_id for entry in reading.report.indicators} if reading.report else False
    assert not {"not-a-number", "state-contradicts-value", "answer-missing"} & set(checks(reading))


def test_sheets_are_known_by_their_headings(good: Workbook):
    """
    Names of sheets and columns that moved change nothing.
    """
    moved = renamed(good, TASKS, "Sheet2")
    sheets = [
        replace(sheet, rows=tuple((None, *row) for row in sheet.rows)) if sheet.name == "Sheet2" else sheet
        for sheet in moved.sheets
    ]

    assert good_report() == understood(Workbook(sheets=tuple(sheets))).report


def test_merged_answers_are_not_spread(good: Workbook):
    """
    A value merged over two rows answers the first; the second is missing.
    """
    merged = with_cells(good, TASKS, F8=None)
    merges = {TASKS: (MergedRange(6, 5, 7, 5),)}
    sheets = [replace(sheet, merged=merges.get(sheet.name, ())) for sheet in merged.sheets]
    reading = understood(Workbook(sheets=tuple(sheets)))

    assert ["merged-cells", "answer-missing"] == checks(reading)
    assert [("Nhiệm vụ", "F7"), ("Nhiệm vụ", "F8")] == [(one.sheet, one.cell) for one in reading.findings]


def test_what_a_sheet_hides_is_told(good: Workbook):
    """
    A row with an error or a formula without a value waits, told once for the cell; a hidden row counts and is told.
    """
    sheets = {sheet.name: sheet for sheet in with_cells(good, TASKS, F7="#REF!", I8="=A1").sheets}
    sheets[TASKS] = replace(sheets[TASKS], errors={(6, 5): "#REF!"}, formulas={(7, 8): "=A1"}, hidden_rows=((7, 7),))
    reading = understood(Workbook(sheets=tuple(sheets.values())))

    assert ["hidden-cells", "cell-error", "formula-without-value"] == checks(reading)
    assert ["A8", "F7", "I8"] == [finding.cell for finding in reading.findings]
    taken = {code for sheet, code in reading.places if sheet == TASKS}
    assert not taken & {str(sheets[TASKS].value(row, 0)) for row in (6, 7)}


def test_missing_sheet_is_told(good: Workbook):
    """
    A report without its sheet of tasks says which tasks it leaves out, and is never accepted in whole.
    """
    reading = understood(without_sheet(good, TASKS))

    assert ["table-missing"] == checks(reading)
    assert "72-T02" in dict(reading.findings[0].details)["items"]
    assert "accepted_in_part" == reading.state
