"""The columns of a body's workbook: how wide, what kind of answer, what to choose from, and an example row."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from resolution_monitor.exchange.report_rows import Row
from resolution_monitor.reporting import layout
from resolution_monitor.reporting.content import RequestKind, Schedule, TaskState, ValueState

Form = Literal["text", "number", "whole", "percent", "date"]


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


def _asked(width: float, form: Form = "text", choices: str | None = None, hint: str = "") -> Column:
    return Column(width, form, is_input=True, choices=choices, hint=hint)


_NUMBER_HINT = "Ghi theo đơn vị tính của dòng, ví dụ 1.234,5. Không ghi chữ trong ô số."
_PERCENT_HINT = "Ghi từ 0 đến 100: năm mươi phần trăm ghi 50."
_PARTS_HINT = "Chỉ ghi ở dòng có ô nền vàng (chỉ tiêu là tỷ lệ); ghi cả tử số và mẫu số."
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
        "numerator": _asked(12, "number", hint=_PARTS_HINT),
        "denominator": _asked(12, "number", hint=_PARTS_HINT),
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
