"""Brings our schema to the newest of sql/migrations; a migration that was applied is never changed again."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from resolution_monitor.errors import DatabaseError
from resolution_monitor.store.connect import SCHEMA, Database
from resolution_monitor.store.roles import as_owner

_FIRST_HELD = 35
_LOCK = 7_168_000_001  # any number that is ours: one migration at a time per server


@dataclass(frozen=True, slots=True)
class Migration:
    """One file NNNN_verb_noun.sql."""

    number: int
    name: str
    sha256: str
    text: str


def read_migrations(folder: Path) -> list[Migration]:
    """
    The migrations in order.

    Raises:
        DatabaseError: A file is misnamed, or a number is missing or stands twice.
    """
    migrations: list[Migration] = []
    for path in sorted(folder.glob("*.sql")):
        named = re.fullmatch(r"(\d{4})_[a-z0-9_]+\.sql", path.name)
        if not named or int(named[1]) != len(migrations) + 1:
            raise DatabaseError(f"sql/migrations/{path.name}: expected number {len(migrations) + 1:04}; rename it")
        text = path.read_text(encoding="utf-8")
        digest = hashlib.sha256(text.encode()).hexdigest()
        migrations.append(Migration(number=int(named[1]), name=path.name, sha256=digest, text=text))
    return migrations


def migrate(database: Database, folder: Path) -> list[str]:
    """
    Apply what is missing, in one transaction.

    Returns:
        Names of the migrations applied now; empty when the schema was up to date.

    Raises:
        DatabaseError: An applied migration differs from its file, or the server refuses a statement.
    """
    migrations = read_migrations(folder)
    with database.transaction() as connection:
        as_owner(connection)
        connection.exec_driver_sql("select pg_advisory_xact_lock(%(key)s)", {"key": _LOCK})
        applied = _applied(connection)
        for migration in migrations[: len(applied)]:
            if applied[migration.number] != migration.sha256:
                raise DatabaseError(f"sql/migrations/{migration.name} was changed after it was applied; restore it")
        missing = migrations[len(applied) :]
        for migration in missing:
            _apply(connection, migration)
        if any(migration.number >= _FIRST_HELD for migration in migrations):
            connection.exec_driver_sql("select hold_append_only()")
    if missing:
        database.engine.dispose()  # what was connected before the roles were there works as the owner
    return [migration.name for migration in missing]


def _applied(connection: Connection) -> dict[int, str]:
    connection.exec_driver_sql(f"create schema if not exists {SCHEMA}")
    connection.exec_driver_sql(
        "create table if not exists schema_migration ("
        " number integer primary key, name text not null, sha256 text not null,"
        " applied_at timestamptz not null default now())"
    )
    rows = connection.exec_driver_sql("select number, sha256 from schema_migration order by number")
    return {int(number): str(sha256) for number, sha256 in rows}


def _apply(connection: Connection, migration: Migration) -> None:
    cursor = connection.connection.cursor()  # no parameters: a migration may hold any number of statements
    try:
        cursor.execute(migration.text)
    finally:
        cursor.close()
    connection.exec_driver_sql(
        "insert into schema_migration (number, name, sha256) values (%(number)s, %(name)s, %(sha256)s)",
        {"number": migration.number, "name": migration.name, "sha256": migration.sha256},
    )
