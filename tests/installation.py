"""An installation for tests: `./monitor up` in a state folder of its own, on a free port, asked over HTTP."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from conftest import ROOT

from resolution_monitor.store import embedded
from resolution_monitor.store.embedded_process import mark_of

_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment_of(home: Path, **more: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(home), "RESOLUTION_MONITOR_HOME": str(home), **more}


def monitor(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """One command of ours on a state folder."""
    command = [str(ROOT / "monitor"), *arguments]
    return subprocess.run(command, env=environment_of(home, **environment), capture_output=True, text=True, check=False)


def alive(home: Path) -> list[str]:
    """Processes that carry this state folder in their environment, and its database server."""
    mark = f"RESOLUTION_MONITOR_HOME={home}".encode()
    place = embedded.find_place(home)
    server = mark_of(place).encode() if place.data.exists() else b"no server"
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (folder / "cmdline").read_bytes().split(b"\0")
            if mark in (folder / "environ").read_bytes().split(b"\0") or server in words:
                found.append(f"{folder.name} {b' '.join(words).decode(errors='replace')}")
    return [line for line in found if not line.startswith(f"{os.getpid()} ")]


def wait_for(what: str, truth: Callable[[], Any], seconds: float) -> Any:
    """Ask again and again until the answer is true."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := truth():
            return answer
        time.sleep(0.2)
    raise AssertionError(f"{what}: not within {seconds} s")


class Installation:
    """A served state folder."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.started_at = datetime.now(UTC)
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.words = home.parent / f"{home.name}.up"
        with self.words.open("wb") as words:
            self.process = subprocess.Popen(
                [str(ROOT / "monitor"), "up"],
                env=environment_of(
                    home, RESOLUTION_MONITOR_PORT=str(self.port), RESOLUTION_MONITOR_INBOX_ROOTS=str(ROOT / "samples")
                ),
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=words,
                start_new_session=True,
            )
        self._token = ""

    def said(self, pattern: str) -> str | None:
        """The first group of what it said on its terminal, once it did."""
        found = re.search(pattern, self.words.read_text())
        return found[1] if found else None

    def wait_until_ready(self, seconds: float = 120.0) -> None:
        wait_for("readiness", lambda: self.said(r"(ready after .*http)") or self.process.poll() is not None, seconds)
        assert self.process.poll() is None, self.words.read_text()

    def log_in(self, user: str, password: str) -> None:
        self._token = self.ask("/auth/token", {"username": user, "password": password})["access_token"]

    def ask(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """GET, or POST where there is a body."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._token}"}
        content = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.address}{path}", content, headers)
        with _DIRECT.open(request, timeout=30) as answer:
            told: dict[str, Any] = json.load(answer)
        return told

    def stop(self, number: int = signal.SIGTERM, seconds: float = 20.0) -> float:
        """Seconds it took to end after a signal."""
        began = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(seconds)
        return time.monotonic() - began

    def end(self) -> None:
        """Whatever a test did, no process of it is left."""
        if self.process.poll() is None:
            self.stop(seconds=40)

    def clear(self) -> None:
        """Nothing is left on the machine."""
        self.end()
        embedded.remove(self.home)
