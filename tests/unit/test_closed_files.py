"""Files that may bear a mark of secrecy lie closed until a named person decides; nothing of them is read before."""

import functools
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner
from unit.body_reports import as_workbook, good_report
from unit.test_mark_carriers import xlsx
from unit.test_secrecy_road import every_file, every_row, lay, one, walk

from resolution_monitor.__main__ import app
from resolution_monitor.errors import LedgerError, SettingsError
from resolution_monitor.pipeline import Context
from resolution_monitor.pipeline.closed_files import RELEASE, TURN_AWAY, carry_out, decide
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.store.closed_rows import closed_files
from resolution_monitor.store.load_step import load_step

ORDER = {"author": "Trần B", "reason": "a column of honey"}
NAME = "Ke hoach Hoa Sen.xlsx"


@functools.cache
def doubtful() -> bytes:
    return xlsx(lambda workbook: workbook.active.append(["Mật", "HOASEN"]))


def lying(context: Context) -> list[str]:
    folder = context.settings.closed_folder
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".TAG") if folder.exists() else []


def notice(context: Context) -> str:
    (path,) = (context.settings.home / "outbox" / "BYT").glob("20*.bien-nhan.txt")
    return path.read_text(encoding="utf-8")


def test_doubtful_file_is_closed(context: Context, caplog: pytest.LogCaptureFixture):
    """
    It leaves the inbox, is read by nobody, and its sender is told; tables and logs tell neither name nor content.
    """
    caplog.set_level(logging.DEBUG)
    path = lay(context, "BYT", NAME, doubtful())
    lay(context, "BNV", "bc.xlsx", as_workbook(good_report()))
    counts = walk(context)

    assert (1, 1, 0) == (counts["new"], counts.get("closed"), counts.get("marked", 0))
    assert not path.exists()
    folder = context.settings.closed_folder
    assert (0o700, 0o400) == (folder.stat().st_mode & 0o777, (folder / "1").stat().st_mode & 0o777)
    assert ["1", "1.json"] == lying(context)
    assert "niêm giữ" in notice(context)
    told = [*map(str, (vars(record) for record in caplog.records)), every_row(context)]
    assert not any("Hoa Sen" in text or "HOASEN" in text for text in told)
    assert 0 == walk(context)["new"]


def test_released_file_goes_on_as_it_came(context: Context):
    """
    Sender, name and time are those of its coming; the same content is not asked about again, under any name.
    """
    lay(context, "BYT", NAME, doubtful())
    walk(context)
    came = closed_files(context.database)[0].received_at
    later = replace(context, now=context.now + timedelta(hours=5))
    decide(later, 1, RELEASE, **ORDER)

    assert [] == lying(context)
    assert came == one(context, "select received_at from submission")
    assert NAME == one(context, "select file_name from submission")
    assert "không mang dấu" in notice(context)
    walk(later)
    assert 1 == len(list(context.settings.raw_folder.glob("??/*")))
    assert "received" != one(context, "select state from standing_submission")
    lay(context, "BNV", "other.xlsx", doubtful())
    assert (1, 0) == ((counts := walk(later))["new"], counts.get("closed", 0))


def test_file_turned_away_leaves_nothing(context: Context):
    """
    It becomes a marked file: a row of its time, a word to its sender; the same content is turned away from then on.
    """
    lay(context, "BYT", NAME, doubtful())
    walk(context)
    decide(context, 1, TURN_AWAY, **ORDER)

    assert [] == lying(context)
    assert 1 == one(context, "select count(*) from marked_refusal")
    assert 0 == one(context, "select count(*) from submission")
    assert "Hoa Sen" not in every_row(context) + every_file(context.settings)
    path = lay(context, "BYT", "again.xlsx", doubtful())
    lay(context, "BNV", "bc.xlsx", as_workbook(good_report()))
    assert 1 == walk(context)["marked"]
    assert not path.exists()


def test_decision_is_final(context: Context):
    """
    It is kept with author and reason and never written over; the same again changes nothing.
    """
    lay(context, "BYT", NAME, doubtful())
    walk(context)
    for order in ({**ORDER, "author": " "}, {**ORDER, "reason": ""}):
        with pytest.raises(LedgerError, match="is empty"):
            decide(context, 1, RELEASE, **order)
    with pytest.raises(LedgerError, match="no closed file 7"):
        decide(context, 7, RELEASE, **ORDER)
    decide(context, 1, RELEASE, **ORDER)
    decide(context, 1, RELEASE, author="Somebody else", reason="late")

    with pytest.raises(LedgerError, match="decided before"):
        decide(context, 1, TURN_AWAY, **ORDER)
    assert "Trần B" == one(context, "select author from closed_decision")
    assert 1 == one(context, "select count(*) from journal where action = 'release'")


def test_decision_cut_short_is_carried_out(context: Context):
    """
    A decision that was noted and not done is done by the next collection; again it changes nothing.
    """
    lay(context, "BYT", NAME, doubtful())
    walk(context)
    from resolution_monitor.store.closed_rows import save_decision

    with load_step(context.database, "test", context.now) as step:
        save_decision(step, closed_files(context.database)[0], RELEASE, **ORDER)

    collect(context, context.settings.inbox_folder)
    assert [] == lying(context)
    assert 1 == one(context, "select count(*) from submission")
    assert 0 == carry_out(context)


def test_same_doubtful_content_again_is_one_number(context: Context):
    """
    A run cut short between noting and moving finds the file in the inbox again.
    """
    for name in (NAME, "again.xlsx"):
        lay(context, "BYT", name, doubtful())
        walk(context)

    assert [1] == [row.closed_number for row in closed_files(context.database)]
    assert ["1", "1.json"] == lying(context)


def test_file_of_a_manual_folder_stays_there(context: Context, tmp_path: Path):
    """
    In a folder that a person named nothing is removed: neither what is closed nor what is marked, nor what was taken.
    """
    contents: dict[str, Callable[[], bytes]] = {
        "a.xlsx": doubtful,
        "b.xlsx": lambda: xlsx(lambda workbook: workbook.active.append(["TỐI MẬT"])),
        "c.xlsx": lambda: as_workbook(good_report()),
    }
    (tmp_path / "BYT").mkdir()
    for name, content in contents.items():
        (tmp_path / "BYT" / name).write_bytes(content())
    removing = replace(context, settings=replace(context.settings, removes_taken=True))
    for _ in range(2):
        counts = collect(removing, tmp_path, is_manual=True)

    assert sorted(contents) == sorted(path.name for path in (tmp_path / "BYT").iterdir())
    assert (1, 1) == (counts["marked"], counts["closed"])
    assert 1 == one(context, "select count(*) from marked_refusal")


def test_command(context: Context, monkeypatch: pytest.MonkeyPatch):
    """
    The list tells number, sender and time; a decision needs a name and a reason.
    """
    lay(context, "BYT", NAME, doubtful())
    walk(context)
    monkeypatch.setenv("RESOLUTION_MONITOR_HOME", str(context.settings.home))
    monkeypatch.setenv("DATABASE_URL", str(context.settings.database_url))
    runner = CliRunner()

    assert "1: a file of BYT" in runner.invoke(app, ["marked"]).output
    for wrong, error in ((["marked", "1"], SettingsError), (["marked", "1", "--release"], LedgerError)):
        assert isinstance(runner.invoke(app, wrong).exception, error)
    done = runner.invoke(app, ["marked", "1", "--release", "--by", "Trần B", "--reason", "honey"])
    assert "taken as it came" in done.output
    assert "no file waits" in runner.invoke(app, ["marked"]).output
    assert "released by Trần B: honey" in runner.invoke(app, ["marked", "--all"]).output
