"""What an inbox is asked, wherever its files lie, and which names are looked up in it."""

import errno
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol


class EntryKind(StrEnum):
    """What a name in a folder stands for."""

    FILE = "file"
    FOLDER = "folder"
    OTHER = "other"  # links, pipes, devices: never opened


@dataclass(frozen=True, slots=True)
class Entry:
    """One name in a folder; `modified_at` is told by the clock of whoever keeps the file."""

    name: str
    kind: EntryKind
    size_bytes: int
    modified_at: datetime


class Place(Protocol):
    """
    An inbox. Names come from its senders: they are only ever looked up in the folder they were listed in.

    Attributes:
        address: For the log and for messages; holds no password.
        shows_whole_files_only: Whether a half-written file can never be seen, as in an object store.
    """

    address: str
    shows_whole_files_only: bool

    def entries(self, folder: str | None) -> list[Entry]:
        """
        What lies at the root, or in a folder of the root.

        Raises:
            InboxError: The root cannot be read.
            OSError: The folder cannot be read.
        """

    def fetch(self, folder: str | None, name: str, target: Path, *, most: int | None = None) -> str:
        """
        Copy a file to a place that does not exist yet; the sha256 of what was copied.

        Args:
            most: Bytes; where the file has become longer, no more than a little beyond is copied, or nothing.

        Raises:
            OSError: It is gone, is no plain file any more, or cannot be read.
        """

    def remove(self, folder: str | None, name: str) -> None:
        """
        Remove a file; one that is gone already is no error.

        Raises:
            OSError: It cannot be removed.
        """

    def clock(self, own_folder: Path) -> datetime | None:
        """The time that a file written there just now would bear; None where that cannot be known."""

    def close(self) -> None:
        """Leave the server, if there is one."""


class KeptPlace:
    """A place of somebody else's: nothing is ever removed there."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self.address, self.shows_whole_files_only = place.address, place.shows_whole_files_only
        self.entries, self.fetch = place.entries, place.fetch
        self.clock, self.close = place.clock, place.close

    def remove(self, folder: str | None, name: str) -> None:
        """
        Leave the file where it is.

        Raises:
            OSError: Always.
        """
        del folder, name
        raise PermissionError(errno.EPERM, "files are removed from the configured inbox alone")


def require_plain_name(name: str) -> None:
    """
    Refuse to look anywhere but in the folder itself.

    Raises:
        FileNotFoundError: The name would lead elsewhere; no listing of ours holds such a name.
    """
    if not is_plain_name(name):
        raise FileNotFoundError(errno.ENOENT, "no name of a file in a folder")


def is_plain_name(name: str) -> bool:
    """Whether a name names something in its own folder: an object store keeps any text as a name."""
    return name not in ("", ".", "..") and not {"/", "\x00"} & set(name)
