"""A body's month as a workbook that computes: inputs with their cells, rules, and a formula for every step.

Whoever changes an input or a threshold sees what follows. The same month gives the same bytes.
"""

import io
from collections.abc import Sequence
from datetime import UTC, date

from openpyxl import Workbook

from resolution_monitor.brief.render_xlsx import with_fixed_times
from resolution_monitor.exchange.score_month import ScoredAssignment, ScoredMonth
from resolution_monitor.exchange.score_sheets import CALCULATION, FIRST_ROW, INPUTS, LEAD, RULES, Places, Sheet
from resolution_monitor.exchange.score_totals import write_comparison, write_reports, write_summary, write_totals
from resolution_monitor.period import TIME_ZONE
from resolution_monitor.score.formulas.build import formulas_of
from resolution_monitor.score.formulas.words import GIVEN, words_of
from resolution_monitor.wording import day

_ABOUT = ("Mã", "Tên", "Vai trò", "Nghị quyết", "Đơn vị", "Trọng số", "Là phần của", "Trọng số chung của các phần")
_TARGETS = ("Mục tiêu gốc", "Mục tiêu hiện hành", "Chấm điểm theo mục tiêu")
_SOURCE = ("Tệp", "Nơi gửi", "Nhận lúc", "Trang tính", "Ô", "Nội dung trong ô")
_DAYS = {"t0", "tT", "t", "t_last", "achieved", "met_on", "t_then"}
_HELPER = "phối hợp"


def score_workbook(month: ScoredMonth) -> bytes:
    """The workbook of one body and month."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    places = _places(month)
    summary = Sheet(workbook, month, "Tóm tắt")
    _write_inputs(Sheet(workbook, month, INPUTS), month, places)
    write_reports(Sheet(workbook, month, "Báo cáo"), month, places)
    _write_rules(Sheet(workbook, month, RULES), month)
    _write_calculation(Sheet(workbook, month, CALCULATION), month, places)
    totals = write_totals(Sheet(workbook, month, "Điểm cơ quan"), month, places)
    largest = write_comparison(Sheet(workbook, month, "Đối chiếu"), month, places)
    write_summary(summary, month, totals, largest)
    workbook.calculation.fullCalcOnLoad = True
    made_for = month.known_at.astimezone(UTC).replace(tzinfo=None)
    workbook.properties.creator = "Resolution Monitor"
    workbook.properties.created = workbook.properties.modified = made_for
    buffer = io.BytesIO()
    workbook.save(buffer)
    return with_fixed_times(buffer.getvalue(), f"{made_for:%Y-%m-%dT%H:%M:%SZ}")


def _places(month: ScoredMonth) -> Places:
    """Which column holds which name, of all forms together."""
    points = max((one.explained.form.points for one in month.assignments), default=0)
    given = [*GIVEN, *(f"{part}_{number}" for number in range(1, points + 1) for part in ("day", "value"))]
    following: dict[str, None] = {}
    for one in sorted(
        month.assignments, key=lambda assignment: len(formulas_of(assignment.explained.form)), reverse=True
    ):
        following |= dict.fromkeys(formulas_of(one.explained.form))
    return Places(
        settings={one.setting: FIRST_ROW + number for number, one in enumerate(month.settings)},
        given={name: len(_ABOUT) + 1 + number for number, name in enumerate(given)},
        following={name: 3 + number for number, name in enumerate(following)},
    )


def _write_inputs(sheet: Sheet, month: ScoredMonth, places: Places) -> None:
    names = list(places.given)
    sheet.head([*_ABOUT, *(f"{words_of(name)[0]}\n{name}" for name in names), *_TARGETS, *_SOURCE])
    for row, one in enumerate(month.assignments, start=FIRST_ROW):
        about = (
            one.assignment["item_id"],
            one.name_vi,
            LEAD if one.is_lead else _HELPER,
            one.assignment["resolution"],
            one.unit,
        )
        for column, text in enumerate(about, start=1):
            sheet.text(row, column, text)
        sheet.number(row, len(about) + 1, float(one.assignment["weight"]))
        if one.parent_id is not None:
            # What a body leads of a task and what it helps with are shared each by itself.
            sheet.text(row, len(about) + 2, f"{one.parent_id} ({about[2]})")
            sheet.number(row, len(about) + 3, one.parent_weight)
        for name in names:
            value = one.explained.given.get(name)
            if isinstance(value, float):
                write = sheet.day_number if name in _DAYS or name.startswith("day_") else sheet.number
                write(row, places.given[name], value)
        first = len(_ABOUT) + len(names) + 1
        for column, text in enumerate(_targets(one), start=first):
            sheet.text(row, column, text)
        _write_source(sheet, row, first + len(_TARGETS), one)
    sheet.arrange(frozen_columns=2)


def _write_source(sheet: Sheet, row: int, column: int, one: ScoredAssignment) -> None:
    received = one.source.get("received_at")
    moment = received.astimezone(TIME_ZONE).strftime("%d/%m/%Y %H:%M") if received else ""
    texts = [one.source.get(name) or "" for name in ("file_name", "sender_id", "sheet", "cell", "raw_text")]
    for offset, text in enumerate((*texts[:2], moment, *texts[2:])):
        sheet.text(row, column + offset, str(text))


def _targets(one: ScoredAssignment) -> Sequence[str]:
    """Of a target that was revised: as it was, as it is, and which of them counts; nothing of others."""
    row = one.assignment
    if row["revised_on"] is None:
        return ()
    since = row["ranking_since"]
    ranked = "gốc" if since is None else f"điều chỉnh từ {day(since)}"
    return row["target_original"], f"{row['target_current']}, từ {day(row['revised_on'])}", ranked


def _write_rules(sheet: Sheet, month: ScoredMonth) -> None:
    sheet.head(("Mã", "Ngưỡng, trọng số", "Giá trị", "Đơn vị", "Từ ngày", "Mục của phương pháp", "Nguồn"))
    for row, one in enumerate(month.settings, start=FIRST_ROW):
        sheet.text(row, 1, one.setting)
        sheet.text(row, 2, one.name_vi)
        sheet.number(row, 3, one.value)
        for column, text in enumerate((one.unit_vi, _begin(one.since), one.clause, one.source), start=4):
            sheet.text(row, column, text)
    sheet.arrange(frozen_columns=2)


def _write_calculation(sheet: Sheet, month: ScoredMonth, places: Places) -> None:
    sheet.head(["Mã", "Tên", *(f"{words_of(name)[0]}\n{name}" for name in places.following)])
    for row, one in enumerate(month.assignments, start=FIRST_ROW):
        sheet.text(row, 1, str(one.assignment["item_id"]))
        sheet.text(row, 2, one.name_vi)
        seen = places.from_row(row, CALCULATION)
        for name, formula in formulas_of(one.explained.form).items():
            sheet.formula(row, places.following[name], formula.written(seen), is_day=name in _DAYS)
    sheet.arrange(frozen_columns=2)


def _begin(day: date) -> str:
    """The day from which a setting holds; nothing for one that always did."""
    return "" if day == date.min else f"{day:%d/%m/%Y}"
