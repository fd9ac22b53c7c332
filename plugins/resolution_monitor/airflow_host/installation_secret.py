"""The installation's one secret, made once and kept for its owner's eyes; every key of Airflow's is derived from it."""

import base64
import contextlib
import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

from resolution_monitor.errors import SettingsError, storage_error

_NAME = "secret"


def installation_secret(folder: Path) -> bytes:
    """
    Read the secret, making it first where there is none.

    Two processes that make it at the same time end with the same one, and a killed attempt leaves none.

    Raises:
        StorageError: The folder cannot be written.
        SettingsError: The file is empty, so that keys made from it would be known to everybody.
    """
    place = folder / _NAME
    try:
        if not place.exists():
            _make(place)
        content = place.read_bytes()
    except OSError as error:
        raise storage_error(folder, error) from error
    if not content:
        raise SettingsError(f"{place} is empty; restore it from a backup, or remove it to have a new one made")
    return content


def _make(place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    # Made by mkstemp with mode 0600; linked only when whole, which fails if another process was first.
    descriptor, partial = tempfile.mkstemp(dir=place.parent, prefix="secret-")
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(32))
        with contextlib.suppress(FileExistsError):
            os.link(partial, place)
    finally:
        Path(partial).unlink()


def fernet_key(secret: bytes) -> str:
    """What Airflow encrypts stored connections with."""
    return base64.urlsafe_b64encode(hashlib.sha256(secret).digest()).decode()


def derived_key(secret: bytes, purpose: str) -> str:
    """A key for one purpose; knowing it tells neither the secret nor another purpose's key."""
    return base64.urlsafe_b64encode(hmac.digest(secret, purpose.encode(), "sha512")).decode()
