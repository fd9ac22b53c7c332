"""Errors of the database driver become errors of ours, whoever used it."""

import contextlib
from collections.abc import Iterator

import psycopg2
import sqlalchemy

from resolution_monitor.errors import ConnectionLostError, DatabaseError, StorageError

# PostgreSQL's words when a disk is full; which of them depends on what it was writing.
FULL_DISK_WORDS = ("No space left on device", "Check free disk space")

# What a server says that will answer soon.
_COMING_UP = (
    "the database system is starting up",
    "the database system is not yet accepting connections",
    "the database system is not accepting connections",
    "the database system is in recovery mode",
    "the database system is shutting down",
)
# What is said in the moment before a server listens, or of one that just ended.
# A port that somebody else has taken answers nothing.
_REFUSED = (
    "Connection refused",
    "server closed the connection unexpectedly",
    "Connection reset by peer",
    "timeout expired",
)
# What a connection says whose server is gone, or took the death of another of its processes for a crash.
_LOST = (
    "server closed the connection unexpectedly",
    "terminating connection",
    "connection already closed",
    "could not receive data from server",
    "could not send data to server",
    "no connection to the server",
    "SSL SYSCALL error: EOF detected",
    "Connection reset by peer",
)


def is_coming_up(error: psycopg2.OperationalError, *, refused_too: bool = False) -> bool:
    """
    Whether a connection will be taken in a moment: the server starts, recovers or ends.

    Args:
        refused_too: Whether nobody listening counts as well; only where it is known that a server is on its way.
    """
    words = str(error)
    return any(word in words for word in (*_COMING_UP, *(_REFUSED if refused_too else ())))


@contextlib.contextmanager
def errors_as_ours(*, was_there: bool = False) -> Iterator[None]:
    """
    Turn errors of the driver, ours or Airflow's use of it, into errors of ours.

    Args:
        was_there: The server answered before, so that one which refuses now has ended meanwhile.

    Raises:
        ConnectionLostError: The server ended while it was at work for us.
        DatabaseError: The server went away or refused.
        StorageError: The server's disk is full.
    """
    try:
        yield
    except sqlalchemy.exc.DBAPIError as error:
        raise translated(error.orig, was_there=was_there) from error
    except psycopg2.Error as error:
        raise translated(error, was_there=was_there) from error


def translated(error: BaseException | None, *, was_there: bool = False) -> DatabaseError | StorageError:
    """The driver's error as one sentence of ours."""
    words = " ".join(str(error).split())
    if isinstance(error, psycopg2.errors.DiskFull):
        return StorageError("the database has no room left; free disk space and run again: nothing was lost")
    if _is_lost(error, was_there=was_there):
        return ConnectionLostError(f"the database ended while it was at work for us: {words}; run again")
    if isinstance(error, psycopg2.OperationalError):
        return DatabaseError(f"the database cannot be reached: {words}; check DATABASE_URL and that the server runs")
    return DatabaseError(f"the database refused a statement: {words}")


def _is_lost(error: BaseException | None, *, was_there: bool) -> bool:
    if isinstance(error, psycopg2.OperationalError) and was_there and is_coming_up(error, refused_too=True):
        return True
    return isinstance(error, psycopg2.OperationalError | psycopg2.InterfaceError) and any(
        lost in str(error) for lost in _LOST
    )
