"""The serialised load: one time for all rows it brings, noted only when it brought some."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from resolution_monitor.store import queries
from resolution_monitor.store.connect import Database
from resolution_monitor.store.locks import serialise_loads
from resolution_monitor.store.roles import as_owner

# Fewer rows leave what the planner knows as good as it was.
_LARGE_LOAD_ROWS = 200


@dataclass(slots=True)
class LoadStep:
    """
    A load under way.

    Attributes:
        recorded_at: Stamps every row of the load.
        changed_rows: Counted up by whoever writes; zero at the end means the load never happened.
    """

    database: Database
    connection: Connection
    recorded_at: datetime
    changed_rows: int = 0

    def execute(self, name: str, **parameters: object) -> int:
        """Run a statement that may change rows; its recorded_at is the load's."""
        changed = queries.execute(self.database, self.connection, name, recorded_at=self.recorded_at, **parameters)
        self.changed_rows += max(changed, 0)
        return max(changed, 0)


@contextlib.contextmanager
def load_step(database: Database, what: str, now: datetime) -> Iterator[LoadStep]:
    """One transaction that waits for its turn among loads, so that recorded_at grows in order of commit."""
    with database.transaction() as connection:
        serialise_loads(connection)
        recorded_at = queries.scalar(database, connection, "collect/next_recorded_at", now=now)
        step = LoadStep(database=database, connection=connection, recorded_at=recorded_at)
        yield step
        if step.changed_rows:
            queries.execute(database, connection, "collect/insert_load_step", recorded_at=recorded_at, what=what)
        if step.changed_rows >= _LARGE_LOAD_ROWS:
            as_owner(connection)  # the service may not, before PostgreSQL 17; it is the last statement
            queries.execute(database, connection, "collect/refresh_statistics")


def between_loads(database: Database, connection: Connection, now: datetime) -> datetime:
    """Hold up loads until the transaction ends; a moment after all that were recorded."""
    serialise_loads(connection)
    moment: datetime = queries.scalar(database, connection, "collect/next_recorded_at", now=now)
    return moment


@contextlib.contextmanager
def rehearsal(database: Database, now: datetime) -> Iterator[LoadStep]:
    """A load that leaves nothing behind: what it would change can be asked while it is under way."""
    with contextlib.suppress(_RehearsedError), load_step(database, "rehearsal", now) as step:
        yield step
        raise _RehearsedError


class _RehearsedError(Exception):
    """Ends the transaction of a rehearsal."""


def first_load_at(database: Database) -> datetime | None:
    """When the first load was recorded; None before any."""
    with database.transaction() as connection:
        first: datetime | None = queries.scalar(database, connection, "collect/first_load_at")
    return first


def last_load_at(database: Database) -> datetime | None:
    """When the newest load was recorded; None before any."""
    with database.transaction() as connection:
        last: datetime | None = queries.scalar(database, connection, "collect/last_load_at")
    return last
