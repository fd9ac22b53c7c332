"""Processes on Linux: bound to the life of their parent, found by descent, ended to the last."""

import contextlib
import ctypes
import os
import signal
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

# From linux/prctl.h.
_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_LOOK_SECONDS = 0.05
_KILL_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Process:
    """One line of the process table."""

    pid: int
    parent: int
    is_zombie: bool


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends, so that none slips away."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def bound_to_us() -> Callable[[], None]:
    """
    What a new process does first (preexec_fn): it is told to end (SIGTERM) when we die, however we die.

    The bond lasts beyond exec and goes with the thread that starts the process: start from the main thread only.
    """
    parent, library = os.getpid(), ctypes.CDLL(None)

    def bind() -> None:
        library.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)  # we died between the fork and the line above

    return bind


def process_table(proc: Path = Path("/proc")) -> list[Process]:
    """All processes that may be seen."""
    table = []
    for folder in proc.glob("[0-9]*"):
        with contextlib.suppress(OSError):
            # The command in brackets may hold blanks and brackets; the fields after the last bracket do not.
            state, parent, *_ = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
            table.append(Process(pid=int(folder.name), parent=int(parent), is_zombie=state == "Z"))
    return table


def descendants(table: list[Process], ancestor: int, spared: int | None = None) -> list[int]:
    """
    Everything alive that descends from a process, nearest first.

    Args:
        spared: A process that is left out with all that descends from it.
    """
    children: dict[int, list[int]] = {}
    for process in table:
        if not process.is_zombie and process.pid != spared:
            children.setdefault(process.parent, []).append(process.pid)
    found = children.get(ancestor, []).copy()
    for pid in found:  # grows while it is walked
        found += children.get(pid, [])
    return found


def end_descendants(spared: int | None, grace_seconds: float) -> None:
    """
    Ask everything below us to end, then end what is still there.

    Args:
        spared: The database server, which has its own way to end.
        grace_seconds: Between the asking and the ending.
    """
    _signal_descendants(spared, signal.SIGTERM)
    deadline = time.monotonic() + grace_seconds
    while descendants(process_table(), os.getpid(), spared) and time.monotonic() < deadline:
        time.sleep(_LOOK_SECONDS)
    # What is killed may have had children that come to us only then: look again until there are none.
    deadline = time.monotonic() + _KILL_SECONDS
    while _signal_descendants(spared, signal.SIGKILL) and time.monotonic() < deadline:
        time.sleep(_LOOK_SECONDS)
    bury_orphans(known=())


def _signal_descendants(spared: int | None, number: int) -> int:
    pids = descendants(process_table(), os.getpid(), spared)
    for pid in pids:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)
    return len(pids)


def bury_orphans(known: Collection[int]) -> None:
    """Take leave of adopted processes that have ended; those in `known` are left to whoever started them."""
    for process in process_table():
        if process.is_zombie and process.parent == os.getpid() and process.pid not in known:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(process.pid, os.WNOHANG)
