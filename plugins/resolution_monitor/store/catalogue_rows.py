"""The catalogue's tables: what changed is appended, what was removed is ended, loading twice changes nothing."""

from datetime import datetime

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.store.catalogue_tables import TABLES
from resolution_monitor.store.connect import Database
from resolution_monitor.store.load_step import load_step
from resolution_monitor.store.versions import merge, version_lines


def save_catalogue(database: Database, catalogue: Catalogue, now: datetime) -> int:
    """Bring the catalogue's tables up to date; the number of rows appended."""
    with load_step(database, "catalogue", now) as step:
        for table, rows_of in TABLES.items():
            merge(step, table, version_lines(table, rows_of(catalogue)))
        return step.changed_rows
