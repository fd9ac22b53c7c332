"""Outermost process of `./monitor up`: holds the installation's lock and the database, and sees that nothing is left.

It has one child, the supervisor. Killed, the launcher is survived by it just long enough to stop everything; is the
supervisor killed, the launcher adopts what it leaves and ends it.
"""

import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from resolution_monitor.airflow_host.environment import address, needs_embedded_metadata, services_environment
from resolution_monitor.airflow_host.processes import adopt_orphans, bound_to_us, bury_orphans, end_descendants
from resolution_monitor.airflow_host.stopping import StopRequest
from resolution_monitor.airflow_host.terminal import say
from resolution_monitor.errors import BusyError, SettingsError, storage_error
from resolution_monitor.settings import Settings
from resolution_monitor.store import embedded
from resolution_monitor.store.closed_folder import close_to_others
from resolution_monitor.store.embedded_airflow import airflow_url

LOCK_NAME = "up.lock"
_PATIENCE_SECONDS = 15.0
_LOOK_SECONDS = 0.1
_BURY_SECONDS = 10.0


def serve(settings: Settings, environment: Mapping[str, str]) -> int:
    """
    Serve an installation until asked to stop.

    Returns:
        The exit code: 0 after a stop that was asked for, else that of the supervisor's error.

    Raises:
        BusyError: The installation is being served already.
        SettingsError: The port is taken.
        DatabaseError: The embedded server does not start.
        StorageError: The state folder cannot be written.
    """
    stop = StopRequest.listening()
    with _lock(settings) as lock, contextlib.ExitStack() as stack:
        require_free_port(settings.port)
        adopt_orphans()
        say(f"serving {settings.home} as process {os.getpid()}; logs: {settings.logs_folder}")
        with_metadata = needs_embedded_metadata(environment)
        metadata_url = place = None
        if with_metadata or settings.database_url is None:
            place = stack.enter_context(embedded.serving(settings.home))
            metadata_url = airflow_url(place) if with_metadata else None
        own = {**environment, **services_environment(settings, environment, metadata_url)}
        try:
            code = _wait(_start(own, lock, is_embedded=place is not None), stop)
        finally:
            # The server may be another process by now than at the start.
            end_descendants(embedded.server_pid(place) if place else None, grace_seconds=0.0)
    say("stopped: nothing is left running")
    return code


def _start(environment: Mapping[str, str], lock: int, *, is_embedded: bool) -> subprocess.Popen[bytes]:
    arguments = ["--embedded"] if is_embedded else []
    return subprocess.Popen(
        [sys.executable, "-m", "resolution_monitor.airflow_host.supervisor", *arguments],
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=bound_to_us(),
        pass_fds=[lock],  # as long as it is stopping, nobody else starts
    )


def _wait(supervisor: subprocess.Popen[bytes], stop: StopRequest) -> int:
    """Until the supervisor has ended, or asked to stop has not ended in time; passes on every request to stop."""
    passed_on, deadline, bury_at = 0, float("inf"), 0.0
    while (code := supervisor.poll()) is None and time.monotonic() < deadline:
        if stop.count > passed_on:
            passed_on += 1
            supervisor.send_signal(signal.SIGTERM)
            deadline = min(deadline, time.monotonic() + _PATIENCE_SECONDS)
        if time.monotonic() >= bury_at:
            bury_orphans(known=[supervisor.pid])
            bury_at = time.monotonic() + _BURY_SECONDS
        time.sleep(_LOOK_SECONDS)
    if code is None or (code < 0 and stop.is_asked):
        return 0  # it was too slow, or too young to listen; whoever asked to stop gets what was asked for
    if code < 0:
        say(f"the supervisor was ended by signal {-code}; everything it started is ended")
    return 128 - code if code < 0 else code


@contextlib.contextmanager
def _lock(settings: Settings) -> Iterator[int]:
    """The installation's lock, which goes with the processes that hold it; the file names the process."""
    place = settings.home / LOCK_NAME
    try:
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        close_to_others(settings.home)
        lock = os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise storage_error(settings.home, error) from error
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            served = _noted(os.read(lock, 100).decode())
            raise BusyError(
                f"{settings.home} is already served by process {served.pid}, on {address(served.port)}; use it, "
                f"or stop it: kill {served.pid}"
            ) from error
        os.pwrite(lock, f"{os.getpid():<10} {settings.port:<5}\n".encode(), 0)  # always as long, so never half of two
        yield lock
    finally:
        os.close(lock)


@dataclass(frozen=True, slots=True)
class Served:
    """Who serves an installation, and where."""

    pid: int
    port: int


def _noted(content: str) -> Served:
    """What the lock's file says; zeros in the moment before it says anything."""
    pid, port = (*content.split(), "0", "0")[:2]
    return Served(pid=int(pid), port=int(port))


def served_by(settings: Settings) -> Served | None:
    """Who serves this installation now; None when nobody does."""
    try:
        with (settings.home / LOCK_NAME).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _noted((settings.home / LOCK_NAME).read_text())
    except OSError:
        return None
    return None


def require_free_port(port: int) -> None:
    """
    Refuse a port somebody listens on.

    Raises:
        SettingsError: It is taken, or we may not use it.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server will do
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise SettingsError(
                f"port {port} of 127.0.0.1 cannot be used ({error.strerror}); stop what listens there (ss -ltnp), or "
                "name another: RESOLUTION_MONITOR_PORT=8081 make up"
            ) from error
