"""How the embedded server is ended: asked, and told where it does not end."""

import contextlib
import os
import signal
import time

from resolution_monitor.errors import DatabaseError
from resolution_monitor.store.embedded_place import ServerPlace
from resolution_monitor.store.embedded_process import noted, running_server, wait_until_answering

# Its last checkpoint may take some seconds; after that it is no more asked but told.
_ENDS_WITHIN_SECONDS = 60.0
_LOOK_SECONDS = 0.02
# Of postmaster.pid.
_STATUS_LINE = 7


def is_ending(place: ServerPlace) -> bool:
    """Whether it was asked to end, perhaps by somebody who was killed while waiting for it."""
    lines = noted(place)
    return len(lines) > _STATUS_LINE and lines[_STATUS_LINE].strip() == "stopping"


def stop(place: ServerPlace) -> None:
    """
    Ask the server to end and wait until it has; nothing happens when none runs.

    PostgreSQL 18 that is asked while it recovers from the death of one of its processes never ends, and answers nobody
    (seen with 18.6): so recovery is waited for, and one that does not end is ended as if the machine stopped, which
    loses nothing.
    """
    running = running_server(place)
    if running is None:
        return
    if not is_ending(place):
        with contextlib.suppress(DatabaseError, OSError):  # a lost password ends no server
            wait_until_answering(place, lambda: running_server(place) is not None)
    for number in (signal.SIGINT, signal.SIGQUIT):
        with contextlib.suppress(ProcessLookupError):
            os.kill(running.pid, number)
        if _ended_within(running.pid, _ENDS_WITHIN_SECONDS):
            return


def _ended_within(pid: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not _is_alive(pid):
            return True
        time.sleep(_LOOK_SECONDS)
    return False


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
