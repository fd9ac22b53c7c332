"""Keeps the raw file under its own hash, whole or not at all; what is kept is never written again."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from resolution_monitor.errors import InboxError, storage_error
from resolution_monitor.settings import Settings

_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class LandedFile:
    """A raw file that is safe on disk."""

    sha256: str
    size_bytes: int


def raw_path(raw_folder: Path, sha256: str) -> Path:
    return raw_folder / sha256[:2] / sha256


def stored_path(settings: Settings, sha256: str) -> Path | None:
    """Where a received content lies: in the raw store, or where refused files are held; None where it is gone."""
    places = (raw_path(settings.raw_folder, sha256), raw_path(settings.held_folder, sha256))
    return next((path for path in places if path.exists()), None)


def land(path: Path, raw_folder: Path) -> LandedFile:
    """
    Copy a file into the raw store. Landing the same bytes again changes nothing and writes nothing.

    Raises:
        StorageError: The disk is full or the state folder cannot be written.
        InboxError: The file cannot be read.
    """
    seen = fingerprint(path)
    if raw_path(raw_folder, seen.sha256).exists():
        return seen
    try:
        raw_folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix="landing-", dir=raw_folder)
    except OSError as error:
        raise storage_error(raw_folder, error) from error
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as copy:
            landed = _copy(path, copy.fileno())
        _settle(partial, raw_path(raw_folder, landed.sha256))
    except OSError as error:
        raise storage_error(raw_folder, error) from error
    finally:
        partial.unlink(missing_ok=True)
    return landed


def fingerprint(path: Path) -> LandedFile:
    """
    Hash and size of a file.

    Raises:
        InboxError: The file cannot be read.
    """
    return _each_chunk(path, lambda chunk: None)


def _copy(path: Path, target: int) -> LandedFile:
    landed = _each_chunk(path, lambda chunk: _write_all(target, chunk))
    os.fsync(target)
    return landed


def _each_chunk(path: Path, take: Callable[[bytes], None]) -> LandedFile:
    """Hash and size of a file, with each piece of it handed on."""
    digest = hashlib.sha256()
    size = 0
    try:
        source = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError as error:
        raise InboxError(f"{path} cannot be read ({error.strerror}); correct its permissions") from error
    with os.fdopen(source, "rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            take(chunk)
    return LandedFile(sha256=digest.hexdigest(), size_bytes=size)


def _write_all(target: int, chunk: bytes) -> None:
    view = memoryview(chunk)
    while view:
        view = view[os.write(target, view) :]


def _settle(partial: Path, final: Path) -> None:
    if final.exists():
        return
    final.parent.mkdir(exist_ok=True)
    partial.chmod(0o400)
    partial.rename(final)
    folder = os.open(final.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def sweep(raw_folder: Path) -> None:
    """Remove what an interrupted landing left behind; the file itself still waits in the inbox."""
    for leftover in raw_folder.glob("landing-*"):
        leftover.unlink(missing_ok=True)
