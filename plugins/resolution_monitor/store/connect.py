"""The way into PostgreSQL: the server DATABASE_URL names, or the embedded one."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy
from sqlalchemy import Connection, Engine

from resolution_monitor.settings import Settings
from resolution_monitor.store import embedded
from resolution_monitor.store.driver_errors import errors_as_ours
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
def database(settings: Settings, role: str = SERVICE) -> Iterator[Database]:
    """
    Our database, ready for statements; the embedded server runs at least as long as the caller is inside.

    Args:
        role: As whom to work: the service reads and appends, the reader only reads.

    Raises:
        DatabaseError: It cannot be reached or started.
    """
    with contextlib.ExitStack() as stack:
        url = settings.database_url
        if url is None:
            place = stack.enter_context(embedded.serving(settings.home))
            url = embedded.url_of(place, embedded.DATABASE)
        engine = create_engine(url)
        work_as(engine, role, SCHEMA)
        stack.callback(engine.dispose)
        yield Database(engine=engine, statements=settings.root / "sql" / "queries")


def create_engine(url: str) -> Engine:
    address = sqlalchemy.make_url(url.replace("postgres://", "postgresql://", 1)).set(drivername="postgresql+psycopg2")
    arguments = {"options": _OPTIONS, "connect_timeout": 10, "application_name": "resolution-monitor"}
    return sqlalchemy.create_engine(address, connect_args=arguments, pool_size=2, pool_pre_ping=True)
