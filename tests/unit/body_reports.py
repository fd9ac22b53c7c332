"""Reports of bodies for tests: a good one, the same as each kind of file, and files with one thing changed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from conftest import ROOT

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.catalogue.resolution_entries import Target
from resolution_monitor.collect import read, read_child
from resolution_monitor.exchange.plain import report_csv
from resolution_monitor.exchange.template import template_workbook
from resolution_monitor.ledger.closings import NOTHING_CLOSED, Closed
from resolution_monitor.ledger.obligations import ItemsOwed, items_owed
from resolution_monitor.method.nothing_to_report import Cases
from resolution_monitor.normalise.body_report import ReportReading, understand_report
from resolution_monitor.normalise.checks.answers import figures_of
from resolution_monitor.normalise.checks.peers import Peers
from resolution_monitor.normalise.known_before import Before
from resolution_monitor.period import Period, parse_period
from resolution_monitor.reporting.content import (
    BodyReport,
    IndicatorEntry,
    Obstacle,
    Request,
    RequestKind,
    TaskEntry,
    TaskState,
    ValueState,
)
from resolution_monitor.terms import CellValue, Sheet, Workbook

OCTOBER = parse_period("2026-10")
RECEIVED_AT = datetime(2026, 11, 5, tzinfo=UTC)
INDICATORS, TASKS, OBSTACLES, REQUESTS = "Chỉ tiêu", "Nhiệm vụ", "Vướng mắc", "Đề nghị"


@cache
def _catalogue() -> Catalogue:
    return load_catalogue(ROOT / "catalogue")


@cache
def owed(period: Period) -> ItemsOwed:
    return items_owed(_catalogue(), period, NOTHING_CLOSED)


def good_report(agency_id: str = "BYT", period: Period = OCTOBER) -> BodyReport:
    """Every item answered as it should be: tasks past a sure deadline are done, the others under way."""
    catalogue, items = _catalogue(), owed(period)[agency_id]
    tasks = [_good_task(item, place) for place, item in enumerate(item for item in items if item in catalogue.tasks)]
    under_way = [entry.task_id for entry in tasks if entry.state is TaskState.UNDER_WAY]
    subject = under_way[1] if len(under_way) > 1 else None
    resolver = "VPTW" if agency_id == "BTC" else "BTC"
    asked = Request(1, RequestKind.EXTENSION, subject, "Lùi thời hạn", "VPTW", date(2031, 3, 31), "Chậm")
    return BodyReport(
        agency_id,
        period,
        indicators=tuple(
            IndicatorEntry(item, _good_value(item), ValueState.REPORTED)
            for item in items
            if item in catalogue.indicators
        ),
        tasks=tuple(tasks),
        obstacles=(Obstacle(1, subject, "data", "Thiếu dữ liệu dân số", resolver),) if subject else (),
        requests=(asked,) if subject else (),
    )


def _good_value(indicator_id: str) -> Decimal:
    """A step short of the target, whole where it is counted."""
    indicator = _catalogue().indicators[indicator_id]
    planned = indicator.targets[0].planned(indicator.direction) if indicator.targets else None
    if indicator.unit == "%" and (planned is None or planned > 40):
        return Decimal("91.5")
    if indicator.unit == "có/không":
        return Decimal(1)
    step = Decimal(str(indicator.min_step))
    return planned - step if planned and planned > step else planned or Decimal(90)


def _good_task(task_id: str, place: int) -> TaskEntry:
    task = _catalogue().tasks[task_id]
    if task.due_on is not None and not task.is_due_assumed and task.due_on < date(2026, 10, 31):
        product, evidence = f"{12 + place}/QĐ-BYT", "Bản ký số kèm theo"
        return TaskEntry(task_id, TaskState.DONE, Decimal(100), date(2026, 10, 3), product, evidence=evidence)
    return TaskEntry(task_id, TaskState.UNDER_WAY, Decimal(10 + place), None)


def as_workbook(report: BodyReport) -> bytes:
    items = owed(report.period)[report.agency_id]
    return template_workbook(_catalogue(), report.agency_id, report.period, items=items, filled=report)


def opened(content: bytes) -> Workbook:
    """What the limited child reads, without its process."""
    answer = json.loads(json.dumps(read_child._answer("read", content)))
    workbook = read._result("bao-cao", answer).workbook
    assert workbook is not None, answer
    return workbook


def with_product(catalogue: Catalogue) -> Catalogue:
    """The catalogue in which 72.04 is no share but a product: done or not, with the document that proves it."""
    product = replace(catalogue.indicators["72.04"], kind="binary", unit="có/không", min_step=1.0)
    product = replace(product, targets=(Target(2026, ">=", Decimal(1)),))
    return replace(catalogue, indicators={**catalogue.indicators, "72.04": product})


def product_report(explanation: str) -> Workbook:
    """A report in which the product of BYT is said to be done."""
    cells: dict[str, CellValue] = {"C7": "có/không", "G7": 1.0, "K7": explanation}
    return with_cells(opened(good_workbook()), INDICATORS, **cells)


def understood(
    workbook: Workbook,
    sender_id: str = "BYT",
    *,
    catalogue: Catalogue | None = None,
    before: Before = lambda agency_id, period: None,
    asked: Period | None = None,
    closed: Mapping[str, Closed] | None = None,
    peers: Peers | None = None,
    cases: Sequence[Cases] = (),
) -> ReportReading:
    return understand_report(
        workbook,
        catalogue or _catalogue(),
        sender_id,
        received_at=RECEIVED_AT,
        owed=owed,
        before=before,
        asked=asked,
        closed=lambda agency_id, period: closed or {},
        peers=lambda agency_id, period: peers or {},
        cases=lambda agency_id, period, item: cases,
    )


def with_cells(workbook: Workbook, sheet: str, **cells: CellValue) -> Workbook:
    """The same workbook with some cells, such as G6, holding something else."""
    return Workbook(sheets=tuple(_with_cells(one, cells) if one.name == sheet else one for one in workbook.sheets))


def _with_cells(sheet: Sheet, cells: dict[str, CellValue]) -> Sheet:
    rows: list[list[Any]] = [list(row) for row in sheet.rows]
    for address, value in cells.items():
        row, column = int(address[1:]) - 1, ord(address[0]) - ord("A")
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row] += [None] * (column + 1 - len(rows[row]))
        rows[row][column] = value
    return replace(sheet, rows=tuple(map(tuple, rows)))


def without_sheet(workbook: Workbook, name: str) -> Workbook:
    return Workbook(sheets=tuple(sheet for sheet in workbook.sheets if sheet.name != name))


def renamed(workbook: Workbook, old: str, new: str) -> Workbook:
    return Workbook(sheets=tuple(replace(sheet, name=new) if sheet.name == old else sheet for sheet in workbook.sheets))


def with_copy(workbook: Workbook, name: str) -> Workbook:
    """The same workbook with one sheet twice, as copying sheets together leaves it."""
    (sheet,) = (sheet for sheet in workbook.sheets if sheet.name == name)
    return Workbook(sheets=(*workbook.sheets, replace(sheet, name=f"{name} (2)")))


@dataclass(frozen=True)
class Planted:
    """Cells changed in the good report of a body and period."""

    sheet: str
    cells: dict[str, CellValue]
    agency_id: str = "BYT"
    period: str = "2026-10"

    @property
    def report(self) -> BodyReport:
        return good_report(self.agency_id, parse_period(self.period))


LONG = "Nội dung kéo dài. " * 150
REASON = "Số liệu đã rà soát lại cùng địa phương"
# Name of the finding -> what raises it. In the good report of BYT the ratio 72.04 stands in row 7 of the sheet of
# indicators; of the tasks, 57-T01 and 57-T02 (rows 7 and 8) are done, 72-T02 to 72-T05 (rows 9 to 12) under way.
CHANGES: dict[str, Planted] = {
    "report-period-unknown": Planted("_meta", {"B2": "tháng mười"}),
    "template-outdated": Planted("_meta", {"B3": "0"}),
    "report-not-owed": Planted("_meta", {"B2": "2026-W44"}),
    "report-too-early": Planted("_meta", {"B2": "2026-12"}),
    "title-differs": Planted(INDICATORS, {"A2": "Kỳ báo cáo: tháng 9 năm 2026"}),
    "unknown-code": Planted(INDICATORS, {"A7": "99.99"}),
    "item-not-owed": Planted(INDICATORS, {"A7": "57.01"}),
    "duplicate-code": Planted(TASKS, {"A8": "57-T01/BYT", "B8": None, "C8": None}),
    "answer-missing": Planted(INDICATORS, {"G7": None, "H7": None}),
    "item-missing": Planted(INDICATORS, dict.fromkeys([f"{column}7" for column in "ABCDEFGH"])),
    "not-a-number": Planted(INDICATORS, {"G7": "chín mươi"}),
    "not-a-date": Planted(TASKS, {"I7": "31/02/2026"}),
    "day-with-time": Planted(TASKS, {"I7": datetime(2026, 10, 3, 17)}),
    "percent-not-asked": Planted(INDICATORS, {"G8": "2650%"}, "BTC"),
    "raised-mark": Planted(INDICATORS, {"G7": "91,5¹"}),
    "direction-marks": Planted(INDICATORS, {"G7": "\u202e5,19"}),
    "row-without-code": Planted(TASKS, {"A13": None, "F13": "Hoàn thành"}),
    "row-number-not-read": Planted(OBSTACLES, {"A7": "một"}),
    "row-not-read": Planted(INDICATORS, {"B12": "NGƯỜI LẬP BIỂU", "H12": "THỦ TRƯỞNG ĐƠN VỊ"}),
    "column-missing": Planted(TASKS, {"K5": "Tài liệu"}),
    "letters-lost": Planted(INDICATORS, {"B5": "Ch? ti?u"}),
    "letters-lost-in-text": Planted(OBSTACLES, {"D7": "Thi?u d? li?u dân số"}),
    "word-not-known": Planted(TASKS, {"F7": "Gần xong"}),
    "named-body-unknown": Planted(OBSTACLES, {"E7": "Bộ Mây"}),
    "state-contradicts-value": Planted(INDICATORS, {"H7": "Không phát sinh"}),
    "percent-out-of-range": Planted(TASKS, {"H9": 130.0}),
    "percent-looks-small": Planted(TASKS, {"H9": 0.5}),
    "ratio-not-met": Planted(INDICATORS, {"I7": 90.0, "J7": 100.0}),
    "date-in-future": Planted(TASKS, {"I7": date(2026, 12, 1)}),
    "done-without-product": Planted(TASKS, {"J7": None}),
    "extension-without-date": Planted(REQUESTS, {"F7": None}),
    "unknown-header": Planted(TASKS, {"F5": "Trạng thái khác"}),
    "name-differs": Planted(INDICATORS, {"B7": "Tỷ lệ người dân có sổ sức khỏe điện tử"}),
    "unit-changed": Planted(INDICATORS, {"C7": "người"}),
    "due-day-changed": Planted(TASKS, {"C9": date(2027, 12, 31)}),
    "text-too-long": Planted(OBSTACLES, {"D7": LONG}),
    "justified": Planted(INDICATORS, {"G7": None, "H7": "Không áp dụng", "K7": REASON}),
    "figure-negative": Planted(INDICATORS, {"G7": -91.5}),
    "out-of-scale": Planted(INDICATORS, {"G10": 0.0, "H10": None}, "BTC", "2026"),
    "not-whole": Planted(INDICATORS, {"G8": 90.5}, "BTC"),
    "no-value": Planted(INDICATORS, {"G7": None, "H7": "Không áp dụng"}),
    "ratio-half-told": Planted(INDICATORS, {"I7": 915.0}),
    "part-exceeds-whole": Planted(INDICATORS, {"G14": 95.0}, "T01-UBND", "2026-10-31"),
    "unit-looks-wrong": Planted(INDICATORS, {"F8": 9.0, "G8": 9000.0}, "BTC"),
    "share-looks-small": Planted(INDICATORS, {"F7": 90.0, "G7": 0.91}),
    "figure-leaps": Planted(INDICATORS, {"F7": 81.3, "G7": 8.95}),
    "share-moves-far": Planted(INDICATORS, {"F7": 60.0, "G7": 91.5}),
    "target-as-value": Planted(INDICATORS, {"F7": 80.0, "G7": 95.0}),
    "growth-over-hundred": Planted(INDICATORS, {"G17": 240.0}, "BGDĐT", "2026"),
    "share-over-hundred": Planted(INDICATORS, {"G7": 103.0}, "BKHCN"),
    "total-falls": Planted(INDICATORS, {"F8": 9900.0, "G8": 9000.0}, "BTC"),
    "far-beyond-target": Planted(INDICATORS, {"G8": 200000.0}, "BTC"),
    "share-missing": Planted(TASKS, {"H9": None}),
    "done-below-hundred": Planted(TASKS, {"H7": 80.0}),
    "not-started-with-share": Planted(TASKS, {"F9": "Chưa bắt đầu"}),
    "hundred-not-done": Planted(TASKS, {"H9": 100.0}),
    "done-before-begun": Planted(TASKS, {"I7": date(2024, 1, 5)}),
    "day-without-done": Planted(TASKS, {"I9": date(2026, 10, 5)}),
    "done-before-first-report": Planted(TASKS, {"I7": date(2026, 8, 5)}),
    "product-without-number": Planted(TASKS, {"J7": "Quyết định của Bộ"}),
    "evidence-missing": Planted(TASKS, {"K7": None}),
    "on-time-though-overdue": Planted(
        TASKS, {"F7": "Đang thực hiện", "G7": "Đúng tiến độ", "H7": 80.0, "I7": None, "J7": None, "K7": None}
    ),
    "overdue-without-reason": Planted(TASKS, {"F7": "Đang thực hiện", "H7": 80.0, "I7": None, "J7": None, "K7": None}),
    "state-goes-back": Planted(TASKS, {"E9": "Hoàn thành, 100%"}),
    "share-falls": Planted(TASKS, {"E9": "Đang thực hiện, 45%"}),
    "obstacle-on-done": Planted(OBSTACLES, {"B7": "57-T01/BYT"}),
    "extension-of-done": Planted(REQUESTS, {"C7": "57-T01/BYT"}),
    "extension-without-task": Planted(REQUESTS, {"C7": None}),
    "extension-not-later": Planted(REQUESTS, {"F7": date(2026, 11, 30)}),
    "task-not-own": Planted(OBSTACLES, {"B7": "80-T01"}),
    "named-body-missing": Planted(OBSTACLES, {"E7": None}),
    "named-body-is-own": Planted(OBSTACLES, {"E7": "BYT - Bộ Y tế"}),
    "text-too-short": Planted(OBSTACLES, {"D7": "Thiếu"}),
    "text-twice": Planted(OBSTACLES, {"B8": "72-T03", "C8": "Khác", "D8": "Thiếu dữ liệu dân số", "E8": "BTC"}),
}


# The good report says of 57-T01 another day and number, and of 72-T02 that it is under way.
DONE_OTHERWISE = Closed(date(2026, 9, 30), date(2026, 9, 3), "7/QĐ-BYT", is_owed=False)
# And of 72.04 another figure than what closed it.
REACHED = Closed(date(2026, 9, 30), None, "", is_owed=False, figures={date(2026, 9, 30): Decimal("95.5")})


@cache
def good_workbook(agency_id: str = "BYT", period: str = "2026-10") -> bytes:
    return as_workbook(good_report(agency_id, parse_period(period)))


def with_look(workbook: Workbook, sheet: str, **looks: dict[tuple[int, int], str]) -> Workbook:
    """The same workbook with cells that look otherwise than what they hold."""
    sheets = tuple(replace(one, **looks) if one.name == sheet else one for one in workbook.sheets)
    return replace(workbook, sheets=sheets)


G7 = (6, 6)


def _without_rows(workbook: Workbook) -> Workbook:
    """The headings of every table, and nothing below them."""
    sheets = (sheet if sheet.name == "_meta" else replace(sheet, rows=sheet.rows[:6]) for sheet in workbook.sheets)
    return replace(workbook, sheets=tuple(sheets))


def _with_lost_section() -> bytes:
    """The report as CSV with the table of indicators below a name that is none."""
    return report_csv(good_report()).replace(f"\r\n{INDICATORS}\r\n".encode(), "\r\nSố liệu\r\n".encode())


@cache
def raised_by_reports() -> dict[str, ReportReading]:
    """Each check of a body's report, by the reading that raises it."""
    good = opened(good_workbook())
    extra = Sheet(name="Sheet1", is_hidden=False, rows=(("Bảng tính riêng",),), merged=())
    stale = with_cells(with_cells(good, "_meta", B5="0" * 64), INDICATORS, A7="99.99")
    changed = {
        check: understood(
            with_cells(opened(good_workbook(one.agency_id, one.period)), one.sheet, **one.cells), one.agency_id
        )
        for check, one in CHANGES.items()
    }
    return {
        **changed,
        "report-meta-missing": understood(without_sheet(good, "_meta")),
        "columns-not-parted": understood(Workbook(sheets=(replace(extra, rows=(("agency_id;BYT",),)),))),
        "report-meta-twice": understood(with_copy(good, "_meta")),
        "form-on-two-sheets": understood(with_copy(good, TASKS)),
        "report-without-sender": understood(good, "operator"),
        "unknown-sender": understood(good, "XYZ"),
        "wrong-sender": understood(good, "BTC"),
        "rows-exchanged": understood(with_cells(good, INDICATORS, F8=91.0, F9=83.0, G8=83.1, G9=91.0)),
        "columns-exchanged": understood(
            with_cells(good, INDICATORS, F7=90.0), before=lambda agency_id, period: {"72.04": Decimal("91.5")}
        ),
        "product-of-another": understood(with_cells(good, TASKS, J8="12/QĐ-BYT")),
        "table-missing": understood(without_sheet(good, TASKS)),
        "report-without-rows": understood(_without_rows(good)),
        "section-not-known": understood(opened(_with_lost_section())),
        "struck-out": understood(with_look(good, INDICATORS, struck={G7: ""})),
        "struck-part": understood(with_look(good, INDICATORS, struck={G7: "91,5"})),
        "format-not-number": understood(with_look(good, INDICATORS, formats={G7: ";;;"})),
        "format-scales": understood(
            with_look(with_cells(good, INDICATORS, G7=91500.0), INDICATORS, formats={G7: "0,"})
        ),
        "period-differs": understood(good, asked=parse_period("2026-09")),
        "template-stale": understood(stale),
        "nothing-not-plausible": understood(with_cells(good, INDICATORS, G7=None, H7="Không phát sinh", K7=REASON)),
        "closed-day-differs": understood(good, closed={"57-T01/BYT": DONE_OTHERWISE}),
        "closed-product-differs": understood(good, closed={"57-T01/BYT": DONE_OTHERWISE}),
        "closed-state-differs": understood(good, closed={"72-T02": DONE_OTHERWISE}),
        "share-far-from-peers": understood(
            with_cells(opened(good_workbook()), INDICATORS, F7=None, G7=8.95),
            peers={"72.04": [Decimal(90 + place) for place in range(8)]},
        ),
        "closed-figure-differs": understood(good, closed={"72.04": REACHED}),
        "done-without-document": understood(product_report("Đã xong"), catalogue=with_product(_catalogue())),
        "sheet-not-read": understood(Workbook(sheets=(*good.sheets, extra))),
        "copied-report": understood(good, before=lambda agency_id, period: figures_of(good_report())),
    }
