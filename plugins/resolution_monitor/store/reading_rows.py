"""What was read from submissions, many at a time: values, tasks, obstacles, requests and where each file stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from resolution_monitor.period import Period
from resolution_monitor.store import queries, tree_rows
from resolution_monitor.store.bulk import lines_of
from resolution_monitor.store.connect import Database
from resolution_monitor.store.grains import GRAINS
from resolution_monitor.store.load_step import LoadStep
from resolution_monitor.store.versions import append, merge, version_lines
from resolution_monitor.terms import ReportedValue, Role

# In the order in which they are merged.
_TABLES = ("target", "observation", "task_report", "obstacle", "request")
_STATE = "submission_state"


@dataclass(frozen=True, slots=True)
class StoredReading:
    """
    What is kept of one submission.

    Attributes:
        catalogue_sha256: The catalogue it was read under; None while it is only received.
        is_report: Not a form, which tells of others and is no report of its sender.
        lines: Table -> its rows as COPY takes them. See lines_of_reading.
    """

    submission_id: int
    state: str
    periods: Sequence[str] = ()
    document: str | None = None
    catalogue_sha256: str | None = None
    is_demonstration: bool = False
    is_report: bool = True
    lines: Mapping[str, str] = field(default_factory=dict)


def lines_of_reading(
    submission_id: int, values: Sequence[ReportedValue], rows: Mapping[str, Sequence[Mapping[str, Any]]]
) -> dict[str, str]:
    """
    Values and other rows of one submission as lines for its StoredReading.

    Args:
        rows: Table (task_report, obstacle, request) -> its rows by column.
    """
    told = {role.value: _value_lines(submission_id, role, values) for role in Role}
    return told | {
        table: version_lines(table, ({"submission_id": submission_id, **row} for row in held))
        for table, held in rows.items()
    }


def _value_lines(submission_id: int, role: Role, values: Iterable[ReportedValue]) -> str:
    _, *columns = GRAINS[role.value].columns  # the first is the submission, which no value knows
    value_of = attrgetter(*columns)
    return lines_of((submission_id, *value_of(value)) for value in values if value.role == role)


def save_readings(step: LoadStep, readings: Sequence[StoredReading]) -> None:
    """Append what is new or changed in these submissions and retract what they no longer hold."""
    everyone = [reading.submission_id for reading in readings]
    for table in _TABLES:
        lines = "".join(reading.lines.get(table, "") for reading in readings)
        merge(step, table, lines, submission_ids=everyone)
    save_states(step, readings)


def save_states(step: LoadStep, readings: Sequence[StoredReading]) -> None:
    """Append where submissions stand, each unless it stood there already."""
    columns = GRAINS[_STATE].columns
    append(step, _STATE, lines_of([_state_value(getattr(one, column)) for column in columns] for one in readings))


def _state_value(value: Any) -> Any:
    """A list as PostgreSQL writes it; names of periods need no quotes."""
    return "{" + ",".join(value) + "}" if isinstance(value, (list, tuple)) else value


def figures_of_period(database: Database, period: Period) -> list[dict[str, Any]]:
    """Figures of every report for a period: submission_id, agency_id, item_id, figure, received_at."""
    with database.transaction() as connection:
        return queries.rows(
            database, connection, "normalise/figures_of_period", period_kind=period.kind, period_end=period.end
        )


def cases_told(database: Database, indicator_ids: Sequence[str]) -> list[dict[str, Any]]:
    """What counts of the parts of shares, in files of bodies themselves; see the statement."""
    with database.transaction() as connection:
        return queries.rows(database, connection, "normalise/cases_told", indicator_ids=list(indicator_ids))


def values_until(database: Database, period: Period) -> list[dict[str, Any]]:
    """Every value of an indicator that stands for this period or one before it, where there is one."""
    with database.transaction() as connection:
        rows = queries.rows(database, connection, "score/kpi_values_as_known", **tree_rows.values_until(period.end))
    return [row for row in rows if row["value"] is not None]


def last_task_reports(database: Database, period: Period) -> list[dict[str, Any]]:
    """What stands of tasks for a period: agency_id, task_id, state, done_pct and more, one row a body and task."""
    with database.transaction() as connection:
        rows = queries.rows(database, connection, "score/task_reports_as_known", last_day=period.end, known_at=None)
    return [row for row in rows if (row["period_kind"], row["period_end"]) == (period.kind, period.end)]
