"""Processes on Linux: bound to the life of their parent, found by descent, ended to the last."""

import contextlib
import ctypes
import os
import signal
import time
from collections.abc import Callable, Collection

import psutil

# From linux/prctl.h.
_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_LOOK_SECONDS = 0.05
_KILL_SECONDS = 3.0


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


def descendants(ancestor: int, spared: int | None = None) -> list[psutil.Process]:
    """
    Everything alive that descends from a process.

    Args:
        spared: A process that is left out with all that descends from it.
    """
    left_out = {spared} | {process.pid for process in _below(spared)}
    return [process for process in _below(ancestor) if process.pid not in left_out and not _is_zombie(process)]


def _below(ancestor: int | None) -> list[psutil.Process]:
    try:
        return psutil.Process(ancestor).children(recursive=True) if ancestor is not None else []
    except psutil.NoSuchProcess:
        return []


def _is_zombie(process: psutil.Process) -> bool:
    """Whether it has ended, and at most waits for its parent to take note."""
    try:
        return bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def end_descendants(spared: int | None, grace_seconds: float) -> None:
    """
    Ask everything below us to end, then end what is still there.

    Args:
        spared: The database server, which has its own way to end.
        grace_seconds: Between the asking and the ending.
    """
    _signal_descendants(spared, signal.SIGTERM)
    deadline = time.monotonic() + grace_seconds
    while descendants(os.getpid(), spared) and time.monotonic() < deadline:
        time.sleep(_LOOK_SECONDS)
    # What is killed may have had children that come to us only then: look again until there are none.
    deadline = time.monotonic() + _KILL_SECONDS
    while _signal_descendants(spared, signal.SIGKILL) and time.monotonic() < deadline:
        time.sleep(_LOOK_SECONDS)
    bury_orphans(known=())


def _signal_descendants(spared: int | None, number: int) -> int:
    found = descendants(os.getpid(), spared)
    for process in found:
        # Looks first whether the number still belongs to the process that was found.
        with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            process.send_signal(number)
    return len(found)


def bury_orphans(known: Collection[int]) -> None:
    """Take leave of adopted processes that have ended; those in `known` are left to whoever started them."""
    for process in psutil.Process().children():
        if process.pid not in known and _is_zombie(process):
            with contextlib.suppress(ChildProcessError):
                os.waitpid(process.pid, os.WNOHANG)
