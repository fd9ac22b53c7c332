"""What commands print on a terminal, and what clean spares."""

import io
import re
import tomllib
from decimal import Decimal
from pathlib import Path

import pandas
import pytest
from conftest import ROOT, SAMPLES
from installation import monitor
from rich.console import Console

from resolution_monitor import __main__ as door
from resolution_monitor.commands.clean import require_demonstration
from resolution_monitor.commands.output import Format, write
from resolution_monitor.errors import PeriodError, SettingsError
from resolution_monitor.period import parse_period
from resolution_monitor.settings import from_environment


def test_table_fits_the_terminal():
    """
    At 80 columns each row stands on one line; the name gives way, codes and numbers are whole.
    """
    row = {
        "code": "BVHTTDL",
        "name": "Bộ Văn hóa, Thể thao và Du lịch",
        "indicator": "NS.02",
        "observed": Decimal("1076723842.3"),
        "planned": Decimal(882000000),
        "attainment_raw_pct": 122.0775,
        "attainment_pct": None,
        "status": "NO_DATA",
    }
    shown = {}
    for width in (80, 120):
        buffer = io.StringIO()
        write(pandas.DataFrame([row]), Format.TABLE, Console(file=buffer, width=width), if_empty="")
        shown[width] = buffer.getvalue().splitlines()

    assert [2, 2] == [len(lines) for lines in shown.values()]
    assert max(map(len, shown[80])) <= 80
    assert re.fullmatch(
        r"BVHTTDL Bộ Văn.*… +NS\.02 1\.076\.723\.842 882\.000\.000 122,08 +NO_DATA", shown[80][1].rstrip()
    )
    assert "Bộ Văn hóa, Thể thao và Du lịch" in shown[120][1]


def test_table_of_the_nation_names_its_indicator_once():
    """
    Where each row is its indicator, the table has no second column of the same codes; CSV keeps it.
    """
    frame = pandas.DataFrame({"code": ["NS.01"], "name": ["Thu"], "indicator": ["NS.01"]})
    shown = {}
    for form in (Format.TABLE, Format.CSV):
        buffer = io.StringIO()
        write(frame, form, Console(file=buffer, width=80), if_empty="")
        shown[form] = buffer.getvalue()

    assert ["code", "name", "NS.01", "Thu"] == shown[Format.TABLE].split()
    assert "code,name,indicator\nNS.01,Thu,NS.01\n" == shown[Format.CSV]


def test_clean_spares_what_is_not_the_demonstration(tmp_path: Path):
    """
    Another state folder, and a link in the demonstration's place, are refused; var/demo itself passes.
    """
    demonstration = tmp_path / "var" / "demo"
    (tmp_path / "var" / "live").mkdir(parents=True)
    live = from_environment({"RESOLUTION_MONITOR_HOME": str(tmp_path / "var" / "live")}, tmp_path)
    with pytest.raises(SettingsError, match="nothing was removed; unset RESOLUTION_MONITOR_HOME"):
        require_demonstration(live)

    require_demonstration(from_environment({}, tmp_path))
    demonstration.symlink_to(tmp_path / "var" / "live")
    with pytest.raises(SettingsError, match=r"leads to .*live; nothing was removed"):
        require_demonstration(from_environment({}, tmp_path))


def test_a_code_is_never_cut():
    """
    On a terminal too narrow for what a row holds the line is folded; names give way, codes do not.
    """
    row = {
        "item_kind": "indicator",
        "item_id": "57-T01/T01-UBND",
        "item": "Ban hành chiến lược dữ liệu",
        "state": "missing",
    }
    for width in (20, 40, 60):
        buffer = io.StringIO()
        write(pandas.DataFrame([row]), Format.TABLE, Console(file=buffer, width=width), if_empty="")
        shown = buffer.getvalue()

        assert all(code in shown for code in ("indicator", "57-T01/T01-UBND", "missing"))
        assert 2 == len(shown.splitlines())
    assert "Ban hành ch" in shown


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("10/2026", "2026-10"),
        ("T10-2026", "2026-10"),
        ("tháng 9/2026", "2026-09"),
        ("2026-9", "2026-09"),
        ("202610", "2026-10"),
        ("Quý 3/2026", "2026-Q3"),
        ("2026/Q3", "2026-Q3"),
        ("tuần 44/2026", "2026-W44"),
        ("31.10.2026", "2026-10-31"),
    ],
)
def test_a_period_written_otherwise(written: str, meant: str):
    """
    A period that is not known as it is written is answered with the one that was meant.
    """
    with pytest.raises(PeriodError, match=rf"did you mean {meant}\?"):
        parse_period(written)


@pytest.mark.parametrize("written", ["13/2026", "2026-Q7", "october", "BYT", ""])
def test_nothing_was_meant(written: str):
    """
    Where there is no such period, none is offered.
    """
    with pytest.raises(PeriodError, match="is not known; write a year"):
        parse_period(written)


def asked(*arguments: str, **environment: str) -> tuple[int, str]:
    done = monitor(Path("/nonexistent"), *arguments, **environment)
    return done.returncode, done.stdout + done.stderr


def test_codes_are_taken_in_any_case(tmp_path: Path):
    """
    byt is BYT, and 2026-q4 is 2026-Q4; a body that is none is answered with those nearest to it.
    """
    file = str(SAMPLES / "BTC" / "Plan_2013.xls")

    assert "'byt'" not in asked("check", file, "--agency", "byt", "--period", "2026-10d")[1]
    assert (
        "agency 'BYTE' is not known; write its code in catalogue/bodies, such as BYT"
        in (asked("check", file, "--agency", "byte", "--period", "2026-10")[1])
    )


def test_the_report_that_a_period_needs():
    """
    A period of another kind is answered with the report that is made on it.
    """
    code, words = asked("run", "--period", "2026-10", "--inbox", str(SAMPLES))

    assert (31, True) == (code, "write --report resolutions_month" in words)


def test_version():
    """
    It is that of the project.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert (0, f"Resolution Monitor {project['version']}\n") == asked("--version")


def test_shell_completion():
    """
    Commands are completed from the table, options from the command.
    """
    names = asked(_MONITOR_COMPLETE="complete_bash", COMP_WORDS="./monitor verif", COMP_CWORD="1")[1].split()
    options = asked(_MONITOR_COMPLETE="complete_bash", COMP_WORDS="./monitor status --ag", COMP_CWORD="2")[1].split()

    assert (["verify-document", "verify", "verified", "verifications"], ["--agency"]) == (names, options)


def test_which_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """
    Where an installation and a demonstration are both there, one line says which is used.
    """
    monkeypatch.setattr(door, "PROJECT_ROOT", tmp_path)
    monkeypatch.delenv("DEMO", raising=False)
    door.say_which_state("demo")
    assert "" == capsys.readouterr().err

    (tmp_path / "var" / "live").mkdir(parents=True)
    door.say_which_state("demo")
    assert "state: var/demo, not var/live" in capsys.readouterr().err
    (tmp_path / "var" / "demo").mkdir()
    door.say_which_state("live")
    assert "state: var/live, not var/demo" in capsys.readouterr().err
