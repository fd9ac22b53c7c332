"""The DAGs that make no briefing, each run once by Airflow in one process."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from conftest import SAMPLES
from installation import monitor

from resolution_monitor.store import embedded


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("operations") / "state"
    shutil.copytree(SAMPLES, folder / "inbox")
    for command in (["migrate"], ["airflow", "db", "migrate"]):
        done = monitor(folder, *command)
        assert 0 == done.returncode, done.stderr
    yield folder
    embedded.remove(folder)


def answer(home: Path, statement: str) -> list[tuple[object, ...]]:
    with embedded.serving(home) as place:
        connection = psycopg2.connect(embedded.url_of(place, "resolution_monitor"), options="-c search_path=monitor")
        try:
            cursor = connection.cursor()
            cursor.execute(statement)
            return list(cursor.fetchall())
        finally:
            connection.close()


@pytest.mark.parametrize(
    ("dag_id", "statement", "expected"),
    [
        ("collect_submissions", "select count(*) from standing_submission where state like 'accepted%'", [(4,)]),
        ("maintenance", "select count(*) > 400 from obligation where item_kind = 'report'", [(True,)]),
    ],
)
def test_dag_does_its_work(home: Path, dag_id: str, statement: str, expected: list[tuple[object, ...]]):
    """
    The DAG ends as success and leaves in the database what it is for.
    """
    done = monitor(home, "airflow", "dags", "test", dag_id)

    assert 0 == done.returncode, done.stdout[-2000:] + done.stderr[-2000:]
    assert expected == answer(home, statement)
