"""Which catalogue passed which checks, noted in the state folder: where nothing is noted, all of it is checked."""

import contextlib
import os
import tempfile
from pathlib import Path

from resolution_monitor.errors import storage_error

_FOLDER, _NAME = "installation", "checked_catalogue"


def checked_catalogue(home: Path, checks_version: str) -> str | None:
    """sha256 of the catalogue that passed the checks of this version last; None where none is noted."""
    with contextlib.suppress(OSError, ValueError):
        sha256, version = (home / _FOLDER / _NAME).read_text(encoding="ascii").split()
        return sha256 if version == checks_version else None
    return None


def note_checked(home: Path, catalogue_sha256: str, checks_version: str) -> None:
    """
    Note that a catalogue passed every check of a version, whole or not at all.

    Raises:
        StorageError: The state folder cannot be written.
    """
    if checked_catalogue(home, checks_version) == catalogue_sha256:
        return
    folder = home / _FOLDER
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, partial = tempfile.mkstemp(dir=folder, prefix=f"{_NAME}-")
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{catalogue_sha256} {checks_version}\n")
        Path(partial).replace(folder / _NAME)
    except OSError as error:
        raise storage_error(folder, error) from error
