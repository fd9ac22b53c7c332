"""Knows a purged content again without keeping its hash: an HMAC under a key that never leaves the state folder."""

import contextlib
import hmac
import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from resolution_monitor.errors import storage_error

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class PurgedContents:
    """
    What must not come in again.

    Attributes:
        marks: content_mark of every tombstone.
    """

    key: bytes
    marks: Collection[str]

    def holds(self, sha256: str) -> bool:
        """Whether the content of this hash was purged."""
        return bool(self.marks) and content_mark(self.key, sha256) in self.marks


def content_mark(key: bytes, sha256: str) -> str:
    """What a tombstone keeps in place of a hash: without the key nobody can hold a guess against it."""
    return hmac.new(key, sha256.encode(), "sha256").hexdigest()


def purge_key(home: Path) -> bytes:
    """
    The installation's key, made at first use; one process makes it, the others read it.

    Raises:
        StorageError: It cannot be read or written.
    """
    path, partial = home / "purge.key", home / f".purge.key.{os.getpid()}"
    try:
        if not path.exists():
            home.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as made:
                made.write(os.urandom(_KEY_BYTES))
                os.fsync(made.fileno())
            with contextlib.suppress(FileExistsError):
                path.hardlink_to(partial)
            partial.unlink()
        return path.read_bytes()
    except OSError as error:
        raise storage_error(home, error) from error
