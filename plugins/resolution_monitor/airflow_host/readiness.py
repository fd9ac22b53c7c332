"""What would end a run halfway is seen before it begins: no room, an unwritable folder, a part that lacks."""

import contextlib
import ctypes
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from resolution_monitor.ask.installation import PANGO_LIBRARIES, PANGO_PACKAGES
from resolution_monitor.errors import ResolutionMonitorError, SettingsError, StorageError
from resolution_monitor.settings import Settings

# A new embedded database takes 60 MB, its log up to as much again, a month of the demonstration 30 MB.
FREE_BYTES_NEEDED = 300 * 1024**2
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 (where the system keeps what processes share; asked, not used)


@dataclass(frozen=True, slots=True)
class Facts:
    """
    What was seen of the machine.

    Attributes:
        place: The state folder, or the nearest folder above it that is there.
        free_bytes: On its disk.
        unwritable: Why nothing can be written there; empty where it can.
        shared_memory: Why nothing can be written to /dev/shm; empty where it can.
        missing_libraries: Of those that draw the PDF.
    """

    place: Path
    free_bytes: int
    unwritable: str = ""
    shared_memory: str = ""
    missing_libraries: tuple[str, ...] = ()


def require_ready(settings: Settings) -> None:
    """
    Pass where a run has what it needs.

    Raises:
        StorageError: The disk is full, or the state folder cannot be written.
        SettingsError: The machine lacks something else.
    """
    refusal = refusal_of(facts_of(settings.home))
    if refusal is not None:
        raise refusal


def refusal_of(facts: Facts) -> ResolutionMonitorError | None:
    """The first thing that somebody must mend; None where there is none."""
    if facts.unwritable:
        return StorageError(
            f"{facts.place} cannot be written ({facts.unwritable}); nothing was begun: correct that, or name another "
            "RESOLUTION_MONITOR_HOME"
        )
    if facts.free_bytes < FREE_BYTES_NEEDED:
        free, needed = (f"{size // 1024**2} MB" for size in (facts.free_bytes, FREE_BYTES_NEEDED))
        return StorageError(
            f"{free} are free at {facts.place}, and a run needs {needed}; nothing was begun: free some, or name "
            "another RESOLUTION_MONITOR_HOME"
        )
    if facts.shared_memory:
        return SettingsError(
            f"{_SHARED_MEMORY} cannot be written ({facts.shared_memory}), and processes that read files need it; "
            f"nothing was begun: as root, chmod 1777 {_SHARED_MEMORY}, or give the container a tmpfs there"
        )
    if facts.missing_libraries:
        return SettingsError(
            f"the PDF needs Pango, and {', '.join(facts.missing_libraries)} cannot be loaded; nothing was begun: as "
            f"root, apt-get install {PANGO_PACKAGES}"
        )
    return None


def facts_of(home: Path) -> Facts:
    """Looks, and leaves nothing behind."""
    place = next(folder for folder in (home, *home.parents) if folder.is_dir())
    return Facts(
        place=place,
        free_bytes=shutil.disk_usage(place).free,
        unwritable=_unwritable(place),
        shared_memory=_unwritable(_SHARED_MEMORY),
        missing_libraries=tuple(missing_libraries()),
    )


def _unwritable(folder: Path) -> str:
    """Tried, not asked: root may write what a mount forbids only by its permissions."""
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".tried-") as file:
            file.write(b"x")
    except OSError as error:
        return error.strerror or str(error)
    return ""


def missing_libraries() -> list[str]:
    """Of those that draw the PDF, which cannot be loaded."""
    missing = []
    for name in PANGO_LIBRARIES:
        with contextlib.suppress(OSError):
            ctypes.CDLL(name, os.RTLD_LAZY)
            continue
        missing.append(name)
    return missing
