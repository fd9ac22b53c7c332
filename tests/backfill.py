"""A stretch of ticks with gaps, and what Airflow's own command line makes of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
from installation import monitor

from resolution_monitor.store import embedded


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of ticks of one DAG, some of whose periods were run before."""

    report: str
    from_date: str
    to_date: str
    present: tuple[str, ...]  # periods, made with ./monitor run
    present_ticks: tuple[str, ...]  # their logical dates in UTC
    missing_ticks: tuple[str, ...]

    @property
    def dag_id(self) -> str:
        return f"briefing_{self.report}"


def backfill(home: Path, gap: Gap, *more: str) -> str:
    """What Airflow says to a backfill that fills only what is missing."""
    dates = ["--from-date", gap.from_date, "--to-date", gap.to_date]
    words = ["backfill", "create", "--dag-id", gap.dag_id, *dates, "--reprocess-behavior", "none", *more]
    done = monitor(home, "airflow", *words)
    assert 0 == done.returncode, done.stdout + done.stderr
    return done.stdout


def rows(home: Path, statement: str, dag_id: str) -> list[Any]:
    """What Airflow's database answers; the DAG is the statement's one parameter."""
    with embedded.serving(home) as place:
        connection = psycopg2.connect(embedded.url_of(place, embedded.AIRFLOW_DATABASE))
        try:
            cursor = connection.cursor()
            cursor.execute(statement, (dag_id,))
            return list(cursor.fetchall())
        finally:
            connection.close()


def runs(home: Path, dag_id: str) -> dict[str, str]:
    """Logical date in UTC -> kind of run."""
    tick = "to_char(logical_date at time zone 'UTC', 'YYYY-MM-DD HH24:MI')"
    found = rows(home, f"select {tick}, run_type from dag_run where dag_id = %s", dag_id)
    return dict(found)


def is_paused(home: Path, gap: Gap) -> bool:
    """Whether a backfill's runs would wait for ever."""
    return bool(rows(home, "select is_paused from dag where dag_id = %s", gap.dag_id)[0][0])
