"""Runs as operators begin them: with a date and without, for what is to come, for what is past; and who is told."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW, ROOT, SAMPLES, new_settings
from smtp_server import MailServer

from resolution_monitor.pipeline import prepare
from resolution_monitor.settings import Settings
from resolution_monitor.store import embedded

BUDGET = "briefing_state_budget"
CASES = {
    "by its period": (BUDGET, None, {"period": "2013", "inbox": str(SAMPLES)}),
    "by nothing": (BUDGET, None, {"collects": False}),
    "to come": (BUDGET, None, {"period": "2033"}),
}


@dataclass(frozen=True, slots=True)
class Played:
    """What Airflow recorded, the mails that came, and what the failures' file holds."""

    runs: dict[str, Any]
    mails: list[EmailMessage]
    failures: list[str]
    settings: Settings
    words: str


@pytest.fixture(scope="module")
def played(server: embedded.ServerPlace, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """All cases in one process: Airflow starts once."""
    settings = new_settings(server, tmp_path_factory.mktemp("played") / "state")
    prepare(settings, NOW)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(settings.home),
        "PYTHONPATH": str(ROOT / "plugins"),
        "RESOLUTION_MONITOR_HOME": str(settings.home),
        "RESOLUTION_MONITOR_INBOX_QUIET_SECONDS": "0",
        "RESOLUTION_MONITOR_INBOX_ROOTS": str(SAMPLES.parent),
        "RESOLUTION_MONITOR_ALERTS_TO": "an@example.vn, binh@example.vn",
        "DATABASE_URL": str(settings.database_url),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{settings.home / 'metadata.db'}",
    }
    with MailServer() as post:
        environment["AIRFLOW_CONN_SMTP_DEFAULT"] = post.connection
        done = subprocess.run(
            [sys.executable, str(ROOT / "tests" / "dags" / "play.py")],
            env=environment,
            input=json.dumps(CASES),
            capture_output=True,
            text=True,
            check=False,
        )
    told = [line for line in done.stdout.splitlines() if line.startswith("TOLD")]
    assert told, done.stdout[-4000:] + done.stderr[-4000:]
    failures = (settings.logs_folder / "failures.log").read_text(encoding="utf-8").splitlines()
    return Played(json.loads(told[0].removeprefix("TOLD")), post.mails, failures, settings, done.stdout + done.stderr)


STAGES = ("collect", "normalise", "score", "brief")


def test_a_run_without_a_date(played: Played):
    """
    Begun without a logical date, by the form or the API, it takes the period it is given; note and asset tell of it.
    """
    run = played.runs["by its period"]
    made = run["results"]["brief"]

    assert {stage: ["success", 1] for stage in STAGES} == run["tries"]
    assert ("2013", 405) == (made["period"], made["figures"])
    assert [made] == run["events"]
    assert f"năm 2013: 2 tệp, 2 phát hiện cần xem, 405 con số; PDF {Path(made['pdf']).name}" == run["note"]


@pytest.mark.parametrize(
    ("case", "stage", "sentence"),
    [
        ("by nothing", "score", "has 0 planned and 0 final figures"),
        ("to come", "collect", "period 2033 has not come yet: its state_budget briefing is due on 2035-08-01 07:00"),
    ],
)
def test_a_run_that_cannot_be(played: Played, case: str, stage: str, sentence: str):
    """
    It ends in one sentence, which nobody tries again: in its note, in the file of failures, in a mail to each address.
    """
    run = played.runs[case]
    lines = [line for line in played.failures if sentence in line]
    mails = [mail for mail in played.mails if sentence in text_of(mail)]

    assert (["failed", 1], "upstream_failed") == (run["tries"][stage], run["tries"]["brief"][0])
    assert run["note"].startswith(f"{stage}: ")
    assert sentence in run["note"]
    assert (1, 2) == (len(lines), len(mails))
    assert f" {BUDGET} manual__" in lines[0]
    assert {"an@example.vn", "binh@example.vn"} == {mail["To"] for mail in mails}


def test_a_run_at_the_terminal_replaces_only_its_own(played: Played):
    """
    It bears its period and begins when it begins. Made again it replaces itself; a backfill's record of the tick stays.
    """
    recorded = played.runs["at the terminal"]
    assert 2 == len(recorded), recorded
    kept, own = recorded

    assert ["ky__2033", True, "backfill", True] == kept
    assert own[0].startswith("ky__2033__20")
    assert [False, "test", True] == own[1:]


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("html",))
    return str(body.get_content()) if body else ""


def test_nothing_that_goes_well_is_told(played: Played):
    """
    A run that ends as success writes no line and no mail.
    """
    assert "success" == played.runs["by its period"]["state"]
    assert (2, 4) == (len(played.failures), len(played.mails))


def test_every_dag_says_what_it_is(played: Played):
    """
    Name and description in Vietnamese and English, and what to do when a run is red.
    """
    for dag_id, told in played.runs["dags"].items():
        assert " · " in told["title"], dag_id
        assert " · " in told["description"], dag_id
        assert "Khi đỏ · When red" in told["doc"], dag_id


@pytest.mark.parametrize("report", ["state_budget", "resolutions_month", "bulletin_day"])
def test_every_field_of_a_form_says_what_it_is(played: Played, report: str):
    """
    Each has a title in both languages; a period is held to its pattern; what only tests name is not asked.
    """
    fields = played.runs["dags"][f"briefing_{report}"]["params"]

    assert ["collects", "full", "inbox", "language", "period"] == sorted(fields)
    assert [] == [name for name, field in fields.items() if " · " not in field["title"]]
    assert [] == [name for name, field in fields.items() if not field["description_md"]]
    assert fields["period"]["examples"]
    assert all(fields["period"]["pattern"] for _ in fields)
