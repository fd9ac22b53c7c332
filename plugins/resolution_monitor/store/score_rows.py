"""Values as known at a time, and the scores made of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas

from resolution_monitor.errors import DatabaseError
from resolution_monitor.period import Period
from resolution_monitor.store import queries
from resolution_monitor.store.bulk import copy_rows
from resolution_monitor.store.connect import Database
from resolution_monitor.store.load_step import LoadStep, load_step


def newest_known_at(database: Database, period: Period, known_at: datetime | None = None) -> datetime | None:
    """When the newest row about the period was recorded (not after `known_at`); None when nothing is known."""
    with database.transaction() as connection:
        found: datetime | None = queries.scalar(
            database,
            connection,
            "score/newest_known_at",
            period_kind=period.kind,
            period_end=period.end,
            known_at=known_at,
        )
    return found


def values_as_known(database: Database, period: Period, known_at: datetime | None = None) -> pandas.DataFrame:
    """
    One row per role, body and indicator with its cell.

    Columns: role, value_id, submission_id, agency_id, indicator_id, value (Decimal), printed_name, form, sheet, cell,
    file_name, sha256.
    """
    with database.transaction() as connection:
        return queries.frame(
            database,
            connection,
            "score/values_as_known",
            period_kind=period.kind,
            period_end=period.end,
            known_at=known_at,
        )


@dataclass(frozen=True, slots=True)
class Run:
    """
    What a scoring run is known by: the same again is the same run.

    Attributes:
        base_run_id: The whole run that holds what this one does not make anew; None: it is whole itself.
    """

    report: str
    period: Period
    known_at: datetime
    rules_version: str
    catalogue_sha256: str
    base_run_id: int | None = None


def save_scores(
    database: Database,
    tables: dict[str, pandas.DataFrame],
    *,
    report: str,
    period: Period,
    known_at: datetime,
    rules_version: str,
    catalogue_sha256: str,
    now: datetime,
) -> int:
    """
    Store a scoring run with its tables (score, score_source, node_score); the id of the run.

    The same run made again must give the same rows: they are compared, not written twice.

    Raises:
        DatabaseError: A run made again differs from what is stored.
    """
    run = Run(report, period, known_at, rules_version, catalogue_sha256)
    return save_run(database, run, tables, {"score": Compared("score/scores_of_run", _COMPARED)}, now, _append)


@dataclass(frozen=True, slots=True)
class Compared:
    """The statement that reads a table of a run, and the columns in which a run made again must agree."""

    statement: str
    columns: Sequence[str]


def save_run(
    database: Database,
    run: Run,
    tables: dict[str, pandas.DataFrame],
    compared: dict[str, Compared],
    now: datetime,
    append: Callable[[LoadStep, str, pandas.DataFrame], None],
) -> int:
    """
    Store a scoring run with its tables, or compare it with what is stored; the id of the run.

    Args:
        append: Adds rows to a table of ours.

    Raises:
        DatabaseError: A run made again differs from what is stored.
    """
    with load_step(database, f"score {run.report} {run.period.name}", now) as step:
        noted = _noted(step, run)
        scoring_run_id = int(noted["scoring_run_id"])
        if noted["is_new"]:
            step.changed_rows += 1
            for table, frame in tables.items():
                append(step, table, frame.assign(scoring_run_id=scoring_run_id))
        elif not all(_is_stored(step, scoring_run_id, tables[name], one) for name, one in compared.items()):
            raise DatabaseError(
                f"scoring {run.report} {run.period.name} again gave other scores than run {scoring_run_id}; "
                "please report this"
            )
    return scoring_run_id


def _append(step: LoadStep, table: str, frame: pandas.DataFrame) -> None:
    copy_rows(step.connection, table, [str(name) for name in frame.columns], _plain_rows(frame))


def _noted(step: LoadStep, run: Run) -> dict[str, Any]:
    return queries.rows(
        step.database,
        step.connection,
        "versions/note/scoring_run",
        report=run.report,
        period_kind=run.period.kind,
        period_end=run.period.end,
        known_at=run.known_at,
        rules_version=run.rules_version,
        catalogue_sha256=run.catalogue_sha256,
        base_run_id=run.base_run_id,
        recorded_at=step.recorded_at,
    )[0]


def _plain_rows(frame: pandas.DataFrame) -> list[list[Any]]:
    return [[_plain(value) for value in row] for row in frame.itertuples(index=False, name=None)]


def _plain(value: Any) -> Any:
    """NaN and pandas' missing marks as None; floats with every digit they have."""
    if value is None or value is pandas.NA or (isinstance(value, (float, np.floating)) and np.isnan(value)):
        return None
    return repr(float(value)) if isinstance(value, (float, np.floating)) else value


_COMPARED = ("agency_id", "indicator_id", "observed", "planned", "attainment_raw_pct", "status", "flags")


def _is_stored(step: LoadStep, scoring_run_id: int, frame: pandas.DataFrame, compared: Compared) -> bool:
    stored = queries.frame(step.database, step.connection, compared.statement, scoring_run_id=scoring_run_id)
    return comparable(stored, compared.columns) == comparable(frame, compared.columns)


def comparable(frame: pandas.DataFrame, columns: Sequence[str]) -> list[tuple[str, ...]]:
    """Rows as texts in a fixed order, numbers to the sixth decimal: what two runs have to agree in."""
    rows = frame[list(columns)].itertuples(index=False, name=None)
    return sorted(tuple(_rounded(value) for value in row) for row in rows)


def _rounded(value: Any) -> Any:
    if isinstance(value, (float, np.floating, Decimal)):
        return "" if np.isnan(float(value)) else f"{float(value):.6f}"
    return "" if value is None else str(value)


def runs_of_period(database: Database, period: Period) -> list[dict[str, Any]]:
    """The scoring runs of a period; see ask/runs_of_period."""
    with database.transaction() as connection:
        return queries.rows(database, connection, "ask/runs_of_period", period_kind=period.kind, period_end=period.end)


def latest_run(database: Database, report: str, period: Period) -> dict[str, Any] | None:
    """The newest scoring run of a period, or None."""
    with database.transaction() as connection:
        rows: Sequence[Any] = queries.rows(
            database,
            connection,
            "score/latest_run",
            report=report,
            period_kind=period.kind,
            period_end=period.end,
        )
    return dict(rows[0]) if rows else None


def newest_periods(database: Database) -> list[dict[str, Any]]:
    """report, period_kind and period_end of the last period that each report was scored for."""
    with database.transaction() as connection:
        return queries.rows(database, connection, "score/newest_periods")
