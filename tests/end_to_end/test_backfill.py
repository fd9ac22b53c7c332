"""Gaps in the past are filled by Airflow's own command line, and by nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from conftest import SAMPLES
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


YEARLY = Gap(
    report="state_budget",
    from_date="2012-01-01",
    to_date="2017-12-31",
    present=("2012", "2013"),
    present_ticks=("2014-08-01 00:00", "2015-08-01 00:00"),
    missing_ticks=("2012-08-01 00:00", "2013-08-01 00:00", "2016-08-01 00:00", "2017-08-01 00:00"),
)

# Ticks are 07:00 of day 12 of the next month, Vietnamese time.
MONTHLY = Gap(
    report="resolutions_month",
    from_date="2026-06-01",
    to_date="2026-11-20",
    present=("2026-06", "2026-09"),
    present_ticks=("2026-07-12 00:00", "2026-10-12 00:00"),
    missing_ticks=("2026-06-12 00:00", "2026-08-12 00:00", "2026-09-12 00:00", "2026-11-12 00:00"),
)


@pytest.fixture(
    scope="module", params=[pytest.param(YEARLY, marks=pytest.mark.prove), MONTHLY], ids=lambda gap: gap.dag_id
)
def gap(request: pytest.FixtureRequest) -> Gap:
    found: Gap = request.param
    return found


@pytest.fixture(scope="module")
def home(gap: Gap, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A state folder in which the present periods were run, and the DAGs are known to Airflow."""
    folder = tmp_path_factory.mktemp("backfill") / "state"
    periods = [part for period in gap.present for part in ("--period", period)]
    for command in (
        ["run", "--report", gap.report, *periods, "--inbox", str(SAMPLES)],
        ["airflow", "dags", "reserialize"],
    ):
        done = monitor(folder, *command)
        assert 0 == done.returncode, done.stderr
    yield folder
    embedded.remove(folder)


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


def test_a_dag_is_on_from_its_first_run(home: Path, gap: Gap):
    """
    A DAG that was first run at the terminal is not paused: a backfill's runs would wait for ever.
    """
    assert [(False,)] == rows(home, "select is_paused from dag where dag_id = %s", gap.dag_id)


def test_dry_run_names_only_what_is_missing(home: Path, gap: Gap):
    """
    The dry run lists the ticks without a run, and makes none.
    """
    said = backfill(home, gap, "--dry-run")

    assert [] == [tick for tick in gap.missing_ticks if tick not in said]
    assert [] == [tick for tick in gap.present_ticks if tick in said]
    assert set(gap.present_ticks) == runs(home, gap.dag_id).keys()


def test_only_what_is_missing_is_made(home: Path, gap: Gap):
    """
    The backfill makes a run for every tick without one; those of ./monitor run count as made.
    """
    backfill(home, gap)

    expected = dict.fromkeys(gap.present_ticks, "manual") | dict.fromkeys(gap.missing_ticks, "backfill")
    assert expected == runs(home, gap.dag_id)
    assert (2, 4) == (len(gap.present_ticks), len(gap.missing_ticks))
