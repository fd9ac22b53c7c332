"""One folder that holds all of an installation, taken while it runs, and the way back into a new state folder."""

import contextlib
import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from resolution_monitor.ask.server import server_state
from resolution_monitor.errors import NothingToReportError, SettingsError, storage_error
from resolution_monitor.pipeline.backup_files import (
    AIRFLOW,
    DATABASE,
    FILES,
    Backup,
    copy_file,
    kept_files,
    read_list,
    sha256_of,
    unknown_names,
    write_list,
)
from resolution_monitor.settings import Settings
from resolution_monitor.store import embedded
from resolution_monitor.store.connect import SCHEMA, Database, create_engine, database
from resolution_monitor.store.dumps import dump, load
from resolution_monitor.store.embedded_place import find_place
from resolution_monitor.store.identity import RESTORING, folder_id, note_id, note_restored
from resolution_monitor.store.load_step import between_loads

# Ours by name of its dump.
_SCHEMAS = {DATABASE: SCHEMA, AIRFLOW: None}


def back_up(settings: Settings, to: Path, metadata_url: str | None, now: datetime) -> Backup:
    """
    Write all of an installation into a new folder; loads wait meanwhile, nothing else does.

    Args:
        metadata_url: Airflow's database where an operator named one; None takes the embedded one. Of one that is no
            PostgreSQL nothing is taken.

    Raises:
        NothingToReportError: There is nothing yet.
        SettingsError: The folder is there already, or lies in the state folder.
        DatabaseError, StorageError: A database cannot be read, or the folder not be written.
    """
    if settings.database_url is None and not find_place(settings.home).home.exists():
        raise NothingToReportError(f"there is nothing to back up in {settings.home}; name RESOLUTION_MONITOR_HOME")
    _require_new(settings, to)
    partial = to.with_name(f"{to.name}.partial")
    try:
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(mode=0o700)
        with contextlib.ExitStack() as stack:
            opened = stack.enter_context(database(settings))
            urls = stack.enter_context(_addresses(settings, metadata_url))
            moment = between_loads(opened, stack.enter_context(opened.transaction()), now)
            backup = _written(settings, partial, urls, moment)
        write_list(partial, backup)
        partial.rename(to)
    except OSError as error:
        raise storage_error(to, error) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return backup


def _require_new(settings: Settings, to: Path) -> None:
    if to.resolve().is_relative_to(settings.home.resolve()):
        raise SettingsError(f"{to} lies in the state folder; a backup belongs on another disk: name another folder")
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise SettingsError(f"{to} is there already; name a folder that is not, such as one of today's date")


@contextlib.contextmanager
def _addresses(settings: Settings, metadata_url: str | None) -> Iterator[Mapping[str, str]]:
    """Dump -> address of its database; the embedded server runs as long as the caller is inside."""
    with contextlib.ExitStack() as stack:
        urls = {DATABASE: settings.database_url, AIRFLOW: metadata_url}
        if None in urls.values():
            place = stack.enter_context(embedded.serving(settings.home))
            own = {DATABASE: embedded.DATABASE, AIRFLOW: embedded.AIRFLOW_DATABASE}
            urls = {name: url or embedded.url_of(place, own[name]) for name, url in urls.items()}
        yield {name: url for name, url in urls.items() if url and url.startswith("postgres")}


def _written(settings: Settings, folder: Path, urls: Mapping[str, str], now: datetime) -> Backup:
    """The databases first: what the files hold beyond them is harmless."""
    for name, url in urls.items():
        dump(url, folder / name, schema=_SCHEMAS[name])
        (folder / name).chmod(0o600)
    hashes = {name: sha256_of(folder / name) for name in urls}
    for path in kept_files(settings.home):
        target = Path(FILES) / path.relative_to(settings.home)
        hashes[target.as_posix()] = copy_file(path, folder / target)
    return Backup(
        installation_id=folder_id(settings.home) or "",
        made_at=now.isoformat(),
        files=hashes,
        left_out=unknown_names(settings.home),
    )


def restore(settings: Settings, source: Path, metadata_url: str | None) -> Backup:
    """
    Make a new state folder, and databases that are empty, what they were; cut short, it is called again.

    Args:
        metadata_url: As for back_up.

    Raises:
        SettingsError: The state folder, or a database that was named, holds something already.
        DatabaseError, StorageError: The backup is not whole, or it cannot be written.
    """
    backup = read_list(source)
    marker = settings.home / RESTORING
    try:
        _make_room(settings, marker, backup)
        for name in backup.files:
            if name.startswith(f"{FILES}/"):
                copy_file(source / name, settings.home / Path(name).relative_to(FILES))
        with _addresses(settings, metadata_url) as urls:
            for dump_name in (AIRFLOW, DATABASE):
                if dump_name in urls and dump_name in backup.files:
                    _load_once(source / dump_name, urls[dump_name], settings, backup)
        note_id(settings.home, backup.installation_id)
        note_restored(settings.home, datetime.fromisoformat(backup.made_at))
        marker.unlink()
    except OSError as error:
        raise storage_error(settings.home, error) from error
    return backup


def _make_room(settings: Settings, marker: Path, backup: Backup) -> None:
    """A new state folder, or one that the same restore left half-made, which begins again."""
    home = settings.home
    if marker.exists() and marker.read_text() == backup.installation_id:
        embedded.remove(home)
        for path in home.iterdir():
            if path != marker:
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        return
    if home.exists() and any(home.iterdir()):
        raise SettingsError(
            f"{home} holds something already, and nothing was written; name a new state folder: "
            "RESOLUTION_MONITOR_HOME=/path/to/new ./monitor restore ..."
        )
    if settings.database_url is not None:
        _require_empty(settings)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    home.chmod(0o700)
    marker.write_text(backup.installation_id)


def _require_empty(settings: Settings) -> None:
    with _looked_at(settings.database_url or "", settings) as opened:
        if server_state(opened).migrations:
            raise SettingsError(
                "the database of DATABASE_URL holds an installation already, and nothing was written; name an empty one"
            )


@contextlib.contextmanager
def _looked_at(url: str, settings: Settings) -> Iterator[Database]:
    engine = create_engine(url)
    try:
        yield Database(engine=engine, statements=settings.root / "sql" / "queries")
    finally:
        engine.dispose()


def _load_once(file: Path, url: str, settings: Settings, backup: Backup) -> None:
    """Whole or not at all; what a restore that was cut short had brought in is there already."""
    with _looked_at(url, settings) as opened, opened.transaction() as connection:
        tables = "schema_migration" if file.name == DATABASE else "public.alembic_version"
        is_there = connection.exec_driver_sql("select to_regclass(%(tables)s)", {"tables": tables}).scalar() is not None
    if not is_there:
        load(file, url)
