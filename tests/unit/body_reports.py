"""Reports of bodies for tests: a good one, the same as each kind of file, and files with one thing changed."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from conftest import ROOT

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.collect import read, read_child
from resolution_monitor.exchange.template import template_workbook
from resolution_monitor.ledger.items import items_of
from resolution_monitor.ledger.obligations import ItemsOwed, items_owed
from resolution_monitor.normalise.body_report import Before, ReportReading, understand_report
from resolution_monitor.normalise.checks.answers import figures_of
from resolution_monitor.period import Period, parse_period
from resolution_monitor.reporting.content import (
    BodyReport,
    IndicatorEntry,
    Obstacle,
    Request,
    RequestKind,
    Schedule,
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
    return items_owed(_catalogue(), items_of(_catalogue()), period)


def good_report(agency_id: str = "BYT", period: Period = OCTOBER) -> BodyReport:
    """Every item answered: the first task done, the others under way."""
    catalogue, items = _catalogue(), owed(period)[agency_id]
    tasks = [item for item in items if item in catalogue.tasks]
    first, *others = tasks
    late = "Chậm do chờ văn bản hướng dẫn"
    under_way = (
        TaskEntry(task, TaskState.UNDER_WAY, Decimal(10 + place), None, note=late, schedule=Schedule.LATE)
        for place, task in enumerate(others)
    )
    second = others[0]
    done = TaskEntry(first, TaskState.DONE, Decimal(100), date(2026, 10, 3), "12/QĐ-BYT", evidence="Bản ký số kèm theo")
    return BodyReport(
        agency_id,
        period,
        indicators=tuple(
            IndicatorEntry(item, Decimal("91.5"), ValueState.REPORTED) for item in items if item in catalogue.indicators
        ),
        tasks=(done, *under_way),
        obstacles=(Obstacle(1, second, "data", "Thiếu dữ liệu dân số", "BTC"),),
        requests=(Request(1, RequestKind.EXTENSION, second, "Lùi thời hạn", "VPTW", date(2026, 12, 31), "Chậm"),),
    )


def as_workbook(report: BodyReport) -> bytes:
    items = owed(report.period)[report.agency_id]
    return template_workbook(_catalogue(), report.agency_id, report.period, items=items, filled=report)


def opened(content: bytes) -> Workbook:
    """What the limited child reads, without its process."""
    answer = json.loads(json.dumps(read_child._answer("read", content)))
    workbook = read._result("bao-cao", answer).workbook
    assert workbook is not None, answer
    return workbook


def understood(
    workbook: Workbook, sender_id: str = "BYT", *, before: Before = lambda agency_id, period: None
) -> ReportReading:
    return understand_report(workbook, _catalogue(), sender_id, received_at=RECEIVED_AT, owed=owed, before=before)


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


# Name of the finding -> sheet and cells that raise it in the good report of BYT: the ratio 72.04 stands in row 6 of the
# sheet of indicators, a task that is done in row 6 of the sheet of tasks.
CHANGES: dict[str, tuple[str, dict[str, CellValue]]] = {
    "report-period-unknown": ("_meta", {"B2": "tháng mười"}),
    "template-outdated": ("_meta", {"B3": "0"}),
    "report-not-owed": ("_meta", {"B2": "2026-W44"}),
    "title-differs": (INDICATORS, {"A2": "Kỳ báo cáo: tháng 9 năm 2026"}),
    "unknown-code": (INDICATORS, {"A6": "99.99"}),
    "item-not-owed": (INDICATORS, {"A6": "57.01"}),
    "duplicate-code": (TASKS, {"A7": "57-T01/BYT"}),
    "answer-missing": (INDICATORS, {"G6": None, "H6": None}),
    "item-missing": (INDICATORS, dict.fromkeys([f"{column}6" for column in "ABCDEFGH"])),
    "not-a-number": (INDICATORS, {"G6": "chín mươi"}),
    "not-a-date": (TASKS, {"G6": "31/02/2026"}),
    "word-not-known": (TASKS, {"E6": "Gần xong"}),
    "named-body-unknown": (OBSTACLES, {"E6": "Bộ Mây"}),
    "state-contradicts-value": (INDICATORS, {"H6": "Không phát sinh"}),
    "percent-out-of-range": (TASKS, {"F6": 130.0}),
    "percent-looks-small": (TASKS, {"F6": 0.5}),
    "ratio-not-met": (INDICATORS, {"I6": 90.0, "J6": 100.0}),
    "date-in-future": (TASKS, {"G6": date(2026, 12, 1)}),
    "done-without-product": (TASKS, {"H6": None}),
    "extension-without-date": (REQUESTS, {"F6": None}),
    "unknown-header": (TASKS, {"E5": "Trạng thái khác"}),
}


def raised_by_reports() -> dict[str, ReportReading]:
    """Each check of a body's report, by the reading that raises it."""
    good = opened(as_workbook(good_report()))
    extra = Sheet(name="Sheet1", is_hidden=False, rows=(("Bảng tính riêng",),), merged=())
    return {
        **{check: understood(with_cells(good, sheet, **cells)) for check, (sheet, cells) in CHANGES.items()},
        "report-meta-missing": understood(without_sheet(good, "_meta")),
        "report-meta-twice": understood(with_copy(good, "_meta")),
        "form-on-two-sheets": understood(with_copy(good, TASKS)),
        "report-without-sender": understood(good, "operator"),
        "unknown-sender": understood(good, "XYZ"),
        "wrong-sender": understood(good, "BTC"),
        "sheet-not-read": understood(Workbook(sheets=(*good.sheets, extra))),
        "copied-report": understood(good, before=lambda agency_id, period: figures_of(good_report())),
    }
