"""A state of many years for the benchmark of growth: a checkout whose ledger begins early, a database of answers."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from resolution_monitor.ask.month_as_known import settled_periods
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.period import parse_period, periods_between
from resolution_monitor.pipeline import Context, open_context, prepare
from resolution_monitor.pipeline.ledger import fill_ledger, fill_periods
from resolution_monitor.score.month.scored_period import scored_period
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
_MONTHS_AT_ONCE = 3
LAST = parse_period("2026-10")
# Codes of two digits that the resolution leaves free.
_FIRST_CODE = 30
MOST_INDICATORS = 100 - _FIRST_CODE
# When the last month had been cut off, before its briefing.
NOW = datetime(2026, 11, 11, 20, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Past:
    """
    A history to be made.

    Attributes:
        begins_on: When the ledger begins.
        bodies: Made bodies beside those of the catalogue.
        indicators: Made monthly indicators of a resolution, each owed by every made body.
    """

    begins_on: date
    bodies: int = 0
    indicators: int = 0


def checkout(folder: Path, past: Past) -> Path:
    """A copy of this checkout in which things are owed from the beginning of the history on, by its bodies too."""
    root = folder / "checkout"
    root.mkdir()
    for part in _PARTS:
        source = PROJECT_ROOT / part
        copied = shutil.copytree(source, root / part) if source.is_dir() else shutil.copy2(source, root / part)
        assert Path(copied).exists()  # noqa: S101
    (root / ".venv").symlink_to((PROJECT_ROOT / ".venv").resolve())
    catalogue = root / "catalogue"
    begins = f'ledger: {{begins_on: "{past.begins_on}"'
    _rewrite(catalogue / "calendars.yaml", _LEDGER_BEGINS, begins)
    if past.bodies:
        _rewrite(catalogue / "bodies" / "province_bodies.yaml", "bodies:\n", "bodies:\n" + _bodies(past.bodies))
        members = "".join(f"      - {_body_id(number)}\n" for number in range(past.bodies))
        _rewrite(catalogue / "bodies" / "groups.yaml", "groups:\n", f"groups:\n{_GROUP}{members}")
        # The shipped schema lets one body lead what a resolution asks for; what many report is scored as well.
        schema, lead = catalogue / "schema" / "resolution.json", '          "lead": {\n            "type": "string",'
        _rewrite(schema, '          "lead",\n          "frequency",', '          "frequency",')
        _rewrite(schema, lead, f'          "bodies": {{"type": "array"}},\n{lead}')
        made = "".join(map(_indicator, range(past.indicators)))
        _rewrite(catalogue / "resolutions" / "NQ72.yaml", "indicators:\n", f"indicators:\n{made}")
    return root


def _rewrite(page: Path, old: str, new: str) -> None:
    text = page.read_text(encoding="utf-8")
    if old not in text:
        raise SystemExit(f"{page} no longer says {old}")
    page.write_text(text.replace(old, new, 1), encoding="utf-8")


def _body_id(number: int) -> str:
    return f"X{number:04}-UBND"


def _bodies(count: int) -> str:
    return "".join(
        f"  - agency_id: {_body_id(number)}\n    kind: province_body\n    parent: T01\n    block: government\n"
        f"    name_vi: Cơ quan số {number:04} của phép đo\n    name_en: Measured body {number:04}\n    aliases: []\n"
        "    source: made by the benchmark\n    confidence: low\n"
        for number in range(count)
    )


_GROUP = """\
  - group_id: MADE
    name_vi: Các cơ quan của phép đo
    name_en: Bodies of the benchmark
    aliases: []
    source: made by the benchmark
    confidence: low
    members:
"""


def _indicator(number: int) -> str:
    return f"""\
  - indicator_id: '72.{_FIRST_CODE + number}'
    name_vi: Chỉ tiêu số {number} của phép đo
    name_en: Measured indicator {number}
    unit: người
    kind: level
    direction: up
    min_step: 0.1
    t0: '2022-12-31'
    baseline: {{value: 0, year: 2022, source: made by the benchmark, confidence: low}}
    targets:
      - {{year: 2028, operator: '>=', value: 100}}
    bodies: [MADE]
    frequency: month
    publication_lag_days: 0
    source: made by the benchmark
    confidence: low
    assumed: [kind, min_step, frequency, publication_lag_days]
"""


def fill(root: Path, home: Path, database_url: str, past: Past) -> None:
    """Bring a database to hold the ledger since that day and an answer to everything in it."""
    settings = replace(
        from_environment({"RESOLUTION_MONITOR_HOME": str(home)}), root=root, database_url=database_url, home=home
    )
    begins = datetime(past.begins_on.year, past.begins_on.month, past.begins_on.day, tzinfo=UTC)
    prepare(settings, begins)
    with open_context(settings, begins) as context:
        # Part by part: what is owed in all of it would not fit into memory with thousands of bodies.
        months = periods_between("month", past.begins_on, LAST.end)
        for place in range(0, len(months), _MONTHS_AT_ONCE):
            some = months[place : place + _MONTHS_AT_ONCE]
            fill_ledger(context, some[0], some[-1])
        _answer(context.database, load_catalogue(root / "catalogue").sha256)
        _as_last_month(replace(context, now=NOW))


def _as_last_month(context: Context) -> None:
    """The ledger as an installation has it that scored the months before."""
    periods = settled_periods(scored_period(context.catalogue, LAST))
    for _ in range(2):
        fill_periods(context, sorted({*periods, LAST}))


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
