"""A state folder opens to nobody but its owner, also where it was there before us."""

import contextlib
import os
from pathlib import Path

# Every name in a state folder that is ours.
OURS = frozenset(
    {
        *(
            "airflow",
            "briefings",
            "closed",
            "demonstration",
            "held",
            "inbox",
            "installation",
            "logs",
            "missing_periods.json",
            "outbox",
            "postgres",
        ),
        *("preview", "purge.key", "quarantine", "raw", "restoring", "sample", "up.lock"),
    }
)
# Also closed by themselves: the folder above may be one that is not ours alone.
_CLOSED = ("airflow", "briefings", "installation", "outbox", "raw")
_OTHERS = 0o077


def close_to_others(home: Path) -> None:
    """
    Close a state folder that is there to other accounts of the machine.

    One that holds anything not ours is left as it is: whoever names /srv or a person's home does not lock others out of
    it. The doctor tells of it.
    """
    with contextlib.suppress(OSError):
        if all(entry.name in OURS for entry in os.scandir(home)):
            _close(home)
        for name in _CLOSED:
            _close(home / name)


def _close(folder: Path) -> None:
    if not folder.is_dir() or folder.is_symlink():
        return
    status = folder.stat()
    if status.st_uid == os.geteuid() and status.st_mode & _OTHERS:
        folder.chmod(0o700)
