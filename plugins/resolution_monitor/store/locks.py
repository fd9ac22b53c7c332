"""One run of a kind at a time, across processes and machines that share the database."""

import contextlib
import hashlib
from collections.abc import Iterator

from sqlalchemy import Connection

from resolution_monitor.errors import BusyError
from resolution_monitor.store.connect import Database
from resolution_monitor.store.driver_errors import errors_as_ours

_LOAD = 7_168_000_002


def _key(name: str) -> int:
    """A name as the signed 64-bit number that advisory locks take."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)


@contextlib.contextmanager
def exclusive(database: Database, name: str) -> Iterator[None]:
    """
    Hold a named lock while inside; it goes with the connection, so a killed process leaves none behind.

    Raises:
        BusyError: Somebody else holds it.
    """
    with errors_as_ours(), database.engine.connect() as connection:
        # Left by an error, the connection is closed instead of being used again, and the lock goes with it.
        connection.detach()
        taken = connection.exec_driver_sql("select pg_try_advisory_lock(%(key)s)", {"key": _key(name)}).scalar()
        connection.commit()
        if not taken:
            raise BusyError(f"{name} is already under way; wait until it ends, then run again if still needed")
        yield
        connection.exec_driver_sql("select pg_advisory_unlock(%(key)s)", {"key": _key(name)})
        connection.commit()


@contextlib.contextmanager
def in_turn(database: Database, name: str) -> Iterator[None]:
    """
    Hold a named lock while inside, after whoever held it before.

    Raises:
        DatabaseError: The turn did not come within the lock_timeout of the connection.
    """
    with errors_as_ours(), database.engine.connect() as connection:
        connection.detach()
        connection.exec_driver_sql("select pg_advisory_lock(%(key)s)", {"key": _key(name)})
        connection.commit()
        yield
        connection.exec_driver_sql("select pg_advisory_unlock(%(key)s)", {"key": _key(name)})
        connection.commit()


def serialise_loads(connection: Connection) -> None:
    """Wait for the turn to load; held until the transaction ends."""
    connection.exec_driver_sql("select pg_advisory_xact_lock(%(key)s)", {"key": _LOAD})
