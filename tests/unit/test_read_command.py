"""./monitor read: what a person who writes a form is shown, without any database."""

import json
import signal
from pathlib import Path

import pytest
from conftest import SAMPLES
from hostile.more_workbooks import cells, ods, ods_number, ods_row, ods_text
from hostile.workbooks import zip_bomb
from typer.testing import CliRunner, Result

from resolution_monitor.__main__ import app
from resolution_monitor.catalogue.names import fold
from resolution_monitor.commands.read import _no_longer_than
from resolution_monitor.errors import EXIT_CODES, FILE_REFUSED, InboxError


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder that stays empty: the command only reads the file."""
    monkeypatch.setenv("RESOLUTION_MONITOR_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


def read(path: Path, *more: str) -> Result:
    return CliRunner().invoke(app, ["read", str(path), *more])


def test_sample_is_shown_with_its_forms(home: Path):
    """
    Which forms a workbook is, where each stands, and why the others do not fit; nothing is left behind.
    """
    seen = json.loads(read(SAMPLES / "BTC" / "Plan_2013.xls", "--format", "json").output)
    forms = {form["form"]: form for form in seen["forms"]}

    assert {"central_spending_plan", "national_balance_plan", "revenue_plan"} == {
        name for name, form in forms.items() if form["fits"]
    }
    plan = forms["revenue_plan"]
    assert ("M09", "2013", "C") == (plan["sheet"], plan["period"], plan["columns"]["value"])
    assert all(form["why_not"] for form in forms.values() if not form["fits"])
    assert not (home / "state").exists()


def test_cells_are_shown_as_understood(home: Path):
    """
    Each cell with what stands there and what it means, or why it means nothing; old text with its confidence.
    """
    texts = ("12,5 tỷ đồng", "1.234", "Quý III/2025", "15/11/2025")
    old = "".join(ods_row(ods_text(text)) for text in ("Bé Tµi chÝnh", "Thanh tra ChÝnh phñ", "ViÖt Nam", "Bé C«ng an"))
    (home / "new.ods").write_bytes(ods(ods_row(*map(ods_text, texts), ods_number(1.5))))
    (home / "old.ods").write_bytes(ods(old))
    (home / "formula.xlsx").write_bytes(cells('<row r="1" hidden="1"><c r="A1"><f>B1+1</f></c></row>'))

    new, old_seen, formula = (
        json.loads(read(home / name, "--format", "json").output)["sheets"][0]
        for name in ("new.ods", "old.ods", "formula.xlsx")
    )
    shown = [(cell["kind"], cell.get("understood"), cell.get("unit")) for cell in new["cells"]]
    assert [("number", "12.5", "ty dong"), ("unclear", None, None), ("period", "2025-Q3", None)] == shown[:3]
    assert [("day", "2025-11-15", None), ("number", "1.5", None)] == shown[3:]
    assert ("Bộ Tài chính", "Bé Tµi chÝnh", "1.0") == tuple(
        old_seen["cells"][0][key] for key in ("raw", "original", "confidence")
    )
    assert (["A1"], ["1:1"]) == (formula["formulas_without_value"], formula["hidden_rows"])
    assert [("A1", "formula without value", "=B1+1")] == [
        tuple(cell[key] for key in ("cell", "kind", "raw")) for cell in formula["cells"]
    ]


def test_refusal_has_a_code(home: Path):
    """
    A file that is refused is told with its code and ends with an exit code of its own, as a table too.
    """
    (home / "bomb.xlsx").write_bytes(zip_bomb())
    as_json, as_table = read(home / "bomb.xlsx", "--format", "json"), read(home / "bomb.xlsx")

    assert [FILE_REFUSED] * 2 == [as_json.exit_code, as_table.exit_code]
    assert "unsafe-archive" == json.loads(as_json.output)["refused"]
    assert "refused (unsafe-archive)" in as_table.output
    assert FILE_REFUSED in EXIT_CODES
    assert isinstance(read(home / "nothing.xlsx").exception, InboxError)


def test_table_names_every_sheet(home: Path):
    """
    On the terminal stand forms, sheets and cells, each on a line.
    """
    shown = read(SAMPLES / "BTC" / "Plan_2013.xls").output

    assert "form revenue_plan: fits on sheet M09, C: 2013" in shown
    assert 9 == shown.count("\nsheet ")


def test_a_file_that_takes_too_long_ends_in_a_sentence(tmp_path: Path):
    """
    When the time is over the command ends as for any file that cannot be taken, and leaves no alarm behind.
    """
    with pytest.raises(InboxError, match="takes longer than 60 s"), _no_longer_than(60, tmp_path / "long.xlsx"):
        signal.raise_signal(signal.SIGALRM)

    assert 0 == signal.alarm(0)


def test_the_alarm_is_set_for_whoever_takes_too_long(tmp_path: Path):
    """
    While a file is looked at the time runs.
    """
    with _no_longer_than(60, tmp_path / "long.xlsx"):
        left = signal.alarm(60)

    assert 0 < left <= 60


def test_long_texts_are_compared_by_their_beginning():
    """
    No name is as long: what a stranger wrote costs no more than its first eight thousand letters.
    """
    assert fold("Bộ " * 3_000) == fold("Bộ " * 500_000)
