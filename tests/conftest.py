"""Servers, state folders and a road for tests: real PostgreSQL always, the machine's own beside the embedded one."""

import contextlib
import gc
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg2
import pytest
from hypothesis import settings as property_settings

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.pipeline import Context, prepare
from resolution_monitor.settings import Settings, from_environment
from resolution_monitor.store import embedded
from resolution_monitor.store.connect import database

# The same examples at every call, so that a red test is red again; `make prove` looks at new ones (HYPOTHESIS_PROFILE).
property_settings.register_profile("same", derandomize=True, deadline=None)
property_settings.register_profile("new", max_examples=1_000, deadline=None, print_blob=True)
property_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

# Thousands of tests and some catalogues live as long as the session: no need to look through them for garbage so often.
gc.freeze()
gc.set_threshold(100_000, 50, 100)

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples" / "inbox"
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)

# PostgreSQL 15 of Debian 12, where it is installed: the oldest version that must pass.
MACHINE_BINARIES = [path for path in sorted(Path("/usr/lib/postgresql").glob("15")) if (path / "bin/initdb").exists()]
# What is ours whatever the server is tried on the embedded one. A module that says EVERY_SERVER passes on all of them:
# statements, what is stored, and one whole road of each kind.
one_server = pytest.mark.parametrize("server", ["embedded"], indirect=True)
# State folder of a server that already runs, for whoever calls tests again and again.
SHARED_SERVER = "SHARED_SERVER"
SERVERS = {"embedded": None, **{f"machine-{path.name}": path for path in MACHINE_BINARIES}}


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests run on the embedded server alone unless their module says EVERY_SERVER, or they name theirs."""
    named = any("server" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if "server" in metafunc.fixturenames and not named and not getattr(metafunc.module, "EVERY_SERVER", False):
        metafunc.definition.add_marker(one_server)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT / "catalogue")


@pytest.fixture(scope="session", params=list(SERVERS))
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[embedded.ServerPlace]:
    """One server a session and kind; every test gets databases of its own on it."""
    shared = os.environ.get(SHARED_SERVER) if request.param == "embedded" else None
    home = Path(shared) if shared else tmp_path_factory.mktemp(f"server-{request.param}")
    for folder in (home, *home.parents):
        if folder != Path("/") and os.geteuid() == 0 and "pytest" in str(folder):
            folder.chmod(0o755)  # pytest closes its folders; the server's account must come through
    with embedded.serving(home, SERVERS[request.param]) as place:
        # Nothing here outlives the machine, so nothing waits for its disk: killed processes lose nothing by it.
        _told(place, "alter system set fsync to off", "alter system set full_page_writes to off")
        _told(place, "select pg_reload_conf()")
        yield place
    if not shared:
        shutil.rmtree(home)


def _told(server: embedded.ServerPlace, *statements: str) -> None:
    """What is done to a server outside every transaction."""
    connection = psycopg2.connect(embedded.url_of(server, "postgres"))
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def new_settings(server: embedded.ServerPlace, home: Path, template: str = "template1") -> Settings:
    """Settings of a state folder with a new database: an empty one, or a copy."""
    name = f"t_{os.urandom(6).hex()}"
    _told(server, f'create database "{name}" template "{template}"')
    base = from_environment({"RESOLUTION_MONITOR_HOME": str(home)})
    # Files that a test lays are whole.
    return replace(base, database_url=embedded.url_of(server, name), quiet_seconds=0.0)


@contextlib.contextmanager
def _passing(server: embedded.ServerPlace, home: Path, template: str = "template1") -> Iterator[Settings]:
    """As new_settings, and the database goes with its test: kept ones filled a disk."""
    settings = new_settings(server, home, template)
    yield settings
    _told(server, f'drop database "{str(settings.database_url).rpartition("/")[2]}" with (force)')


@pytest.fixture
def settings(server: embedded.ServerPlace, tmp_path: Path) -> Iterator[Settings]:
    with _passing(server, tmp_path / "state") as made:
        yield made


@pytest.fixture(scope="session")
def prepared(server: embedded.ServerPlace, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Name of a migrated database that holds the catalogue and nothing else; a copy is ten times as fast."""
    settings = new_settings(server, tmp_path_factory.mktemp("prepared"))
    prepare(settings, NOW)
    return str(settings.database_url).rpartition("/")[2]


@pytest.fixture
def ready(server: embedded.ServerPlace, prepared: str, tmp_path: Path) -> Iterator[Settings]:
    """Settings of a state folder whose database is migrated and holds the catalogue."""
    with _passing(server, tmp_path / "state", prepared) as made:
        yield made


@pytest.fixture
def context(ready: Settings, catalogue: Catalogue) -> Iterator[Context]:
    """A road on an empty, migrated database."""
    with database(ready) as opened:
        yield Context(settings=ready, catalogue=catalogue, database=opened, now=NOW)
