"""Which files wait in the inbox, and who sent each: the folder is the sender's identity."""

import csv
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from resolution_monitor.errors import InboxError

# Files an operator lays directly into the inbox carry no sender of their own.
OPERATOR = "operator"
# At the inbox's root, where only operators write: when files came, in place of what the disk says of them.
CLOCK_FILE = "received.csv"
_CLOCK_HEADINGS = ["path", "received_at"]
_HALF_WRITTEN = (".part", ".tmp", ".crdownload")


@dataclass(frozen=True, slots=True)
class InboxFile:
    """One file that waits; `received_at` is when the channel finished writing it, or what an operator says it was."""

    path: Path
    sender_id: str
    received_at: datetime


def waiting_files(inbox: Path, now: datetime) -> list[InboxFile]:
    """
    The regular files of the inbox and of its sender folders, by name; links are never followed.

    Args:
        now: A file that received.csv says came later has not come yet.

    Raises:
        InboxError: The inbox is not a folder that can be read, or received.csv is wrong.
    """
    try:
        entries = sorted(inbox.iterdir())
        own = [entry for entry in entries if _is_waiting(entry) and entry.name != CLOCK_FILE]
        folders = [entry for entry in entries if entry.is_dir() and not entry.is_symlink() and entry.name[0] != "."]
        sent = [(folder.name, entry) for folder in folders for entry in sorted(folder.iterdir()) if _is_waiting(entry)]
        told = dict(_told_times(inbox / CLOCK_FILE))
    except OSError as error:
        raise InboxError(f"the inbox {inbox} cannot be read ({error.strerror}); name a folder with --inbox") from error
    times = {inbox / path: moment for path, moment in told.items()}
    listed = [(entry, OPERATOR) for entry in own] + [(entry, sender) for sender, entry in sent]
    return [_file(entry, sender, times) for entry, sender in listed if entry not in times or times[entry] <= now]


def _told_times(path: Path) -> Iterator[tuple[str, datetime]]:
    """
    Path of a file in the inbox and when it came; nothing where the operator says nothing.

    Raises:
        InboxError: The file's headings, or a moment in it, cannot be read.
    """
    if not path.exists():
        return
    try:
        header, *rows = csv.reader(path.read_text(encoding="utf-8-sig").splitlines()) or [[]]
        if header != _CLOCK_HEADINGS:
            raise InboxError(f"{path}: the first line is {','.join(header)!r}; write {','.join(_CLOCK_HEADINGS)}")
        for number, row in enumerate((row for row in rows if row), start=2):
            yield _told_time(path, number, row)
    except (ValueError, csv.Error) as error:
        raise InboxError(f"{path} is no CSV in UTF-8 ({error}); write path,received_at on each line") from error


def _told_time(path: Path, number: int, row: list[str]) -> tuple[str, datetime]:
    file, moment = (row + ["", ""])[:2]
    try:
        received_at = datetime.fromisoformat(moment)
    except ValueError:
        received_at = None
    if received_at is None or received_at.tzinfo is None:
        raise InboxError(f"{path}, line {number}: {moment!r} is no moment; write such as 2026-10-31T15:00:00+07:00")
    return file, received_at


def _is_waiting(path: Path) -> bool:
    if path.name.startswith((".", "~$")) or path.name.lower().endswith(_HALF_WRITTEN):
        return False
    return stat.S_ISREG(path.lstat().st_mode)


def _file(path: Path, sender_id: str, times: dict[Path, datetime]) -> InboxFile:
    received_at = times.get(path) or datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    return InboxFile(path=path, sender_id=sender_id, received_at=received_at)
