"""The children that meet foreign bytes are let to attack, as root's and as an ordinary user's: nothing works."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

from resolution_monitor.airflow_host import examine_children
from resolution_monitor.pipeline.children import Attacked
from resolution_monitor.sandbox import call_filter
from resolution_monitor.sandbox.attacks import ATTACKS
from resolution_monitor.sandbox.confine import READER_UID, Protections, is_open_to_others
from resolution_monitor.sandbox.system_calls import _MACHINES, RECKONING, WITH_FILES, WITH_THREADS
from resolution_monitor.sandbox.warm_child import WarmChild, child_environment
from resolution_monitor.settings import Settings, from_environment
from resolution_monitor.store.embedded_place import _server_account

ORDINARY_UID = 12345
KINDS = ("reader", "answers", "renderer")
OF_FILES = {"read a secret", "read /etc/passwd", "list a folder", "read the starter's environment"}
HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def python() -> Iterator[str]:
    """An interpreter with our packages that any account may start; ours may lie in a closed folder."""
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    bases = (Path(sys.base_prefix) / "bin" / version, Path("/usr/bin") / version)
    base = next((path for path in bases if path.exists() and is_open_to_others(path)), None)
    if base is None or not is_open_to_others(ROOT):
        pytest.skip("no Python and checkout here that another account could enter")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        subprocess.run([base, "-m", "venv", "--without-pip", folder], check=True)
        (packages,) = (path for path in sys.path if path.endswith("site-packages"))
        (Path(folder) / "lib" / version / "site-packages" / "ours.pth").write_text(packages)
        yield f"{folder}/bin/python"


def told(command: list[str], uid: int, **environment: str) -> dict:
    account = {"user": uid, "group": uid, "extra_groups": []} if os.geteuid() == 0 and uid else {}
    given = {"PYTHONPATH": f"{ROOT}/plugins", "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **environment}
    done = subprocess.run(command, env=given, capture_output=True, text=True, check=False, cwd="/", **account)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def attacked(python: str, uid: int, *lacking: str, **environment: str) -> dict:
    return told([python, str(HERE / "attacked.py"), "closed", *lacking], uid, **environment)


def succeeded(one: dict) -> set[str]:
    return {name for name, outcome in one["attacks"].items() if outcome == "done"}


def test_attacks_work_where_nothing_is_given_up(python: str):
    """
    A process that gives up nothing does all of it as an ordinary user: what is refused later, a child refuses itself.
    """
    outcomes = told([python, str(HERE / "attacked.py"), "open"], ORDINARY_UID)

    assert outcomes.keys() == ATTACKS.keys()
    assert {"enter a namespace"} >= {name for name, outcome in outcomes.items() if outcome != "done"}
    assert len(ATTACKS) >= 11


@pytest.mark.parametrize("uid", [0, ORDINARY_UID], ids=["root", "ordinary"])
def test_no_attack_works(python: str, uid: int):
    """
    Not one attack of a reader, an answering child or a renderer works, whoever runs us.
    """
    found = attacked(python, uid)

    assert set(KINDS) == found.keys()
    for kind, one in found.items():
        assert ATTACKS.keys() == one["attacks"].keys()
        assert set() == succeeded(one), kind
        assert one["protections"]["has_filter"]
        assert (READER_UID if uid == 0 == os.geteuid() else uid or os.geteuid()) == one["protections"]["uid"]


def test_a_page_is_the_same_whoever_renders_it(python: str):
    """
    The renderer writes the same bytes for root, below closed folders or not, and for an ordinary user.
    """
    asked = [str(HERE / "attacked.py"), "page"]
    pages = [told([sys.executable, *asked], 0), told([python, *asked], 0), told([python, *asked], ORDINARY_UID)]

    assert 1 == len(set(map(str, pages)))


def test_root_below_a_closed_folder():
    """
    Where root's Python lies in a folder that is closed to others, the children still can do nothing.
    """
    found = told([sys.executable, str(HERE / "attacked.py"), "closed"], 0)

    assert [set()] * 3 == [succeeded(one) for one in found.values()]


@pytest.mark.parametrize("lacking", ["landlock", "touching landlock", "setgroups"])
@pytest.mark.parametrize("uid", [0, ORDINARY_UID], ids=["root", "ordinary"])
def test_kernel_without_landlock(python: str, uid: int, lacking: str):
    """
    Without Landlock, even where touching it kills, the reader stays closed; the others see files and nothing else.
    """
    found = attacked(python, uid, lacking)

    assert set() == succeeded(found["reader"])
    for kind in KINDS[1:]:
        changes = {"write a file", "empty a file", "remove a file"}
        assert succeeded(found[kind]) <= (set() if lacking == "setgroups" else OF_FILES | changes)


def test_kernel_without_anything(python: str):
    """
    Where the kernel closes nothing, an ordinary user's files are not read, in one sentence, unless a setting allows it.
    """
    refused = attacked(python, ORDINARY_UID, "landlock", "seccomp")
    allowed = attacked(python, ORDINARY_UID, "landlock", "seccomp", RESOLUTION_MONITOR_UNPROTECTED="allow")

    assert "RESOLUTION_MONITOR_UNPROTECTED=allow" in refused["refused"]
    assert "\n" not in refused["refused"]
    assert {"remove a file", "change rights", "signal the starter"} <= succeeded(allowed["reader"])


def test_no_server_runs_as_the_reader():
    """
    PostgreSQL has another account than the child that meets foreign bytes.
    """
    assert READER_UID != _server_account().pw_uid


def test_doctor_tells_what_holds(monkeypatch: pytest.MonkeyPatch):
    """
    The doctor has real children attack: what holds them is named, and what they could do where nothing does.
    """
    settings = from_environment({"RESOLUTION_MONITOR_HOME": "/nonexistent/state"})

    verdicts = list(examine_children.examine_children(settings))
    monkeypatch.setattr(examine_children, "attacked_children", _nothing_holds)
    (trouble,) = examine_children.examine_children(settings)

    assert [True] * 3 == [verdict.is_ok for verdict in verdicts]
    assert "reader: files, network, processes closed (seccomp; Landlock ABI " in verdicts[0].text
    assert "reader (uid 12345) can do what it must not: fork" in trouble.text
    assert trouble.action


def _nothing_holds(settings: Settings) -> dict[str, Attacked]:
    nothing = Protections(has_filter=False, landlock=0, uid=ORDINARY_UID, was_root=False)
    return {"reader": Attacked(nothing, {"fork": "done", "listen": "EPERM"})}


@pytest.fixture
def counting() -> Iterator[WarmChild]:
    environment = {**child_environment(), "PYTHONPATH": f"{ROOT}/plugins:{ROOT}/tests"}
    # Deadline of a question: 2 * seconds + 10.
    child = WarmChild("hostile.counting_child", ["3"], environment, seconds=-4.5)
    yield child
    child.stop()


def test_no_file_changes_the_next(counting: WarmChild):
    """
    What met one file is gone before the next: nothing it learned, changed or broke is there any more.
    """
    first = counting.ask({"do": "answer"}, b"one")
    died = counting.ask({"do": "die"}, b"two")
    third = counting.ask({"do": "answer"}, b"three")

    assert b"one" == first.content
    assert ("exit code 1", "RuntimeError: as told") == (died.died, died.words)
    assert b"three" == third.content


def test_a_sender_changes_nothing_of_another(counting: WarmChild):
    """
    Files of one sender that follow each other share a fork, and no file of another meets it, nor what it said ahead.
    """
    asked = [("A", b"one"), ("A", b"two"), ("B", b"three"), ("A", b"four")]
    told = [counting.ask({"do": "answer"}, content, whose).content for whose, content in asked]
    fake = counting.ask({"do": "say too much"}, b"five", "A").content
    after = counting.ask({"do": "answer"}, b"six", "B").content

    assert [b"one", b"one|two", b"three", b"four"] == told
    assert b"fake" == fake
    assert b"six" == after


def test_who_is_ended_from_outside_is_not_to_blame(counting: WarmChild):
    """
    A fork, or its child, that somebody kills is told apart from one that died of its file.
    """
    child = counting._process.pid
    for victim in (lambda: Path(f"/proc/{child}/task/{child}/children").read_text().split()[0], lambda: str(child)):
        killer = threading.Timer(0.3, lambda find=victim: os.kill(int(find()), signal.SIGKILL))
        killer.start()
        assert counting.ask({"do": "wait"}, b"x").is_from_outside
        killer.join()
    assert counting.is_gone


def test_nothing_is_left_of_a_child_that_never_ends(counting: WarmChild):
    """
    A file on which the reader never ends takes its process with it when time is over.
    """
    answer = counting.ask({"do": "never end"}, b"x")

    assert answer.died
    assert not answer.is_from_outside
    assert counting.is_gone
    until = time.monotonic() + 10
    while counting_children() and time.monotonic() < until:
        time.sleep(0.05)  # the kernel ends the fork once its parent is gone, a moment later
    assert [] == counting_children()


def counting_children() -> list[Path]:
    return [path for path in Path("/proc").glob("[0-9]*/cmdline") if b"counting_child" in text_of(path)]


def text_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def verdict(program: list[tuple[int, int, int, int]], words: dict[int, int]) -> int:
    """What the kernel would say: the few instructions that our filters are made of, played."""
    place, held = 0, 0
    while True:
        code, if_true, if_false, value = program[place]
        place += 1
        if code == 0x06:
            return value
        if code == 0x20:
            held = words.get(value, 0)
        elif code == 0x54:
            held &= value
        else:
            place += if_true if (held == value if code == 0x15 else held & value) else if_false


@pytest.mark.parametrize("machine", _MACHINES)
def test_filters_of_every_machine(machine: str):
    """
    On each kind of machine a filter allows its calls alone, no code made of data, no process, no other machine's calls.
    """
    known = _MACHINES[machine]
    programs = {names: call_filter._program(known, names) for names in (RECKONING, WITH_FILES, WITH_THREADS)}

    def outcome(names: frozenset[str], call: str, *values: int, audit: int = known.audit) -> int:
        lower = {16 + 8 * at: value & 0xFFFFFFFF for at, value in enumerate(values)}
        upper = {20 + 8 * at: value >> 32 for at, value in enumerate(values)}
        return verdict(programs[names], {0: known.number(call) or 0, 4: audit, **lower, **upper})

    allow, refuse = 0x7FFF0000, 0x00050001
    assert allow == outcome(RECKONING, "read")
    assert refuse == outcome(RECKONING, "openat")
    assert allow == outcome(WITH_FILES, "openat")
    assert refuse == outcome(WITH_FILES, "clone", 0x10900)
    assert allow == outcome(WITH_THREADS, "clone", 0x3D0F00)
    assert refuse == outcome(WITH_THREADS, "clone", 17)
    assert refuse == outcome(WITH_THREADS, "clone", 0x10000100 | 0x10F00)
    assert (allow, refuse) == tuple(outcome(RECKONING, "mmap", 0, 4096, right, 2) for right in (3, 5))
    assert (allow, refuse) == tuple(outcome(WITH_THREADS, "mmap", 0, 4096, 5, flags) for flags in (2, 0x22))
    assert (allow, refuse) == tuple(outcome(WITH_THREADS, "mprotect", 0, 4096, right) for right in (3, 4))
    assert (allow, refuse, refuse) == tuple(outcome(RECKONING, "prlimit64", 0, 7, new) for new in (0, 1, 1 << 40))
    assert 0x80000000 == outcome(RECKONING, "read", audit=1)
    assert all(max(one[1:3]) < 256 for program in programs.values() for one in program)
