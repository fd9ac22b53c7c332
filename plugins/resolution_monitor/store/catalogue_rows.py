"""The catalogue's tables: what changed is appended, what was removed is ended, loading twice changes nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.store import queries
from resolution_monitor.store.bulk import copy_rows
from resolution_monitor.store.catalogue_tables import TABLES, Row, Table
from resolution_monitor.store.connect import Database
from resolution_monitor.store.load_step import LoadStep, load_step


def save_catalogue(database: Database, catalogue: Catalogue, now: datetime) -> int:
    """Bring the catalogue's tables up to date; the number of rows appended."""
    with load_step(database, "catalogue", now) as step:
        for table in TABLES:
            _save(step, table, list(table.rows(catalogue)))
        return step.changed_rows


def _save(step: LoadStep, table: Table, entries: Sequence[Row]) -> None:
    def key(row: Row) -> tuple[Any, ...]:
        return tuple(row[name] for name in table.key)

    stored = queries.rows(step.database, step.connection, f"catalogue/newest_{table.name}")
    newest = {key(row): dict(row) for row in stored}
    given = {key(entry): {**entry, "is_ended": False} for entry in entries}
    changed = [entry for name, entry in given.items() if newest.get(name) != entry]
    ended = [{**row, "is_ended": True} for name, row in newest.items() if name not in given and not row["is_ended"]]
    rows = [{**row, "recorded_at": step.recorded_at} for row in (*changed, *ended)]
    if rows:
        columns = list(rows[0])
        copy_rows(step.connection, table.name, columns, ([row[column] for column in columns] for row in rows))
        step.changed_rows += len(rows)
