"""The way into PostgreSQL: the server DATABASE_URL names, or the embedded one."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import Connection, Engine

from resolution_monitor.settings import Settings
from resolution_monitor.store import embedded
from resolution_monitor.store.closed_folder import close_to_others
from resolution_monitor.store.driver_errors import errors_as_ours
from resolution_monitor.store.embedded_place import find_place
from resolution_monitor.store.identity import require_same
from resolution_monitor.store.patience import connected
from resolution_monitor.store.roles import SERVICE, work_as

# Our tables stand in a schema of their own, so that a server shared with others stays tidy.
SCHEMA = "monitor"
_OPTIONS = f"-c search_path={SCHEMA} -c timezone=UTC -c lock_timeout=600000"


@dataclass(frozen=True, slots=True)
class Database:
    """An open way to our tables and the folder of our statements."""

    engine: Engine
    statements: Path

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Connection]:
        """
        One transaction: committed at the end, rolled back on any error.

        Raises:
            DatabaseError: The server went away or refused.
            StorageError: The server's disk is full.
        """
        with errors_as_ours(), self.engine.begin() as connection:
            yield connection

    def forget_connections(self) -> None:
        """In a process that was forked: leave the connections to the parent, whose they are."""
        self.engine.dispose(close=False)


@contextlib.contextmanager
def database(settings: Settings, role: str = SERVICE, *, only_looks: bool = False) -> Iterator[Database]:
    """
    Our database, ready for statements; the embedded server runs at least as long as the caller is inside.

    Args:
        role: As whom to work: the service reads and appends, the reader only reads.
        only_looks: Do not even note in a new state folder whose it is.

    Raises:
        DatabaseError: It cannot be reached or started.
        SettingsError: It is the database of another state folder.
    """
    with contextlib.ExitStack() as stack:
        url, bring_back = settings.database_url, None
        if url is None:
            place = stack.enter_context(embedded.serving(settings.home))
            url = embedded.url_of(place, embedded.DATABASE)
            bring_back = partial(embedded.serve_again, place)
        engine = create_engine(url, bring_back)
        work_as(engine, role, SCHEMA)
        stack.callback(engine.dispose)
        if not only_looks:
            close_to_others(settings.home)
        with errors_as_ours():
            require_same(settings, engine, only_looks=only_looks)
        yield Database(engine=engine, statements=settings.root / "sql" / "queries")


@contextlib.contextmanager
def database_as_it_is(settings: Settings) -> Iterator[Database]:
    """
    Our database if it answers now: nothing is started, made, waited for or stopped.

    Raises:
        DatabaseError: It does not answer.
        SettingsError: It is the database of another state folder.
    """
    url = settings.database_url or embedded.url_of(find_place(settings.home), embedded.DATABASE)
    engine = create_engine(url)
    try:
        with errors_as_ours():
            require_same(settings, engine, only_looks=True)
        yield Database(engine=engine, statements=settings.root / "sql" / "queries")
    finally:
        engine.dispose()


def create_engine(url: str, bring_back: Callable[[], None] | None = None) -> Engine:
    """
    The way to a server, which waits while it starts or recovers.

    Args:
        bring_back: Starts a server of ours that is gone.
    """
    address = sqlalchemy.make_url(url.replace("postgres://", "postgresql://", 1)).set(drivername="postgresql+psycopg2")
    arguments = {"options": _OPTIONS, "connect_timeout": 10, "application_name": "resolution-monitor"}
    engine = sqlalchemy.create_engine(address, connect_args=arguments, pool_size=2, pool_pre_ping=True)

    def connect(dialect: Any, record: Any, arguments: Any, named: Any) -> Any:
        return connected(lambda: dialect.connect(*arguments, **named), bring_back)

    sqlalchemy.event.listen(engine, "do_connect", connect)
    return engine
