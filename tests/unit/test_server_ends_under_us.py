"""The server ends while it is at work for a command, or is asked to end while it recovers: nobody needs a person."""

import ast
import contextlib
import os
import re
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
from installation import environment_of, wait_for
from unit.killed_servers import killed, one

from resolution_monitor.commands.table import COMMANDS
from resolution_monitor.errors import ConnectionLostError, DatabaseError
from resolution_monitor.store import embedded, embedded_process, embedded_stop
from resolution_monitor.store.driver_errors import translated


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("killed") / "state"


@pytest.fixture
def place(home: Path) -> Iterator[embedded.ServerPlace]:
    with embedded.serving(home) as place:
        yield place


@contextlib.contextmanager
def recovering(place: embedded.ServerPlace) -> Iterator[int]:
    """The number of a checkpointer that sleeps: until it goes on, its server recovers from the death of another."""
    server = embedded.server_pid(place)
    assert server is not None
    before = checkpointer(server)
    with contextlib.closing(psycopg2.connect(embedded.url_of(place, "postgres"))) as part:
        os.kill(part.info.backend_pid, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while (now := checkpointer(server)) in {None, before}:
        assert time.monotonic() < deadline
    assert now is not None
    os.kill(now, signal.SIGSTOP)
    try:
        yield now
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(now, signal.SIGCONT)


def checkpointer(server: int) -> int | None:
    for pid in Path(f"/proc/{server}/task/{server}/children").read_text().split():
        with contextlib.suppress(OSError):
            if b"checkpointer" in Path(f"/proc/{pid}/cmdline").read_bytes():
                return int(pid)
    return None


def test_a_server_that_recovers_is_not_asked_to_end(home: Path, monkeypatch: pytest.MonkeyPatch):
    """
    PostgreSQL 18 never ends then: the last to leave waits until it has recovered, and the next command is served.
    """
    monkeypatch.setattr(embedded_process, "PATIENCE_SECONDS", 30)
    with embedded.serving(home) as place, recovering(place) as held:
        threading.Timer(1.0, os.kill, (held, signal.SIGCONT)).start()
        embedded_stop.stop(place)

        assert embedded.server_pid(place) is None
    assert one(home) == 1


def test_a_server_that_never_ends_is_ended(home: Path, place: embedded.ServerPlace, monkeypatch: pytest.MonkeyPatch):
    """
    Asked to end while it recovered, by somebody who is gone: whoever comes next ends it, starts it, and is served.
    """
    monkeypatch.setattr(embedded_process, "PATIENCE_SECONDS", 10)
    monkeypatch.setattr(embedded_stop, "_ENDS_WITHIN_SECONDS", 5)
    server = embedded.server_pid(place)
    assert server is not None
    with recovering(place):
        os.kill(server, signal.SIGINT)
        time.sleep(0.1)

    assert one(home) == 1
    assert server != embedded.server_pid(place)


ASKING = """
import os, sys
from resolution_monitor import __main__ as door
from resolution_monitor.settings import from_environment
from resolution_monitor.store.connect import database
times = []
def ask(**_):
    with database(from_environment(os.environ)) as opened, opened.transaction() as connection:
        times.append(1)
        if len(times) <= int(sys.argv[2]):
            print("asking", flush=True)
            connection.exec_driver_sql("select pg_sleep(60)")
    print("answered")
door.app = ask
sys.exit(door.main())
"""
_ONCE_MORE = "monitor: the database ended under this command, which begins once more\n"
_ENDED = "monitor: the database ended while it was at work for us"
# Command, what is killed under it and how often, its exit code, what it says.
KILLED_UNDER = {
    "a question": ("status", "server", 1, 0, _ONCE_MORE),
    "a question, by a part": ("status", "part", 1, 0, _ONCE_MORE),
    "a question, twice": ("status", "server", 2, 20, _ENDED),
    "a decision": ("waive", "server", 1, 20, _ENDED),
}


@pytest.mark.parametrize("case", KILLED_UNDER)
def test_a_command_whose_server_ends_under_it(home: Path, place: embedded.ServerPlace, case: str):
    """
    What only asks begins once more by itself, once; what decides something does not: a person sees what was kept.
    """
    command, what, kills, code, said = KILLED_UNDER[case]
    environment = {**environment_of(home), "PYTHONPATH": str(ROOT / "plugins")}
    with subprocess.Popen(
        [sys.executable, "-c", ASKING, command, str(kills)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        for _ in range(kills):
            assert "asking\n" == process.stdout.readline()
            kill_under(place, whole=what == "server")
        answer, words = process.communicate(timeout=60)

    assert (code, "answered\n" * (code == 0)) == (process.returncode, answer)
    assert said in words


def kill_under(place: embedded.ServerPlace, *, whole: bool) -> None:
    """The server, or the one of its processes that sleeps for somebody."""
    with contextlib.closing(psycopg2.connect(embedded.url_of(place, embedded.DATABASE))) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            question = "select max(pid) from pg_stat_activity where query like '%pg_sleep%' and pid <> pg_backend_pid()"

            def asleep() -> int | None:
                cursor.execute(question)
                return cursor.fetchone()[0]

            pid = wait_for("the sleeping process", asleep, 10)
    if whole:
        killed(place)
    else:
        os.kill(pid, signal.SIGKILL)


def test_a_server_that_was_there_has_ended():
    """
    Who finds nobody listening where somebody answered before may ask again; who never got there looks at its address.
    """
    error = psycopg2.OperationalError('connection to server at "127.0.0.1", port 1 failed: Connection refused')

    assert ConnectionLostError is type(translated(error, was_there=True))
    assert DatabaseError is type(translated(error))


_FINISHES = {"run", "demonstrate", "migrate"}  # theirs is no answer: what was begun is finished
_ASK_THEN_PRINT = {"_write_one", "_write_workbook"}  # of explain: one question, then its answer
_ASKING = sorted(name for name, command in COMMANDS.items() if command.is_repeated and name not in _FINISHES)


@pytest.mark.parametrize("name", _ASKING)
def test_what_is_asked_once_more_has_printed_nothing(name: str):
    """
    A command that begins once more by itself prints after its last question: nobody reads half an answer before it.
    """
    command = COMMANDS[name]
    tree = ast.parse((ROOT / f"plugins/resolution_monitor/commands/{command.module}.py").read_text(encoding="utf-8"))
    function = next(one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name == command.function)
    blocks = [one for one in ast.walk(function) if isinstance(one, ast.With) and "opened_" in ast.unparse(one)]
    while_asking = {ast.unparse(one.func) for block in blocks for one in ast.walk(block) if isinstance(one, ast.Call)}

    assert blocks
    other = while_asking - {"opened_to_write", *_ASK_THEN_PRINT}
    assert not [word for word in other if re.search(r"write|print|say", word)]


def test_a_server_whose_starter_was_killed_gets_its_databases(home: Path, place: embedded.ServerPlace):
    """
    Killed between the start of the server and the making of its databases: whoever takes it over makes them.
    """
    with contextlib.closing(psycopg2.connect(embedded.url_of(place, "postgres"))) as connection:
        connection.autocommit = True
        connection.cursor().execute(f'drop database "{embedded.AIRFLOW_DATABASE}" with (force)')
    with (
        embedded.serving(home) as taken_over,
        contextlib.closing(psycopg2.connect(embedded.url_of(taken_over, embedded.AIRFLOW_DATABASE))) as opened,
    ):
        assert embedded.AIRFLOW_DATABASE == opened.info.dbname


@pytest.mark.parametrize("step", ["start", "_create_databases"])
def test_whoever_is_stopped_while_it_starts_leaves_no_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
):
    """
    Asked to end right after the server began, or before its databases are made: it ends with who began it.
    """
    begun = getattr(embedded, step)

    def stopped(place: embedded.ServerPlace) -> None:
        begun(place)
        raise KeyboardInterrupt

    monkeypatch.setattr(embedded, step, stopped)
    with pytest.raises(KeyboardInterrupt), embedded.serving(tmp_path / "state"):
        pass

    assert embedded.server_pid(embedded.find_place(tmp_path / "state")) is None
