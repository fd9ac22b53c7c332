"""Keeps the raw file under its own hash, whole or not at all; what is kept is never written again.

A file first waits in the quarantine, under a name of ours; only what passed the guard goes on into the raw store.
"""

import contextlib
import ctypes
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from resolution_monitor.collect.inbox import InboxFile
from resolution_monitor.collect.place import Place
from resolution_monitor.errors import NO_ROOM, storage_error
from resolution_monitor.settings import Settings

# Backup programs that know the tag (tar, restic, borg) leave out the folder it stands in: https://bford.info/cachedir/
_TAG = "CACHEDIR.TAG"
_TAG_TEXT = "Signature: 8a477f597d28d172789f06886806bc55\n# Files that nobody has looked at yet: never back them up.\n"


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file that waits in the quarantine."""

    file: InboxFile
    path: Path
    sha256: str


def raw_path(raw_folder: Path, sha256: str) -> Path:
    return raw_folder / sha256[:2] / sha256


def stored_path(settings: Settings, sha256: str) -> Path | None:
    """Where a received content lies: in the raw store, or where refused files are held; None where it is gone."""
    places = (raw_path(settings.raw_folder, sha256), raw_path(settings.held_folder, sha256))
    return next((path for path in places if path.exists()), None)


def prepare_quarantine(quarantine: Path) -> None:
    """
    A folder for its owner only, without what an interrupted run left there: such files still wait in the inbox.

    Raises:
        StorageError: The folder cannot be made or cleared.
    """
    try:
        quarantine.mkdir(mode=0o700, parents=True, exist_ok=True)
        quarantine.chmod(0o700)
        for leftover in quarantine.iterdir():
            if leftover.name != _TAG:
                leftover.unlink()
        (quarantine / _TAG).write_text(_TAG_TEXT, encoding="ascii")
    except OSError as error:
        raise storage_error(quarantine, error) from error


def take_in(place: Place, file: InboxFile, path: Path) -> WaitingFile | None:
    """
    Copy a file of the inbox into the quarantine; None where it is gone, or is no longer what was listed.

    Raises:
        StorageError: The disk is full or the state folder cannot be written.
        OSError: The file cannot be read.
    """
    try:
        sha256 = place.fetch(file.folder, file.name, path, most=file.size_bytes)
    except FileNotFoundError:
        path.unlink(missing_ok=True)
        return None
    except OSError as error:
        path.unlink(missing_ok=True)
        if _is_ours(path.parent, error):
            raise storage_error(path.parent, error) from error
        raise
    if path.stat().st_size != file.size_bytes:
        path.unlink()
        return None
    return WaitingFile(file=file, path=path, sha256=sha256)


def keep(files: Iterable[WaitingFile], raw_folder: Path) -> None:
    """
    Move files from the quarantine into the raw store, so that they are still there after a loss of power.

    Keeping the same bytes again changes nothing.

    Raises:
        StorageError: The disk is full, or the raw store lies on another one than the quarantine.
    """
    by_hash = {file.sha256: file for file in files}
    if not by_hash:
        return
    try:
        raw_folder.mkdir(parents=True, exist_ok=True)
        # What a name in the raw store leads to must be whole on the disk before the name is there.
        _flush(raw_folder)
        for sha256, file in by_hash.items():
            _settle(file.path, raw_path(raw_folder, sha256))
        _flush(raw_folder)
    except OSError as error:
        raise storage_error(raw_folder, error) from error


def move_to_raw(settings: Settings, sha256s: Iterable[str]) -> None:
    """
    Move files that were only held into the raw store: they were refused, and are accepted after all.

    Raises:
        StorageError: They cannot be moved.
    """
    for sha256 in sha256s:
        held, final = raw_path(settings.held_folder, sha256), raw_path(settings.raw_folder, sha256)
        if final.exists() or not held.exists():
            continue
        try:
            final.parent.mkdir(parents=True, exist_ok=True)
            held.rename(final)
            _flush(settings.raw_folder)
        except OSError as error:
            raise storage_error(settings.raw_folder, error) from error


def discard(files: Sequence[WaitingFile]) -> None:
    """Remove what is left of these files in the quarantine."""
    for file in files:
        file.path.unlink(missing_ok=True)


def _is_ours(quarantine: Path, error: OSError) -> bool:
    """Whether it was the writing that failed: fsspec and the system name the file they could not open."""
    return error.errno in NO_ROOM or str(error.filename or "").startswith(str(quarantine))


def _settle(waiting: Path, final: Path) -> None:
    if final.exists():
        return
    final.parent.mkdir(exist_ok=True)
    waiting.chmod(0o400)
    waiting.rename(final)


def _flush(folder: Path) -> None:
    """Have the disk hold what was written so far: once a batch, as a flush for each file costs ten times as much."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(AttributeError):  # no Linux
            if ctypes.CDLL(None, use_errno=True).syncfs(handle) == 0:
                return
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        os.sync()
    finally:
        os.close(handle)
