"""A state of many years for the benchmark of growth: a checkout whose ledger begins early, a database of answers."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.period import parse_period
from resolution_monitor.pipeline import open_context, prepare
from resolution_monitor.pipeline.ledger import fill_ledger
from resolution_monitor.settings import PROJECT_ROOT, from_environment
from resolution_monitor.store.connect import Database
from resolution_monitor.store.roles import as_owner

_PARTS = (
    "plugins",
    "catalogue",
    "sql",
    "report_templates",
    "setup",
    "monitor",
    "requirements.txt",
    "requirements.in",
    "Makefile",
)
_LEDGER_BEGINS = 'ledger: {begins_on: "2026-05-01"'
LAST = parse_period("2026-10")
# When the last month had been cut off, before its briefing.
NOW = datetime(2026, 11, 11, 20, 0, tzinfo=UTC)


def checkout(folder: Path, first_year: int) -> Path:
    """A copy of this checkout in which things are owed from the beginning of that year on."""
    root = folder / "checkout"
    root.mkdir()
    for part in _PARTS:
        source = PROJECT_ROOT / part
        copied = shutil.copytree(source, root / part) if source.is_dir() else shutil.copy2(source, root / part)
        assert Path(copied).exists()  # noqa: S101
    (root / ".venv").symlink_to((PROJECT_ROOT / ".venv").resolve())
    calendars = root / "catalogue" / "calendars.yaml"
    text = calendars.read_text(encoding="utf-8")
    if _LEDGER_BEGINS not in text:
        raise SystemExit(f"{calendars} no longer says {_LEDGER_BEGINS}")
    calendars.write_text(text.replace(_LEDGER_BEGINS, f'ledger: {{begins_on: "{first_year}-01-01"'), encoding="utf-8")
    return root


def fill(root: Path, home: Path, database_url: str, first_year: int) -> None:
    """Bring a database to hold the ledger since that year and an answer to everything in it."""
    settings = replace(
        from_environment({"RESOLUTION_MONITOR_HOME": str(home)}), root=root, database_url=database_url, home=home
    )
    begins = datetime(first_year, 1, 1, tzinfo=UTC)
    prepare(settings, begins)
    with open_context(settings, begins) as context:
        fill_ledger(context, parse_period(f"{first_year}-01"), LAST)
        _answer(context.database, load_catalogue(root / "catalogue").sha256)


def _answer(database: Database, catalogue_sha256: str) -> None:
    text = (Path(__file__).parent / "growth_history.sql").read_text(encoding="utf-8")
    with database.transaction() as connection, connection.connection.cursor() as cursor:
        as_owner(connection)  # the statements set sequences on
        for statement in _statements(text):
            cursor.execute(statement, {"catalogue_sha256": catalogue_sha256, "until": NOW})
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.detach()
        connection.exec_driver_sql("set role none")
        connection.exec_driver_sql("vacuum analyze")


def _statements(text: str) -> Iterator[str]:
    return (part for part in text.split(";\n") if part.strip())
