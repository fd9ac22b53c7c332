"""Which files wait in the inbox, and who sent each: the folder is the sender's identity."""

import stat
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from resolution_monitor.errors import InboxError

# Files an operator lays directly into the inbox carry no sender of their own.
OPERATOR = "operator"
_HALF_WRITTEN = (".part", ".tmp", ".crdownload")


@dataclass(frozen=True, slots=True)
class InboxFile:
    """One file that waits; `received_at` is when the channel finished writing it."""

    path: Path
    sender_id: str
    received_at: datetime


def waiting_files(inbox: Path) -> list[InboxFile]:
    """
    The regular files of the inbox and of its sender folders, by name; links are never followed.

    Raises:
        InboxError: The inbox is not a folder that can be read.
    """
    try:
        entries = sorted(inbox.iterdir())
        own = [entry for entry in entries if _is_waiting(entry)]
        folders = [entry for entry in entries if entry.is_dir() and not entry.is_symlink() and entry.name[0] != "."]
        sent = [(folder.name, entry) for folder in folders for entry in sorted(folder.iterdir()) if _is_waiting(entry)]
    except OSError as error:
        raise InboxError(f"the inbox {inbox} cannot be read ({error.strerror}); name a folder with --inbox") from error
    return [_file(entry, OPERATOR) for entry in own] + [_file(entry, sender) for sender, entry in sent]


def _is_waiting(path: Path) -> bool:
    if path.name.startswith((".", "~$")) or path.name.lower().endswith(_HALF_WRITTEN):
        return False
    return stat.S_ISREG(path.lstat().st_mode)


def _file(path: Path, sender_id: str) -> InboxFile:
    return InboxFile(path=path, sender_id=sender_id, received_at=datetime.fromtimestamp(path.stat().st_mtime, tz=UTC))
