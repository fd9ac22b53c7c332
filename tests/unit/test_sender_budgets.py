"""One sender cannot keep the files of the others waiting: sizes are looked at first, and each has a budget."""

import errno
import json
import os
import signal
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hostile.workbooks import macros
from unit.body_reports import as_workbook, good_report
from unit.test_mark_carriers import xlsx
from unit.test_secrecy_road import lay, one, states, walk

from resolution_monitor.collect.budget import Budget
from resolution_monitor.collect.inbox import OPERATOR, InboxFile
from resolution_monitor.collect.land import raw_path
from resolution_monitor.collect.local_place import LocalPlace
from resolution_monitor.collect.read import FileReader
from resolution_monitor.errors import SettingsError, StorageError
from resolution_monitor.limits import Limits, limits_of
from resolution_monitor.pipeline import Context
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.normalise import normalise, read_all
from resolution_monitor.pipeline.stages import run_arrivals, run_stage
from resolution_monitor.sandbox.warm_child import Answer, WarmChild
from resolution_monitor.store.submission_rows import submissions_by_number


def within(context: Context, **limits: int) -> Context:
    return replace(context, settings=replace(context.settings, limits=replace(context.settings.limits, **limits)))


def take(context: Context) -> dict[str, int]:
    return collect(context, context.settings.inbox_folder)


def told(context: Context, sender: str, name: str) -> dict[str, Any]:
    path = context.settings.home / "outbox" / sender / f"{name}.bien-nhan.json"
    assert path.exists(), f"{sender} is not told of {name}"
    return dict(json.loads(path.read_bytes()))


def workbook(text: str) -> bytes:
    return xlsx(lambda book: book.active.append([text]))


def test_huge_file_stops_nobody(context: Context):
    """
    A sparse file of three gigabytes is not copied: its sender is told once, and the others go on.
    """
    huge = lay(context, "BYT", "huge.xlsx", b"PK\x03\x04")
    os.truncate(huge, 3 * 1024**3)
    lay(context, "BNV", "bc.xlsx", as_workbook(good_report()))
    begun = time.process_time()
    counts = take(context)

    assert time.process_time() - begun < 3
    assert (1, 1) == (counts["new"], counts["too_large"])
    assert "not_taken" == told(context, "BYT", "huge.xlsx")["state"]
    assert "3.072,0 MB" in told(context, "BYT", "huge.xlsx")["text"].replace("3072,0", "3.072,0")
    (context.settings.home / "outbox" / "BYT" / "huge.xlsx.bien-nhan.json").unlink()
    assert 0 == take(context)["new"]
    assert not (context.settings.home / "outbox" / "BYT" / "huge.xlsx.bien-nhan.json").exists()
    assert huge.exists()


def test_huge_file_stays_where_files_are_removed(context: Context):
    """
    What was never taken is never removed.
    """
    huge = lay(context, "BYT", "huge.xlsx", b"x")
    os.truncate(huge, 100 * 1024**2)
    lay(context, "BNV", "bc.xlsx", as_workbook(good_report()))
    removing = replace(context, settings=replace(context.settings, removes_taken=True))
    for _ in range(2):
        take(removing)

    assert ["huge.xlsx"] == [path.name for path in context.settings.inbox_folder.rglob("*.xlsx")]


def test_file_that_grows_while_it_is_copied(tmp_path: Path):
    """
    No more than was listed is copied, whatever the file has become.
    """
    (tmp_path / "BYT").mkdir()
    path = tmp_path / "BYT" / "a.xlsx"
    path.write_bytes(b"x")
    os.truncate(path, 50 * 1024**2)
    LocalPlace(tmp_path).fetch("BYT", "a.xlsx", tmp_path / "copy", most=1000)

    assert (tmp_path / "copy").stat().st_size <= 1024 * 1024 + 1000


@pytest.mark.parametrize(
    "limits",
    [{"sender_files": 2}, {"sender_bytes": 2 * len(workbook("a")) + 200}, {"sender_seconds": 0}],
    ids=["files", "bytes", "seconds"],
)
def test_sender_over_its_budget_waits(context: Context, limits: dict[str, int]):
    """
    The rest of its files waits for the next collection, and it is told; the file of another goes on at once.
    """
    for number in range(5):
        lay(context, "BYT", f"{number}.xlsx", workbook(str(number)))
    lay(context, "BTC", "bc.xlsx", as_workbook(good_report()))
    limited = within(context, **limits)
    first = take(limited)

    assert 1 == one(context, "select count(*) from submission where sender_id = 'BTC'")
    assert 0 < first.get("over_budget", 0) < 5 or limits == {"sender_seconds": 0}
    assert "waiting" == told(context, "BYT", "tep-cho-thu-nhan")["state"]
    assert str(first["over_budget"]) in told(context, "BYT", "tep-cho-thu-nhan")["text"]
    for _ in range(3):
        take(context if limits == {"sender_seconds": 0} else limited)
    assert 5 == one(context, "select count(*) from submission where sender_id = 'BYT'")


def test_budget_of_the_collection(context: Context):
    """
    A collection takes so many files of all senders; the next goes on.
    """
    for sender in ("BYT", "BNV", "BTC"):
        lay(context, sender, "bc.xlsx", workbook(sender))
    limited = within(context, collection_files=2)

    assert (2, 1) == ((counts := take(limited))["new"], counts.get("over_budget"))
    assert 1 == take(limited)["new"]


def test_operator_has_the_budget_of_all():
    """
    What an operator lays is not one sender's; a sender's first file is always taken.
    """
    budget = Budget(Limits(sender_files=1, sender_bytes=10, collection_files=4))

    def file(sender: str, size: int) -> InboxFile:
        moment: Any = None
        return InboxFile(sender, "a", None, "a", size, moment, moment)

    asked = [budget.may_copy(file(sender, 50)) for sender in (OPERATOR, OPERATOR, "BYT", "BYT", "BTC", "BNV")]
    assert [True, True, True, False, True, False] == asked
    assert {"BYT": 1, "BNV": 1} == dict(budget.waiting)


def test_one_file_that_cannot_be_written_stops_nobody(context: Context, monkeypatch: pytest.MonkeyPatch):
    """
    A disk without room for one file of one sender is that sender's; where nothing can be written, the run ends.
    """
    lay(context, "BTC", "bc.xlsx", as_workbook(good_report()))
    lay(context, "BYT", "full.xlsx", workbook("full"))
    fetch = LocalPlace.fetch

    def full(self: LocalPlace, folder: str, name: str, target: Path, **more: Any) -> str:
        if name == "full.xlsx":
            raise OSError(errno.ENOSPC, "no room")
        return fetch(self, folder, name, target, **more)

    monkeypatch.setattr(LocalPlace, "fetch", full)
    assert (1, 1) == ((counts := take(context))["new"], counts["unreadable"])
    with pytest.raises(StorageError):
        take(context)


def test_settings_of_limits():
    """
    Limits come from the environment; what is no number is refused in a sentence.
    """
    limits = limits_of({"RESOLUTION_MONITOR_SENDER_MEGABYTES": "5", "RESOLUTION_MONITOR_COLLECTION_SECONDS": "60"})

    assert (5 * 1024**2, 60, 1_000) == (limits.sender_bytes, limits.collection_seconds, limits.sender_files)
    for text in ("0", "-1", "viele", "1.5"):
        with pytest.raises(SettingsError, match="whole number"):
            limits_of({"RESOLUTION_MONITOR_SENDER_FILES": text})


# --- What was refused, and who was killed --------------------------------------------------------------------------


def test_refused_file_is_not_read_again(context: Context):
    """
    Neither at the next collection nor at the reading after it.
    """
    lay(context, "BYT", "macros.xlsm", macros())
    lay(context, "BYT", "x.xlsx", b"no workbook")

    assert (2, 0) == ((counts := take(context))["refused"], normalise(context, None)["files"])
    assert 2 == counts["new"]
    assert (0, 0) == (take(context)["new"], normalise(context, None)["files"])


def test_slow_sender_waits_when_it_is_read(context: Context):
    """
    Reading has the same budget: whoever is over it stays received, and is read next time.
    """
    for number in range(3):
        lay(context, "BYT", f"{number}.xlsx", workbook(str(number)))
    lay(context, "BTC", "bc.xlsx", as_workbook(good_report()))
    take(context)
    read = normalise(within(context, sender_seconds=0), None)

    assert (2, 2) == (read["files"], read["waiting"])
    assert 2 == one(context, "select count(*) from standing_submission where state = 'received'")
    assert 2 == normalise(context, None)["files"]


def test_counts_are_those_of_the_stage(context: Context):
    """
    What Airflow shows of a collection: files that lie in the inbox, those that are new, and those that were read.
    """
    lay(context, "BYT", "macros.xlsm", macros())
    lay(context, "BTC", "bc.xlsx", as_workbook(good_report()))
    counts = run_arrivals(context.settings, context.now)

    assert (2, 2, 1, 1) == tuple(counts[name] for name in ("files", "new", "refused", "files_read"))
    assert (2, 3) == (counts["answered"], counts["receipts"])
    again = run_arrivals(context.settings, context.now)
    assert (2, 0, 0, 0) == tuple(again[name] for name in ("files", "new", "files_read", "answered"))


def test_reader_killed_from_outside_is_asked_again(context: Context, monkeypatch: pytest.MonkeyPatch):
    """
    Whoever kills the child says nothing of the file: it is read by another child at once.
    """
    lay(context, "BYT", "bc.xlsx", as_workbook(good_report()))
    ask, killed = WarmChild.ask, []

    def kill_first(self: WarmChild, head: Mapping[str, Any], content: bytes, whose: str = "") -> Answer:
        if not killed:
            killed.append(head)
            os.kill(self._process.pid, signal.SIGKILL)
            self._process.wait()
        return ask(self, head, content, whose)

    monkeypatch.setattr(WarmChild, "ask", kill_first)
    assert (1, 0) == ((counts := take(context))["new"], counts["refused"])
    assert ["kept"] == states(context)


def test_file_accepted_after_all_lies_in_raw(context: Context, monkeypatch: pytest.MonkeyPatch):
    """
    A file that was refused and held, as its reader was killed twice, is kept like any other once it is accepted.
    """
    content = as_workbook(good_report())
    lay(context, "BYT", "bc.xlsx", content)
    with monkeypatch.context() as patched:
        death = {"died": "exit code -9", "from_outside": True}
        patched.setattr(FileReader, "_asked", lambda *asked: death)
        assert 1 == take(context)["refused"]
    assert ["held"] == states(context)
    read_all(context, submissions_by_number(context.database, [1]))

    assert ["kept"] == states(context)
    (kept,) = context.settings.raw_folder.glob("??/*")
    assert kept == raw_path(context.settings.raw_folder, kept.name)
    assert not list(context.settings.held_folder.glob("??/*"))


# --- What its sender is told ---------------------------------------------------------------------------------------


def test_receipt_names_the_answer_and_what_to_mend(context: Context):
    """
    Once a file was read its receipt names the answer beside it, and lists what is to be mended.
    """
    lay(context, "BYT", "macros.xlsm", macros())
    lay(context, "BTC", "bc.xlsx", as_workbook(good_report()))
    run_arrivals(context.settings, context.now)
    outbox = context.settings.home / "outbox"
    for sender, name in (("BYT", "macros.xlsm"), ("BTC", "bc.xlsx")):
        receipt = told(context, sender, name)
        assert (outbox / sender / str(receipt["answer"])).exists()
        assert receipt["findings"] == len(receipt["to_mend"])
        text = (outbox / sender / f"{name}.bien-nhan.txt").read_text(encoding="utf-8")
        assert f"Tệp trả lời: {receipt['answer']}" in text
        assert all(sentence in text for sentence in receipt["to_mend"])


def test_every_run_answers(context: Context):
    """
    A run of a briefing answers like the collection every quarter of an hour.
    """
    lay(context, "BYT", "bc.xlsx", as_workbook(good_report()))
    asked = {"period": "2026-10", "inbox": None}
    for stage in ("collect", "normalise"):
        counts = run_stage(stage, "resolutions_month", context.now, asked, context.settings, context.now)

    assert (1, 1) == (counts.get("answered"), counts["files"])
    assert walk(context)["new"] == 0
