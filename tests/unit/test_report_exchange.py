"""Every report survives its way through a workbook, CSV and JSON."""

import re
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from unit.body_reports import OCTOBER, as_workbook, good_report, opened, owed, understood

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.exchange.plain import report_csv, report_json
from resolution_monitor.method.nothing_to_report import Cases
from resolution_monitor.normalise.checks.slips import shown_number
from resolution_monitor.normalise.report_cells import FEWEST_REASON_LETTERS
from resolution_monitor.normalise.values import clean
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
from resolution_monitor.reporting.layout import OBSTACLE_KINDS
from resolution_monitor.terms import Severity

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp"))
TEXTS = st.text(LETTERS | st.sampled_from("\n=+-@';\",1"), max_size=30).map(clean)
FULL_TEXTS = TEXTS.filter(bool)
REASONS = st.text(LETTERS, min_size=12, max_size=30).map(clean).filter(lambda text: len(text) >= FEWEST_REASON_LETTERS)
PARTS = st.decimals(0, 10**20, places=6) | st.decimals(0, 10**6, places=3)
# What is below one is more often a fraction written for a share, and waits for its reason.
SHARES = st.decimals(2, 100, places=2)
DAYS = st.dates(date(2026, 1, 1), date(2026, 11, 5))
NO_VALUE = (ValueState.NOT_APPLICABLE, ValueState.NO_ACTIVITY, ValueState.WITHHELD)
# With no case the month before, none is believed.
RARE = (Cases(None, Decimal(0)),)
TASK_ITEMS = [item for item in owed(OCTOBER)["BYT"] if "-T" in item]
SOMEBODY = st.none() | st.sampled_from(["BTC", "VPTW", "T01-UBND", "BYT"])


@st.composite
def indicator_entries(draw: st.DrawFn) -> IndicatorEntry:
    state = draw(st.sampled_from(ValueState))
    value = None if state in NO_VALUE else Decimal(0) if state is ValueState.ZERO else draw(SHARES)
    parts = sorted(draw(st.tuples(PARTS, PARTS))) if draw(st.booleans()) else [draw(st.none() | PARTS), None]
    # Parts that do not give the value ask for a reason that repeats it; no value asks for a reason.
    reason = draw(REASONS if value is None or None not in parts else TEXTS)
    if value is not None and None not in parts:
        reason = f"{reason} {shown_number(value)}"
    return IndicatorEntry("72.04", value, state, parts[0], parts[1], reason)


@st.composite
def task_entries(draw: st.DrawFn, task_id: str) -> TaskEntry:
    state = draw(st.sampled_from(TaskState))
    is_done = state is TaskState.DONE
    share = {TaskState.DONE: st.just(Decimal(100)), TaskState.NOT_STARTED: st.just(Decimal(0))}.get(state, SHARES)
    product = draw(TEXTS)
    if is_done:  # a document of its own: one that proves two tasks waits
        product = f"{TASK_ITEMS.index(task_id) + 1}/QĐ-BYT {' '.join(re.sub('[-/.]', ' ', product).split())}".strip()
    schedule = None if state is not TaskState.DONE else draw(st.none() | st.sampled_from(Schedule))
    return TaskEntry(
        task_id,
        state,
        done_pct=draw(st.none() | share),
        done_on=draw(DAYS) if is_done else None,
        product=product,
        note=draw(REASONS),
        evidence=draw(TEXTS),
        schedule=schedule,
    )


@st.composite
def reports(draw: st.DrawFn) -> BodyReport:
    kinds = st.sampled_from(list(OBSTACLE_KINDS))
    tasks = [draw(task_entries(item)) for item in TASK_ITEMS]
    # What is done has neither obstacles nor extensions; there is a task of another body to speak of.
    open_tasks = [entry.task_id for entry in tasks if entry.state is not TaskState.DONE] + ["80-T01"]
    some_task = st.none() | st.sampled_from(open_tasks)
    obstacles = [
        Obstacle(number, draw(some_task), draw(kinds), draw(FULL_TEXTS), draw(SOMEBODY), draw(st.booleans()))
        for number in draw(st.lists(st.integers(1, 99), unique=True, max_size=3))
    ]
    requests = [
        Request(
            number,
            draw(st.sampled_from(RequestKind)),
            draw(st.sampled_from(open_tasks)),
            draw(FULL_TEXTS),
            draw(SOMEBODY),
            draw(st.none() | st.dates(date(2031, 1, 1), date(2099, 12, 31))),
            draw(TEXTS),
        )
        for number in draw(st.lists(st.integers(1, 99), unique=True, max_size=3))
    ]
    return BodyReport(
        "BYT",
        OCTOBER,
        indicators=(draw(indicator_entries()),),
        tasks=tuple(tasks),
        obstacles=tuple(obstacles),
        requests=tuple(requests),
        is_demonstration=draw(st.booleans()),
    )


def assert_read_back(report: BodyReport, content: bytes) -> None:
    reading = understood(opened(content), cases=RARE)
    blocked = {finding.check for finding in reading.findings if finding.severity is Severity.BLOCK}

    assert report == reading.report, reading.findings
    assert blocked <= {"answer-missing"}  # of items that the report leaves out


@settings(max_examples=25, deadline=None)
@given(reports())
def test_through_a_workbook(report: BodyReport):
    """
    A template filled with any report is read back as that report.
    """
    assert_read_back(report, as_workbook(report))


@settings(max_examples=100, deadline=None)
@given(reports())
def test_through_csv(report: BodyReport):
    """
    CSV holds every digit and every letter.
    """
    assert_read_back(report, report_csv(report))


@settings(max_examples=100, deadline=None)
@given(reports())
def test_through_json(report: BodyReport):
    """
    JSON holds every digit and every letter.
    """
    assert_read_back(report, report_json(report))


def test_same_report_same_bytes():
    """
    Writing a report again gives the same file.
    """
    report = good_report()

    assert as_workbook(report) == as_workbook(report)
    assert report_csv(report) == report_csv(report)


def test_text_never_becomes_a_formula(catalogue: Catalogue):
    """
    Text that begins like a formula is marked in CSV, and stays text in the workbook.
    """
    report = good_report()
    assert report.obstacles[0].resolver in catalogue.bodies

    risky = Obstacle(1, None, "other", "=HYPERLINK(1)", None)
    changed = BodyReport("BYT", OCTOBER, report.indicators, report.tasks, (risky,), ())

    assert "'=HYPERLINK(1)" in report_csv(changed).decode()
    assert_read_back(changed, as_workbook(changed))


def test_csv_saved_with_commas_and_without_bom():
    """
    The separator of the spreadsheet that saved it decides nothing.
    """
    report = good_report()
    text = report_csv(report).decode("utf-8-sig")
    with_tabs = "\r\n".join(line.replace(";", "\t") for line in text.split("\r\n"))

    assert_read_back(report, with_tabs.encode())
