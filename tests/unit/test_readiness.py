"""What the machine lacks is said before anything is begun, and what was done is not done again."""

import errno
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT
from installation import environment_of, monitor

from resolution_monitor import __main__ as door
from resolution_monitor.airflow_host.readiness import FREE_BYTES_NEEDED, Facts, facts_of, refusal_of
from resolution_monitor.errors import DatabaseError, StorageError
from resolution_monitor.store import embedded, embedded_process

sys.path.insert(0, str(ROOT / "setup"))
import set_up

WELL = Facts(place=Path("/srv/monitor"), free_bytes=FREE_BYTES_NEEDED)


@pytest.mark.parametrize(
    ("facts", "code", "words"),
    [
        (
            replace(WELL, unwritable="Read-only file system"),
            21,
            "/srv/monitor cannot be written (Read-only file system)",
        ),
        (
            replace(WELL, free_bytes=FREE_BYTES_NEEDED - 1),
            21,
            "299 MB are free at /srv/monitor, and a run needs 300 MB",
        ),
        (replace(WELL, shared_memory="Permission denied"), 11, "shm cannot be written (Permission denied)"),
        (replace(WELL, missing_libraries=("libpango-1.0.so.0",)), 11, "apt-get install libpango-1.0-0"),
    ],
    ids=["unwritable", "full", "shared memory", "no Pango"],
)
def test_refused_before_it_begins(facts: Facts, code: int, words: str):
    """
    One sentence: what was found, that nothing was begun, what to do; with the exit code of its kind.
    """
    refusal = refusal_of(facts)

    assert refusal is not None
    assert code == refusal.exit_code
    assert words in str(refusal)
    assert "nothing was begun: " in str(refusal)


def test_this_machine_is_ready(tmp_path: Path):
    """
    Where nothing lacks nothing is refused, and looking leaves nothing.
    """
    facts = facts_of(tmp_path / "not" / "yet" / "there")

    assert refusal_of(facts) is None, facts
    assert (tmp_path, []) == (facts.place, list(tmp_path.iterdir()))


@pytest.mark.parametrize(
    "command", [("demonstrate",), ("run", "--period", "2013", "--inbox", "samples/inbox"), ("up",)]
)
def test_a_folder_that_nobody_may_write(command: tuple[str, ...]):
    """
    Below a folder in which even root makes nothing, a command ends at once with 21.
    """
    done = monitor(Path("/proc/self/none"), *command, RESOLUTION_MONITOR_PORT="1")

    assert 21 == done.returncode, done.stderr
    assert 1 == len(done.stderr.strip().splitlines())
    assert "cannot be written" in done.stderr


FULL = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
from resolution_monitor.__main__ import main
sys.argv = ["monitor", "catalogue", "export", sys.argv[1]]
sys.exit(main())
"""


def test_a_disk_that_fills_up(tmp_path: Path):
    """
    Wherever no room is left, the command says so in one sentence and ends with 21.
    """
    environment = {**environment_of(tmp_path), "PYTHONPATH": str(ROOT / "plugins")}
    done = subprocess.run(
        [sys.executable, "-B", "-c", FULL, str(tmp_path / "all.xlsx")],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert 21 == done.returncode, done.stderr
    assert "no room left to write" in done.stderr


def test_a_disk_that_fills_up_where_nobody_thought_of_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """
    Whichever write finds no room, it is the disk's fault and no bug of ours.
    """

    def full(**_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "/srv/monitor/raw")

    monkeypatch.setattr(door, "app", full)

    assert 21 == door._run()
    assert "no room left to write below /srv/monitor/raw" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        ('FATAL:  could not write lock file "postmaster.pid": No space left on device', StorageError, "no room left"),
        (
            'FATAL:  could not create lock file "postmaster.pid": Read-only file system',
            StorageError,
            "cannot be written",
        ),
        ("FATAL:  could not load server certificate", DatabaseError, "did not start"),
    ],
    ids=["full", "unwritable", "else"],
)
def test_why_the_server_did_not_start(tmp_path: Path, said: str, error: type[Exception], words: str):
    """
    A full disk and a folder that cannot be written are told as such, and not as a database that cannot be reached.
    """
    place = embedded.find_place(tmp_path)
    place.home.mkdir()
    place.log.write_text(said)

    with pytest.raises(error, match=words):
        embedded_process._refuse(place, 0)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A set-up whose steps only note that they were called."""
    called: list[str] = []
    (tmp_path / "bin").mkdir()
    (tmp_path / "lock").write_text("package==1.0")
    places = {"VENV": tmp_path, "LOCK": tmp_path / "lock"}
    places |= {"INSTALLED": tmp_path / "installed", "SYNCED": tmp_path / "synced"}
    for name, place in places.items():
        monkeypatch.setattr(set_up, name, place)
    for step in ("make_environment", "install_lock", "provide_pango", "compile_imports"):
        monkeypatch.setattr(set_up, step, lambda step=step: called.append(step))
    return called


def test_pango_comes_before_the_download(checkout: list[str]):
    """
    What only an administrator can mend is seen before half a gigabyte is fetched.
    """
    set_up.run_steps()

    assert ["provide_pango", "make_environment", "install_lock", "compile_imports"] == checkout


def test_packages_are_not_fetched_again(checkout: list[str], tmp_path: Path):
    """
    A set-up that failed after the packages goes on there; other packages, or none, are fetched.
    """
    (tmp_path / "bin" / "python").touch()
    set_up.note_lock(set_up.SYNCED)
    set_up.run_steps()
    (tmp_path / "lock").write_text("package==2.0")
    set_up.run_steps()

    assert 2 + 4 == len(checkout)


def test_too_little_room_for_the_packages(checkout: list[str], monkeypatch: pytest.MonkeyPatch):
    """
    A disk with too little room ends set-up before anything is fetched, with 21.
    """
    monkeypatch.setattr(set_up, "BYTES_NEEDED", 1 << 62)

    assert (21, []) == (set_up.main(), checkout)


def test_a_folder_that_set_up_cannot_write(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """
    A checkout that cannot be written is told in one sentence, with 21.
    """
    monkeypatch.setattr(set_up, "VENV", Path("/proc/self/none"))

    assert 21 == set_up.main()
    assert "cannot be written" in capsys.readouterr().err
    assert not os.path.exists("/proc/self/none")  # noqa: PTH110
