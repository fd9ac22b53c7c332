"""Seconds and memory of a step, of this process and all it starts."""

import contextlib
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_LOOK_EVERY_SECONDS = 0.1


@dataclass(slots=True)
class Measured:
    """
    What a step took.

    Attributes:
        seconds: By the clock on the wall.
        cpu_seconds: Of this process and those it started and saw end; the database server is not among them.
        peak_mb: Largest sum of proportional set sizes seen, of this process and its descendants.
        server_seconds: CPU seconds of the process of the database server that was named.
    """

    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_mb: float = 0.0
    server_seconds: float = 0.0


@contextlib.contextmanager
def measured() -> Iterator[Measured]:
    """Fill a Measured when the step is over."""
    found, over = Measured(), threading.Event()
    watcher = threading.Thread(target=_watch, args=(found, over), daemon=True)
    watcher.start()
    began, cpu = time.perf_counter(), _cpu_seconds()
    try:
        yield found
    finally:
        found.seconds, found.cpu_seconds = time.perf_counter() - began, _cpu_seconds() - cpu
        over.set()
        watcher.join()


@contextlib.contextmanager
def measured_alone(server: int | None = None) -> Iterator[Measured]:
    """
    The same for a step that starts no process; the kernel keeps the peak, so that nothing has to look on.

    Looking at a large process ten times a second costs more than many a step.

    Args:
        server: Process of the database server that works for us; None where none does.
    """
    found = Measured()
    Path("/proc/self/clear_refs").write_text("5")
    began, cpu, served = time.perf_counter(), _cpu_seconds(), _cpu_of(server)
    try:
        yield found
    finally:
        found.seconds, found.cpu_seconds = time.perf_counter() - began, _cpu_seconds() - cpu
        found.server_seconds = _cpu_of(server) - served
        lines = Path("/proc/self/status").read_text().splitlines()
        found.peak_mb = next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


def _cpu_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _cpu_of(pid: int | None) -> float:
    if pid is None:
        return 0.0
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def _watch(found: Measured, over: threading.Event) -> None:
    while not over.wait(_LOOK_EVERY_SECONDS):
        found.peak_mb = max(found.peak_mb, sum(map(_mb, _family(os.getpid()))))


def _family(root: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            after_name = (folder / "stat").read_text().rpartition(")")[2].split()
            parents.setdefault(int(after_name[1]), []).append(int(folder.name))
    family = [root]
    for member in family:
        family += parents.get(member, [])
    return family


def _mb(pid: int) -> float:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0
