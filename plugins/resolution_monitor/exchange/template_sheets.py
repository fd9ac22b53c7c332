"""What stands in each sheet of a body's workbook before anybody looks at fonts: columns, rows, lists to choose from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from resolution_monitor.catalogue.entries import Catalogue, Indicator
from resolution_monitor.catalogue.target_text import targets_text
from resolution_monitor.exchange.planned import Start, planned_values, starts_of
from resolution_monitor.exchange.report_rows import Answer, Row, answers, in_words
from resolution_monitor.exchange.template_columns import NOTES
from resolution_monitor.method.registry import kinds
from resolution_monitor.reporting import layout
from resolution_monitor.reporting.content import BodyReport, TaskState
from resolution_monitor.score.month.first_figures import has_own_baseline
from resolution_monitor.wording import day, shortest

BLANK_ROWS = 12
# Behind a body's code, so that nobody need know codes by heart; the reader takes what stands before it.
CODE_MARK = " - "
# What only a ratio is made of.
_PARTS = ("numerator", "denominator")
# Of an indicator that is a product, beside what it asks for: without its document it is not done.
PROOF_ASKED = (
    "; khi hoàn thành ghi ở cột Giải trình số, ký hiệu và ngày ban hành văn bản, ví dụ: 12/QĐ-ABC ngày 25/9/2026"
)


@dataclass(frozen=True, slots=True)
class Table:
    """
    One sheet: a column per heading of the layout, and its rows.

    Attributes:
        decimals: By number of the row: decimals that its figures are shown with, where not every digit is.
        not_asked: By number of the row: fields that are asked of other rows only, and locked in this one.
    """

    sheet: str
    note: str
    rows: list[Row]
    decimals: dict[int, int] = field(default_factory=dict)
    not_asked: dict[int, tuple[str, ...]] = field(default_factory=dict)


def tables_of(
    catalogue: Catalogue,
    report: BodyReport,
    items: Sequence[str],
    last_values: Mapping[str, Decimal],
    last_told: Mapping[str, str],
    first_values: Mapping[str, Start],
) -> list[Table]:
    """The four sheets: every item that is owed, with the report's answers beside it, and blank rows to write in."""
    given = {sheet: [_spoken(catalogue, sheet, row) for row in rows] for sheet, rows in answers(report).items()}
    indicators = [item for item in items if item in catalogue.indicators]
    tasks = [item for item in items if item in catalogue.tasks]
    starts = starts_of(catalogue, indicators, first_values)
    planned = planned_values(catalogue, starts, report.period)
    paths = {item: (starts.get(item), planned.get(item)) for item in indicators}
    rows = [_indicator_row(catalogue.indicators[item], last_values.get(item), *paths[item]) for item in indicators]
    told = [
        _merged("indicator_id", rows, given),
        _merged("task_id", [_task_row(catalogue, item, last_told) for item in tasks], given),
        _with_blanks(given[layout.OBSTACLES]),
        _with_blanks(given[layout.REQUESTS]),
    ]
    names = list(layout.HEADINGS)
    shown = [catalogue.indicators.get(str(row.get("indicator_id"))) for row in told[0]]
    decimals = {number: _decimals(one) for number, one in enumerate(shown) if one is not None}
    parts = {number: _PARTS for number, one in enumerate(shown) if one is not None and not kinds()[one.kind].has_parts}
    return [
        Table(name, NOTES[name], rows, *((decimals, parts) if name == layout.INDICATORS else ()))
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
        "bodies": [f"{body.agency_id}{CODE_MARK}{body.name_vi}" for body in bodies],
        "tasks": [item for item in items if item in catalogue.tasks],
    }


def _spoken(catalogue: Catalogue, sheet: str, row: Row) -> Row:
    return {name: _named(catalogue, name, answer) for name, answer in in_words(sheet, row).items()}


def _named(catalogue: Catalogue, name: str, answer: Answer) -> Answer:
    if name in ("resolver", "decider") and isinstance(answer, str) and answer in catalogue.bodies:
        return f"{answer}{CODE_MARK}{catalogue.bodies[answer].name_vi}"
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


def _indicator_row(
    indicator: Indicator, last_value: Decimal | None, start: Start | None, planned: Decimal | None
) -> Row:
    targets = _targets(indicator)
    if planned is not None:
        targets += f"; kỳ này: {shortest(planned, _decimals(indicator))}"
    if kinds()[indicator.kind].is_product and indicator.resolution is not None:
        targets += PROOF_ASKED
    return {
        "indicator_id": indicator.indicator_id,
        "name": indicator.name_vi,
        "unit": indicator.unit,
        "baseline": _baseline(indicator, start),
        "target": targets or None,
        "last_value": last_value,
    }


def _baseline(indicator: Indicator, start: Start | None) -> str | None:
    """Whoever reports first has to know that the figure stays as the baseline."""
    if start is None:
        return "số của báo cáo đầu tiên" if has_own_baseline(indicator) else None
    own = ", cơ quan tự báo cáo" if indicator.baseline is None else ""
    return f"{shortest(start.value)} ({start.as_at.year}{own})"


def _task_row(catalogue: Catalogue, task_id: str, last_told: Mapping[str, str]) -> Row:
    task = catalogue.tasks[task_id]
    return {
        "task_id": task_id,
        "name": task.name_vi,
        "due_on": task.due_on,
        "expected_product": task.product,
        "last_told": last_told.get(task_id),
    }


def last_report_of_task(state: TaskState, done_pct: Decimal | None) -> str:
    """What a body said of a task, as the sheet shows it a period later: "Đang thực hiện, 45%"."""
    share = "" if done_pct is None else f", {shortest(done_pct)}%"
    return layout.TASK_STATES[state] + share


def _targets(indicator: Indicator) -> str:
    """As the resolution wrote them, and as each document stated them anew."""
    original = targets_text(indicator.targets)
    if not indicator.revisions:
        return original
    told = [f"điều chỉnh {day(one.revised_on)}: {targets_text(one.targets)}" for one in indicator.revisions]
    return "; ".join([f"gốc: {original}", *told])


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
