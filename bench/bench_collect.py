"""Part of `make bench`: bodies' workbooks from the inbox to stored, checked observations, beside the obvious way."""

import argparse
import contextlib
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from corpus import PERIOD, made_catalogue, write_inbox
from loads import copy_and_load
from measure import Measured, measured
from obvious import obvious_way
from page import say, write_part
from server import open_server

from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.collect.inbox import OPERATOR
from resolution_monitor.collect.read import FileReader, guard_files
from resolution_monitor.ledger.closings import NOTHING_CLOSED
from resolution_monitor.ledger.obligations import items_owed
from resolution_monitor.normalise.body_report import understand_report
from resolution_monitor.pipeline import Context, prepare
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.settings import Settings, from_environment
from resolution_monitor.store.catalogue_rows import save_catalogue
from resolution_monitor.store.connect import Database, database

NOW = datetime(2026, 11, 12, 0, 0, tzinfo=UTC)
_CAME_AT = datetime(2026, 11, 5, 3, 0, tzinfo=UTC).timestamp()
TITLE = "## Collect and normalise"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bodies", type=int, default=3_400, help="workbooks in the inbox")
    parser.add_argument("--rows", type=int, default=150, help="indicators in each")
    parser.add_argument("--slice", type=int, default=60, help="workbooks that the obvious way reads")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--page", type=Path, help="page that the tables go into")
    asked = parser.parse_args()
    with _context(asked.bodies, asked.rows) as context:
        inbox = context.settings.home / "inbox"
        size = write_inbox(context.catalogue, inbox, asked.seed)
        for path in inbox.rglob("*.xlsx"):
            os.utime(path, (_CAME_AT, _CAME_AT))
        lines = _table(context, inbox, asked.slice, asked.rows, size)
    say("\n".join(lines))
    if asked.page:
        write_part(asked.page, TITLE, lines)
    return 0


def _table(context: Context, inbox: Path, slice_files: int, rows: int, size: int) -> list[str]:
    paths = sorted(inbox.rglob("*.xlsx"))
    files = len(paths)
    few = paths[:slice_files]
    parts = [
        ("guard alone", *_guard(context.settings, paths), files * rows),
        ("guard and read, one process", *_read(context.settings, few), slice_files * rows),
        ("check, one process", *_check(context, few), slice_files * rows),
    ]
    with measured() as whole:
        collected = collect(context, inbox)
        loaded = normalise(context, None)
    if (collected["new"], loaded["values"]) != (files, files * rows):
        raise SystemExit(f"not everything arrived: {collected}, {loaded}")
    with measured() as again:
        collect(context, inbox)
        unchanged = normalise(context, None)
    if unchanged["changed"]:
        raise SystemExit(f"a second run changed {unchanged['changed']} rows")
    with measured() as obvious:
        stored = obvious_way(few, context.settings.database_url or "", set(context.catalogue.indicators), PERIOD.name)
    if stored != slice_files * rows:
        raise SystemExit(f"the obvious way stored {stored} rows of {slice_files * rows}")
    bare, keyed, ours = copy_and_load(context)
    scaled = obvious.seconds / slice_files * files
    return [
        f"{files} workbooks of {rows} rows, {size / files / 1024:.1f} KB each; Python {platform.python_version()},"
        f" {context.settings.workers} workers on {os.cpu_count()} cores, {_server(context.database)}.",
        "",
        "| step | files | seconds | ms a file | rows a second | CPU seconds | peak MB |",
        "|---|--:|--:|--:|--:|--:|--:|",
        *(_row(name, taken, count, done) for name, taken, count, done in parts),
        _row("**inbox to stored observations**", whole, files, files * rows),
        _row("the same inbox again", again, files, files * rows),
        _row("the obvious way, a slice", obvious, slice_files, slice_files * rows),
        "",
        f"The obvious way scaled to {files} workbooks: {scaled:.0f} s; ours is **{scaled / whole.seconds:.1f} times**"
        " as fast. It opens each workbook by pandas and openpyxl, loops over its rows with a dozen checks, and stores"
        " by to_sql; ours guards, keeps the raw file, makes every check, and keeps sheet and cell of each value.",
        "",
        f"The same {files * rows:,} observations by `\\copy` into an empty unlogged table without keys: {bare:.2f} s;"
        f" into a table with the keys of ours: {keyed:.2f} s; by our load, which holds them against what stands:"
        f" {ours:.2f} s, ratios **{bare / ours:.2f}** and {keyed / ours:.2f}.",
    ]


def _row(name: str, taken: Measured, files: int, rows: int) -> str:
    return (
        f"| {name} | {files} | {taken.seconds:.1f} | {taken.seconds / files * 1000:.1f} | {rows / taken.seconds:,.0f} |"
        f" {taken.cpu_seconds:.1f} | {taken.peak_mb:.0f} |"
    )


def _guard(settings: Settings, paths: list[Path]) -> tuple[Measured, int]:
    with measured() as taken:
        passed = sum(result.refusal is None for result in guard_files(settings, paths))
    if passed != len(paths):
        raise SystemExit(f"{len(paths) - passed} workbooks did not pass the guard")
    return taken, len(paths)


def _read(settings: Settings, paths: list[Path]) -> tuple[Measured, int]:
    with contextlib.closing(FileReader(settings)) as reader:
        list(reader.read_kept(paths[:1]))  # the child's start is paid once for many files
        with measured() as taken:
            count = sum(result.workbook is not None for result in reader.read_kept(paths))
    return taken, count


def _check(context: Context, paths: list[Path]) -> tuple[Measured, int]:
    with contextlib.closing(FileReader(context.settings)) as reader:
        workbooks = [
            (path.parent.name, result.workbook) for path, result in zip(paths, reader.read(paths), strict=True)
        ]
    owed = items_owed(context.catalogue, PERIOD, NOTHING_CLOSED)
    with measured() as taken:
        for sender, workbook in workbooks:
            if workbook is None or sender == OPERATOR:
                raise SystemExit(f"the workbook of {sender} cannot be read")
            understand_report(workbook, context.catalogue, sender, received_at=NOW, owed=lambda period: owed)
    return taken, len(paths)


@contextlib.contextmanager
def _context(bodies: int, rows: int) -> Iterator[Context]:
    """A road over the made catalogue, on an embedded server and in a state folder that go when it is left."""
    with (
        tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder,
        open_server(Path(folder)) as url,
    ):
        base = from_environment({**os.environ, "RESOLUTION_MONITOR_HOME": str(Path(folder) / "home")})
        settings = replace(base, database_url=url)
        catalogue = made_catalogue(load_catalogue(settings.root / "catalogue"), bodies, rows)
        prepare(settings, NOW)
        with database(settings) as opened:
            save_catalogue(opened, catalogue, NOW)
            yield Context(settings=settings, catalogue=catalogue, database=opened, now=NOW)


def _server(opened: Database) -> str:
    with opened.transaction() as connection:
        return "PostgreSQL " + str(connection.exec_driver_sql("show server_version").scalar_one())


if __name__ == "__main__":
    sys.exit(main())
