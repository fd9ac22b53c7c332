"""Secrets of the inbox out of an Airflow connection, as a task reads them: asked in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

TASK = """
import json, os
from airflow.sdk.exceptions import AirflowFailException
from resolution_monitor.airflow_host.task_settings import settings_of_task
told = {}
for name, environment in json.loads(os.environ["CASES"]).items():
    try:
        with settings_of_task(environment) as settings:
            addresses = (settings.inbox_address, settings.outbox_address, "sftp://bn@other.example.vn/in")
            told[name] = [[dict(settings.options_of(address)) for address in addresses], repr(settings)]
    except AirflowFailException as error:
        told[name] = str(error)
print(json.dumps(told))
"""
INBOX, OUTBOX, NAMED = (f"RESOLUTION_MONITOR_{name}" for name in ("INBOX", "OUTBOX", "INBOX_CONNECTION"))
SFTP = {INBOX: "sftp://bn@files.example.vn:22/in", OUTBOX: "sftp://bn@files.example.vn:22/out"}
CASES = {
    "sftp": {**SFTP, NAMED: "inbox"},
    "s3": {INBOX: "s3://reports/in", NAMED: "bucket"},
    "none named": SFTP,
    "no such connection": {**SFTP, NAMED: "nobody"},
    "another server": {**SFTP, INBOX: "sftp://bn@other.example.vn/in", NAMED: "inbox"},
    "a folder": {INBOX: "/srv/inbox", NAMED: "inbox"},
}
CONNECTIONS = {
    "AIRFLOW_CONN_INBOX": {
        "conn_type": "sftp",
        "host": "files.example.vn",
        "login": "bn",
        "password": "b\u00ed mật/@:",
        "extra": {"host_key": "ssh-ed25519 AAAA"},
    },
    "AIRFLOW_CONN_BUCKET": {
        "conn_type": "aws",
        "login": "id",
        "password": "geheim",
        "extra": {"client_kwargs": {"endpoint_url": "https://s3.example.vn"}},
    },
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What a task knows or is told, by case."""
    environment = {
        "PATH": os.environ["PATH"],
        "AIRFLOW_HOME": str(tmp_path_factory.mktemp("airflow")),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "PYTHONPATH": str(ROOT / "plugins"),
        "CASES": json.dumps(CASES),
        **{name: json.dumps(connection) for name, connection in CONNECTIONS.items()},
    }
    command = [sys.executable, "-c", TASK]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=Path("/"))
    assert 0 == done.returncode, done.stderr[-2000:]
    answers: dict[str, object] = json.loads(done.stdout.strip().splitlines()[-1])
    return answers


def test_connection_gives_the_secrets(told: dict[str, object]):
    """
    Password and host key of a connection open the inbox and the outbox of its server, and no other server.
    """
    sftp = {"password": "bí mật/@:", "host_key": "ssh-ed25519 AAAA"}
    s3 = {"key": "id", "secret": "geheim", "client_kwargs": {"endpoint_url": "https://s3.example.vn"}}

    assert [sftp, sftp, {}] == told["sftp"][0]
    assert [s3, {}, {}] == told["s3"][0]
    assert [{}, {}, {}] == told["none named"][0]
    assert "bí mật" not in told["sftp"][1]


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("no such connection", "./monitor airflow connections add nobody"),
        ("another server", "is for files.example.vn, and the inbox lies on other.example.vn"),
        ("a folder", "the inbox is a folder"),
    ],
)
def test_connection_that_cannot_serve(told: dict[str, object], case: str, words: str):
    """
    A connection that is missing, another server's, or of no use is told in a sentence, without the password.
    """
    assert words in str(told[case])
    assert "mật" not in str(told[case])
