"""What was read from submissions, many at a time: values, tasks, obstacles, requests and where each file stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from resolution_monitor.period import Period
from resolution_monitor.store import queries
from resolution_monitor.store.bulk import copy_lines, copy_rows, lines_of
from resolution_monitor.store.connect import Database
from resolution_monitor.store.load_step import LoadStep
from resolution_monitor.terms import ReportedValue

_VALUE_COLUMNS = (
    "role",
    "agency_id",
    "indicator_id",
    "period_kind",
    "period_end",
    "value",
    "value_state",
    "numerator",
    "denominator",
    "explanation",
    "raw_text",
    "printed_name",
    "form",
    "sheet",
    "cell",
)
# Key of the figures among the lines of a reading; its other keys are tables.
_VALUES = "value"
_STATE_COLUMNS = ("submission_id", "state", "periods", "document", "catalogue_sha256", "is_demonstration")
_OF_REPORT = ("agency_id", "period_kind", "period_end")
_PLACE = ("sheet", "cell")
# Table -> columns of its rows, but for the submission.
ROW_COLUMNS: dict[str, tuple[str, ...]] = {
    "task_report": (
        *_OF_REPORT, "task_id", "state", "done_pct", "done_on", "product", "note", "evidence", "schedule", *_PLACE
    ),
    "obstacle": (*_OF_REPORT, "number", "task_id", "kind", "text", "resolver", "is_resolved", *_PLACE),
    "request": (
        *_OF_REPORT, "number", "kind", "task_id", "text", "decider", "proposed_due_on", "cost_of_delay", *_PLACE
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StoredReading:
    """
    What is kept of one submission.

    Attributes:
        catalogue_sha256: The catalogue it was read under; None while it is only received.
        lines: Table -> its rows as COPY takes them: "value", and those of ROW_COLUMNS. See lines_of_reading.
    """

    submission_id: int
    state: str
    periods: Sequence[str] = ()
    document: str | None = None
    catalogue_sha256: str | None = None
    is_demonstration: bool = False
    lines: Mapping[str, str] = field(default_factory=dict)


def lines_of_reading(
    submission_id: int, values: Sequence[ReportedValue], rows: Mapping[str, Sequence[Mapping[str, Any]]]
) -> dict[str, str]:
    """
    Values and other rows of one submission as lines for its StoredReading.

    Args:
        rows: Table of ROW_COLUMNS -> its rows by column.
    """
    told = {
        table: lines_of([submission_id, *(row[column] for column in ROW_COLUMNS[table])] for row in held)
        for table, held in rows.items()
    }
    value_of = attrgetter(*_VALUE_COLUMNS)
    return {_VALUES: lines_of((submission_id, *value_of(value)) for value in values), **told}


def save_readings(step: LoadStep, readings: Sequence[StoredReading]) -> None:
    """Append what is new or changed in these submissions and retract what they no longer hold."""
    everyone = [reading.submission_id for reading in readings]
    queries.execute(step.database, step.connection, "normalise/create_staging")
    _copy(step, "staged_value", _VALUE_COLUMNS, (reading.lines.get(_VALUES, "") for reading in readings))
    for table in ("target", "observation"):
        step.execute(f"normalise/merge_{table}", submission_ids=everyone)
    for table, columns in ROW_COLUMNS.items():
        queries.execute(step.database, step.connection, f"normalise/create_{table}_staging")
        _copy(step, f"staged_{table}", columns, (reading.lines.get(table, "") for reading in readings))
        step.execute(f"normalise/merge_{table}", submission_ids=everyone)
    save_states(step, readings)


def _copy(step: LoadStep, staging: str, columns: Sequence[str], lines: Iterable[str]) -> None:
    copy_lines(step.connection, staging, ("submission_id", *columns), "".join(lines))


def save_states(step: LoadStep, readings: Sequence[StoredReading]) -> None:
    """Append where submissions stand, each unless it stood there already."""
    queries.execute(step.database, step.connection, "normalise/create_state_staging")
    rows = ([*map(_state_value, (getattr(one, column) for column in _STATE_COLUMNS))] for one in readings)
    copy_rows(step.connection, "staged_state", _STATE_COLUMNS, rows)
    step.execute("normalise/merge_submission_state")


def _state_value(value: Any) -> Any:
    """A list as PostgreSQL writes it; names of periods need no quotes."""
    return "{" + ",".join(value) + "}" if isinstance(value, (list, tuple)) else value


def figures_of_period(database: Database, period: Period) -> list[dict[str, Any]]:
    """Figures of every report for a period: submission_id, agency_id, item_id, figure, received_at."""
    with database.transaction() as connection:
        return queries.rows(
            database, connection, "normalise/figures_of_period", period_kind=period.kind, period_end=period.end
        )


def values_until(database: Database, period: Period) -> list[dict[str, Any]]:
    """Every value of an indicator that stands for this period or one before it, where there is one."""
    with database.transaction() as connection:
        rows = queries.rows(database, connection, "score/kpi_values_as_known", last_day=period.end, known_at=None)
    return [row for row in rows if row["value"] is not None]


def last_task_reports(database: Database, period: Period) -> list[dict[str, Any]]:
    """What stands of tasks for a period: agency_id, task_id, state, done_pct and more, one row a body and task."""
    with database.transaction() as connection:
        rows = queries.rows(database, connection, "score/task_reports_as_known", last_day=period.end, known_at=None)
    return [row for row in rows if (row["period_kind"], row["period_end"]) == (period.kind, period.end)]
