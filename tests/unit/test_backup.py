"""A backup is whole, leaves out what nobody has looked at, and comes back elsewhere with the same rows and files."""

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg2
import pytest
from conftest import NOW, SAMPLES, new_settings, one_server

from resolution_monitor.errors import SettingsError, StorageError
from resolution_monitor.pipeline import Context, back_up, open_context, prepare, restore
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.pipeline.receipts import lay_receipts
from resolution_monitor.pipeline.verify import ProofState, verify
from resolution_monitor.settings import Settings
from resolution_monitor.store import embedded
from resolution_monitor.store.identity import RESTORING

EVERY_SERVER = True
NOT_LOOKED_AT = ("inbox/BYT/waits.xlsx", "closed/ab/doubted", "held/ab/refused", "quarantine/1/unseen")


@contextlib.contextmanager
def asked(url: str) -> Iterator["psycopg2.extensions.cursor"]:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        yield cursor


def rows(url: str, schema: str) -> dict[str, str]:
    """Table -> a hash of all its rows."""
    hashes = {}
    with asked(url) as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = %s", (schema,))
        for (table,) in cursor.fetchall():
            cursor.execute(f'select md5(string_agg(t::text, chr(10) order by t::text)) from {schema}."{table}" as t')
            hashes[table] = cursor.fetchall()[0][0]
    return hashes


def files(home: Path, *names: str) -> dict[str, str]:
    """File -> sha256, below these folders."""
    found = (path for name in names for path in (home / name).rglob("*") if path.is_file())
    return {path.relative_to(home).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


@pytest.fixture
def metadata(server: embedded.ServerPlace, tmp_path: Path) -> str:
    """A database such as Airflow's, on a server."""
    url = str(new_settings(server, tmp_path / "unused").database_url)
    with asked(url) as cursor:
        cursor.execute("create table alembic_version as select 'fa1f' as version_num")
    return url


@pytest.fixture
def used(context: Context, tmp_path: Path) -> Context:
    """An installation that received files, read them and answered; others wait unseen."""
    prepare(context.settings, NOW)
    collect(context, str(SAMPLES))
    (tmp_path / "odd" / "BYT").mkdir(parents=True)
    (tmp_path / "odd" / "BYT" / "broken.xlsx").write_bytes(b"broken")
    collect(context, str(tmp_path / "odd"))
    normalise(context, None)
    lay_receipts(context)
    for name in NOT_LOOKED_AT:
        (context.settings.home / name).parent.mkdir(parents=True, exist_ok=True)
        (context.settings.home / name).touch()
    return context


def test_restored_elsewhere(used: Context, metadata: str, tmp_path: Path):
    """
    From a server into an embedded database of another folder: the same rows, the same files, the same installation.
    """
    made = back_up(used.settings, tmp_path / "backup", metadata, NOW)
    elsewhere = replace(used.settings, home=tmp_path / "elsewhere" / "trạng thái", database_url=None)
    restore(elsewhere, tmp_path / "backup", None)

    assert (0o700, ()) == ((tmp_path / "backup").stat().st_mode & 0o777, made.left_out)
    assert [] == [name for name in made.files if name.removeprefix("files/") in NOT_LOOKED_AT]
    assert files(used.settings.home, "raw", "outbox") == files(elsewhere.home, "raw", "outbox")
    with embedded.serving(elsewhere.home) as place:
        assert rows(str(used.settings.database_url), "monitor") == rows(
            embedded.url_of(place, embedded.DATABASE), "monitor"
        )
        assert rows(metadata, "public") == rows(embedded.url_of(place, embedded.AIRFLOW_DATABASE), "public")
    prepare(elsewhere, NOW)
    with open_context(elsewhere, NOW) as context:
        assert 0 == collect(context, str(SAMPLES))["new"]
        assert [ProofState.KEPT] * 4 + [ProofState.LET_GO] == sorted(proof.state for proof in verify(context))
    embedded.remove(elsewhere.home)


def test_restored_on_a_server(server: embedded.ServerPlace, used: Context, metadata: str, tmp_path: Path):
    """
    Into empty databases of a server, also an older one: the same rows. Databases that hold something are refused.
    """
    back_up(used.settings, tmp_path / "backup", metadata, NOW)
    elsewhere = new_settings(server, tmp_path / "elsewhere")
    second = str(new_settings(server, tmp_path / "unused").database_url)
    restore(elsewhere, tmp_path / "backup", second)

    assert rows(str(used.settings.database_url), "monitor") == rows(str(elsewhere.database_url), "monitor")
    assert rows(metadata, "public") == rows(second, "public")
    with pytest.raises(SettingsError, match="holds an installation already, and nothing was written"):
        restore(replace(elsewhere, home=tmp_path / "third"), tmp_path / "backup", second)
    assert not (tmp_path / "third").exists()


@pytest.fixture
def small(settings: Settings, tmp_path: Path) -> Path:
    """A backup of next to nothing."""
    prepare(settings, NOW)
    (settings.home / "raw" / "ab").mkdir(parents=True)
    (settings.home / "raw" / "ab" / "abcd").write_bytes(b"kept")
    back_up(settings, tmp_path / "backup", settings.database_url, NOW)
    return tmp_path / "backup"


def interrupted(*arguments: object) -> None:
    raise KeyboardInterrupt


@one_server
def test_a_restore_that_was_cut_short(small: Path, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """
    A state folder that is not whole yet is refused to every command; the same restore, called again, makes it whole.
    """
    elsewhere = replace(settings, home=tmp_path / "elsewhere", database_url=None)
    with monkeypatch.context() as cut:
        cut.setattr("resolution_monitor.pipeline.backup.note_id", interrupted)
        with pytest.raises(KeyboardInterrupt):
            restore(elsewhere, small, None)
    assert (elsewhere.home / RESTORING).exists()
    with pytest.raises(SettingsError, match="restore was cut short; call it again"):
        prepare(elsewhere, NOW)
    restore(elsewhere, small, None)
    prepare(elsewhere, NOW)

    assert files(settings.home, "raw") == files(elsewhere.home, "raw")
    embedded.remove(elsewhere.home)


def test_a_backup_that_was_changed(small: Path, settings: Settings, tmp_path: Path):
    """
    Every file is proved before anything is written.
    """
    (small / "files" / "raw" / "ab" / "abcd").write_bytes(b"other")
    elsewhere = replace(settings, home=tmp_path / "elsewhere", database_url=None)
    with pytest.raises(
        StorageError, match=r"1 files of .* were changed, such as files/raw/ab/abcd; nothing was written"
    ):
        restore(elsewhere, small, None)

    assert not elsewhere.home.exists()


def test_nothing_is_overwritten(small: Path, settings: Settings):
    """
    Neither a backup that is there already, nor a state folder that holds something.
    """
    with pytest.raises(SettingsError, match="is there already; name a folder that is not"):
        back_up(settings, small, settings.database_url, NOW)
    with pytest.raises(SettingsError, match="lies in the state folder"):
        back_up(settings, settings.home / "backup", settings.database_url, NOW)
    with pytest.raises(SettingsError, match="holds something already, and nothing was written"):
        restore(settings, small, settings.database_url)


def test_a_lost_airflow_database(tmp_path: Path):
    """
    Airflow's database is made anew, empty; nothing of ours goes with it.
    """
    with embedded.serving(tmp_path / "state") as place, asked(embedded.url_of(place, embedded.DATABASE)) as cursor:
        cursor.execute("create table kept as select 1 as one")
        cursor.execute(f"drop database {embedded.AIRFLOW_DATABASE}")
    with embedded.serving(tmp_path / "state") as place:
        with asked(embedded.url_of(place, embedded.DATABASE)) as cursor:
            cursor.execute("select datname from pg_database")
            assert (embedded.AIRFLOW_DATABASE,) in cursor.fetchall()
        with asked(embedded.url_of(place, embedded.AIRFLOW_DATABASE)) as cursor:
            cursor.execute("select count(*) from pg_tables where schemaname = 'public'")
            assert [(0,)] == cursor.fetchall()
        with asked(embedded.url_of(place, embedded.DATABASE)) as cursor:
            cursor.execute("select one from kept")
            assert [(1,)] == cursor.fetchall()
    embedded.remove(tmp_path / "state")
