"""A database server for a benchmark, on a fresh database."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg2

from resolution_monitor.store import embedded


@contextlib.contextmanager
def open_server(folder: Path) -> Iterator[str]:
    """URL of an empty database on an embedded server of its own, gone with the benchmark."""
    home = folder / "server"
    for place in (folder, home):
        place.mkdir(exist_ok=True)
        place.chmod(0o755)  # root's server runs as another account, which must come through
    with embedded.serving(home) as place:
        yield new_database(embedded.url_of(place, "postgres"))
    embedded.remove(home)


def new_database(url: str) -> str:
    """One more database on a server; its URL."""
    name = f"bench_{os.urandom(4).hex()}"
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(f"create database {name}")
    return url.rpartition("/")[0] + f"/{name}"
