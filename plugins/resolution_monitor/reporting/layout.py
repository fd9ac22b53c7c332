"""Sheets, headings and words of the workbook a body fills in: one place for whoever writes and whoever reads it."""

from resolution_monitor.reporting.content import RequestKind, Schedule, TaskState, ValueState

INDICATORS = "Chỉ tiêu"
TASKS = "Nhiệm vụ"
OBSTACLES = "Vướng mắc"
REQUESTS = "Đề nghị"
# Hidden; names the body, the period and the version, so that a file can never be taken for another.
META = "_meta"
# Sheets of ours that hold nothing to read: what to do, and what was wrong the last time.
GUIDE, ERRORS, RESULT = "Hướng dẫn", "Lỗi", "Kết quả"
# In the first column of a row that only shows how to fill in the others.
EXAMPLE = "Ví dụ"
# The lines above each table; what follows the colon must say the same as the hidden sheet.
BODY_LINE, PERIOD_LINE = "Cơ quan báo cáo", "Kỳ báo cáo"
# What the hidden sheet says, by key.
META_KEYS = ("agency_id", "period", "template_version", "is_demonstration", "catalogue_sha256")
# Of a workbook whose closed items have no row any more: their codes.
CLOSED_KEY = "closed_items"
# Sheet -> the field of the content that holds its rows, which is its name in JSON.
FIELDS = {INDICATORS: "indicators", TASKS: "tasks", OBSTACLES: "obstacles", REQUESTS: "requests"}

# Field of the content -> its heading, in the order of the columns. What a body fills in comes after what we fill in.
HEADINGS: dict[str, dict[str, str]] = {
    INDICATORS: {
        "indicator_id": "Mã chỉ tiêu",
        "name": "Chỉ tiêu",
        "unit": "Đơn vị tính",
        "baseline": "Mức gốc",
        "target": "Mục tiêu",
        "last_value": "Kỳ trước",
        "value": "Giá trị kỳ này",
        "state": "Tình trạng số liệu",
        "numerator": "Tử số",
        "denominator": "Mẫu số",
        "explanation": "Giải trình",
    },
    TASKS: {
        "task_id": "Mã nhiệm vụ",
        "name": "Nhiệm vụ",
        "due_on": "Thời hạn",
        "expected_product": "Sản phẩm phải có",
        "last_told": "Kỳ trước",
        "state": "Tình trạng",
        "schedule": "Tiến độ",
        "done_pct": "Khối lượng hoàn thành (%)",
        "done_on": "Ngày hoàn thành",
        "product": "Số, ký hiệu sản phẩm",
        "evidence": "Minh chứng",
        "note": "Giải trình",
    },
    OBSTACLES: {
        "number": "STT",
        "task_id": "Mã nhiệm vụ",
        "kind": "Loại vướng mắc",
        "text": "Nội dung",
        "resolver": "Cơ quan tháo gỡ",
        "is_resolved": "Đã tháo gỡ",
    },
    REQUESTS: {
        "number": "STT",
        "kind": "Loại đề nghị",
        "task_id": "Mã nhiệm vụ",
        "text": "Nội dung",
        "decider": "Cơ quan quyết định",
        "proposed_due_on": "Thời hạn đề nghị",
        "cost_of_delay": "Hậu quả nếu chậm quyết định",
    },
}

# Sheet -> how headings of earlier versions of the template were called.
FORMER_HEADINGS: dict[str, dict[str, str]] = {TASKS: {"note": "Ghi chú"}}
# Sheet -> the field in which a body says why an unusual row is right nevertheless.
JUSTIFICATIONS = {INDICATORS: "explanation", TASKS: "note", OBSTACLES: "text", REQUESTS: "text"}

VALUE_STATES: dict[ValueState, str] = {
    ValueState.REPORTED: "Có số liệu",
    ValueState.ZERO: "Bằng 0",
    ValueState.NOT_APPLICABLE: "Không áp dụng",
    ValueState.NO_ACTIVITY: "Không phát sinh",
    ValueState.WITHHELD: "Không công bố",
}
TASK_STATES: dict[TaskState, str] = {
    TaskState.NOT_STARTED: "Chưa bắt đầu",
    TaskState.UNDER_WAY: "Đang thực hiện",
    TaskState.DONE: "Hoàn thành",
}
SCHEDULES: dict[Schedule, str] = {Schedule.ON_TIME: "Đúng tiến độ", Schedule.LATE: "Chậm tiến độ"}
REQUEST_KINDS: dict[RequestKind, str] = {
    RequestKind.EXTENSION: "Gia hạn",
    RequestKind.RECOMMENDATION: "Kiến nghị",
}
OBSTACLE_KINDS: dict[str, str] = {
    "institution": "Thể chế, quy định",
    "resources": "Kinh phí, nhân lực",
    "data": "Dữ liệu, hạ tầng số",
    "coordination": "Phối hợp giữa các cơ quan",
    "other": "Khác",
}
YES, NO = "Có", "Không"
DEMONSTRATION = "DỮ LIỆU MINH HỌA"
