"""What a task of Airflow does with a run however it was begun, what its form says, and who is told of a failure."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import ROOT
from smtp_server import MailServer

from resolution_monitor.airflow_host.briefing_form import form_of, title_of
from resolution_monitor.airflow_host.briefing_task import walk
from resolution_monitor.airflow_host.environment import services_environment
from resolution_monitor.airflow_host.failures import tell_failure
from resolution_monitor.airflow_host.run_note import note_of
from resolution_monitor.pipeline import schedules
from resolution_monitor.settings import Settings

MONTHLY, BUDGET = "resolutions_month", "state_budget"
# Begun by a button, and so without a logical date.
BEGUN = datetime(2016, 1, 5, 3, tzinfo=UTC)
REPORTS = schedules({})


@pytest.fixture
def alone(ready: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The environment of a task of this installation, and of none other."""
    monkeypatch.setenv("RESOLUTION_MONITOR_HOME", str(ready.home))
    monkeypatch.setenv("DATABASE_URL", str(ready.database_url))
    return ready


def begun(params: Mapping[str, Any]) -> dict[str, Any]:
    """What Airflow hands to a task of a run that has no logical date."""
    said: dict[str, str] = {}
    instance = SimpleNamespace(xcom_push=said.__setitem__, dag_id="briefing", run_id="manual", task_id="collect")
    return {"params": params, "dag_run": SimpleNamespace(run_after=BEGUN), "ti": instance, "said": said}


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    ("period", "meant"), [("2012", "năm 2012 (2012)"), (None, "năm 2013 (2013)")], ids=["named", "last tick"]
)
def test_a_run_without_a_date(caplog: pytest.LogCaptureFixture, period: str | None, meant: str):
    """
    It is about the period that it names, else about the last whose tick had come when it was begun.
    """
    caplog.set_level("INFO", "resolution_monitor")
    walk("collect", BUDGET, begun({"period": period, "collects": False}))

    assert [f"{BUDGET}, {meant}: collect begins"] == caplog.messages[:1]


@pytest.mark.usefixtures("alone")
def test_what_cannot_be_is_not_tried_again():
    """
    It ends in one sentence, which stands in the run's note, and as an error that Airflow does not try again.
    """
    context = begun({"period": "2013-05"})
    with pytest.raises(Exception, match="is not one of state_budget") as raised:
        walk("collect", BUDGET, context)

    assert "AirflowFailException" == raised.type.__name__
    assert ["collect: period 2013-05 is not one of state_budget"] == [
        words.partition(",")[0] for words in context["said"].values()
    ]


def test_a_form_says_what_it_asks(ready: Settings):
    """
    Each field has a title in both languages and says what it is; the clock of a demonstration is not asked.
    """
    for calendar in REPORTS.values():
        fields = form_of(calendar, ready)
        schemas = [field.schema for field in fields.values()]

        assert {"period", "collects", "inbox", "language", "full"} == fields.keys()
        assert all(" · " in schema["title"] and schema["description_md"] for schema in schemas)
        assert " · " in title_of(calendar)


def test_a_form_holds_a_period_to_its_pattern(ready: Settings):
    """
    The example fits the pattern, and a period of another kind does not.
    """
    for calendar in REPORTS.values():
        schema = form_of(calendar, ready)["period"].schema

        assert all(re.fullmatch(schema["pattern"], example) for example in schema["examples"])
        assert schema["examples"]
        assert not re.fullmatch(schema["pattern"], "tháng 10")


def test_a_form_names_what_is_missing(ready: Settings):
    """
    Periods that came due without an edition stand in the form, and are offered.
    """
    ready.home.mkdir(parents=True)
    (ready.home / "missing_periods.json").write_text(f'{{"{MONTHLY}": ["2026-10", "2026-09"]}}')
    schema = form_of(REPORTS[MONTHLY], ready)["period"].schema

    assert ["2026-10", "2026-09"] == schema["examples"]
    assert "Missing: 2026-10, 2026-09" in schema["description_md"]


def test_the_note_of_a_run():
    """
    What became of a run is said in words, with the month.
    """
    result = {"period": "2026-10", "submissions": 255, "findings": 23, "figures": 405, "pdf": "/x/bao-cao.pdf"}

    assert "tháng 10 năm 2026: 255 tệp, 23 phát hiện cần xem, 405 con số; PDF bao-cao.pdf" == note_of(result)


def test_a_failure_is_told(ready: Settings, monkeypatch: pytest.MonkeyPatch):
    """
    A task that failed for good writes a line and a mail to each address.
    """
    monkeypatch.setenv("RESOLUTION_MONITOR_HOME", str(ready.home))
    monkeypatch.setenv("RESOLUTION_MONITOR_ALERTS_TO", "an@example.vn, binh@example.vn")
    with MailServer() as post:
        monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", post.connection)
        tell_failure({**begun({}), "exception": ValueError("the sentence")})
    log = ready.logs_folder / "failures.log"

    assert log.exists(), "no file tells of it"
    assert log.read_text(encoding="utf-8").endswith(" briefing manual collect: the sentence\n")
    assert ["an@example.vn", "binh@example.vn"] == [mail["To"] for mail in post.mails]


def test_every_dag_has_its_page():
    """
    Beside each DAG file lies what to do when a run is red, in both languages.
    """
    pages = {file.stem: file.with_suffix(".md") for file in (ROOT / "dags").glob("*.py")}

    assert 3 == len(pages)
    assert [] == [name for name, page in pages.items() if "Khi đỏ · When red" not in page.read_text(encoding="utf-8")]


def test_the_page_for_an_airflow_of_ones_own(ready: Settings):
    """
    It names each secret, address and place that `make up` gives its services.
    """
    given = services_environment(ready, {}, "postgresql://nobody@127.0.0.1/airflow")
    page = (ROOT / "docs" / "own-airflow.md").read_text(encoding="utf-8")
    needed = [
        name for name in given if re.search(r"SECRET|_KEY$|_URL$|_CONN$|S_FOLDER$|EXECUTOR|AUTH_|PYTHONPATH", name)
    ]

    assert len(needed) > 8
    assert [] == [name for name in needed if f"\n{name}=" not in page]
