"""Keeps Airflow's services running: starts them, starts again what ends, says what matters, stops them to the last.

Runs as a process of its own below the launcher, which outlives it by a moment and cleans up should it be killed.
"""

import contextlib
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Sequence

from resolution_monitor.airflow_host.accounts import FIRST_ACCOUNT
from resolution_monitor.airflow_host.answers import ask_airflow
from resolution_monitor.airflow_host.database_watch import DatabaseWatch
from resolution_monitor.airflow_host.environment import address
from resolution_monitor.airflow_host.health import ailing, ask_health
from resolution_monitor.airflow_host.processes import adopt_orphans, bound_to_us, bury_orphans, end_descendants
from resolution_monitor.airflow_host.restarts import DEATHS_ALLOWED, pause_seconds
from resolution_monitor.airflow_host.services import Service, limit_log, services
from resolution_monitor.airflow_host.stopping import StopRequest
from resolution_monitor.airflow_host.terminal import say
from resolution_monitor.errors import ResolutionMonitorError, ServicesError
from resolution_monitor.settings import Settings, from_environment
from resolution_monitor.store import embedded

# Together below the launcher's patience, which lies below 20 seconds.
_SERVICES_STOP_SECONDS = 7.0
_SERVER_STOP_SECONDS = 4.0
_REST_STOP_SECONDS = 2.0
_LOOK_SECONDS = 0.2
_HEALTH_SECONDS = 2.0
_HEALTH_SECONDS_WHEN_WELL = 20.0
_HOUSEKEEPING_SECONDS = 10.0


class Supervisor:
    """The services of one installation and what became of each."""

    def __init__(self, settings: Settings, stop: StopRequest, watch: DatabaseWatch | None) -> None:
        self._settings = settings
        self._stop = stop
        self._watch = watch
        self._services = services(settings)
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._deaths: dict[str, tuple[float, ...]] = {service.name: () for service in self._services}
        self._start_at: dict[str, float] = {}
        self._ailing: tuple[str, ...] = ()
        self._is_ready = False
        self._began = time.monotonic()

    def run(self) -> None:
        """
        Serve until asked to stop.

        Raises:
            ServicesError: A service, or the embedded server, ended again and again.
        """
        ask_at = clean_at = 0.0
        self._start_at = dict.fromkeys(self._deaths, 0.0)
        while not self._stop.is_asked:
            now = time.monotonic()
            if self._watch is not None:
                self._watch.look(now)
            self._look_after(now)
            if now >= ask_at:
                self._tell_health()
                ask_at = time.monotonic() + (_HEALTH_SECONDS if self._ailing else _HEALTH_SECONDS_WHEN_WELL)
            if now >= clean_at:
                self._maintain()
                clean_at = now + _HOUSEKEEPING_SECONDS
            time.sleep(_LOOK_SECONDS)

    def _look_after(self, now: float) -> None:
        for service in self._services:
            process = self._running.get(service.name)
            if process is not None and process.poll() is not None:
                del self._running[service.name]
                self._note_death(service, process.returncode, now)
            elif process is None and now >= self._start_at[service.name]:
                self._running[service.name] = _start(service)

    def _note_death(self, service: Service, code: int, now: float) -> None:
        deaths = self._deaths[service.name] = (*self._deaths[service.name], now)[-DEATHS_ALLOWED:]
        pause = pause_seconds(deaths, now)
        if pause is None:
            raise ServicesError(
                f"{service.name} ended {DEATHS_ALLOWED} times within a minute; see {service.log}, mend it, start again"
            )
        self._start_at[service.name] = now + pause
        say(f"{service.name} ended ({_how(code)}) and starts again in {pause:.0f} s; its words: {service.log}")

    def _tell_health(self) -> None:
        """Say when everything is ready for the first time, and later when a part falls ill or recovers."""
        now_ailing = ailing(ask_health(address(self._settings.port)))
        if not self._is_ready and not now_ailing:
            self._is_ready = True
            say(f"ready after {time.monotonic() - self._began:.0f} s: {address(self._settings.port)}")
            say(f"  log in and look at the DAGs; files arrive in {_inbox(self._settings)}; Ctrl-C stops all")
        elif self._is_ready and now_ailing != self._ailing:
            say(f"not healthy: {', '.join(now_ailing)}" if now_ailing else "healthy again")
        self._ailing = now_ailing

    def _maintain(self) -> None:
        bury_orphans(known=[process.pid for process in self._running.values()])
        for service in self._services:
            limit_log(service.log)

    def stop(self) -> None:
        """
        End the services, at once where a second request came.

        All but the api-server together, so that one that is slow costs no other's seconds; it last, so that a task can
        still say how it ended.
        """
        server, *others = (self._running.get(service.name) for service in self._services)
        for together, seconds in ((others, _SERVICES_STOP_SECONDS), ([server], _SERVER_STOP_SECONDS)):
            _end([process for process in together if process is not None], seconds, self._stop)


def _start(service: Service) -> subprocess.Popen[bytes]:
    service.log.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(service.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640), "ab") as words:
        return subprocess.Popen(
            service.command,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
            start_new_session=True,
            preexec_fn=bound_to_us(),
        )


def _end(processes: Sequence[subprocess.Popen[bytes]], seconds: float, stop: StopRequest) -> None:
    for process in processes:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
    deadline = time.monotonic() + seconds
    while any(process.poll() is None for process in processes) and time.monotonic() < deadline and not stop.is_urgent:
        time.sleep(0.05)


def _how(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"code {code}"


def _serves_demonstration() -> bool:
    return os.environ.get("DEMO") == "1"


def _inbox(settings: Settings) -> str:
    is_own = settings.inbox is None and _serves_demonstration()
    return str(settings.demonstration_inbox) if is_own else settings.inbox_address


def _prepare(settings: Settings, stop: StopRequest) -> None:
    """Our schema, Airflow's metadata, the first account; its password is said once and never kept."""
    started = time.monotonic()
    command = [sys.executable, "-m", "resolution_monitor", "migrate"]
    command += [] if _serves_demonstration() else ["--installation"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        error = ServicesError(done.stderr.strip().removeprefix("monitor: ") or "the database could not be prepared")
        error.exit_code = done.returncode
        raise error
    if stop.is_asked:
        return
    password = secrets.token_urlsafe(12)
    request = {"purpose": "prepare its database", "question": "prepare", "password": password}
    answer = ask_airflow(request, os.environ, settings.logs_folder / "prepare.log", lambda: stop.is_asked)
    say(f"database and accounts ready after {time.monotonic() - started:.0f} s; Airflow's services start")
    if answer["created"]:
        say(f"first account: {FIRST_ACCOUNT}   password: {password}")
        say("  it is shown only now and kept nowhere; ./monitor account reset-password makes a new one")


def main() -> int:
    settings = from_environment(os.environ)
    stop = StopRequest.listening()
    adopt_orphans()
    with contextlib.ExitStack() as stack:
        place = stack.enter_context(embedded.serving(settings.home)) if "--embedded" in sys.argv else None
        supervisor = Supervisor(settings, stop, DatabaseWatch(place) if place else None)
        try:
            _prepare(settings, stop)
            supervisor.run()
        except ResolutionMonitorError as error:
            if not stop.is_asked:
                say(f"monitor: {error}")
                return error.exit_code
        finally:
            say("stopping ...")
            supervisor.stop()
            spared = embedded.server_pid(place) if place else None
            end_descendants(spared, 0.0 if stop.is_urgent else _REST_STOP_SECONDS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
