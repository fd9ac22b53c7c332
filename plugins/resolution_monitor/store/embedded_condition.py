"""What is to be seen of an embedded server without asking it anything or changing anything."""

from dataclasses import dataclass
from pathlib import Path

from resolution_monitor.store.embedded_place import ServerPlace, find_place
from resolution_monitor.store.embedded_process import running_server

_COMPLAINTS = (" FATAL: ", " PANIC: ")
# Said to others, not of itself.
_NO_COMPLAINT = ("terminating connection", "the database system is", "password authentication failed")
_ASKED_TO_END = ("received fast shutdown request", "received smart shutdown request")


@dataclass(frozen=True, slots=True)
class Condition:
    """
    An embedded server as it lies there.

    Attributes:
        is_cut_short: It ended without being asked to: killed, or with the machine.
        complaint: Why it ended or did not start, in its own words; empty where it said nothing.
    """

    is_made: bool
    is_running: bool
    has_password: bool
    is_cut_short: bool
    complaint: str
    log: Path


def condition_of(state_home: Path) -> Condition:
    """How the server of a state folder is."""
    place = find_place(state_home)
    is_made = place.data.exists()
    is_running = is_made and running_server(place) is not None
    return Condition(
        is_made=is_made,
        is_running=is_running,
        has_password=place.password_file.exists(),
        is_cut_short=not is_running and (place.data / "postmaster.pid").exists(),
        complaint="" if is_running else _complaint(place),
        log=place.log,
    )


def _complaint(place: ServerPlace) -> str:
    """The last since it was last asked to end."""
    lines = place.log.read_text(errors="replace").splitlines() if place.log.exists() else []
    asked = [number for number, line in enumerate(lines) if any(words in line for words in _ASKED_TO_END)]
    newest = lines[asked[-1] :] if asked else lines
    found = [line for line in newest if any(word in line for word in _COMPLAINTS)]
    own = [line for line in found if not any(words in line for words in _NO_COMPLAINT)]
    return own[-1] if own else ""
