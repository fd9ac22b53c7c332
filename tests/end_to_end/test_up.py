"""`make up` for real: Airflow's services on 127.0.0.1, a DAG triggered over HTTP, and nothing left at the end."""

import contextlib
import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import urllib.error
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import psutil
import psycopg2
import pytest
from conftest import SAMPLES
from installation import Installation, alive, environment_of, monitor, wait_for

from resolution_monitor.airflow_host.health import ask_health
from resolution_monitor.airflow_host.processes import descendants
from resolution_monitor.store import embedded

DAG = "briefing_state_budget"
PASSWORD = r"password: (\S+)"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One installation, ready; tests of this module use it in their order, and one of them stops it."""
    installation = Installation(tmp_path_factory.mktemp("up") / "trạng thái")
    try:
        installation.wait_until_ready()
        yield installation
    finally:
        installation.clear()


@pytest.fixture(scope="module")
def admin(served: Installation) -> Installation:
    served.log_in("admin", served.said(PASSWORD) or "")
    return served


def test_first_start_makes_an_account(served: Installation):
    """
    The password of the first account is said once, and stands in no file of the state folder.
    """
    password = served.said(PASSWORD) or ""
    files = [path for path in served.home.rglob("*") if path.is_file()]

    assert 16 == len(password)
    assert [] == [path for path in files if password.encode() in path.read_bytes()]
    with pytest.raises(urllib.error.HTTPError, match="401"):
        served.log_in("admin", "wrong")


def test_state_is_ours_alone(served: Installation):
    """
    The state folder opens to nobody else; nor do the secret and the database's password in it.
    """
    kept = [served.home / "airflow" / "secret", served.home / "postgres" / "password", served.home / "up.lock"]

    assert 0o700 == stat.S_IMODE(served.home.stat().st_mode)
    assert [0o600] * 3 == [stat.S_IMODE(path.stat().st_mode) for path in kept]


def listening(processes: Iterable[psutil.Process]) -> set[str]:
    """Local addresses on which these processes listen."""
    found = set()
    for process in processes:
        with contextlib.suppress(psutil.Error):
            connections = process.net_connections("inet")
            found |= {one.laddr.ip for one in connections if one.status == psutil.CONN_LISTEN}
    return found


def test_only_this_machine_is_answered(served: Installation):
    """
    No process of the installation listens on any address but 127.0.0.1.
    """
    processes = [psutil.Process(served.process.pid), *descendants(served.process.pid)]

    assert {"127.0.0.1"} == listening(processes)


def test_no_password_in_the_process_list(served: Installation):
    """
    Neither the account's nor the database's password stands on a command line that everybody may read.
    """
    secrets = [served.said(PASSWORD) or "", (served.home / "postgres" / "password").read_text().strip()]
    lines = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if os.access(path, os.R_OK)]

    assert all(len(secret) >= 16 for secret in secrets)
    assert [] == [line for line in lines for secret in secrets if secret.encode() in line]


def test_second_start_is_refused(served: Installation):
    """
    A second start on the same state folder says who serves it and ends with 22; on the same port elsewhere with 11.
    """
    again = monitor(served.home, "up", RESOLUTION_MONITOR_PORT="1")
    elsewhere = monitor(served.home.parent / "other", "up", RESOLUTION_MONITOR_PORT=str(served.port))

    assert (22, 11) == (again.returncode, elsewhere.returncode)
    assert f"already served by process {served.process.pid}" in again.stderr
    assert f"port {served.port} of 127.0.0.1 cannot be used" in elsewhere.stderr
    assert [1, 1] == [len(done.stderr.strip().splitlines()) for done in (again, elsewhere)]


def test_dags_wait_for_their_next_tick(admin: Installation):
    """
    All DAGs are there and switched on, and none begins by itself with a tick that is past.
    """
    dags = {dag["dag_id"]: dag["is_paused"] for dag in admin.ask("/api/v2/dags")["dags"]}

    assert False is dags[DAG]
    assert 0 == admin.ask("/api/v2/importErrors")["total_entries"]
    # What falls due while the tests go on may run: collections are made four times an hour.
    past = urlencode({"run_type": "scheduled", "logical_date_lt": admin.started_at.isoformat()})
    assert 0 == admin.ask(f"/api/v2/dags/~/dagRuns?{past}")["total_entries"]


def begin(installation: Installation, dag_id: str, logical_date: str | None, conf: dict[str, str]) -> str:
    """Trigger a DAG; the address of its run."""
    path = f"/api/v2/dags/{dag_id}/dagRuns"
    run = installation.ask(path, {"logical_date": logical_date, "conf": conf})["dag_run_id"]
    return f"{path}/{quote(run)}"


def ended(installation: Installation, run: str) -> dict[str, str]:
    """Wait until a run has ended; task -> state."""
    wait_for("the run", lambda: installation.ask(run)["state"] in ("success", "failed"), 90)
    instances = installation.ask(f"{run}/taskInstances")["task_instances"]
    return {instance["task_id"]: instance["state"] for instance in instances}


def stored(installation: Installation, statement: str) -> object:
    """The one value that our tables answer."""
    with embedded.serving(installation.home) as place:
        connection = psycopg2.connect(embedded.url_of(place, embedded.DATABASE), options="-c search_path=monitor")
        with contextlib.closing(connection), connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall()[0][0]


def test_dags_that_make_no_briefing(admin: Installation):
    """
    Collection and maintenance end as success and leave in the database what they are for.
    """
    shutil.copytree(SAMPLES, admin.home / "inbox", dirs_exist_ok=True)
    runs = {name: begin(admin, name, None, {}) for name in ("collect_submissions", "maintenance")}

    assert {"collect_and_read": "success"} == ended(admin, runs["collect_submissions"])
    assert {"maintenance": "success"} == ended(admin, runs["maintenance"])
    assert 4 == stored(admin, "select count(*) from standing_submission where state like 'accepted%'")
    assert 400 < stored(admin, "select count(*) from obligation where item_kind = 'report'")


def test_run_by_api(admin: Installation):
    """
    A run that was triggered over HTTP collects the workbooks and ends with PDF and Excel.
    """
    tasks = ended(admin, begin(admin, DAG, "2015-08-01T00:00:00Z", {"period": "2013", "inbox": str(SAMPLES)}))

    assert dict.fromkeys(("collect", "normalise", "score", "brief"), "success") == tasks
    assert {".pdf", ".xlsx"} == {path.suffix for path in (admin.home / "briefings").iterdir()}


def test_what_cannot_pass_is_not_tried_again(admin: Installation):
    """
    A run on an inbox that does not exist fails at once and keeps no other run waiting.
    """
    tasks = ended(admin, begin(admin, DAG, "2014-08-01T00:00:00Z", {"period": "2012", "inbox": "/none"}))

    assert ("failed", "upstream_failed") == (tasks["collect"], tasks["brief"])


@pytest.mark.prove
def test_a_task_waits_for_the_api_server(admin: Installation):
    """
    A run begun while the api-server is dead waits until it has started again, and loses no try.
    """
    ours = descendants(admin.process.pid)
    next(one for one in ours if "airflow api_server" in " ".join(one.cmdline())).kill()
    conf = json.dumps({"period": "2013", "inbox": str(SAMPLES)})
    again = ["--run-id", "ky__2013", "--conf", conf]
    begun = monitor(admin.home, "airflow", "dags", "trigger", DAG, *again, RESOLUTION_MONITOR_PORT=str(admin.port))
    assert 0 == begun.returncode, begun.stderr
    wait_for("the api-server", lambda: ask_health(admin.address), 120)

    run = f"/api/v2/dags/{DAG}/dagRuns/ky__2013"
    assert {"success"} == set(ended(admin, run).values())
    assert [1] * 4 == [one["try_number"] for one in admin.ask(f"{run}/taskInstances")["task_instances"]]
    assert admin.ask(run)["note"].startswith("năm 2013: 2 tệp, ")


def test_new_password(admin: Installation):
    """
    A new password works, and the old one no longer.
    """
    old = admin.said(PASSWORD) or ""
    done = monitor(admin.home, "account", "reset-password")

    assert 0 == done.returncode, done.stderr
    admin.log_in("admin", done.stdout.split()[-1])
    with pytest.raises(urllib.error.HTTPError, match="401"):
        admin.log_in("admin", old)


def test_a_service_that_dies_comes_back(served: Installation):
    """
    A killed DAG processor is told on the terminal and runs again.
    """
    os.kill(pid_of(served, "dag-processor"), signal.SIGKILL)

    wait_for("its line", lambda: served.said(r"(dag-processor ended \(signal 9\) and starts again in 1 s)"), 10)
    wait_for("its return", lambda: pid_of(served, "dag-processor"), 10)
    assert served.process.poll() is None


def pid_of(installation: Installation, part: str) -> int:
    """The process of one service; 0 while there is none."""
    lines = [line for line in alive(installation.home) if f"-m airflow {part}" in line]
    return min((int(line.split()[0]) for line in lines), default=0)


def test_stop_leaves_nothing(served: Installation):
    """
    SIGTERM ends everything within 20 seconds with code 0: no process, no port, no database server.
    """
    seconds = served.stop()

    assert 0 == served.process.returncode, served.words.read_text()
    assert seconds < 20
    assert [] == alive(served.home)
    with socket.socket() as probe:
        assert 0 != probe.connect_ex(("127.0.0.1", served.port))


def kill(installation: Installation, pid: int) -> None:
    """Kill one of our two processes; the other ends everything."""
    os.kill(pid, signal.SIGKILL)
    installation.process.wait(20)
    wait_for("nothing left", lambda: not alive(installation.home), 20)


def test_killed_supervisor(served: Installation):
    """
    A second life of the state folder makes no second account; is its supervisor killed, the launcher ends everything.
    """
    again = Installation(served.home)
    try:
        wait_for("services", lambda: pid_of(again, "scheduler"), 60)
        kill(again, next(int(one.split()[0]) for one in alive(again.home) if "airflow_host.supervisor" in one))

        assert 128 + signal.SIGKILL == again.process.returncode
        assert "password" not in again.words.read_text()
    finally:
        again.end()


def test_killed_launcher(served: Installation):
    """
    Is the launcher killed, the supervisor stops everything, the database server too.
    """
    again = Installation(served.home)
    try:
        wait_for("Airflow", lambda: [one for one in alive(again.home) if "airflow_host.answers" in one], 60)
        kill(again, again.process.pid)

        assert -signal.SIGKILL == again.process.returncode
        assert [] == alive(again.home)
    finally:
        again.end()


def test_no_reachable_database(tmp_path: Path):
    """
    A start that cannot go on says why in one sentence, ends with the code of its kind and leaves nothing.
    """
    done = subprocess.run(
        [str(Path(__file__).parents[2] / "monitor"), "up"],
        env=environment_of(tmp_path, DATABASE_URL="postgresql://nobody:nothing@127.0.0.1:9/none"),
        capture_output=True,
        text=True,
        check=False,
    )

    assert 20 == done.returncode, done.stdout + done.stderr
    assert "the database cannot be reached" in done.stdout + done.stderr
    assert [] == alive(tmp_path)
    embedded.remove(tmp_path)
