"""Which files wait in the inbox, and who sent each: the folder is the sender's identity."""

import csv
import hashlib
import logging
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from resolution_monitor.collect.place import Entry, EntryKind, Place
from resolution_monitor.errors import InboxError

log = logging.getLogger(__name__)

# Files an operator lays directly into the inbox carry no sender of their own.
OPERATOR = "operator"
# At the inbox's root, where only operators write: when files came, in place of what the disk says of them.
CLOCK_FILE = "received.csv"
_CLOCK_HEADINGS = ["path", "received_at"]
_HALF_WRITTEN = (".part", ".tmp", ".crdownload", ".filepart")
_LOCKS = (".", "~$")


@dataclass(frozen=True, slots=True)
class InboxFile:
    """
    One file that waits.

    Attributes:
        sender_id: The folder's name, or OPERATOR.
        file_name: As it may be shown and stored; of two files in one folder never the same.
        folder, name: Where it lies in the inbox, by the names it really has.
        modified_at: By the clock of whoever keeps the inbox.
        received_at: When the channel finished writing it, or what an operator says it was.
        is_told: Whether received.csv lists it: then it is whole.
    """

    sender_id: str
    file_name: str
    folder: str | None
    name: str
    size_bytes: int
    modified_at: datetime
    received_at: datetime
    is_told: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """The files that wait, by folder and name, and how many folders could not be looked into."""

    files: Sequence[InboxFile]
    closed_folders: int


def waiting_files(place: Place, now: datetime) -> Listing:
    """
    The regular files of the inbox and of its sender folders, by name; links are never followed.

    Args:
        now: A file that received.csv says came later has not come yet; no file came after it.

    Raises:
        InboxError: The inbox is not a folder that can be read, or received.csv is wrong.
    """
    root = sorted(place.entries(None), key=lambda entry: entry.name)
    told = dict(_told_times(place)) if any(entry.name == CLOCK_FILE for entry in root) else {}
    files = [_file(None, entry, told, now) for entry in root if _is_waiting(entry) and entry.name != CLOCK_FILE]
    _tell_skipped(None, root)
    closed = 0
    for folder in (one.name for one in root if one.kind is EntryKind.FOLDER and not one.name.startswith(".")):
        try:
            entries = sorted(place.entries(folder), key=lambda entry: entry.name)
        except OSError as error:
            log.warning("inbox.folder_closed", extra={"sender_id": shown(folder), "error": str(error)})
            closed += 1
            continue
        _tell_skipped(folder, entries)
        files += [_file(folder, entry, told, now) for entry in entries if _is_waiting(entry)]
    return Listing([file for file in files if not file.is_told or file.received_at <= now], closed)


def _tell_skipped(folder: str | None, entries: Sequence[Entry]) -> None:
    """Log that links and hidden names are passed by: whoever made a sender's folder a link waits for ever otherwise."""
    links = sum(entry.kind is EntryKind.OTHER for entry in entries)
    hidden = sum(entry.name.startswith(".") and entry.kind is not EntryKind.OTHER for entry in entries)
    if links or hidden:
        where = {"folder": "the inbox itself"} if folder is None else {"sender_id": shown(folder)}
        log.warning("inbox.names_skipped", extra={**where, "links": links, "hidden": hidden})


def shown(name: str) -> str:
    """
    A name as it may be stored and printed: bytes that are no text, and characters that are not seen, as their codes.

    Such a name ends with a piece of its hash, so that two names of one folder never look the same.
    """
    if name.isprintable():
        return name
    letters = "".join(letter if letter.isprintable() else _code(letter) for letter in name)
    return f"{letters}~{hashlib.sha256(os.fsencode(name)).hexdigest()[:8]}"


def _code(letter: str) -> str:
    byte = ord(letter) - 0xDC00 if 0xDC80 <= ord(letter) <= 0xDCFF else ord(letter)  # PEP 383: a byte that is no text
    return f"\\x{byte:02x}" if byte < 256 else f"\\u{byte:04x}"


def _file(folder: str | None, entry: Entry, told: Mapping[str, datetime], now: datetime) -> InboxFile:
    path = entry.name if folder is None else f"{folder}/{entry.name}"
    return InboxFile(
        sender_id=_sender(folder),
        file_name=shown(entry.name),
        folder=folder,
        name=entry.name,
        size_bytes=entry.size_bytes,
        modified_at=entry.modified_at,
        received_at=told.get(path) or min(entry.modified_at, now),
        is_told=path in told,
    )


def _sender(folder: str | None) -> str:
    """A folder of this name does not make its owner an operator."""
    if folder is None:
        return OPERATOR
    return f"{OPERATOR}~" if folder == OPERATOR else shown(folder)


def _is_waiting(entry: Entry) -> bool:
    if entry.name.startswith(_LOCKS) or entry.name.lower().endswith(_HALF_WRITTEN):
        return False
    return entry.kind is EntryKind.FILE


def _told_times(place: Place) -> Iterator[tuple[str, datetime]]:
    """
    Path of a file in the inbox and when it came; nothing where the operator says nothing.

    Raises:
        InboxError: The file's headings, or a moment in it, cannot be read.
    """
    where = f"{place.address}/{CLOCK_FILE}"
    try:
        with tempfile.TemporaryDirectory() as folder:
            place.fetch(None, CLOCK_FILE, Path(folder) / CLOCK_FILE)
            lines = (Path(folder) / CLOCK_FILE).read_text(encoding="utf-8-sig").splitlines()
        header, *rows = csv.reader(lines) if lines else [[]]
        if header != _CLOCK_HEADINGS:
            raise InboxError(f"{where}: the first line is {','.join(header)!r}; write {','.join(_CLOCK_HEADINGS)}")
        for number, row in enumerate((row for row in rows if row), start=2):
            yield _told_time(where, number, row)
    except (ValueError, csv.Error) as error:
        raise InboxError(f"{where} is no CSV in UTF-8 ({error}); write path,received_at on each line") from error
    except OSError as error:
        raise InboxError(f"{where} cannot be read ({error.strerror}); it must be a plain file") from error


def _told_time(where: str, number: int, row: list[str]) -> tuple[str, datetime]:
    file, moment = [*row, "", ""][:2]
    try:
        received_at = datetime.fromisoformat(moment)
    except ValueError:
        received_at = None
    if received_at is None or received_at.tzinfo is None:
        raise InboxError(f"{where}, line {number}: {moment!r} is no moment; write such as 2026-10-31T15:00:00+07:00")
    return file, received_at
