"""Databases to files and back, by PostgreSQL's own programs; a password never stands on a command line."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import IO, cast

import psycopg2
from psycopg2.extensions import make_dsn, parse_dsn

from resolution_monitor.errors import DatabaseError, StorageError
from resolution_monitor.store.driver_errors import FULL_DISK_WORDS, errors_as_ours
from resolution_monitor.store.embedded_place import wheel_binaries

# pg_restore writes it whatever server is to read it; servers before 17 do not know it.
_UNKNOWN_BEFORE_17 = b"SET transaction_timeout = 0;\n"
_SERVER_17 = 170000
_PREAMBLE_BYTES = 1 << 16


def dump(url: str, file: Path, *, schema: str | None = None) -> None:
    """
    Write a database, or one schema of it, to a file of pg_dump's custom format.

    Raises:
        DatabaseError: The server refuses it.
        StorageError: No room is left.
    """
    chosen = [f"--schema={schema}"] if schema else []
    options = ["--format=custom", "--no-owner", "--no-privileges", f"--file={file}", *chosen]
    done = subprocess.run(
        [_program("pg_dump"), *options, f"--dbname={_open_part(url)}"],
        env=_environment(url),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise _failed("pg_dump", done.stderr)


def load(file: Path, url: str) -> None:
    """
    Bring what a dump holds into a database that has none of it, all or nothing.

    Raises:
        DatabaseError: The server refuses it.
        StorageError: No room is left.
    """
    version = _server_version(url)
    reading = subprocess.Popen(
        [_program("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(file)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(None),
    )
    options = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
    writing = subprocess.Popen(
        [_program("psql"), *options, f"--dbname={_open_part(url)}"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(url),
    )
    words = _passed_on(reading, writing, is_old=version < _SERVER_17)
    if writing.returncode:
        raise _failed("psql", words)
    if reading.returncode:
        raise DatabaseError(f"{file} cannot be read by pg_restore; take another backup")
    _analyze(url)


def _passed_on(reading: "subprocess.Popen[bytes]", writing: "subprocess.Popen[bytes]", *, is_old: bool) -> str:
    """From one to the other; what the second complained of."""
    source, sink, words = (cast("IO[bytes]", end) for end in (reading.stdout, writing.stdin, writing.stderr))
    try:
        with source, sink:
            beginning = source.read(_PREAMBLE_BYTES)
            sink.write(beginning.replace(_UNKNOWN_BEFORE_17, b"", 1) if is_old else beginning)
            shutil.copyfileobj(source, sink)
    except BrokenPipeError:
        reading.kill()  # the other has ended and says why
    with words:
        said = words.read().decode(errors="replace")
    writing.wait()
    reading.wait()
    return said


def _server_version(url: str) -> int:
    with errors_as_ours():
        connection = psycopg2.connect(_plain(url))
        version = int(connection.server_version)
        connection.close()
    return version


def _analyze(url: str) -> None:
    """A dump brings no statistics, and the first questions would be planned without."""
    with errors_as_ours():
        connection = psycopg2.connect(_plain(url))
        connection.autocommit = True
        connection.cursor().execute("analyze")
        connection.close()


def _program(name: str) -> str:
    return str(wheel_binaries() / "bin" / name)


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg2://", "postgresql://", 1)


def _open_part(url: str) -> str:
    return str(make_dsn(**{name: value for name, value in parse_dsn(_plain(url)).items() if name != "password"}))


def _environment(url: str | None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    password = parse_dsn(_plain(url)).get("password") if url else None
    return kept | {"LC_ALL": "C"} | ({"PGPASSWORD": str(password)} if password else {})


def _failed(program: str, words: str) -> DatabaseError | StorageError:
    said = " ".join(words.split())
    if any(full in said for full in FULL_DISK_WORDS):
        return StorageError("no room is left for the backup or the database; free disk space and run again")
    return DatabaseError(f"{program} failed: {said[:300]}")
