"""Gaps in the past are filled by Airflow's own command line, and by nothing else: tests/dags looks at one of a year."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from backfill import Gap, backfill, is_paused, runs
from conftest import SAMPLES
from installation import monitor

from resolution_monitor.store import embedded

pytestmark = pytest.mark.prove

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


@pytest.fixture(scope="module", params=[YEARLY, MONTHLY], ids=lambda gap: gap.dag_id)
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


def test_a_dag_is_on_from_its_first_run(home: Path, gap: Gap):
    """
    A DAG that was first run at the terminal is not paused: a backfill's runs would wait for ever.
    """
    assert not is_paused(home, gap)


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
