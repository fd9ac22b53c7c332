"""State folder and database know each other, and what they hold: an installation or a demonstration."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import NOW, SAMPLES, new_settings
from installation import monitor

from resolution_monitor.errors import SettingsError
from resolution_monitor.pipeline import Context, open_context, prepare
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.installation import (
    call_demonstration,
    call_installation,
    holds_demonstration,
    require_no_installation,
    require_time_to_run_forwards,
)
from resolution_monitor.settings import Settings
from resolution_monitor.store import embedded
from resolution_monitor.store.connect import database
from resolution_monitor.store.roles import as_purger

BEGINS_AT = datetime(2026, 5, 1, tzinfo=UTC)


def files_below(home: Path) -> list[str]:
    return sorted(path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file())


def test_a_folder_on_anothers_database(server: embedded.ServerPlace, prepared: str, tmp_path: Path):
    """
    With the database of another installation every command is refused, and nothing is read or changed.
    """
    ours, theirs = (new_settings(server, tmp_path / name, prepared) for name in ("ours", "theirs"))
    with database(theirs, only_looks=True) as opened, opened.transaction() as connection:
        as_purger(connection)
        connection.exec_driver_sql("update installation set installation_id = 'another'")
    prepare(ours, NOW)
    prepare(theirs, NOW)
    crossed = replace(ours, database_url=theirs.database_url)

    with pytest.raises(SettingsError, match=r"belongs to .*nothing was read or changed"), open_context(crossed, NOW):
        pass
    with pytest.raises(SettingsError, match=r"belongs to .*nothing was read or changed"):
        prepare(crossed, NOW)
    with open_context(theirs, NOW):
        pass


def test_files_without_an_id_on_a_database_with_one(ready: Settings):
    """
    Files of an unknown folder are not joined to a database that belongs to another.
    """
    (ready.raw_folder / "ab").mkdir(parents=True)
    (ready.raw_folder / "ab" / "cd").touch()

    with pytest.raises(SettingsError, match="holds files and no id"):
        prepare(ready, NOW)


def test_files_whose_database_was_lost(server: embedded.ServerPlace, context: Context):
    """
    An empty database is not begun below files that arrived: it is to be restored.
    """
    prepare(context.settings, NOW)
    collect(context, str(SAMPLES))
    empty = replace(context.settings, database_url=new_settings(server, context.settings.home).database_url)

    with pytest.raises(SettingsError, match="its database is empty; restore"):
        prepare(empty, NOW)


def refused(settings: Settings) -> str:
    """The one sentence by which a demonstration is refused, with nothing written."""
    before = files_below(settings.home)
    done = monitor(settings.home, "demonstrate", DATABASE_URL=str(settings.database_url))

    assert 11 == done.returncode, done.stdout + done.stderr
    assert before == files_below(settings.home)
    assert 1 == len(done.stderr.strip().splitlines())
    assert "nothing was written: name another state folder" in done.stderr
    assert "clean" not in done.stderr
    return done.stderr


def test_a_demonstration_is_refused_on_an_installation(context: Context):
    """
    `make run` on an installation writes nothing, and its receipts do not become made-up ones.
    """
    prepare(context.settings, NOW)
    collect(context, str(SAMPLES))

    assert "holds an installation" in refused(context.settings)
    assert not holds_demonstration(context.database)


def test_a_demonstration_is_refused_on_an_empty_installation(ready: Settings):
    """
    An installation is one before its first file: `make up` says so.
    """
    done = monitor(ready.home, "migrate", "--installation", DATABASE_URL=str(ready.database_url))
    assert 0 == done.returncode, done.stderr

    assert "holds an installation" in refused(ready)


def test_a_demonstration_is_refused_where_files_wait(ready: Settings):
    """
    Where a sender has laid a file, nothing made up is put beside it.
    """
    (ready.inbox_folder / "BYT").mkdir(parents=True)
    (ready.inbox_folder / "BYT" / "report.xlsx").touch()

    assert "holds an installation" in refused(ready)


def test_files_that_wait_are_somebodys(settings: Settings):
    """
    Where nothing was ever loaded and a file waits, no demonstration is begun.
    """
    (settings.inbox_folder / "BYT").mkdir(parents=True)
    require_no_installation(settings)
    (settings.inbox_folder / "BYT" / "report.xlsx").touch()

    with pytest.raises(SettingsError, match="holds an installation"):
        require_no_installation(settings)


def loaded(context: Context, at: datetime) -> None:
    with context.database.transaction() as connection:
        connection.exec_driver_sql("insert into load_step values (%(at)s, 'collect')", {"at": at})


@pytest.mark.parametrize(
    ("first", "is_demonstration"), [(BEGINS_AT, True), (BEGINS_AT + timedelta(days=30), False)], ids=["own", "refused"]
)
def test_a_demonstration_of_before_is_carried_over(context: Context, first: datetime, is_demonstration: bool):
    """
    A manifest and loads of its time make a demonstration; a manifest that a refused one left makes none.
    """
    manifest = context.settings.demonstration_manifest
    manifest.parent.mkdir(parents=True)
    manifest.write_text(json.dumps({"begins_at": BEGINS_AT.isoformat()}))
    loaded(context, first)
    prepare(context.settings, NOW)

    assert is_demonstration == holds_demonstration(context.database)


def test_the_first_mark_stands(context: Context):
    """
    What is a demonstration stays one, whoever serves it.
    """
    call_demonstration(context.settings)
    call_installation(context.settings)

    assert holds_demonstration(context.database)
    loaded(context, BEGINS_AT + timedelta(days=2))
    with pytest.raises(SettingsError, match="time in a database only runs forwards"):
        require_time_to_run_forwards(context.settings, BEGINS_AT)
