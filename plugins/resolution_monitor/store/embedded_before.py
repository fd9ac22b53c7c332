"""State folders of before: data that root kept outside are taken into the folder they belong to."""

import contextlib
import hashlib
import os
import shutil
import signal
import time
from pathlib import Path

from resolution_monitor.errors import DatabaseError
from resolution_monitor.store.embedded_place import SHARED, ServerPlace

_PATIENCE_SECONDS = 120


def outside(place: ServerPlace) -> Path:
    """Where the data of a state folder at this path were kept while root could not keep them inside."""
    return SHARED / hashlib.sha256(str(place.home.parent).encode()).hexdigest()[:12]


def take_in(place: ServerPlace) -> None:
    """
    Move data from outside into their state folder.

    Raises:
        DatabaseError: They belong to the folder that this one was copied or moved from, or to one that was removed.
    """
    note = place.home / "place"
    told = Path(note.read_text().strip()) if note.exists() else None
    own = outside(place)
    if place.data.exists() or (told is None and not (own / "data").exists()):
        note.unlink(missing_ok=True)
        return
    if told is None:
        raise DatabaseError(
            f"{own} holds the database of a state folder that was removed, and nobody has its password; restore "
            f"{place.home} from a backup, or remove {own} to begin anew"
        )
    if told != own and (told / "data").exists():
        raise DatabaseError(
            f"{place.home.parent} was copied or moved, and its database lies in {told}; if it was moved, call mv "
            f"{told}/data {place.home}/ and run again; if it was copied, back up the original and "
            "restore"
        )
    if told == own and (own / "data").exists():
        _end_server(own / "data")
        partial = place.home / "creating-taken"
        shutil.rmtree(partial, ignore_errors=True)
        shutil.move(own / "data", partial)
        partial.rename(place.data)
        shutil.rmtree(own)
    note.unlink()


def _end_server(data: Path) -> None:
    """One that a killed process left behind; it names its data on its command line."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        pid = int((data / "postmaster.pid").read_text().splitlines()[0])
        if os.fsencode(data) not in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0"):
            return
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
            time.sleep(0.05)


def remove_outside(place: ServerPlace) -> None:
    """Remove data kept outside if they are this folder's own: its note and its path name them."""
    note, own = place.home / "place", outside(place)
    if note.exists() and note.read_text().strip() == str(own) and own.exists():
        _end_server(own / "data")
        shutil.rmtree(own)
