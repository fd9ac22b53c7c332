"""The embedded server is killed while others need it: they wait, and it comes back where it was."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from conftest import ROOT
from installation import alive, environment_of, wait_for
from unit.killed_servers import killed, one

from resolution_monitor.airflow_host.database_watch import DatabaseWatch
from resolution_monitor.errors import DatabaseError, ServicesError
from resolution_monitor.store import embedded
from resolution_monitor.store.connect import create_engine


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("killed") / "state"


@pytest.fixture
def place(home: Path) -> Iterator[embedded.ServerPlace]:
    with embedded.serving(home) as place:
        yield place


def test_commands_wait_for_a_server_that_recovers(home: Path, place: embedded.ServerPlace):
    """
    Killed again and again, the whole server or a part of it, it refuses no command that comes in that moment.
    """
    answers = []
    for turn in range(4):
        if turn % 2:
            killed(place)
        else:
            with contextlib.closing(psycopg2.connect(embedded.url_of(place, "postgres"))) as part:
                os.kill(part.info.backend_pid, signal.SIGKILL)
        answers += [one(home) for _ in range(2)]

    assert [1] * 8 == answers


def test_a_server_comes_back_where_it_was(place: embedded.ServerPlace):
    """
    Whoever was told its address goes on with it, without asking again.
    """
    address = embedded.url_of(place, embedded.DATABASE)
    engine = create_engine(address, lambda: embedded.serve_again(place))
    with engine.connect() as connection:
        part = connection.exec_driver_sql("select pg_backend_pid()").scalar()
    killed(place)
    wait_for("its parts to end", lambda: not Path(f"/proc/{part}").exists(), 10)
    with engine.connect() as connection:
        connection.exec_driver_sql("select 1")
    engine.dispose()

    assert address == embedded.url_of(place, embedded.DATABASE)


def test_supervised(place: embedded.ServerPlace, capfd: pytest.CaptureFixture[str]):
    """
    The supervisor starts it again on its port, and says it in one line; killed again and again it gives up.
    """
    watch, address = DatabaseWatch(place), embedded.url_of(place, embedded.DATABASE)
    watch.look(0.0)
    killed(place)
    wait_for("its end", lambda: embedded.server_pid(place) is None, 5)
    watch.look(1.0)
    watch.look(1.1)
    assert address == embedded.url_of(place, embedded.DATABASE)
    assert 1 == capfd.readouterr().out.count("PostgreSQL ended and starts again at once on port")

    with pytest.raises(ServicesError, match="PostgreSQL ended 5 times within a minute"):
        kill_as_often_as_it_comes(place, watch)


def kill_as_often_as_it_comes(place: embedded.ServerPlace, watch: DatabaseWatch) -> None:
    for moment in range(2, 60):
        if embedded.server_pid(place) is not None:
            killed(place)
            wait_for("its end", lambda: embedded.server_pid(place) is None, 5)
        watch.look(float(moment))


def test_a_second_server_is_never_started(home: Path, place: embedded.ServerPlace):
    """
    One that does not answer yet is waited for: it has the data.
    """
    pid = embedded.server_pid(place)
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)  # it takes connections no more than one that is starting
    threading.Timer(1.0, os.kill, (pid, signal.SIGCONT)).start()

    assert (1, pid) == (one(home), embedded.server_pid(place))


def test_a_wrong_password_is_told(home: Path, place: embedded.ServerPlace):
    """
    A server that refuses us is no server that is missing: it is told at once, and no other is started.
    """
    password = place.password_file.read_text()
    place.password_file.write_text("another")
    try:
        with pytest.raises(DatabaseError, match=r"refuses us: .*password authentication failed"):
            one(home)
    finally:
        place.password_file.write_text(password)


COMMAND = """
import os, sys, time
from resolution_monitor import __main__ as door
from resolution_monitor.settings import from_environment
from resolution_monitor.store.connect import database
def serve(**_):
    with database(from_environment(os.environ)):
        print("inside", flush=True)
        time.sleep(60)
door.app = serve
sys.exit(door.main())
"""


def heard() -> None:
    """The tests themselves may have been begun by somebody who wants no hang-up heard (nohup)."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=["kill", "terminal closes"])
def test_a_command_that_is_ended_leaves_no_server(tmp_path: Path, number: int):
    """
    `kill`, or a terminal that closes, ends a command in one sentence, and its server with it.
    """
    environment = {**environment_of(tmp_path / "state"), "PYTHONPATH": str(ROOT / "plugins")}
    command = [sys.executable, "-c", COMMAND]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=heard
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert "inside\n" == process.stdout.readline()
        time.sleep(0.1)
        process.send_signal(number)
        words = process.stderr.read()

    left = alive(tmp_path / "state")
    embedded.remove(tmp_path / "state")

    assert [] == left
    assert (128 + number, "monitor: stopped; run again to finish, nothing was lost\n") == (process.returncode, words)
