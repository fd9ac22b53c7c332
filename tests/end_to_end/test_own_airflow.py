"""docs/own-airflow.md played word by word: an external PostgreSQL, four services, an account without rights here."""

import os
import pwd
import re
import shlex
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest
from conftest import ROOT
from installation import free_port, wait_for

from resolution_monitor.store import embedded

pytestmark = pytest.mark.prove

PAGE = ROOT / "docs" / "own-airflow.md"
OTHER = "nobody"  # an account that every machine has, and that may write nothing here
# It may read everything: on some machines Python itself lies in root's closed home.
_READS = "+dac_read_search"
AS_OTHER = ["setpriv", f"--reuid={OTHER}", f"--regid={pwd.getpwnam(OTHER).pw_gid}", "--clear-groups"]
AS_OTHER += [f"--inh-caps={_READS}", f"--ambient-caps={_READS}"]


@dataclass(frozen=True, slots=True)
class House:
    """Where the page's places lie for the trial."""

    home: Path
    words: dict[str, str]

    def blocks(self, kind: str) -> list[str]:
        """The page's blocks of a kind, with places and secrets put in."""
        found = re.findall(rf"```{kind}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
        assert found, kind
        return [self.filled(block) for block in found]

    def filled(self, text: str) -> str:
        for word, value in self.words.items():
            text = text.replace(word, value)
        return text

    @property
    def environment(self) -> dict[str, str]:
        """What the page's file of settings says, as a service manager reads it."""
        lines = self.blocks("env")[0].splitlines()
        given = dict(line.split("=", 1) for line in lines if line)
        return {"PATH": os.environ["PATH"], "HOME": str(self.home), **given}

    def start(self, line: str, log: str) -> subprocess.Popen[bytes]:
        with (self.home / log).open("ab") as words:
            return subprocess.Popen(
                [*AS_OTHER, *shlex.split(line)],
                env=self.environment,
                stdout=words,
                stderr=words,
                cwd="/",
                start_new_session=True,
            )

    def call(self, line: str) -> None:
        process = self.start(line, "called.log")
        assert 0 == process.wait(300), f"{line}\n{(self.home / 'called.log').read_text()[-3000:]}"


@pytest.fixture(scope="module")
def house(server: embedded.ServerPlace, tmp_path_factory: pytest.TempPathFactory) -> House:
    """A state folder of the other account, and a server that the page's SQL is given to."""
    if os.geteuid() != 0:
        pytest.skip("only root can play another account")
    home = tmp_path_factory.mktemp("own") / "srv"
    home.mkdir(mode=0o700)
    for folder in home.parents:
        if "pytest" in str(folder):
            folder.chmod(0o755)
    os.chown(home, pwd.getpwnam(OTHER).pw_uid, pwd.getpwnam(OTHER).pw_gid)
    address = re.search(r"@([^/]+)/", embedded.url_of(server, "postgres"))
    assert address is not None
    words = {
        # The server of the tests has databases of these names.
        "db.example.vn:5432/airflow": f"{address[1]}/own_airflow",
        "create database airflow": "create database own_airflow",
        "resolution_monitor owner": "own_monitor owner",
        "/resolution_monitor\n": "/own_monitor\n",
        "db.example.vn:5432": address[1],
        "/opt/resolution-monitor": str(ROOT),
        "/srv/monitor": str(home),
        "8080": str(free_port()),
        "PASSWORD": "only-for-this-trial",
        "SECRET-1": os.urandom(32).hex(),
        "SECRET-2": os.urandom(32).hex(),
        "FERNET-KEY": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    }
    return House(home, words)


@pytest.fixture(scope="module")
def served(house: House, server: embedded.ServerPlace) -> Iterator[House]:
    """The page, from its SQL to its services."""
    connection = psycopg2.connect(embedded.url_of(server, "postgres"))
    connection.autocommit = True
    with connection.cursor() as cursor:
        for statement in house.blocks("sql")[0].strip().split(";")[:-1]:
            cursor.execute(statement)
    connection.close()
    prepare = house.blocks("sh")[1]  # the first is root's own
    for line in prepare.strip().splitlines():
        house.call(line)
    running = [
        house.start(line, f"service-{number}.log")
        for number, line in enumerate(house.blocks("services")[0].strip().splitlines())
    ]
    try:
        yield house
    finally:
        for process in reversed(running):
            process.terminate()
        for process in running:
            process.wait(60)


def test_the_page_leads_to_a_briefing(served: House):
    """
    The DAGs are found and switched on as written, and the run that is tried last ends with PDF and workbook; nothing of
    the checkout was written.
    """
    before = {path: path.stat().st_mtime_ns for path in ROOT.glob("dags/*")}
    switch_on, attempt = served.blocks("sh")[2:]
    listing = shlex.split(served.filled("/opt/resolution-monitor/.venv/bin/airflow dags list --output plain"))
    wait_for("the DAGs", lambda: "briefing_state_budget" in said(served, listing), 180)
    for line in [*switch_on.strip().splitlines(), *attempt.strip().splitlines()]:
        served.call(line)
    briefings = served.home / "briefings"
    wait_for("the briefing", lambda: {path.suffix for path in briefings.glob("ngan-sach-*")} == {".pdf", ".xlsx"}, 180)
    wait_for("the run's end", lambda: "success" in said(served, runs_of(served)), 60)

    assert "scheduled" not in said(served, runs_of(served)).replace("scheduled__2", "")
    assert before == {path: path.stat().st_mtime_ns for path in ROOT.glob("dags/*")}
    assert pwd.getpwnam(OTHER).pw_uid == next(briefings.iterdir()).stat().st_uid


def runs_of(house: House) -> list[str]:
    return shlex.split(
        house.filled("/opt/resolution-monitor/.venv/bin/airflow dags list-runs briefing_state_budget --output plain")
    )


def said(house: House, command: list[str]) -> str:
    whole = [*AS_OTHER, *command]
    done = subprocess.run(whole, env=house.environment, cwd="/", capture_output=True, text=True, check=False)
    time.sleep(1)
    return done.stdout
