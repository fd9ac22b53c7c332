"""The DAG under real Airflow, called as an operator calls it: ./monitor run in a state folder of its own."""

import contextlib
import hashlib
import os
import random
import signal
import stat
import subprocess
import time
from pathlib import Path

import psycopg2
import pytest
from backfill import Gap, backfill, is_paused, runs
from conftest import ROOT, SAMPLES, SERVERS, new_settings

from resolution_monitor.pipeline.backup_files import unknown_names
from resolution_monitor.store import embedded
from resolution_monitor.store.embedded_process import mark_of

RUN = ["run", "--period", "2013", "--inbox", str(SAMPLES)]


def monitor(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ROOT / "monitor"), *arguments],
        env={"PATH": os.environ["PATH"], "HOME": str(home), "RESOLUTION_MONITOR_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def hashes(home: Path) -> dict[str, str]:
    """Every file that a run leaves for people, by name."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (home / "briefings").iterdir()}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with blanks and Vietnamese letters in its name, closed to everybody else."""
    folder = tmp_path_factory.mktemp("home") / "nhà của Bộ Tài chính"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture(scope="module")
def first(home: Path) -> subprocess.CompletedProcess[str]:
    return monitor(home, *RUN)


def rows(home: Path, database: str, statement: str) -> list[tuple[object, ...]]:
    with embedded.serving(home) as place:
        connection = psycopg2.connect(embedded.url_of(place, database), options="-c search_path=monitor,public")
        try:
            cursor = connection.cursor()
            cursor.execute(statement)
            return list(cursor.fetchall())
        finally:
            connection.close()


def servers_below(home: Path) -> list[str]:
    """PostgreSQL processes of this state folder that are still alive."""
    server = mark_of(embedded.find_place(home))
    alive = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            words = process.read_bytes().decode(errors="replace").split("\0")
            alive += [" ".join(words)] if words[0].endswith("postgres") and server in words else []
    return alive


def test_run_names_its_files(first: subprocess.CompletedProcess[str], home: Path):
    """
    The run ends with 0, names both files, and they are there.
    """
    assert 0 == first.returncode, first.stdout + first.stderr
    named = [Path(line.strip()) for line in first.stdout.splitlines() if line.strip().startswith("/")]

    assert {".pdf", ".xlsx"} == {path.suffix for path in named}
    assert all(path.stat().st_size > 10_000 for path in named)
    assert [] == servers_below(home)


def test_every_name_in_the_state_folder_is_ours(first: subprocess.CompletedProcess[str], home: Path):
    """
    What a run leaves is known, so that somebody decided whether a backup holds it and that the folder may be closed.
    """
    assert 0 == first.returncode
    assert () == unknown_names(home)
    assert 0o700 == stat.S_IMODE(home.stat().st_mode)


def test_airflow_recorded_it(first: subprocess.CompletedProcess[str], home: Path):
    """
    Airflow's metadata hold one successful run at the period's tick, with four successful tasks.
    """
    runs = rows(home, "airflow", "select dag_id, state, logical_date at time zone 'Asia/Ho_Chi_Minh' from dag_run")
    tasks = rows(home, "airflow", "select task_id, state from task_instance")

    assert [("briefing_state_budget", "success", "2015-08-01 07:00:00")] == [(*r[:2], str(r[2])) for r in runs]
    assert {(name, "success") for name in ("collect", "normalise", "score", "brief")} == set(tasks)


def test_two_at_once_and_again(first: subprocess.CompletedProcess[str], home: Path):
    """
    Of two runs at the same time one says so and ends with 22; the other scores and renders again, and leaves
    the same files and rows.
    """
    before = hashes(home), rows(home, "resolution_monitor", "select * from load_step")
    command = [str(ROOT / "monitor"), *RUN]
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "RESOLUTION_MONITOR_HOME": str(home)}
    both = [subprocess.Popen(command, env=environment, stdout=-1, stderr=-1, text=True) for _ in range(2)]
    told = [process.communicate() for process in both]
    ended = {process.returncode: words for process, words in zip(both, told, strict=True)}

    assert {0, 22} == ended.keys()
    assert "already under way" in ended[22][1]
    assert "405 figures" in ended[0][0]
    assert "222 values" not in ended[0][0]  # what was accepted is not read again
    assert before == (hashes(home), rows(home, "resolution_monitor", "select * from load_step"))
    assert 1 == len(rows(home, "airflow", "select 1 from dag_run"))


@pytest.fixture(scope="module")
def killed(home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[float]]:
    """A run killed at three random moments, then left to finish."""
    folder = tmp_path_factory.mktemp("killed")
    chance = random.Random(20260101)
    moments = [chance.uniform(1.0, 9.0), chance.uniform(2.0, 11.0), chance.uniform(4.0, 13.0)]
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "RESOLUTION_MONITOR_HOME": str(folder)}
    for moment in moments:
        process = subprocess.Popen([str(ROOT / "monitor"), *RUN], env=environment, stdout=-1, stderr=-1)
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    last = monitor(folder, *RUN)
    assert 0 == last.returncode, last.stdout + last.stderr
    return folder, moments


CONTENT = {
    "submission": "select sender_id, file_name, sha256 from submission",
    "states": "select submission_id, state, periods, document from submission_state",
    "observation": "select agency_id, indicator_id, period_end, value, sheet, cell, is_retraction from observation",
    "target": "select agency_id, indicator_id, period_end, value, sheet, cell, is_retraction from target",
    "finding": "select submission_id, scope, fingerprint, is_withdrawn from finding",
    "score": "select agency_id, indicator_id, observed, planned, attainment_raw_pct, status, flags from score",
    "briefing": "select edition, snapshot_sha256, view_model_sha256, pdf_sha256, xlsx_sha256 from briefing",
    "figure": "select figure_id, printed_text, value from figure",
}


@pytest.mark.prove
def test_killed_three_times(first: subprocess.CompletedProcess[str], home: Path, killed: tuple[Path, list[float]]):
    """
    A run that was killed and run again ends like an undisturbed one: same rows, same bytes, nothing left over.
    """
    folder, moments = killed

    assert hashes(home) == hashes(folder), moments
    for name, statement in CONTENT.items():
        undisturbed, disturbed = (
            sorted(map(str, rows(place, "resolution_monitor", statement))) for place in (home, folder)
        )
        assert undisturbed == disturbed, name
    assert [] == [path.name for path in folder.rglob("*") if path.name.startswith(("landing-", "writing-"))]
    assert [] == servers_below(folder)


@pytest.mark.parametrize(
    ("arguments", "environment", "code", "words"),
    [
        (["run"], {}, 2, "--period"),
        (["run", "--period", "20x3"], {}, 31, "such as 2013"),
        (["run", "--period", "2030"], {}, 31, "has not come yet"),
        (["run", "--period", "2013", "--report", "none"], {}, 31, "state_budget"),
        (["run", "--period", "2013", "--inbox", "/none"], {}, 30, "does not exist"),
        (["run", "--period", "2013", "--language", "en"], {}, 40, "is written in vi"),
        (["scores", "--period", "2013"], {}, 32, "make run"),
        (["scores", "--period", "2013", "--level", "moon"], {}, 2, "choose one of"),
        (["scores", "--period", "2013", "--known-at", "yesterday"], {}, 2, "2026-11-20T17:00"),
        (["findings"], {"DATABASE_URL": "postgresql://nobody:nothing@127.0.0.1:9/none"}, 20, "cannot be reached"),
        (["migrate"], {"DATABASE_URL": "mysql://x"}, 11, "must begin with postgresql://"),
        (["migrate"], {"RESOLUTION_MONITOR_HOME": "/dev/null/state"}, 21, "cannot be written"),
        (["clean"], {}, 11, "unset RESOLUTION_MONITOR_HOME"),
    ],
)
def test_one_clear_sentence(tmp_path: Path, arguments: list[str], environment: dict[str, str], code: int, words: str):
    """
    What cannot go on ends in one sentence on standard error and the exit code of its kind.
    """
    done = monitor(tmp_path, *arguments, **environment)

    assert code == done.returncode, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert code == 2 or 1 == len(done.stderr.strip().splitlines())


def test_stage_error_reaches_the_operator(first: subprocess.CompletedProcess[str], home: Path):
    """
    An error of ours inside an Airflow task comes back as its own sentence and exit code.
    """
    done = monitor(home, "run", "--period", "2014", "--inbox", str(SAMPLES))

    assert 0 == first.returncode
    assert 32 == done.returncode, done.stdout + done.stderr
    assert "period 2014 has 0 planned and 0 final figures" in done.stderr


# 2013 was made by `first`, 2014 failed for want of figures: both ticks have their run.
GAP = Gap(
    report="state_budget",
    from_date="2012-01-01",
    to_date="2017-12-31",
    present=("2013", "2014"),
    present_ticks=("2015-08-01 00:00", "2016-08-01 00:00"),
    missing_ticks=("2012-08-01 00:00", "2013-08-01 00:00", "2014-08-01 00:00", "2017-08-01 00:00"),
)


def test_backfill_makes_only_what_is_missing(first: subprocess.CompletedProcess[str], home: Path):
    """
    A dry run names the ticks without a run and makes none; the backfill makes them, and none waits for ever.
    """
    assert 0 == monitor(home, "airflow", "dags", "reserialize").returncode
    said = backfill(home, GAP, "--dry-run")
    assert [] == [tick for tick in GAP.missing_ticks if tick not in said]
    assert [] == [tick for tick in GAP.present_ticks if tick in said]
    assert set(GAP.present_ticks) == runs(home, GAP.dag_id).keys()

    backfill(home, GAP)
    expected = dict.fromkeys(GAP.present_ticks, "manual") | dict.fromkeys(GAP.missing_ticks, "backfill")
    assert expected == runs(home, GAP.dag_id)
    assert not is_paused(home, GAP)


def test_formats(first: subprocess.CompletedProcess[str], home: Path):
    """
    Columns are stable in every format.
    """
    csv = monitor(home, "scores", "--period", "2013", "--level", "indicator", "--format", "csv").stdout
    table = monitor(home, "findings", "--period", "2013").stdout

    head = "code,name,indicator,observed,planned,attainment_raw_pct,attainment_pct,status"
    assert head == csv.splitlines()[0]
    assert "122.0775,120.0,DONE" in csv.splitlines()[1]
    assert "2 findings" in table


@pytest.mark.parametrize("server", [list(SERVERS)[-1]], indirect=True)
def test_servers_of_the_installation(server: embedded.ServerPlace, tmp_path: Path):
    """
    DATABASE_URL and Airflow's own setting put other servers in the place of the embedded one, which then never starts.
    """
    ours, metadata = (new_settings(server, tmp_path / "state").database_url or "" for _ in range(2))
    environment = {
        "DATABASE_URL": ours,
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": metadata.replace("postgresql://", "postgresql+psycopg2://"),
    }

    done = monitor(tmp_path / "state", *RUN, **environment)
    scores = monitor(tmp_path / "state", "scores", "--period", "2013", "--format", "csv", DATABASE_URL=ours)

    assert 0 == done.returncode, done.stdout + done.stderr
    assert not (tmp_path / "state" / "postgres").exists()
    assert "31,Hải Phòng,NS.01,53485309.465231,54430000.0,98.2644,98.2644,GREEN" in scores.stdout
    connection = psycopg2.connect(metadata)
    with connection.cursor() as cursor:
        cursor.execute("select state from dag_run")
        assert [("success",)] == cursor.fetchall()
    connection.close()
