"""A state folder and its database bear the same id; one with another's is refused before anything is asked."""

import contextlib
import os
import tempfile
import uuid
from datetime import datetime
from pathlib import Path

import sqlalchemy

from resolution_monitor.errors import SettingsError, StorageError, storage_error
from resolution_monitor.settings import Settings

# In a folder of its own: below a folder that is an inbox as well, a file would be somebody's report.
_FOLDER, _NAME, _RESTORED = "installation", "id", "restored"
# A state folder that bears it is not whole yet.
RESTORING = "restoring"


def folder_id(home: Path) -> str | None:
    """The id of a state folder; None where it has none yet."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        return (home / _FOLDER / _NAME).read_text(encoding="utf-8").strip()
    return None


def require_same(settings: Settings, engine: sqlalchemy.Engine, *, only_looks: bool = False) -> None:
    """
    Refuse a database that is not this state folder's; a new folder becomes one of its database.

    Args:
        only_looks: Leave a new folder as it is.

    Raises:
        SettingsError: Their ids differ, a folder that holds files has none and its database has, or a restore of it is
            under way.
    """
    if (settings.home / RESTORING).exists():
        raise SettingsError(f"{settings.home} is not whole yet: ./monitor restore was cut short; call it again")
    own = folder_id(settings.home)
    with engine.connect() as connection:
        stored = _stored_id(settings, connection)
    if stored is None or stored == own:
        return
    where = "the database of DATABASE_URL" if settings.database_url else "its database"
    if own:
        raise SettingsError(
            f"{settings.home} is the state folder of installation {own[:8]}, and {where} belongs to {stored[:8]}; "
            "nothing was read or changed: correct RESOLUTION_MONITOR_HOME or DATABASE_URL"
        )
    if _holds_files(settings):
        raise SettingsError(
            f"{settings.home} holds files and no id, and {where} belongs to installation {stored[:8]}; nothing was "
            "read or changed: correct RESOLUTION_MONITOR_HOME or DATABASE_URL, or restore the folder from its backup"
        )
    if only_looks:
        return
    with contextlib.suppress(StorageError):  # whoever may not write there keeps nothing there either
        note_id(settings.home, stored)


def bind(settings: Settings, engine: sqlalchemy.Engine, *, is_loaded: bool) -> str:
    """
    Give state folder and database one id, unless they have it; the id.

    Args:
        is_loaded: Whether the database holds anything that arrived.

    Raises:
        SettingsError: As require_same, or the folder holds files and its database lost them.
        StorageError: The state folder cannot be written.
    """
    require_same(settings, engine)
    with engine.connect() as connection:
        stored = _stored_id(settings, connection)
    if stored is None and not is_loaded and _holds_files(settings):
        raise SettingsError(
            f"{settings.home} holds files that arrived, and its database is empty; restore the database from a backup "
            "(./monitor restore), or name another state folder with RESOLUTION_MONITOR_HOME"
        )
    own = stored or folder_id(settings.home) or uuid.uuid4().hex
    own = note_id(settings.home, own)
    with engine.begin() as connection:
        connection.exec_driver_sql(_statement(settings, "insert_installation"), {"installation_id": own})
    require_same(settings, engine)
    return own


def note_id(home: Path, wanted: str) -> str:
    """Write the id of a state folder, whole or not at all; the one it has, which others may have written first."""
    try:
        folder = home / _FOLDER
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(exist_ok=True)
        descriptor, partial = tempfile.mkstemp(dir=folder, prefix=f"{_NAME}-")
        try:
            with os.fdopen(descriptor, "w") as file:
                file.write(f"{wanted}\n")
            with contextlib.suppress(FileExistsError):
                os.link(partial, folder / _NAME)
        finally:
            Path(partial).unlink()
    except OSError as error:
        raise storage_error(home, error) from error
    return folder_id(home) or wanted


def note_restored(home: Path, made_at: datetime) -> None:
    """Note of which moment the backup was that a state folder was restored from."""
    (home / _FOLDER / _RESTORED).write_text(f"{made_at.isoformat()}\n", encoding="utf-8")


def restored_from(home: Path) -> datetime | None:
    """The moment of the backup that a state folder was restored from; None where it was not."""
    with contextlib.suppress(OSError):
        return datetime.fromisoformat((home / _FOLDER / _RESTORED).read_text(encoding="utf-8").strip())
    return None


def _stored_id(settings: Settings, connection: sqlalchemy.Connection) -> str | None:
    if not connection.exec_driver_sql(_statement(settings, "holds_tables")).scalar():
        return None
    stored: str | None = connection.exec_driver_sql(_statement(settings, "installation_id")).scalar()
    return stored


def _statement(settings: Settings, name: str) -> str:
    return (settings.root / "sql" / "queries" / "installation" / f"{name}.sql").read_text(encoding="utf-8")


def _holds_files(settings: Settings) -> bool:
    """Whether anything was ever kept here."""
    return settings.raw_folder.is_dir() and any(path.is_file() for path in settings.raw_folder.rglob("*"))
