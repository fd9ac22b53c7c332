"""What `make up` is made of: secrets, restarts, health, processes; nothing of Airflow's is started here."""

import ast
import contextlib
import importlib.util
import os
import re
import signal
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from conftest import ROOT

from resolution_monitor.airflow_host.environment import services_environment
from resolution_monitor.airflow_host.health import PARTS, ailing, ask_health
from resolution_monitor.airflow_host.installation_secret import derived_key, fernet_key, installation_secret
from resolution_monitor.airflow_host.processes import descendants
from resolution_monitor.airflow_host.restarts import pause_seconds
from resolution_monitor.airflow_host.services import limit_log, services
from resolution_monitor.airflow_host.stopping import StopRequest
from resolution_monitor.airflow_host.supervisor import Supervisor
from resolution_monitor.errors import SettingsError
from resolution_monitor.settings import from_environment, of_installation


@pytest.mark.parametrize(
    ("deaths", "now", "expected"),
    [
        ((0.0,), 0.0, 1.0),
        ((0.0, 10.0), 10.0, 2.0),
        ((0.0, 10.0, 20.0), 20.0, 4.0),
        ((0.0, 10.0, 20.0, 30.0), 30.0, 8.0),
        ((0.0, 10.0, 20.0, 30.0, 59.0), 59.0, None),  # five within a minute
        ((0.0, 10.0, 20.0, 30.0, 60.0), 60.0, 8.0),  # the first is a minute old
        ((0.0, 100.0), 100.0, 1.0),
    ],
)
def test_pause_before_a_restart(deaths: tuple[float, ...], now: float, expected: float | None):
    """
    The pause doubles with every death of the last minute; after five the service is given up.
    """
    assert expected == pause_seconds(deaths, now)


def test_secret_is_made_once(tmp_path: Path):
    """
    Processes that make the secret at the same time end with the same one, which nobody else may read.
    """
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: installation_secret(tmp_path / "airflow"), range(32)))

    assert 1 == len(set(made))
    assert 0o600 == stat.S_IMODE((tmp_path / "airflow" / "secret").stat().st_mode)
    assert ["secret"] == [path.name for path in (tmp_path / "airflow").iterdir()]


def test_empty_secret_is_refused(tmp_path: Path):
    """
    Keys are never made from an empty secret, which everybody knows.
    """
    (tmp_path / "secret").touch()

    with pytest.raises(SettingsError, match="is empty"):
        installation_secret(tmp_path)


def test_keys_differ_by_purpose():
    """
    Every key of Airflow's is another one, and the same at every start.
    """
    keys = [fernet_key(b"secret"), derived_key(b"secret", "one"), derived_key(b"secret", "two")]

    assert 3 == len(set(keys))
    assert derived_key(b"secret", "one") == derived_key(b"secret", "one")


def test_state_of_an_installation(tmp_path: Path):
    """
    What serves works on var/live, or var/demo when asked; a named state folder comes before both.
    """
    named = {"RESOLUTION_MONITOR_HOME": "/srv/state", "DEMO": "1"}
    homes = [of_installation(one, tmp_path).home for one in ({}, {"DEMO": "1"}, named)]

    assert [tmp_path / "var" / "live", tmp_path / "var" / "demo", Path("/srv/state")] == homes


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "8080.0", "８０"])
def test_wrong_port(port: str):
    """
    A port that is none is refused in a sentence.
    """
    with pytest.raises(SettingsError, match="RESOLUTION_MONITOR_PORT"):
        from_environment({"RESOLUTION_MONITOR_PORT": port})


def test_operator_comes_first(tmp_path: Path):
    """
    What an operator set stays; the road to our own server leads past every proxy.
    """
    settings = from_environment({"RESOLUTION_MONITOR_HOME": str(tmp_path)})
    given = {"AIRFLOW__CORE__PARALLELISM": "16", "no_proxy": "moj.gov.vn"}
    made = services_environment(settings, given, "postgresql://u:p@h/d")

    assert "AIRFLOW__CORE__PARALLELISM" not in made
    assert "127.0.0.1,localhost,moj.gov.vn" == made["no_proxy"]
    assert "postgresql+psycopg2://u:p@h/d" == made["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"]


def test_services_listen_here_only(tmp_path: Path):
    """
    Only the api-server listens, on 127.0.0.1; log servers, which would on all addresses, are left out.
    """
    commands = {one.name: one.command for one in services(from_environment({"RESOLUTION_MONITOR_HOME": str(tmp_path)}))}

    assert ["api-server", "dag-processor", "scheduler", "triggerer"] == list(commands)
    assert "--host 127.0.0.1" in " ".join(commands["api-server"])
    assert [True] * 2 == ["--skip-serve-logs" in commands[name] for name in ("scheduler", "triggerer")]


def test_what_the_home_page_shows_is_served():
    """
    Airflow's home page has a badge for each of four parts, red unless it runs: all of them are served and asked for.
    """
    airflow = importlib.util.find_spec("airflow")
    assert airflow is not None
    text = (Path(str(airflow.origin)).parent / "api_fastapi/core_api/datamodels/monitor.py").read_text()
    answer = next(one for one in ast.parse(text).body if isinstance(one, ast.ClassDef) and "HealthInfo" in one.name)

    assert set(PARTS) == {one.target.id for one in answer.body if isinstance(one, ast.AnnAssign)}


@pytest.mark.parametrize(
    ("health", "expected"),
    [
        (None, ("api-server",)),
        ({}, PARTS),
        ({part: {"status": "healthy"} for part in PARTS}, ()),
        (
            {part: {"status": "healthy"} for part in PARTS}
            | {"scheduler": {"status": "unhealthy"}, "dag_processor": None, "triggerer": {"status": None}},
            ("scheduler", "dag_processor", "triggerer"),
        ),
    ],
)
def test_ailing(health: dict[str, dict[str, str]] | None, expected: tuple[str, ...]):
    """
    A part that is not said to be healthy ails.
    """
    assert expected == ailing(health)


def test_nobody_answers():
    """
    A port on which nobody listens gives no answer, and no error.
    """
    assert ask_health("http://127.0.0.1:9") is None


TREE = """
import subprocess, sys, time
sleeper = [sys.executable, "-c", "import time; time.sleep(60)"]
parent = "import subprocess, sys, time; print(subprocess.Popen(sys.argv[1:]).pid, flush=True); time.sleep(60)"
def family():
    child = subprocess.Popen([sys.executable, "-c", parent, *sleeper], stdout=subprocess.PIPE, text=True)
    return [child.pid, int(child.stdout.readline())]
dead = subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE)
dead.stdout.read()  # it has ended, and nobody has taken note
print(*family(), *family(), flush=True)
time.sleep(60)
"""


def test_descendants_are_found_by_descent():
    """
    Children and their children are found; the spared one's are not, nor the dead.
    """
    with subprocess.Popen([sys.executable, "-c", TREE], stdout=subprocess.PIPE, text=True) as root:
        assert root.stdout is not None
        pids = [*map(int, root.stdout.readline().split())]
        first, second = pids[:2], pids[2:]
        found = {process.pid for process in descendants(root.pid)}
        without = {process.pid for process in descendants(root.pid, spared=first[0])}
        for process in (*descendants(root.pid), psutil.Process(root.pid)):
            process.kill()

    assert {*first, *second} == found
    assert {*second} == without
    assert [] == descendants(root.pid)


HOUSE = """
import os, subprocess, sys, time
from resolution_monitor.airflow_host.processes import adopt_orphans, bound_to_us, end_descendants
adopt_orphans()
# A child that starts a grandchild in a session of its own, and both are deaf to SIGTERM.
deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
child = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {deaf!r}], start_new_session=True); {deaf}"
subprocess.Popen([sys.executable, "-c", child], preexec_fn=bound_to_us())
time.sleep(1.0)
if sys.argv[1] == "end":
    end_descendants(None, grace_seconds=0.2)
print("done", flush=True)
time.sleep(60)
"""


def family(mark: str) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def test_nothing_escapes_the_end():
    """
    A grandchild in a session of its own, deaf to SIGTERM, is ended with the rest.
    """
    mark = f"MARK_OF_TEST={os.urandom(8).hex()}"
    environment = {**os.environ, "PYTHONPATH": ":".join(sys.path), mark.split("=")[0]: mark.split("=")[1]}
    with subprocess.Popen([sys.executable, "-c", HOUSE, "end"], env=environment, stdout=subprocess.PIPE) as house:
        assert house.stdout is not None
        said = house.stdout.readline()
        left = family(mark)
        house.kill()

    assert b"done\n" == said
    assert [house.pid] == left


def test_a_child_is_told_when_its_parent_is_killed():
    """
    A child that listens ends by itself when its parent is killed.
    """
    code = (
        "import subprocess, sys\nfrom resolution_monitor.airflow_host.processes import bound_to_us\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'], preexec_fn=bound_to_us())\n"
        "print(child.pid, flush=True)\nchild.wait()\n"
    )
    environment = {**os.environ, "PYTHONPATH": ":".join(sys.path)}
    with subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = Path("/proc") / parent.stdout.readline().decode().strip()
        assert child.exists()
        parent.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 5
    while is_running(child) and time.monotonic() < deadline:
        time.sleep(0.02)

    assert not is_running(child)


def is_running(process: Path) -> bool:
    try:
        return " Z " not in (process / "stat").read_text()
    except OSError:
        return False


def test_units_tell_a_service_what_make_up_tells_it():
    """
    Under systemd every service is started with the arguments that `make up` gives it; the port is a setting.
    """
    folder = ROOT / "setup" / "systemd"
    own = services(from_environment({}))
    told = {service.name: [*service.command[service.command.index(service.name) + 1 :]] for service in own}
    del told["api-server"][2:4]  # --port
    units = {name: folder / f"{name}.env" for name in told}
    written = {
        name: re.findall(r'^ARGUMENTS="(.*)"$', file.read_text(), re.M) for name, file in units.items() if file.exists()
    }
    wanted = re.findall(r"resolution-monitor@(\S+)\.service", (folder / "resolution-monitor.target").read_text())

    assert told == {name: " ".join(written.get(name, [])).split() for name in told}
    assert sorted(told) == sorted(wanted)


def test_airflow_takes_our_place(tmp_path: Path):
    """
    With its metadata on a server, Airflow's own command becomes the process that was started: signals go to it.
    """
    environment = {
        "PATH": os.environ["PATH"],
        "RESOLUTION_MONITOR_HOME": str(tmp_path),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{tmp_path / 'metadata.db'}",
    }
    command = [str(ROOT / "monitor"), "airflow", "version"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        seen = set[str]()
        while process.poll() is None and "-m airflow version" not in seen:
            with contextlib.suppress(psutil.Error):
                seen.add(" ".join(psutil.Process(process.pid).cmdline()[1:]))
            time.sleep(0.01)
        process.kill()

    assert "-m airflow version" in seen


def test_a_full_log_begins_anew(tmp_path: Path):
    """
    A log beyond its limit moves aside; whoever has it open goes on writing at its beginning.
    """
    log = tmp_path / "scheduler.log"
    with log.open("ab", buffering=0) as service:
        service.write(b"x" * (20 * 1024 * 1024 + 1))
        limit_log(log)
        service.write(b"new")

    assert b"new" == log.read_bytes()
    assert 20 * 1024 * 1024 + 1 == (tmp_path / "scheduler.log.1").stat().st_size


def test_patience_with_slow_starts(tmp_path: Path):
    """
    A DAG file may take minutes to load on a loaded machine, its error comes before its process is ended, and a task
    asks for the api-server longer than that takes to start; the page for an Airflow of one's own says the same.
    """
    settings = from_environment({"RESOLUTION_MONITOR_HOME": str(tmp_path)})
    own = services_environment(settings, {}, None)
    page = (ROOT / "docs" / "own-airflow.md").read_text(encoding="utf-8")
    names = ("CORE__DAGBAG_IMPORT_TIMEOUT", "DAG_PROCESSOR__DAG_FILE_PROCESSOR_TIMEOUT")
    names += ("WORKERS__EXECUTION_API_RETRIES", "WORKERS__EXECUTION_API_RETRY_WAIT_MAX")
    loading, ending, attempts, pause = (int(own[f"AIRFLOW__{name}"]) for name in names)

    assert 120 <= loading < ending
    assert 120 <= attempts * pause / 2  # pauses are drawn from nothing to the most
    assert [] == [name for name in names if f"AIRFLOW__{name}={own[f'AIRFLOW__{name}']}\n" not in page]


# Says when it was asked to end, and ends once all who are asked together have been; gives up after five seconds.
ASKED_TOGETHER = """
import pathlib, signal, sys, time
said, name, together = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
def say(word):
    with said.open("a") as file:
        file.write(f"{word} {name}\\n")
def end(number, frame):
    say("asked")
    for look in range(500):
        if all(f"asked {other}\\n" in said.read_text() for other in together):
            say("ended")
            sys.exit()
        time.sleep(0.01)
    sys.exit("asked alone")
signal.signal(signal.SIGTERM, end)
say("up")
while True:
    time.sleep(1)
"""


def test_services_are_asked_to_stop_together(tmp_path: Path):
    """
    All that need the api-server are asked to end at once, it only afterwards: who is slow costs no other's seconds.
    """
    settings, said = from_environment({"RESOLUTION_MONITOR_HOME": str(tmp_path)}), tmp_path / "said"
    names = [one.name for one in services(settings)]
    first, others = names[0], names[1:]
    supervisor = Supervisor(settings, StopRequest(), None)
    for name in names:
        together = [name] if name == first else others
        command = [sys.executable, "-c", ASKED_TOGETHER, str(said), name, *together]
        supervisor._running[name] = subprocess.Popen(command)
    while not said.exists() or said.read_text().count("up") < len(names):
        time.sleep(0.01)
    supervisor.stop()
    words = said.read_text().splitlines()[len(names) :]
    for process in supervisor._running.values():
        process.kill()
        process.wait()

    assert {f"asked {name}" for name in others} == set(words[: len(others)])
    assert {f"ended {name}" for name in others} == set(words[len(others) : -2])
    assert [f"asked {first}", f"ended {first}"] == words[-2:]
