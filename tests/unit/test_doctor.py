"""The doctor: each thing that can be wrong with an installation is broken in a copy, and named."""

import fcntl
import json
import os
import shutil
import signal
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import ROOT
from installation import alive, free_port, monitor, wait_for

from resolution_monitor.airflow_host.examine_machine import examine_machine
from resolution_monitor.airflow_host.examine_stores import examine_stores
from resolution_monitor.ask import installation, installation_stores
from resolution_monitor.ask.installation import Verdict
from resolution_monitor.pipeline import prepare
from resolution_monitor.settings import Settings, from_environment
from resolution_monitor.store import embedded

NOW = datetime.now(UTC)
COPIED = ("catalogue", "dags", "sql", "report_templates")


@pytest.fixture
def copy(tmp_path: Path) -> Settings:
    """A checkout of its own to break, with a state folder that is not there yet."""
    root = tmp_path / "checkout"
    for folder in COPIED:
        shutil.copytree(ROOT / folder, root / folder)
    (root / "plugins").mkdir()
    for file in ("plugins/.airflowignore", "requirements.txt"):
        shutil.copy(ROOT / file, root / file)
    environment = {"RESOLUTION_MONITOR_HOME": str(tmp_path / "state"), "RESOLUTION_MONITOR_PORT": str(free_port())}
    return from_environment(environment, root)


def examined(settings: Settings) -> Iterator[Verdict]:
    yield from examine_machine(settings)
    yield from examine_stores(settings, {}, lambda: datetime.now(UTC))


def seen(settings: Settings, check: str) -> Verdict:
    """The verdict of one check; what comes later is not looked at."""
    return next(verdict for verdict in examined(settings) if verdict.check == check)


def test_nothing_wrong(copy: Settings):
    """
    A fresh checkout has no problem, and looking at it makes no state folder.
    """
    verdicts = list(examined(copy))

    assert [] == [verdict for verdict in verdicts if not verdict.is_ok]
    assert 14 == len(verdicts)
    assert not copy.home.exists()
    assert "briefing_state_budget" in verdicts[-1].text


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def open_to_all(home: Path) -> None:
    home.mkdir()
    home.chmod(0o755)


def open_secret(home: Path) -> None:
    (home / "airflow").mkdir(parents=True)
    home.chmod(0o700)
    (home / "airflow" / "secret").write_text("x")
    (home / "airflow" / "secret").chmod(0o644)


@pytest.mark.parametrize(
    ("check", "breaking", "words"),
    [
        ("packages", lambda s: append(s.root / "requirements.txt", "no-such-package==1.0 \\\n"), "no-such-package"),
        ("packages", lambda s: (s.root / "requirements.txt").write_text("typer==0.0.1 \\\n"), "another version"),
        ("fonts", lambda s: (s.root / "report_templates/_shared/fonts/Tinos-Bold.ttf").unlink(), "Tinos-Bold.ttf"),
        ("fonts", lambda s: (s.root / "report_templates/_shared/fonts/Tinos-Bold.ttf").write_bytes(b"x"), "changed"),
        ("fonts", lambda s: (s.root / "report_templates/_shared/fonts/SHA256SUMS").unlink(), "SHA256SUMS"),
        ("plugins/.airflowignore", lambda s: (s.root / "plugins/.airflowignore").unlink(), "resolution_monitor/"),
        ("state folder", lambda s: open_to_all(s.home), "0755"),
        ("state folder", lambda s: open_secret(s.home), "airflow/secret"),
        ("catalogue", lambda s: append(s.root / "catalogue/checks.yaml", "wrong: 1\n"), "checks.yaml"),
        ("catalogue", lambda s: (s.root / "catalogue/indicators.yaml").unlink(), "indicators.yaml"),
        ("catalogue", lambda s: (s.root / "report_templates/bulletin_day/report.yaml").unlink(), "bulletin_day"),
        ("map", lambda s: s.map_path.write_text("{}"), "provinces34"),
        ("map", lambda s: s.map_path.unlink(), "provinces34"),
        (
            "DAGs",
            lambda s: (s.root / "dags/broken.py").write_text("from airflow.sdk import dag\nimport none_such\n"),
            "none_such",
        ),
    ],
)
def test_broken(copy: Settings, check: str, breaking: object, words: str):
    """
    What is broken is a problem of its own check, named, with what to do.
    """
    assert callable(breaking)
    breaking(copy)

    verdict = seen(copy, check)

    assert not verdict.is_ok
    assert words in f"{verdict.text} {verdict.action}"
    assert verdict.action


def test_taken_port(copy: Settings):
    """
    A port on which somebody else listens is a problem.
    """
    with socket.socket() as other:
        other.bind(("127.0.0.1", copy.port))
        other.listen()
        verdict = seen(copy, "port")

    assert not verdict.is_ok
    assert f"port {copy.port} is taken" in verdict.text


def test_unreachable_database(copy: Settings):
    """
    A server that does not answer is named with the driver's reason.
    """
    verdict = seen(replace(copy, database_url="postgresql://nobody:nothing@127.0.0.1:9/none"), "database")

    assert not verdict.is_ok
    assert "cannot be reached" in verdict.text
    assert "DATABASE_URL" in verdict.action


def test_database_before_and_after_migration(copy: Settings, settings: Settings):
    """
    An empty database lacks migrations, and stays empty when looked at; a migrated one is well.
    """
    ours = replace(copy, database_url=settings.database_url)
    empty = seen(ours, "database")
    prepare(ours, NOW)
    migrated = seen(ours, "database")

    assert (False, "./monitor migrate") == (empty.is_ok, empty.action)
    assert "0001" in empty.text
    assert migrated.is_ok, migrated.text


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (installation.python_verdict((3, 10)), "Python 3.10"),
        (installation.pango_verdict(["libpango-1.0.so.0"]), "libpango"),
        (installation.time_zone_verdict(is_found=False), "Asia/Ho_Chi_Minh"),
        (installation.disk_verdict(Path("/srv"), 1024**3), "1.0 GB free at /srv"),
        (installation.disk_verdict(Path("/srv"), 1024**4, is_read_only=True), "/srv is mounted read-only"),
        (installation.served_port_verdict(7, 8080, ["scheduler"]), "not healthy: scheduler"),
        (installation_stores.database_verdict("", 140002, []), "PostgreSQL 14"),
        (installation_stores.clock_verdict(NOW, NOW + timedelta(minutes=5)), "differ by 300 s"),
        (installation_stores.metadata_verdict("refused", is_current=False), "refused"),
        (installation_stores.metadata_verdict("", is_current=False), "older than the installed Airflow"),
        (installation_stores.dags_verdict({}, []), "no DAG at all"),
        (installation_stores.schedule_verdict({"briefing": []}), "never run by themselves: briefing"),
    ],
)
def test_what_a_test_cannot_break(verdict: Verdict, words: str):
    """
    What belongs to the whole machine is judged from what is seen of it.
    """
    assert not verdict.is_ok
    assert words in verdict.text
    assert verdict.action


def test_lock_with_markers():
    """
    A package that the lock wants on some machines only may be missing; its other version on those may differ.
    """
    lock = 'one==1.0\ntwo==2.0 ; sys_platform == "win32"\nTh_ree[x]==3.0 ; python < "3.12"\nth-ree==3.1 ; python\n'

    assert installation.packages_verdict(lock, {"One": "1.0", "Th.Ree": "3.1"}).is_ok
    assert not installation.packages_verdict(lock, {"One": "1.0", "Th.Ree": "3.2"}).is_ok


def test_the_command_says_it(tmp_path: Path):
    """
    The command ends with 60 when there is something to mend, and says it as JSON, too.
    """
    open_to_all(tmp_path / "state")
    done = monitor(tmp_path / "state", "doctor", "--format", "json", RESOLUTION_MONITOR_PORT=str(free_port()))

    told = {verdict["check"]: verdict for verdict in json.loads(done.stdout)}
    assert 60 == done.returncode, done.stderr
    assert ["state folder"] == [check for check, verdict in told.items() if not verdict["is_ok"]]
    assert "chmod 700" in told["state folder"]["action"]


def everything(home: Path) -> dict[str, tuple[int, bytes]]:
    """Every file and folder below a folder, with its mode and content."""
    found = sorted(home.rglob("*"))
    return {str(path): (path.stat().st_mode, path.read_bytes() if path.is_file() else b"") for path in found}


def test_looking_changes_nothing(copy: Settings):
    """
    An embedded server that does not run is not started for the question, nor is anything written.
    """
    with embedded.serving(copy.home):
        pass
    before = everything(copy.home)
    verdicts = {verdict.check: verdict for verdict in examined(copy)}

    assert verdicts["embedded server"].is_ok
    assert "whoever needs it starts it" in verdicts["embedded server"].text
    assert before == everything(copy.home)
    assert [] == alive(copy.home)
    embedded.remove(copy.home)


def test_a_server_left_behind_is_left_alone(copy: Settings):
    """
    One that runs is asked, and runs afterwards; one that was killed is named with its cause, and not started.
    """
    with embedded.serving(copy.home) as place:
        prepare(copy, NOW)
        answered = {verdict.check: verdict for verdict in examined(copy)}
        pid = embedded.server_pid(place)
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        wait_for("its end", lambda: embedded.server_pid(place) is None, 5)
        (copy.home / "up.lock").write_text(f"{os.getpid()} 1\n")
        with (copy.home / "up.lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            killed = seen(copy, "embedded server")
        is_started = embedded.server_pid(place) is not None

    assert answered["embedded server"].is_ok
    assert answered["database"].is_ok, answered["database"].text
    assert (False, False) == (killed.is_ok, is_started)
    assert "it was killed, or the machine stopped" in killed.text
    embedded.remove(copy.home)


def test_a_server_that_cannot_start_is_named(copy: Settings):
    """
    The cause is told in the server's own words.
    """
    with embedded.serving(copy.home) as place:
        pass
    with place.log.open("a") as log:
        log.write('2026-12-01 UTC [1] FATAL:  could not write lock file "postmaster.pid": No space left on device\n')
    verdict = seen(copy, "embedded server")

    assert not verdict.is_ok
    assert "No space left on device" in verdict.text
    embedded.remove(copy.home)
