"""`make up` as an operator starts it, its processes by name, and how it is stopped."""

import os
import re
import signal
import subprocess
import time
from pathlib import Path

from installation import free_port, wait_for

from drill.room import NotSeenError, Room, Seen
from drill.web import Browser
from resolution_monitor.airflow_host.health import ailing, ask_health

# Set-up says of the database, too, after how long it was ready.
_READY = r"(ready after \d+ s): http"
_READY_SECONDS = 300.0
_BACK_SECONDS = 180.0
PARTS = ("scheduler", "dag-processor", "triggerer", "api-server")
POSTGRESQL, SUPERVISOR, LAUNCHER = "PostgreSQL", "supervisor", "launcher"


class Service:
    """One `make up`."""

    def __init__(self, room: Room, checkout: Path, words: Path, **settings: str) -> None:
        self._room = room
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.settings = {"RESOLUTION_MONITOR_PORT": str(self.port), **settings}
        self._words = words
        self.browser = Browser(self.address)
        with words.open("wb") as log:
            self.process = room.start(checkout, ("make", "up"), log, **self.settings)

    def said(self, pattern: str) -> str:
        """The first group of what it said on its terminal; empty before."""
        found = re.search(pattern, self._words.read_text(encoding="utf-8"))
        return found[1] if found else ""

    def wait_until_ready(self) -> str:
        """What it says when it is."""
        wait_for("readiness", lambda: self.said(_READY) or self.process.poll() is not None, _READY_SECONDS)
        if self.process.poll() is not None:
            raise NotSeenError(f"make up ended: {self._words.read_text()[-1500:]}")
        return self.said(_READY)

    def pid(self, part: str) -> int:
        """The process of one part; 0 while there is none."""
        seen = self._room.processes()
        if part in PARTS:
            parent = next((one.pid for one in seen if _is_supervisor(one)), 0)
            # A service leads a session of its own; what it left behind to the supervisor does not.
            own = (one for one in seen if one.parent == parent and one.session == one.pid)
            return next((one.pid for one in own if f"airflow {part}" in one.words.replace("_", "-")), 0)
        tests = {POSTGRESQL: _is_server, SUPERVISOR: _is_supervisor, LAUNCHER: _is_launcher}
        return next((one.pid for one in seen if tests[part](one)), 0)

    def kill(self, part: str) -> int:
        """Kill it as a lack of memory does; its process until then."""
        pid = self.pid(part)
        if not pid:
            raise NotSeenError(f"no process of {part}: {[one.words[:90] for one in self._room.processes()]}")
        os.kill(pid, signal.SIGKILL)
        return pid

    def wait_until_back(self, part: str, before: int) -> None:
        """Another process in its place, and all parts healthy."""
        wait_for(f"another {part}", lambda: self.pid(part) not in (0, before), _BACK_SECONDS)
        wait_for("health", lambda: not ailing(ask_health(self.address)), _BACK_SECONDS)

    def wait_for_end(self, seconds: float) -> int:
        """Its exit code, once nothing of it is left."""
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise NotSeenError(f"still there after {seconds:.0f} s") from error
        wait_for("nothing left", lambda: not self._room.processes(), 20)
        return code

    def stop(self) -> str:
        """Ctrl-C at its terminal; what was seen."""
        began = time.monotonic()
        os.killpg(self.process.pid, signal.SIGINT)
        self.wait_for_end(30)
        if not self.said("(stopped: nothing is left running)"):
            raise NotSeenError(self._words.read_text()[-600:])
        return f"no process is left {time.monotonic() - began:.0f} s after Ctrl-C"


def _is_supervisor(seen: Seen) -> bool:
    return "airflow_host.supervisor" in seen.words


def _is_launcher(seen: Seen) -> bool:
    return seen.words.endswith("-m resolution_monitor up")


def _is_server(seen: Seen) -> bool:
    return "/bin/postgres -D " in seen.words
