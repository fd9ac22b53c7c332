"""What stands in each sheet of a body's workbook before anybody looks at fonts: columns, rows, lists to choose from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from resolution_monitor.catalogue.entries import Catalogue, Indicator, Target
from resolution_monitor.exchange.report_rows import Answer, Row, answers, in_words
from resolution_monitor.reporting import layout
from resolution_monitor.reporting.content import BodyReport, RequestKind, Schedule, TaskState, ValueState
from resolution_monitor.wording import shortest

Form = Literal["text", "number", "whole", "percent", "date"]
BLANK_ROWS = 12
# Behind a body's code, so that nobody need know codes by heart; the reader takes what stands before it.
CODE_MARK = " - "
_OPERATORS = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "=": "", "approx": "khoảng "}


@dataclass(frozen=True, slots=True)
class Column:
    """
    One column of a sheet.

    Attributes:
        width: In letters of the workbook's font.
        is_input: Whether the body fills it in.
        choices: Key of the lists of the hidden sheet that its cells are chosen from; None for free ones.
        hint: Shown beside the cell while it is being filled in; empty for none.
    """

    width: float
    form: Form = "text"
    is_input: bool = False
    choices: str | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """
    One sheet: a column per heading of the layout, and its rows.

    Attributes:
        decimals: By number of the row: decimals that its figures are shown with, where not every digit is.
    """

    sheet: str
    note: str
    rows: list[Row]
    decimals: dict[int, int] = field(default_factory=dict)


def _asked(width: float, form: Form = "text", choices: str | None = None, hint: str = "") -> Column:
    return Column(width, form, is_input=True, choices=choices, hint=hint)


_NUMBER_HINT = "Ghi theo đơn vị tính của dòng, ví dụ 1.234,5. Không ghi chữ trong ô số."
_PERCENT_HINT = "Ghi từ 0 đến 100: năm mươi phần trăm ghi 50."
_DAY_HINT = "Ghi ngày/tháng/năm, ví dụ 31/10/2026."


COLUMNS: dict[str, dict[str, Column]] = {
    layout.INDICATORS: {
        "indicator_id": Column(10),
        "name": Column(38),
        "unit": Column(12),
        "baseline": Column(14),
        "target": Column(20),
        "last_value": Column(11, "number"),
        "value": _asked(14, "number", hint=_NUMBER_HINT),
        "state": _asked(17, choices="value_states"),
        "numerator": _asked(12, "number", hint="Chỉ ghi với chỉ tiêu là tỷ lệ; ghi cả tử số và mẫu số."),
        "denominator": _asked(12, "number", hint="Chỉ ghi với chỉ tiêu là tỷ lệ; ghi cả tử số và mẫu số."),
        "explanation": _asked(34, hint="Lý do không có số liệu, hoặc số liệu tăng giảm bất thường (từ 10 chữ cái)."),
    },
    layout.TASKS: {
        "task_id": Column(14),
        "name": Column(46),
        "due_on": Column(12, "date"),
        "expected_product": Column(24),
        "last_told": Column(15),
        "state": _asked(16, choices="task_states"),
        "schedule": _asked(14, choices="schedules"),
        "done_pct": _asked(13, "percent", hint=_PERCENT_HINT),
        "done_on": _asked(13, "date", hint=_DAY_HINT),
        "product": _asked(20, hint="Số, ký hiệu văn bản hoặc sản phẩm, ví dụ 12/QĐ-BYT."),
        "evidence": _asked(22, hint="Địa chỉ tra cứu, hoặc tên văn bản gửi kèm."),
        "note": _asked(30, hint="Lý do quá hạn, hoặc tiến độ giảm so với kỳ trước (từ 10 chữ cái)."),
    },
    layout.OBSTACLES: {
        "number": _asked(6, "whole"),
        "task_id": _asked(16, choices="tasks"),
        "kind": _asked(26, choices="obstacle_kinds"),
        "text": _asked(70),
        "resolver": _asked(30, choices="bodies"),
        "is_resolved": _asked(12, choices="yes_no"),
    },
    layout.REQUESTS: {
        "number": _asked(6, "whole"),
        "kind": _asked(14, choices="request_kinds"),
        "task_id": _asked(16, choices="tasks"),
        "text": _asked(58),
        "decider": _asked(30, choices="bodies"),
        "proposed_due_on": _asked(14, "date", hint=_DAY_HINT),
        "cost_of_delay": _asked(34),
    },
}
NOTES = {
    layout.INDICATORS: "Đề nghị điền ô nền vàng. Số liệu ghi theo đơn vị tính của từng dòng; không có số liệu thì chọn "
    "tình trạng và nêu lý do ở cột Giải trình.",
    layout.TASKS: "Đề nghị điền ô nền vàng. Nhiệm vụ hoàn thành phải có ngày hoàn thành, số, ký hiệu sản phẩm và minh "
    "chứng; nhiệm vụ quá hạn phải nêu lý do ở cột Giải trình.",
    layout.OBSTACLES: "Mỗi vướng mắc một dòng; vướng mắc chung của cơ quan thì để trống mã nhiệm vụ.",
    layout.REQUESTS: "Mỗi đề nghị một dòng; đề nghị gia hạn phải ghi thời hạn đề nghị (ngày/tháng/năm).",
}
# How a row is filled in; read by nobody but people.
EXAMPLES: dict[str, Row] = {
    layout.INDICATORS: {
        "indicator_id": layout.EXAMPLE,
        "name": "Tỷ lệ hồ sơ giải quyết đúng hạn",
        "unit": "%",
        "baseline": "80 (2024)",
        "target": "≥ 95 (2030)",
        "last_value": Decimal("90.2"),
        "value": Decimal("91.5"),
        "state": layout.VALUE_STATES[ValueState.REPORTED],
        "numerator": 915,
        "denominator": 1000,
    },
    layout.TASKS: {
        "task_id": layout.EXAMPLE,
        "name": "Ban hành kế hoạch chuyển đổi số của cơ quan",
        "due_on": date(2026, 9, 30),
        "expected_product": "Kế hoạch",
        "last_told": "Đang thực hiện, 80%",
        "state": layout.TASK_STATES[TaskState.DONE],
        "schedule": layout.SCHEDULES[Schedule.ON_TIME],
        "done_pct": 100,
        "done_on": date(2026, 9, 25),
        "product": "12/KH-ABC",
        "evidence": "Bản ký số gửi kèm báo cáo",
    },
    layout.OBSTACLES: {
        "number": layout.EXAMPLE,
        "kind": layout.OBSTACLE_KINDS["data"],
        "text": "Chưa có dữ liệu dân cư cập nhật để tính chỉ tiêu; đã đề nghị cơ quan chủ quản cung cấp.",
        "resolver": "Mã và tên cơ quan, chọn trong danh sách",
        "is_resolved": layout.NO,
    },
    layout.REQUESTS: {
        "number": layout.EXAMPLE,
        "kind": layout.REQUEST_KINDS[RequestKind.EXTENSION],
        "task_id": "Mã nhiệm vụ",
        "text": "Lùi thời hạn do phải lấy ý kiến bổ sung của các cơ quan liên quan.",
        "decider": "Mã và tên cơ quan, chọn trong danh sách",
        "proposed_due_on": date(2026, 12, 31),
        "cost_of_delay": "Chậm ban hành hướng dẫn cho địa phương",
    },
}


def tables_of(
    catalogue: Catalogue,
    report: BodyReport,
    items: Sequence[str],
    last_values: Mapping[str, Decimal],
    last_told: Mapping[str, str],
) -> list[Table]:
    """The four sheets: every item that is owed, with the report's answers beside it, and blank rows to write in."""
    given = {sheet: [_spoken(catalogue, sheet, row) for row in rows] for sheet, rows in answers(report).items()}
    indicators = [item for item in items if item in catalogue.indicators]
    tasks = [item for item in items if item in catalogue.tasks]
    told = [
        _merged("indicator_id", [_indicator_row(catalogue, item, last_values) for item in indicators], given),
        _merged("task_id", [_task_row(catalogue, item, last_told) for item in tasks], given),
        _with_blanks(given[layout.OBSTACLES]),
        _with_blanks(given[layout.REQUESTS]),
    ]
    names = list(layout.HEADINGS)
    shown = [catalogue.indicators.get(str(row.get("indicator_id"))) for row in told[0]]
    decimals = {number: _decimals(one) for number, one in enumerate(shown) if one is not None}
    return [
        Table(name, NOTES[name], rows, decimals if name == layout.INDICATORS else {})
        for name, rows in zip(names, told, strict=True)
    ]


def choices_of(catalogue: Catalogue, items: Sequence[str]) -> dict[str, list[str]]:
    """What the lists offer, by key."""
    bodies = [body for body in catalogue.reporting_bodies.values() if body.parent is None]
    return {
        "value_states": list(layout.VALUE_STATES.values()),
        "task_states": list(layout.TASK_STATES.values()),
        "schedules": list(layout.SCHEDULES.values()),
        "obstacle_kinds": list(layout.OBSTACLE_KINDS.values()),
        "request_kinds": list(layout.REQUEST_KINDS.values()),
        "yes_no": [layout.YES, layout.NO],
        "bodies": [f"{body.agency_id}{CODE_MARK}{body.short_vi}" for body in bodies],
        "tasks": [item for item in items if item in catalogue.tasks],
    }


def _spoken(catalogue: Catalogue, sheet: str, row: Row) -> Row:
    return {name: _named(catalogue, name, answer) for name, answer in in_words(sheet, row).items()}


def _named(catalogue: Catalogue, name: str, answer: Answer) -> Answer:
    if name in ("resolver", "decider") and isinstance(answer, str) and answer in catalogue.bodies:
        return f"{answer}{CODE_MARK}{catalogue.bodies[answer].short_vi}"
    return answer


def _merged(key: str, owed: list[Row], given: dict[str, list[Row]]) -> list[Row]:
    """Rows owed with their answers; what is answered without being owed follows, so that no answer is ever lost."""
    sheet = layout.INDICATORS if key == "indicator_id" else layout.TASKS
    answered = {row[key]: row for row in given[sheet]}
    rows = [{**row, **answered.pop(row[key], {})} for row in owed]
    return rows + list(answered.values())


def _with_blanks(rows: list[Row]) -> list[Row]:
    used = max((number for row in rows if isinstance(number := row["number"], int)), default=0)
    blanks: list[Row] = [{"number": used + step} for step in range(1, BLANK_ROWS + 1)]
    return rows + blanks


def _indicator_row(catalogue: Catalogue, indicator_id: str, last_values: Mapping[str, Decimal]) -> Row:
    indicator = catalogue.indicators[indicator_id]
    baseline = indicator.baseline
    return {
        "indicator_id": indicator_id,
        "name": indicator.name_vi,
        "unit": indicator.unit,
        "baseline": f"{shortest(baseline.value)} ({baseline.as_at.year})" if baseline else None,
        "target": "; ".join(map(_target, indicator.targets)) or None,
        "last_value": last_values.get(indicator_id),
    }


def _task_row(catalogue: Catalogue, task_id: str, last_told: Mapping[str, str]) -> Row:
    task = catalogue.tasks[task_id]
    return {
        "task_id": task_id,
        "name": task.name_vi,
        "due_on": task.due_on,
        "expected_product": task.product,
        "last_told": last_told.get(task_id),
    }


def told_of_task(state: TaskState, done_pct: Decimal | None) -> str:
    """What a body said of a task, as the sheet shows it a period later: "Đang thực hiện, 45%"."""
    share = "" if done_pct is None else f", {shortest(done_pct)}%"
    return layout.TASK_STATES[state] + share


def _target(target: Target) -> str:
    if target.value is None:
        low, high = (shortest(end) for end in (target.low, target.high) if end is not None)
        return f"{low}–{high} ({target.year})"
    return f"{_OPERATORS[target.operator]}{shortest(target.value)} ({target.year})"


def _decimals(indicator: Indicator) -> int:
    """As many as the smallest step that its measurement can show."""
    exponent = Decimal(repr(indicator.min_step)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def title_lines(catalogue: Catalogue, report: BodyReport, period_in_words: str) -> list[str]:
    """The lines above each table, from the top."""
    body = catalogue.bodies[report.agency_id]
    return [
        f"{layout.BODY_LINE}: {body.name_vi} ({body.agency_id})",
        f"{layout.PERIOD_LINE}: {period_in_words}",
    ]
