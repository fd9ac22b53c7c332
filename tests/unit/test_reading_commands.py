"""A command that only asks works as the database's reader, who can change nothing; who may write is listed."""

import ast
from collections.abc import Iterator

import pytest
from conftest import NOW, ROOT
from sql.test_append_only import append, forbidden, refusal, tables
from typer.testing import CliRunner
from unit.body_reports import OCTOBER, good_report

from resolution_monitor.__main__ import app
from resolution_monitor.commands.opened import opened_context, opened_to_write
from resolution_monitor.exchange.plain import report_csv
from resolution_monitor.pipeline import Context
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.pipeline.score import score
from resolution_monitor.settings import Settings
from resolution_monitor.store.roles import READER, SERVICE

COMMANDS = ROOT / "plugins" / "resolution_monitor" / "commands"
# What notes something: decisions of named persons, and the two that fill the ledger of what is owed before they tell.
WRITERS = {
    *("accept", "answer_question", "correct", "names", "purge", "rebaseline", "reopen", "reread", "retract"),
    *("verified", "verify_document", "waive", "_decide", "missing", "status"),
}
BODY = ("--agency", "BYT", "--period", "2026-10")
OCTOBER_ALONE = ("--period", "2026-10")
READERS: tuple[tuple[str, ...], ...] = (
    ("changes", *BODY),
    ("documents", *OCTOBER_ALONE),
    ("editions",),
    ("explain", *BODY, "--indicator", "72.04"),
    ("findings", *OCTOBER_ALONE),
    ("lag", "--resolution", "72", *OCTOBER_ALONE),
    ("marked",),
    ("names",),
    ("needed", *OCTOBER_ALONE),
    ("official", *OCTOBER_ALONE),
    ("questions", *OCTOBER_ALONE),
    ("reliability",),
    ("scores", "--level", "agency", *OCTOBER_ALONE),
    ("scores", "--level", "agency", "--run", "1", *OCTOBER_ALONE),
    ("tiers", *OCTOBER_ALONE),
    ("to-verify", *OCTOBER_ALONE),
    ("verifications", *OCTOBER_ALONE),
    ("verify",),
)


@pytest.fixture
def home(ready: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """The environment of commands that ask this installation."""
    monkeypatch.setenv("RESOLUTION_MONITOR_HOME", str(ready.home))
    monkeypatch.setenv("DATABASE_URL", str(ready.database_url))
    return ready


@pytest.mark.usefixtures("home")
def test_whoever_asks_can_write_nothing():
    """
    In every table the database refuses to append, change and remove; whoever notes something works as the service.
    """
    with opened_context() as context, context.database.transaction() as connection:
        assert READER == connection.exec_driver_sql("select current_user").scalar()
        for table, _, _, columns in tables(connection):
            for one in (append(table, columns), *forbidden(table, columns[:1])):
                assert "permission denied" in refusal(connection, one), one
    with opened_to_write() as context, context.database.transaction() as connection:
        assert SERVICE == connection.exec_driver_sql("select current_user").scalar()


def test_every_command_that_asks_is_answered(context: Context, monkeypatch: pytest.MonkeyPatch, tmp_path):
    """
    The reader's rights are enough for each of them, on a month that was reported and scored.
    """
    folder = context.settings.inbox_folder / "BYT"
    folder.mkdir(parents=True)
    (folder / "a.csv").write_bytes(report_csv(good_report(period=OCTOBER)))
    collect(context, context.settings.inbox_folder)
    normalise(context, OCTOBER)
    score(context, "resolutions_month", OCTOBER)
    monkeypatch.setenv("RESOLUTION_MONITOR_HOME", str(context.settings.home))
    monkeypatch.setenv("DATABASE_URL", str(context.settings.database_url))
    asked = (*READERS, ("template", *BODY, "--out", str(tmp_path / "a.xlsx")))
    failed = {one: done for one in asked if (done := CliRunner().invoke(app, one)).exit_code}

    assert {} == {one: repr(done.exception) for one, done in failed.items()}
    assert NOW.year == OCTOBER.end.year


def test_who_may_write_is_listed():
    """
    A command opens the database to write only where it is on the list.
    """
    found = {
        function.name
        for path in COMMANDS.glob("*.py")
        for function in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(function, ast.FunctionDef) and path.stem != "opened"
        if any(isinstance(part, ast.Name) and part.id == "opened_to_write" for part in ast.walk(function))
    }

    assert WRITERS == found
