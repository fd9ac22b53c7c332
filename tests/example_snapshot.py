"""A made-up month and day of all nine resolutions, for the pages: every state, long names, and what can be wrong."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pandas

from resolution_monitor.brief.resolution_snapshot import ResolutionSnapshot, Standing
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.period import Period, parse_period, shifted, tick_of_period
from resolution_monitor.score.month.frames import ResolutionScores, scores_of

MONTH = parse_period("2026-10")
# What the assignments of each resolution say, in order: tasks first, then indicators.
STATUSES = {
    "57": "OVERDUE OVERDUE OVERDUE RED AMBER GREEN DONE NO_DATA AMBER GREEN ON_TARGET",
    "59": "DONE GREEN GREEN",
    "66": "GREEN DONE_LATE AMBER GREEN",
    "68": "OVERDUE RED OVERDUE NO_DATA AMBER",
    "70": "OVERDUE AMBER NO_DATA UNRATED RED",
    "71": "GREEN OVERDUE AMBER NOT_STARTED GREEN",
    "72": "AMBER NO_DATA NO_DATA GREEN",
    "79": "OVERDUE AMBER",
    "80": "NO_DATA NO_DATA",
}
STATES = {"57": "AMBER", "59": "GREEN", "66": "GREEN", "68": "RED", "70": "RED", "71": "AMBER", "72": "INSUFFICIENT"}
ENDS = {"57": (78, 81), "59": (97, 97), "66": (91, 93), "68": (41, 55), "70": (38, 70), "71": (84, 84), "72": (52, 91)}
STATES |= {"79": "RED", "80": "INSUFFICIENT"}
ENDS |= {"79": (60, 60), "80": (0, 0)}
MISSING = ("BGDĐT", "DUMTTQ", "UBQPANDN", "T04-UBND", "T04-HDND", "LHHKHKT", "T86-DDBQH", "T96-MTTQ", "T01-MTTQ")
MISSING_MORE = ("T75-TU", "T75-UBND", "HVCTQG", "T66-UBND", "T68-HDND")
LATE = ("BYT", "BNNMT", "T08-UBND", "VCCI", "VPQH")


def example(catalogue: Catalogue, *, missing: Sequence[str] = (*MISSING, *MISSING_MORE)) -> ResolutionSnapshot:
    """An ordinary month."""
    assignments = _assignments(catalogue)
    before = [assignment | _milder(assignment) for assignment in assignments]
    now = Standing(MONTH, _scores(catalogue, assignments), _obligations(catalogue, MONTH, missing, LATE))
    earlier = shifted(MONTH, -1)
    then = _obligations(catalogue, earlier, missing[:5], ("BCT", *LATE))
    reports = [now.obligations, then, _obligations(catalogue, shifted(earlier, -1), missing[:2], LATE)]
    submissions = _submissions(catalogue, missing)
    return ResolutionSnapshot(
        catalogue=catalogue,
        period=MONTH,
        as_of=tick_of_period(catalogue.calendars["resolutions_month"], MONTH),
        known_at=datetime(2026, 11, 12, 0, 0, 0, 17, tzinfo=UTC),
        now=now,
        before=Standing(earlier, _scores(catalogue, before), then),
        reports=pandas.concat(reports, ignore_index=True),
        obstacles=_said(_OBSTACLE, OBSTACLES, submissions),
        requests=_said(_REQUEST, REQUESTS, submissions),
        findings=pandas.DataFrame(FINDINGS),
        submissions=submissions,
    )


def provisional(catalogue: Catalogue) -> ResolutionSnapshot:
    """Four in ten reports are missing."""
    missing = sorted(catalogue.reporting_bodies)[::5] + sorted(catalogue.reporting_bodies)[1::5]
    return example(catalogue, missing=missing)


def all_missing(catalogue: Catalogue) -> ResolutionSnapshot:
    """Nobody reported, and nothing is known."""
    found = example(catalogue, missing=sorted(catalogue.reporting_bodies))
    assignments = [
        assignment | {"status": "NO_DATA", "overdue_days": 0, "submission_id": None} | _progress("", "NO_DATA", 0)
        for assignment in _assignments(catalogue)
    ]
    nodes = [
        node | {"state": "INSUFFICIENT", "low": 0, "share_without_data": 1} for node in _nodes(catalogue, assignments)
    ]
    now = replace(found.now, scores=scores_of(assignments, nodes))
    return replace(found, now=now, **_silence(found), submissions=found.submissions.iloc[:0])


def empty(catalogue: Catalogue) -> ResolutionSnapshot:
    """A first edition of which nothing is known: no assignment, nothing owed."""
    found = example(catalogue)
    nodes = [node | {"state": "NOT_STARTED", "low": None, "high": None} for node in _nodes(catalogue, [])]
    now = Standing(MONTH, scores_of([], nodes), found.now.obligations.iloc[:0])
    nothing = _silence(found) | {"submissions": found.submissions.iloc[:0], "reports": found.reports.iloc[:0]}
    return replace(found, now=now, before=None, **nothing)


def quiet(catalogue: Catalogue) -> ResolutionSnapshot:
    """Everything green and everybody on time; not made up."""
    found = example(catalogue, missing=())
    assignments = [
        assignment
        | {"status": "GREEN", "overdue_days": 0, "is_due_assumed": False, "confidence": "high", "is_proxy": False}
        | _progress("", "GREEN", 0)
        for assignment in _assignments(catalogue)
    ]
    nodes = [
        node | {"state": "GREEN", "low": 95, "high": 95, "share_without_data": 0}
        for node in _nodes(catalogue, assignments)
    ]
    scores, owed = scores_of(assignments, nodes), _obligations(catalogue, MONTH, (), ())
    real = found.submissions.assign(is_demonstration=False)
    now = Standing(MONTH, scores, owed)
    then = replace(now, period=shifted(MONTH, -1))
    return replace(found, now=now, before=then, reports=owed, submissions=real, **_silence(found))


WEEK = parse_period("2026-W44")


def example_week(catalogue: Catalogue) -> ResolutionSnapshot:
    """An ordinary week: some tasks better, some worse, three due soon, requests and obstacles of its days."""
    month = example(catalogue)
    soon = {one["item_id"]: date(2026, 11, 3 + 4 * number) for number, one in _soon(catalogue)}
    assignments = [
        one | ({"due_on": soon[one["item_id"]], "is_due_assumed": False} if one["item_id"] in soon else {})
        for one in _assignments(catalogue)
    ]
    before = [one | _milder(one) for one in assignments]
    earlier = shifted(WEEK, -1)
    owed = month.now.obligations.iloc[:0]
    received = {"received_at": datetime(2026, 10, 28, 3, 0, tzinfo=UTC)}
    return replace(
        month,
        period=WEEK,
        as_of=tick_of_period(catalogue.calendars["weekly_progress"], WEEK),
        known_at=datetime(2026, 11, 2, 0, 0, tzinfo=UTC),
        now=Standing(WEEK, _scores(catalogue, assignments), owed),
        before=Standing(earlier, _scores(catalogue, before), owed),
        reports=owed,
        obstacles=month.obstacles.assign(**received),
        requests=month.requests.assign(**received),
    )


def first_week(catalogue: Catalogue) -> ResolutionSnapshot:
    """The first edition, of a week in which nothing is due, asked or in the way."""
    found = example_week(catalogue)
    scores = quiet(catalogue).now.scores
    return replace(found, before=None, now=replace(found.now, scores=scores), **_silence(found))


def crowded_week(catalogue: Catalogue) -> ResolutionSnapshot:
    """Every list is longer than the page."""
    found, month = example_week(catalogue), crowded(catalogue)
    assignments = month.now.scores.assignments.assign(is_due_assumed=False)
    half = assignments.index[len(assignments) // 2 :]
    assignments.loc[half, ["due_on", "status", "overdue_days"]] = [date(2026, 11, 5), "AMBER", 0]
    worse = ResolutionScores(assignments, month.now.scores.nodes)
    many = {name: pandas.concat([getattr(found, name)] * 8, ignore_index=True) for name in ("obstacles", "requests")}
    return replace(found, now=replace(found.now, scores=worse), **many)


DAY = parse_period("2026-10-31")
ABSENT = ("T96-UBND", "T04-UBND")
BELATED = ("T01-UBND",)


def example_day(catalogue: Catalogue) -> ResolutionSnapshot:
    """An ordinary day: two provinces silent, one late, new findings and obstacles."""
    month = example(catalogue)
    tick = tick_of_period(catalogue.calendars["bulletin_day"], DAY)
    owed = _daily_obligations(catalogue, DAY, ABSENT, BELATED)
    then = _daily_obligations(catalogue, shifted(DAY, -1), ABSENT[:1], ())
    fresh = {"received_at": tick - timedelta(hours=12)}
    finding = month.findings.assign(**fresh)
    silent = finding.assign(sheet=None, cell=None, sender_id="T01-UBND", text_vi="Tệp gửi sau 16 giờ.")
    soon = [
        {**assignment, "due_on": date(2026, 11, 4 + n), "is_due_assumed": False} for n, assignment in _soon(catalogue)
    ]
    assignments = [*soon, *(assignment for assignment in _assignments(catalogue) if assignment["status"] == "OVERDUE")]
    return replace(
        month,
        period=DAY,
        as_of=tick,
        known_at=tick - timedelta(hours=3, minutes=20),
        now=Standing(DAY, scores_of(assignments, []), owed),
        before=Standing(shifted(DAY, -1), scores_of(assignments, []), then),
        obstacles=month.obstacles.assign(**fresh),
        findings=pandas.concat([finding, silent], ignore_index=True),
        submissions=_daily_submissions(catalogue),
        daily=_daily(catalogue),
    )


def silent_day(catalogue: Catalogue) -> ResolutionSnapshot:
    """Nobody sent anything, and nothing is new, due or overdue."""
    found = example_day(catalogue)
    everybody = [key for key in catalogue.reporting_bodies if key.endswith("-UBND")]
    now = Standing(DAY, scores_of([], []), _daily_obligations(catalogue, DAY, everybody, ()))
    silence = _silence(found) | {"daily": found.daily.iloc[:0], "submissions": found.submissions.iloc[:0]}
    return replace(found, now=now, **silence)


def full_day(catalogue: Catalogue) -> ResolutionSnapshot:
    """Everybody sent, and every list is longer than the page."""
    found = example_day(catalogue)
    assignments = crowded(catalogue).now.scores.assignments
    long = assignments.assign(is_due_assumed=False)
    half = len(long) // 2
    long.loc[long.index[:half], ["due_on", "status", "overdue_days"]] = [date(2026, 11, 5), "AMBER", 0]
    now = Standing(DAY, ResolutionScores(long, found.now.scores.nodes), _daily_obligations(catalogue, DAY, (), ()))
    many = {name: pandas.concat([getattr(found, name)] * 8, ignore_index=True) for name in ("obstacles", "findings")}
    return replace(found, now=now, **{key: frame.assign(**_WORDY.get(key, {})) for key, frame in many.items()})


_WORDY = {
    "obstacles": {"text": "Chưa có hướng dẫn về cơ chế phối hợp giữa các cơ quan trong việc chia sẻ dữ liệu " * 3}
}


def _soon(catalogue: Catalogue) -> list[tuple[int, dict[str, Any]]]:
    return list(
        enumerate([assignment for assignment in _assignments(catalogue) if assignment["status"] == "AMBER"][:3])
    )


def _daily_ids(catalogue: Catalogue) -> list[str]:
    return [key for key, one in catalogue.indicators.items() if one.frequency == "day"]


def _daily_obligations(
    catalogue: Catalogue, day: Period, missing: Sequence[str], late: Sequence[str]
) -> pandas.DataFrame:
    frame = _obligations(catalogue, day, missing, late)
    frame = frame[frame["agency_id"].str.endswith("-UBND")]
    parts = [frame.assign(item_kind="indicator", item_id=key) for key in _daily_ids(catalogue)]
    return pandas.concat(parts, ignore_index=True)


def _daily_submissions(catalogue: Catalogue) -> pandas.DataFrame:
    frame = _submissions(catalogue, ())
    frame = frame[frame["sender_id"].str.endswith("-UBND")]
    return frame.assign(file_name="2026-10-31.csv", periods=[["2026-10-31"]] * len(frame))


def _daily(catalogue: Catalogue) -> pandas.DataFrame:
    """Both days of every province but the silent; the day before a little less."""
    rows = []
    provinces = [key for key in catalogue.reporting_bodies if key.endswith("-UBND")]
    for indicator_id in _daily_ids(catalogue):
        percent = catalogue.indicators[indicator_id].unit == "%"
        for steps, silent in ((0, ABSENT), (-1, ABSENT[:1])):
            for number, key in enumerate(province for province in provinces if province not in silent):
                value = Decimal(80 + number % 15) if percent else Decimal(97 * (number + 3) + steps * 7)
                parts = (value * 3, Decimal(300)) if percent else (None, None)
                day = shifted(DAY, steps).end
                rows.append((key, indicator_id, day, value, *parts, _number(key), "", f"C{number + 2}"))
    names = ("agency_id", "indicator_id", "period_end", "value", "numerator", "denominator", "submission_id")
    return pandas.DataFrame(rows, columns=[*names, "sheet", "cell"], dtype=object)


def _silence(found: ResolutionSnapshot) -> dict[str, Any]:
    return {name: getattr(found, name).iloc[:0] for name in ("obstacles", "requests", "findings")}


def crowded(catalogue: Catalogue) -> ResolutionSnapshot:
    """As much as a page ever has to hold: every task late, everything said at length, four in ten reports missing."""
    found = provisional(catalogue)
    tasks = [task for task in catalogue.tasks.values() if task.lead and task.due_on and task.due_on < MONTH.end]
    assignments = [_task(catalogue, task, "OVERDUE") for task in tasks]
    long = (
        "Đề nghị cho phép áp dụng cơ chế đặc thù đã được cấp có thẩm quyền cho chủ trương nhưng chưa có hướng dẫn. " * 4
    )
    requests = found.requests.assign(text=long, cost_of_delay=long, decider="DUMTTQ")
    obstacles = found.obstacles.assign(text=long, is_resolved=False)
    known = {assignment["item_id"] for assignment in assignments}
    others = [assignment for assignment in _assignments(catalogue) if assignment["item_id"] not in known]
    scores = _scores(catalogue, [*assignments, *others])
    return replace(found, now=replace(found.now, scores=scores), requests=requests, obstacles=obstacles)


def _assignments(catalogue: Catalogue) -> list[dict[str, Any]]:
    schools = [task for task in catalogue.children_of("71-T05") if task.lead][:8]
    return [
        *(assignment for code in STATUSES for assignment in _of(catalogue, code)),
        *(_task(catalogue, task, "OVERDUE") for task in schools),
    ]


def _of(catalogue: Catalogue, code: str) -> list[dict[str, Any]]:
    tasks = [task for task in catalogue.tasks.values() if task.resolution == code and task.lead]
    indicators = [one for one in catalogue.indicators.values() if one.resolution == code]
    statuses = STATUSES[code].split()
    few = min(len(tasks), (len(statuses) + 1) // 2)
    rows = [_task(catalogue, task, status) for task, status in zip(tasks[:few], statuses, strict=False)]
    return rows + [_indicator(one, status) for one, status in zip(indicators, statuses[few:], strict=False)]


def _task(catalogue: Catalogue, task: Any, status: str) -> dict[str, Any]:
    overdue = (MONTH.end - task.due_on).days if task.due_on and status == "OVERDUE" else 0
    is_overdue = status == "OVERDUE" and overdue > 0 and not task.is_due_assumed
    return {
        **_common(task.task_id, task.lead, task.resolution, task.confidence, catalogue.bodies[task.lead].block),
        "item_kind": "task",
        "parent_task": task.parent,
        "status": status if is_overdue or status != "OVERDUE" else "RED",
        "overdue_days": overdue if is_overdue else 0,
        "due_on": task.due_on,
        "is_due_assumed": task.is_due_assumed or task.due_on is None,
        **_progress(task.task_id, status, overdue),
        "task_state": None if status == "NO_DATA" else "done" if "DONE" in status else "under_way",
        "sheet": "Nhiệm vụ",
    }


def _indicator(one: Any, status: str) -> dict[str, Any]:
    return {
        **_common(one.indicator_id, one.lead or "VPTW", one.resolution, one.confidence, "government"),
        "item_kind": "indicator",
        "status": "RED" if status == "OVERDUE" else status,
        "overdue_days": 0,
        "due_on": one.targets[-1].due_on if one.targets else None,
        "as_at": date(2026, 9, 30),
        "value_on": date(2026, 9, 30),
        "target": float(one.targets[-1].value) if one.targets and one.targets[-1].value is not None else None,
        "baseline": float(one.baseline.value) if one.baseline else 40.0,
        "is_proxy": one.confidence == "proxy",
        "forecast_band": (None, "high", "watch", "low")[_number(one.indicator_id) % 4],
        **_progress(one.indicator_id, status, 0),
        "value": _value(one, status),
        "sheet": "Chỉ tiêu",
    }


# Status -> percent of the way gone, fraction of the way planned, days behind.
_PROGRESS = {
    "RED": (4.0, 0.31, 140.0),
    "AMBER": (20.0, 0.3, 35.0),
    "GREEN": (36.0, 0.3, -20.0),
    "DONE": (100.0, 1.0, -8.0),
}
_PROGRESS |= {"DONE_LATE": (100.0, 1.0, 24.0), "ON_TARGET": (100.0, 1.0, None)}


def _progress(item_id: str, status: str, overdue: int) -> dict[str, Any]:
    """How far it is and how late: what has no data has neither."""
    gone, planned, late = _PROGRESS.get(status, (None, None, None))
    if status == "OVERDUE":
        gone, planned, late = 0.0, 1.0, float(overdue)
    more = _number(item_id) % 7
    return {
        "attainment_raw_pct": gone,
        "attainment_pct": gone,
        "expected_fraction": planned,
        "lag_days": None if late is None else late + more,
        "weight": 1.0,
    }


def _value(one: Any, status: str) -> float:
    """Where its way gone puts it; of a band or without a target any number."""
    target = one.targets[-1].value if one.targets else None
    baseline = float(one.baseline.value) if one.baseline else 40.0
    gone = _PROGRESS.get(status, (None, None, None))[0]
    return 41.5 if target is None or gone is None else round(baseline + gone / 100 * (float(target) - baseline), 3)


def _common(item_id: str, lead: str, resolution: str, confidence: str, block: Any) -> dict[str, Any]:
    place = {"submission_id": _number(lead), "cell": f"G{5 + _number(item_id) % 40}"}
    return {"item_id": item_id, "agency_id": lead, "resolution": resolution, "confidence": confidence} | {
        "block": block,
        **place,
        "as_at": MONTH.end,
    }


def _number(text: str) -> int:
    """A number of its own for a text, the same in every process."""
    return sum(ord(letter) * 31**place for place, letter in enumerate(text)) % 1_000_003


def _milder(assignment: dict[str, Any]) -> dict[str, Any]:
    """A month earlier: some of what is overdue now was only late."""
    overdue = assignment["overdue_days"] - 30
    was = {"OVERDUE": "OVERDUE" if overdue > 0 else "AMBER", "DONE": "AMBER", "NO_DATA": "GREEN", "RED": "AMBER"}
    return {"status": was.get(assignment["status"], assignment["status"]), "overdue_days": max(overdue, 0)}


def _scores(catalogue: Catalogue, assignments: list[dict[str, Any]]) -> ResolutionScores:
    return scores_of(assignments, _nodes(catalogue, assignments))


def _nodes(catalogue: Catalogue, assignments: list[dict[str, Any]]) -> list[dict[str, Any]]:
    worse = {"66": "AMBER", "57": "AMBER"}
    is_before = any(assignment["status"] == "AMBER" and assignment["item_id"] == "68-T02" for assignment in assignments)
    nodes = [
        {"node_kind": "resolution", "node_id": code, "parent_id": "VN", "low": ENDS[code][0], "high": ENDS[code][1]}
        | {"state": worse.get(code, STATES[code]) if is_before else STATES[code], "colour": "AMBER"}
        | {"share_without_data": _dark(code), "assignments_total": len(STATUSES[code].split())}
        for code in STATUSES
    ]
    agencies = [{"node_kind": "agency", "node_id": key} for key in catalogue.reporting_bodies]
    parents = [
        {"node_kind": "task", "node_id": task.task_id, "assignments_total": len(catalogue.children_of(task.task_id))}
        | _state_of_task(catalogue, task.task_id, assignments)
        for task in catalogue.tasks.values()
        if task.lead is None
    ]
    return [*nodes, *parents, *agencies]


def _state_of_task(catalogue: Catalogue, task_id: str, assignments: list[dict[str, Any]]) -> dict[str, str]:
    """The worst of its bodies; what nobody owns has no data, and page 1 says so."""
    if not catalogue.children_of(task_id):
        return {"state": "INSUFFICIENT", "colour": "INSUFFICIENT"}
    held = {one["status"] for one in assignments if one.get("parent_task") == task_id}
    for state, statuses in (
        ("RED", {"RED", "OVERDUE"}),
        ("INSUFFICIENT", {"NO_DATA", "UNRATED"}),
        ("AMBER", {"AMBER"}),
    ):
        if held & statuses:
            return {"state": state, "colour": state}
    return {"state": "GREEN" if held - {"NOT_STARTED"} else "NOT_STARTED"}


def _dark(code: str) -> float:
    statuses = STATUSES[code].split()
    return sum(status in ("NO_DATA", "UNRATED") for status in statuses) / len(statuses)


def _obligations(catalogue: Catalogue, period: Period, missing: Sequence[str], late: Sequence[str]) -> pandas.DataFrame:
    due_at = datetime(period.end.year, period.end.month, period.end.day, tzinfo=UTC) + timedelta(days=10)
    rows = []
    for key in catalogue.reporting_bodies:
        state = "missing" if key in missing else "late" if key in late else "received_on_time"
        received_at = None if key in missing else due_at + timedelta(hours=6 if key in late else -20)
        rows.append((key, "report", "report", period.name, period.end, state, due_at, received_at))
    columns = ("agency_id", "item_kind", "item_id", "period_name", "period_end", "state", "due_at", "received_at")
    frame = pandas.DataFrame(rows, columns=list(columns))
    return frame.assign(**{name: pandas.to_datetime(frame[name], utc=True) for name in ("due_at", "received_at")})


def _submissions(catalogue: Catalogue, missing: Sequence[str]) -> pandas.DataFrame:
    came = [key for key in catalogue.reporting_bodies if key not in missing]
    columns = ("submission_id", "sender_id", "file_name", "sha256", "state", "periods", "received_at")
    moment = datetime(2026, 11, 9, 3, 0, tzinfo=UTC)
    rows = [
        (_number(key), key, "2026-10.xlsx", f"{_number(key):064x}", "accepted", ["2026-10"], moment) for key in came
    ]
    return pandas.DataFrame(rows, columns=list(columns)).assign(is_demonstration=True)


_OBSTACLE = ("agency_id", "number", "task_id", "kind", "text", "resolver", "is_resolved")
_REQUEST = ("agency_id", "number", "kind", "task_id", "text", "decider", "proposed_due_on", "cost_of_delay")
OBSTACLES = [
    (
        "BQP",
        1,
        "57-T01/BQP",
        "institution",
        "Chưa có quy định về phân loại dữ liệu dùng chung giữa các bộ",
        "BTP",
        False,
    ),
    ("BCA", 1, "57-T01/BCA", "coordination", "Chờ ý kiến thẩm định của hai bộ", "BTP", True),
    (
        *("BTC", 1, "68-T01", "resources"),
        "Chưa thống nhất nguồn vốn điều lệ của quỹ bảo lãnh tín dụng cho doanh nghiệp nhỏ và vừa giữa ngân sách trung "
        "ương và ngân sách địa phương; các địa phương đề nghị trung ương bố trí toàn bộ",
        *("VPCP", False),
    ),
    ("BCT", 2, None, "other", "Vướng giải phóng mặt bằng đường dây qua ba tỉnh", "VPCP", False),
]
REQUESTS = [
    (
        *("BTC", 1, "recommendation", "68-T02"),
        "Giao một đầu mối chịu trách nhiệm về quỹ bảo lãnh tín dụng cho doanh nghiệp nhỏ và vừa; cho phép dùng nguồn "
        "tăng thu năm 2026 của ngân sách trung ương để góp vốn điều lệ ban đầu",
        *("VPCP", None, "Chậm khởi động quỹ ít nhất sáu tháng; kéo theo mười một nhiệm vụ khác của Nghị quyết 68."),
    ),
    (
        *("BCT", 3, "recommendation", "70-T01"),
        "Cho ý kiến về cơ chế giải phóng mặt bằng liên tỉnh cho đường dây 500 kV qua ba tỉnh",
        *("VPCP", None, "Hết cửa sổ thi công mùa khô ngày 30/11/2026."),
    ),
    (
        *("BQP", 2, "extension", "57-T01/BQP", "Lùi thời hạn ban hành chiến lược dữ liệu của bộ"),
        *("VPTW", date(2026, 12, 31), ""),
    ),
    (
        "BGDĐT",
        1,
        "recommendation",
        None,
        "Cho ý kiến về định mức biên chế giáo viên",
        "BTCTW",
        None,
        "Thiếu giáo viên.",
    ),
    ("VCCI", 1, "recommendation", None, "=Bố trí kinh phí", None, None, ""),
]
FINDINGS = [
    {
        **{"severity": "warn", "sender_id": "BYT", "file_name": "2026-10.xlsx", "sheet": "Chỉ tiêu", "cell": "G7"},
        **{"check_code": "jump", "raw_value": "910", "text_vi": "Giá trị gấp mười lần kỳ trước."},
        **{"action_vi": "Xem lại đơn vị tính.", "details": {}, "sha256": "0" * 64, "submission_id": 1},
        "received_at": datetime(2026, 11, 9, 3, 0, tzinfo=UTC),
    }
]


def _said(names: Sequence[str], rows: Sequence[Sequence[Any]], submissions: pandas.DataFrame) -> pandas.DataFrame:
    frame = pandas.DataFrame(rows, columns=list(names), dtype=object)
    known = set(submissions["submission_id"])
    ids = [number if number in known else None for number in map(_number, frame["agency_id"])]
    sheet = "Vướng mắc" if "resolver" in names else "Đề nghị"
    cells = [f"D{4 + int(number)}" for number in frame["number"]]
    moment = datetime(2026, 11, 9, 3, 0, tzinfo=UTC)
    return frame.assign(submission_id=ids, sheet=sheet, cell=cells, received_at=moment).astype(
        {"submission_id": object}
    )
