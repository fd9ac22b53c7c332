"""One server process on one data folder: whether it runs, how it is started and waited for."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import psycopg2

from resolution_monitor.errors import DatabaseError, StorageError
from resolution_monitor.store.driver_errors import FULL_DISK_WORDS, is_coming_up
from resolution_monitor.store.embedded_creation import HERE, USER, as_account
from resolution_monitor.store.embedded_place import ServerPlace

PATIENCE_SECONDS = 120
_LOOK_SECONDS = 0.05
# Of postmaster.pid.
_STATUS_LINE = 7
# Between asking for a free port and taking it, another process may take it.
_PORT_TRIES = 5
_PORT_TAKEN = "Address already in use"
# What a killed server leaves for a moment: its own processes, which end when they see that it is gone.
_NOT_GONE_YET = "is still in use"
_UNWRITABLE_WORDS = ("Read-only file system", "Permission denied")
# Beyond the highest number that Linux gives a process.
_NOBODY = 2**22 + 1


@dataclass(frozen=True, slots=True)
class Running:
    """A server that runs on the data of a place; the port is not known in its first moments."""

    pid: int
    port: int | None


def running_server(place: ServerPlace) -> Running | None:
    """
    The server that serves these very data.

    Not whoever bears the number that their file names: after a copy that is the original's server, after a restart of
    the machine anybody.
    """
    lines = noted(place)
    pid = int(lines[0]) if lines else 0
    with contextlib.suppress(OSError, ValueError):
        words = open(f"/proc/{pid}/cmdline", "rb").read().split(b"\0")  # noqa: PTH123, SIM115
        if mark_of(place).encode() in words:
            return Running(pid, int(lines[3]) if len(lines) > 3 else None)
    return None


def noted(place: ServerPlace) -> list[str]:
    """What the server's own file says, line by line; nothing where there is none."""
    with contextlib.suppress(OSError):
        lines = (place.data / "postmaster.pid").read_text().splitlines()
        return lines if lines and lines[0].isdecimal() else []
    return []


def mark_of(place: ServerPlace) -> str:
    """What a server of ours bears on its command line: the folder itself, whatever its name is."""
    status = place.data.stat()
    return f"cluster_name=data-{status.st_dev}-{status.st_ino}"


def require_own_data(place: ServerPlace) -> None:
    """
    Refuse data that were copied while their server was writing them.

    Raises:
        DatabaseError: They bear the sign of a running server, which ran on another folder.
    """
    note = place.home / "served"
    if not noted(place) or not note.exists():
        return
    if note.read_text().strip() != str(place.data.stat().st_ino):
        raise DatabaseError(
            f"{place.home.parent} was copied while its database was running, so the copy may be torn; take ./monitor "
            "backup of the original and restore it, or stop the original and copy again"
        )


def start(place: ServerPlace) -> None:
    """
    Start it and wait until it answers, on the port it had before where that is free.

    Raises:
        DatabaseError: It does not start.
        StorageError: Its disk is full or cannot be written.
    """
    ports = [port for port in (_last_port(place),) if port] + [0] * _PORT_TRIES
    deadline = time.monotonic() + PATIENCE_SECONDS
    _free_the_number(place)
    while ports and time.monotonic() < deadline:
        heard = log_size(place)
        process = _launch(place, ports[0] or _free_port())
        if _answering_or_ended(place, process):
            return
        if said_since(place, heard, (_NOT_GONE_YET,)):
            time.sleep(_LOOK_SECONDS)
        elif said_since(place, heard, (_PORT_TAKEN,)):
            ports.pop(0)
        else:
            _refuse(place, heard)
    raise DatabaseError(f"the embedded PostgreSQL did not start: {last_words(place)}")


def _answering_or_ended(place: ServerPlace, process: "subprocess.Popen[bytes]") -> bool:
    try:
        return wait_until_answering(place, lambda: process.poll() is None)
    except DatabaseError:
        process.send_signal(signal.SIGINT)
        raise


def _refuse(place: ServerPlace, heard: int) -> None:
    if said_since(place, heard, FULL_DISK_WORDS):
        raise StorageError(f"no room left below {place.home}; free disk space and run again: nothing was lost")
    if said_since(place, heard, _UNWRITABLE_WORDS):
        raise StorageError(f"{place.data} cannot be written ({last_words(place)}); correct that and run again")
    raise DatabaseError(f"the embedded PostgreSQL did not start: {last_words(place)}")


def _free_the_number(place: ServerPlace) -> None:
    """Its old number may be another process's by now, which would keep it from starting; the rest it needs itself."""
    lines = noted(place)
    if lines and os.path.exists(f"/proc/{lines[0]}"):  # noqa: PTH110
        text = "\n".join([str(_NOBODY), *lines[1:], ""])
        (place.data / "postmaster.pid").write_text(text)


def _launch(place: ServerPlace, port: int) -> "subprocess.Popen[bytes]":
    (place.home / "served").write_text(f"{place.data.stat().st_ino}\n")
    (place.home / "port").write_text(f"{port}\n")
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
    binary = str(place.binaries / "bin" / "postgres")
    command = [binary, "-D", HERE, "-p", str(port), *options, "-c", mark_of(place)]
    with place.log.open("ab") as words:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
            start_new_session=True,
            **as_account(place, place.data),
        )


def wait_until_answering(place: ServerPlace, lives: Callable[[], bool]) -> bool:
    """
    Wait while it starts, recovers or ends; False when it has ended.

    Raises:
        DatabaseError: It refuses us, or takes longer than two minutes.
    """
    deadline, pause = time.monotonic() + PATIENCE_SECONDS, _LOOK_SECONDS
    while time.monotonic() < deadline:
        if not lives():
            return False
        running = running_server(place)
        if running and running.port and _answers(place, running.port):
            return True
        time.sleep(pause)
        pause = min(pause * 1.2, 0.5)  # each question is a line of its log
    raise DatabaseError(f"the embedded PostgreSQL did not answer within {PATIENCE_SECONDS} s; see {place.log}")


def _answers(place: ServerPlace, port: int) -> bool:
    try:
        password = place.password_file.read_text().strip()
        psycopg2.connect(
            host="127.0.0.1", port=port, user=USER, password=password, dbname="postgres", connect_timeout=5
        ).close()
    except psycopg2.OperationalError as error:
        if is_coming_up(error, refused_too=True):
            return False
        words = " ".join(str(error).split())
        raise DatabaseError(f"the embedded PostgreSQL of {place.home.parent} refuses us: {words}") from error
    return True


def _last_port(place: ServerPlace) -> int | None:
    """Whoever was told a port before goes on with it after a restart."""
    with contextlib.suppress(OSError, ValueError):
        return int((place.home / "port").read_text())
    return None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def last_words(place: ServerPlace) -> str:
    """The last line that the server wrote."""
    lines = place.log.read_text(errors="replace").strip().splitlines() if place.log.exists() else []
    return lines[-1] if lines else "it said nothing"


def log_size(place: ServerPlace) -> int:
    return place.log.stat().st_size if place.log.exists() else 0


def said_since(place: ServerPlace, heard: int, words: Iterable[str]) -> bool:
    """Whether its log holds any of these words beyond this size."""
    with place.log.open("rb") as log:
        log.seek(heard)
        said = log.read().decode(errors="replace")
    return any(word in said for word in words)
