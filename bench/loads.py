"""What a bare COPY of the stored observations takes, beside our own load of the same rows."""

import io
import itertools
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace

from server import new_database

from resolution_monitor.pipeline import Context, prepare
from resolution_monitor.store.catalogue_rows import save_catalogue
from resolution_monitor.store.connect import Database, database
from resolution_monitor.store.embedded_place import wheel_binaries
from resolution_monitor.store.grains import GRAINS
from resolution_monitor.store.load_step import load_step
from resolution_monitor.store.reading_rows import StoredReading, save_readings

_FILES_A_LOAD = 500
_COLUMNS = ", ".join(GRAINS["observation"].columns)
_STAGED = f"select {_COLUMNS} from observation order by submission_id"  # noqa: S608 - our own names
_BARE = f"create unlogged table bare_copy as select {_COLUMNS} from observation with no data"  # noqa: S608 - our own names
_KEYED = (
    "alter table keyed_copy alter column is_retraction set default false,"
    " alter column recorded_at set default now(), add foreign key (submission_id) references submission"
)


def copy_and_load(context: Context) -> tuple[float, float, float]:
    """
    Seconds of the same rows into an empty database.

    Returns:
        By psql's \\copy into a bare unlogged table; by it into a table with the keys of ours; by our load.
    """
    rows = _text(context.database, _STAGED)
    submissions = _text(context.database, "select * from submission")
    url = new_database(context.settings.database_url or "")
    # A state folder of its own: files that arrived are refused on an empty database.
    settings = replace(context.settings, database_url=url, home=context.settings.home.with_name("fresh"))
    prepare(settings, context.now)
    with database(settings) as fresh:
        save_catalogue(fresh, context.catalogue, context.now)
        _fill(fresh, "submission", submissions)
        _make_tables(fresh)
        bare, keyed = (_copy_by_psql(url, table, rows) for table in ("bare_copy", "keyed_copy"))
        readings = list(_readings(rows, context.catalogue.sha256))
        began = time.perf_counter()
        for start in range(0, len(readings), _FILES_A_LOAD):
            with load_step(fresh, "bench", context.now) as step:
                save_readings(step, readings[start : start + _FILES_A_LOAD])
        return bare, keyed, time.perf_counter() - began


def _make_tables(fresh: Database) -> None:
    with fresh.transaction() as connection:
        connection.exec_driver_sql(_BARE)
        connection.exec_driver_sql("create table keyed_copy (like observation including all)")
        connection.exec_driver_sql(_KEYED)


def _copy_by_psql(url: str, table: str, rows: str) -> float:
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8") as file:
        file.write(rows)
        file.flush()
        began = time.perf_counter()
        command = f"\\copy monitor.{table} ({_COLUMNS}) from '{file.name}' (format csv)"
        subprocess.run([str(wheel_binaries() / "bin" / "psql"), url, "-qc", command], check=True)
        return time.perf_counter() - began


def _readings(rows: str, catalogue_sha256: str) -> Iterator[StoredReading]:
    by_submission = itertools.groupby(
        rows.splitlines(keepends=True), lambda line: int(line.partition(",")[0].strip('"'))
    )
    for submission_id, lines in by_submission:
        told = {"observation": "".join(lines)}
        yield StoredReading(submission_id, "accepted", ["2026-10"], catalogue_sha256=catalogue_sha256, lines=told)


def _text(opened: Database, query: str) -> str:
    buffer = io.StringIO()
    with opened.transaction() as connection, connection.connection.cursor() as cursor:
        cursor.copy_expert(f"copy ({query}) to stdout (format csv, force_quote *)", buffer)
    return buffer.getvalue()


def _fill(fresh: Database, table: str, text: str) -> None:
    with fresh.transaction() as connection, connection.connection.cursor() as cursor:
        cursor.copy_expert(f"copy {table} from stdin (format csv)", io.StringIO(text))
