"""The ledger on the command line: columns, exit codes, sentences."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import new_settings
from typer.testing import CliRunner, Result

from resolution_monitor.__main__ import app
from resolution_monitor.errors import EXIT_CODES, ResolutionMonitorError
from resolution_monitor.pipeline import prepare
from resolution_monitor.settings import Settings
from resolution_monitor.store import embedded

STATUS = "period,block,agency_id,agency,item_kind,item_id,item,state,due_at,cut_off_at,received_at"
STATUS += ",weight,is_weight_assumed,answer,cells_required,cells_filled,submission_id"
COUNTS = (
    "period,block,item_kind,owed,not_due,due,received_on_time,late,accepted_in_part,rejected,missing,waived"
    ",completeness_pct,timeliness_pct"  # stable
)
MISSING = "period,block,agency_id,agency,item_kind,item_id,item,due_at,cut_off_at"
BYT = ["--agency", "BYT", "--period", "2026-05", "--author", "An"]


@pytest.fixture(scope="module")
def begun(server: embedded.ServerPlace, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Name of a database that holds the catalogue since the ledger begins."""
    settings = new_settings(server, tmp_path_factory.mktemp("begun"))
    prepare(settings, datetime(2026, 5, 1, tzinfo=UTC))
    return str(settings.database_url).rpartition("/")[2]


@pytest.fixture
def home(server: embedded.ServerPlace, begun: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A migrated installation that the environment names."""
    settings = new_settings(server, tmp_path / "state", begun)
    monkeypatch.setenv("DATABASE_URL", str(settings.database_url))
    monkeypatch.setenv("RESOLUTION_MONITOR_HOME", str(settings.home))
    return settings


def monitor(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def refusal(*arguments: str) -> tuple[int, str]:
    """Exit code and sentence of a command that ends with an error of ours."""
    error = monitor(*arguments).exception
    assert isinstance(error, ResolutionMonitorError)
    return error.exit_code, str(error)


def test_columns_are_stable(home: Settings):
    """
    CSV and JSON carry the same columns in the same order, whatever a table leaves out.
    """
    counts = monitor("status", "--period", "2026-05", "--format", "csv").output.splitlines()
    status = monitor("status", "--period", "2026-05", "--agency", "BYT", "--format", "csv").output.splitlines()
    between = ["missing", "--from", "2026-05", "--to", "2026-05", "--agency", "BYT", "--format"]
    missing = list(csv.DictReader(io.StringIO(monitor(*between, "csv").output)))

    assert [COUNTS, STATUS] == [counts[0], status[0]]
    assert MISSING.split(",") == list(missing[0])
    assert missing == json.loads(monitor(*between, "json").output)
    assert {"2026-06-11T00:00+07:00"} == {row["due_at"] for row in missing if row["item_kind"] == "report"}


def test_waived_is_no_longer_missing(home: Settings):
    """
    A waiver takes the report from the list of what is missing and puts it among what is waived.
    """
    between = ["missing", "--from", "2026-05", "--to", "2026-05", "--agency", "BYT"]

    assert "Báo cáo định kỳ" in monitor(*between).output
    assert "waived: BYT report 2026-05" in monitor("waive", *BYT, "--item", "report", "--reason", "Sáp nhập").output
    assert "nothing changed" in monitor("waive", *BYT, "--item", "report", "--reason", "Sáp nhập").output
    assert "Báo cáo định kỳ" not in monitor(*between).output
    assert "withdrawn" in monitor("waive", *BYT, "--item", "report", "--reason", "Nhầm", "--withdraw").output


def test_reopening_says_whether_it_was_needed(home: Settings):
    """
    A period that still takes corrections is reopened all the same, with a word about it.
    """
    soon = (datetime.now(UTC) - timedelta(days=40)).strftime("%Y-%m")
    arguments = ["reopen", "--agency", "BYT", "--period", soon, "--reason", "Đính chính", "--author", "An"]

    assert f"reopened: BYT {soon}; it takes corrections until" in monitor(*arguments).output.replace("\n", " ")


def test_known_at_before_anything_was_known(home: Settings):
    """
    Asked as known at a time before the ledger was filled, it answers that nothing was known.
    """
    monitor("status", "--period", "2026-05")

    assert 32 == refusal("status", "--period", "2026-05", "--known-at", "2026-06-02T00:00")[0]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["status", "--agency", "XXX"], 33, "agency 'XXX' is not known"),
        (["status", "--period", "2026-13"], 31, "period '2026-13' is not known"),
        (["status", "--period", "2013"], 32, "nothing is owed for 2013"),
        (["missing", "--from", "2026-10", "--to", "2026-05"], 31, "--from 2026-10 lies after --to 2026-05"),
        (["waive", *BYT, "--item", "report", "--reason", " "], 33, "the reason is empty"),
        (["waive", *BYT, "--item", "99.99", "--reason", "x"], 33, "item '99.99' is not known"),
        (["waive", *BYT, "--item", "57.01", "--reason", "x"], 33, "BYT does not owe '57.01' for 2026-05"),
        (["waive", *BYT, "--item", "report", "--reason", "x", "--withdraw"], 33, "nothing to withdraw"),
        (["reopen", *BYT, "--reason", ""], 33, "the reason is empty"),
        (["reopen", "--agency", "T01", "--period", "2026-05", "--reason", "x", "--author", "An"], 33, "owes nothing"),
    ],
)
def test_refusals(home: Settings, arguments: list[str], code: int, words: str):
    """
    What cannot be done ends in one sentence and its exit code.
    """
    exit_code, sentence = refusal(*arguments)

    assert code == exit_code
    assert words in sentence
    assert code in EXIT_CODES
