"""Made-up progress of one task: begun, under way, done with the number of its product."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from resolution_monitor.catalogue.entries import Task
from resolution_monitor.period import Period
from resolution_monitor.reporting.content import Schedule, TaskEntry, TaskState
from resolution_monitor.sample.conduct import Player
from resolution_monitor.sample.draws import chosen
from resolution_monitor.sample.remark_texts import LATE_REASONS
from resolution_monitor.wording import day

# A task without a known deadline is worked on for about a year.
_USUAL_DAYS = 365
_SHORTEST_DAYS = 30
# Nobody says 100% of what is not done.
_MOST_PCT = 99
_EVIDENCE = "Bản ký số gửi kèm báo cáo"
# Resolutions are numbered from here on, and none is broken down into more tasks.
_FIRST_RESOLUTION, _MOST_TASKS = 57, 25
_PARTY = re.compile(r".*-TU|VPTW|BTCTW|UBKTTW|BTGDVTW|BNCTW|BCSCLTW|DU\w+|QUTW")

# What the catalogue calls the product -> symbol of such a document; the first that fits. Anything else is accepted by
# minutes (BB): a system, a portal, a data base.
_SYMBOLS = (
    ("quyết định|qđ|danh mục|chương trình", "QĐ"),
    ("kế hoạch|lộ trình", "KH"),
    ("quy chế", "QC"),
    ("báo cáo|phương án|kết quả", "BC"),
    ("hướng dẫn|văn bản", "HD"),
    ("đề án|tờ trình", "TTr"),
)
# Bodies whose documents bear another symbol than our code for them.
_ORGANISATIONS = {"TU": "TU", "UBND": "UBND", "HDND": "HĐND", "DDBQH": "ĐĐBQH", "MTTQ": "MTTQ-BTT"}


def task_entries(task: Task, begins_on: date, periods: Sequence[Period], player: Player) -> list[TaskEntry]:
    """
    One entry a period, in order; what is done stays done.

    Args:
        begins_on: The day of the resolution.
    """
    done_on = _done_on(task, begins_on, player)
    return [_entry(task, begins_on, done_on, period, player) for period in periods]


def _done_on(task: Task, begins_on: date, player: Player) -> date:
    """The working day on which it is or will be done."""
    due_on = task.due_on or begins_on + timedelta(days=_USUAL_DAYS)
    slip = player.draws(task.task_id, "slip").normal(player.habits.slip_days, player.habits.slip_spread_days)
    earliest = begins_on + timedelta(days=_SHORTEST_DAYS)
    done_on = max(due_on + timedelta(days=round(slip)), earliest)
    return done_on - timedelta(days=max(done_on.weekday() - 4, 0))


def _entry(task: Task, begins_on: date, done_on: date, period: Period, player: Player) -> TaskEntry:
    if done_on <= period.end:
        product = product_number(task, done_on, player)
        kept = task.due_on is None or done_on <= task.due_on
        schedule = Schedule.ON_TIME if kept else Schedule.LATE
        # A day before the month, as in the first report of all or after a silent one, is asked for with its document.
        note = f"{product} ký ngày {day(done_on)}, gửi kèm báo cáo"
        return TaskEntry(task.task_id, TaskState.DONE, Decimal(100), done_on, product, note, _EVIDENCE, schedule)
    share = (period.end - begins_on) / max(done_on - begins_on, timedelta(days=1))
    pct = min(round(max(share, 0.0) * 100), _MOST_PCT)
    state = TaskState.UNDER_WAY if pct else TaskState.NOT_STARTED
    is_late = task.due_on is not None and task.due_on < period.end
    note = chosen(player.draws(task.task_id, "why late"), LATE_REASONS) if is_late else ""
    schedule = Schedule.LATE if is_late else Schedule.ON_TIME
    return TaskEntry(task.task_id, state, Decimal(pct), None, note=note, schedule=schedule)


def _own_number(task: Task) -> int:
    """Even, and no other task's: a document proves one, and a series such as that of decrees belongs to all bodies."""
    resolution, number = map(int, re.findall(r"\d+", task.task_id)[:2])
    return 12 + 2 * ((resolution - _FIRST_RESOLUTION) * _MOST_TASKS + number)


def product_number(task: Task, done_on: date, player: Player) -> str:
    """
    Number and symbol in the form official documents bear; made up.

    Sources of the forms: Decree 30/2020/ND-CP, appendix I, for state bodies ("123/QĐ-BTC"); Guidance 36-HD/VPTW of 2018
    for the Party ("123-QĐ/TU"); Law on the promulgation of legal documents for the National Assembly ("12/2026/QH16").
    """
    number = _own_number(task) + int(player.draws(task.task_id, "product").integers(2))
    expected = (task.product or "").lower()
    # The sixteenth term began with its first session, in April 2026.
    term = "QH16" if done_on >= date(2026, 4, 1) else "QH15"
    if expected.startswith("luật") or "nghị quyết quốc hội" in expected or "nghị quyết/luật" in expected:
        return f"{number // 2}/{done_on.year}/{term}"
    if "nghị định" in expected:
        return f"{number}/{done_on.year}/NĐ-CP"
    if expected.startswith("nghị quyết"):
        return f"{number}/NQ-CP"
    symbol = next((symbol for words, symbol in _SYMBOLS if re.search(words, expected)), "BB")
    agency_id = player.agency_id
    organisation = _ORGANISATIONS.get(agency_id.split("-")[-1], agency_id)
    return f"{number}-{symbol}/{organisation}" if _PARTY.fullmatch(agency_id) else f"{number}/{symbol}-{organisation}"
