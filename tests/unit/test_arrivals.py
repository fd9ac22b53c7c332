"""Files of the inbox on their way into the raw store: looked at, copied, kept once, and receipted."""

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import NOW, ROOT

from resolution_monitor.collect.inbox import shown, waiting_files
from resolution_monitor.collect.land import keep, prepare_quarantine, raw_path, take_in
from resolution_monitor.collect.local_place import LocalPlace
from resolution_monitor.collect.outbox import name_in_outbox, put_back
from resolution_monitor.collect.read import ReadResult
from resolution_monitor.collect.receipt import marked_receipt_files
from resolution_monitor.errors import InboxError, SettingsError
from resolution_monitor.pipeline import Context
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.pipeline.receipts import lay_receipts
from resolution_monitor.settings import from_environment
from resolution_monitor.terms import Finding, Severity

OLD = datetime(2026, 11, 5, 3, 0, tzinfo=UTC)
# What differs between servers are statements, and those have tests of their own.
LONGEST = "a" * 250 + ".xlsx"


def lay(inbox: Path, path: str, content: bytes = b"no workbook") -> Path:
    """A file that came on 5 November at 10:00 Vietnamese time."""
    file = inbox / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    os.utime(file, (OLD.timestamp(), OLD.timestamp()))
    return file


def names(inbox: Path) -> list[tuple[str, str]]:
    return [(file.sender_id, file.file_name) for file in waiting_files(LocalPlace(inbox), NOW).files]


def ask(context: Context, question: str) -> list[tuple[object, ...]]:
    with context.database.transaction() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(question)]


def receipt(context: Context, sender: str, name: str) -> dict[str, object]:
    told: dict[str, object] = json.loads(
        (context.settings.home / "outbox" / sender / f"{name}.bien-nhan.json").read_bytes()
    )
    return told


def taken(place: LocalPlace, folder: Path) -> list[object]:
    prepare_quarantine(folder)
    files = waiting_files(place, NOW).files
    return [take_in(place, file, folder / str(number)) for number, file in enumerate(files)]


def test_kept_once_read_only_and_nothing_left(tmp_path: Path):
    """
    A file lies under its hash, read-only, once; the quarantine is its owner's only and says so to backups.
    """
    lay(tmp_path / "inbox", "BYT/a.csv", b"abc")
    quarantine, raw = tmp_path / "quarantine", tmp_path / "raw"
    for _ in range(2):
        keep(taken(LocalPlace(tmp_path / "inbox"), quarantine), raw)  # type: ignore[arg-type]
    prepare_quarantine(quarantine)

    kept = [path for path in raw.rglob("*") if path.is_file()]
    assert [raw_path(raw, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")] == kept
    assert (b"abc", 0o400) == (kept[0].read_bytes(), kept[0].stat().st_mode & 0o777)
    assert (0o700, ["CACHEDIR.TAG"]) == (quarantine.stat().st_mode & 0o777, [one.name for one in quarantine.iterdir()])


def test_without_room(tmp_path: Path):
    """
    A disk that takes no more ends in one sentence, and nothing half-written stays.
    """
    lay(tmp_path / "inbox", "BYT/a.csv", b"x" * 100_000)
    script = (
        "import resource, signal; from pathlib import Path; from datetime import datetime, UTC\n"
        "from resolution_monitor.collect.inbox import waiting_files\n"
        "from resolution_monitor.collect.land import prepare_quarantine, take_in\n"
        "from resolution_monitor.collect.local_place import LocalPlace\n"
        f"folder = Path({str(tmp_path)!r}); place = LocalPlace(folder / 'inbox')\n"
        "prepare_quarantine(folder / 'quarantine')\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))\n"
        "try: take_in(place, waiting_files(place, datetime.now(UTC)).files[0], folder / 'quarantine' / '1')\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    environment = {"PYTHONPATH": str(ROOT / "plugins")}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)

    assert done.stdout.startswith("StorageError no room left to write below")
    assert ["CACHEDIR.TAG"] == [one.name for one in (tmp_path / "quarantine").iterdir()]


def test_only_plain_whole_files_are_listed(tmp_path: Path):
    """
    Links, pipes, half-written and hidden files wait or stay; a folder of the operator's name makes no operator.
    """
    for path in (
        "op.csv",
        "BYT/a.csv",
        "BYT/b.csv.part",
        "BYT/.c.csv",
        "BYT/~$d.xlsx",
        "BYT/sub/e.csv",
        "operator/f.csv",
    ):
        lay(tmp_path, path)
    (tmp_path / "BYT" / "link.csv").symlink_to("/etc/passwd")
    (tmp_path / "linked").symlink_to("/etc")
    os.mkfifo(tmp_path / "BYT" / "pipe")

    assert [("operator", "op.csv"), ("BYT", "a.csv"), ("operator~", "f.csv")] == names(tmp_path)


@pytest.mark.parametrize(
    ("raw_name", "expected"),
    [
        ("báo cáo #1 ?.xlsx", "báo cáo #1 ?.xlsx"),
        ("..xlsx", "..xlsx"),
        ("a\nb", "a\\x0ab~ec8a9a7b"),
        ("\udcffx", "\\xffx~"),
        ("\u202exslx.exe", "\\u202exslx.exe~"),
    ],
)
def test_names_that_cannot_be_shown(raw_name: str, expected: str):
    """
    What is no text, or cannot be seen, is told by its code; every other name is left as it is.
    """
    told = shown(raw_name)

    assert told.isprintable()
    assert told.startswith(expected.partition("~")[0])
    assert ("~" in expected) == ("~" in told)


def test_link_in_the_place_of_a_listed_file_is_not_followed(tmp_path: Path):
    """
    Between the look and the copy a sender can put a link, or a folder that leads elsewhere: nothing comes of it.
    """
    file = lay(tmp_path / "inbox", "BYT/a.csv", b"abc")
    other = lay(tmp_path / "inbox", "BNV/a.csv", b"abc")
    place = LocalPlace(tmp_path / "inbox")
    of_bnv, of_byt = sorted(waiting_files(place, NOW).files, key=lambda one: one.sender_id)
    file.unlink()
    file.symlink_to("/etc/hostname")
    other.unlink()
    other.parent.rmdir()
    other.parent.symlink_to("/etc")
    prepare_quarantine(tmp_path / "quarantine")

    for one in (of_bnv, of_byt, replace(of_byt, name="../../quarantine/CACHEDIR.TAG"), replace(of_byt, folder="..")):
        with pytest.raises(OSError, match=r"symbolic|Not a directory|no name"):
            LocalPlace(tmp_path / "inbox").fetch(one.folder, one.name, tmp_path / "quarantine" / "x")


def test_file_that_changes_while_it_is_copied_waits(tmp_path: Path):
    """
    A file that is gone, or longer than it was when it was listed, is left for the next look.
    """
    file = lay(tmp_path / "inbox", "BYT/a.csv", b"abc")
    place = LocalPlace(tmp_path / "inbox")
    listed = waiting_files(place, NOW).files[0]
    file.write_bytes(b"abcd")
    prepare_quarantine(tmp_path / "quarantine")

    assert take_in(place, listed, tmp_path / "quarantine" / "1") is None
    file.unlink()
    assert take_in(place, listed, tmp_path / "quarantine" / "1") is None


def test_young_file_is_looked_at_twice(context: Context, tmp_path: Path):
    """
    A file that is still written waits; one that did not change for the quiet time is taken, whole.
    """
    settings = replace(context.settings, quiet_seconds=0.5)
    inbox = tmp_path / "inbox"
    lay(inbox, "BYT/old.csv", b"1")
    (inbox / "BYT" / "young.csv").write_bytes(b"2")
    growing = inbox / "BYT" / "growing.csv"
    growing.write_bytes(b"3")
    writer = threading.Timer(0.2, growing.write_bytes, [b"3333"])
    writer.start()
    counts = collect(replace(context, settings=settings), inbox)
    writer.join()

    assert (3, 2, 1) == (counts["files"], counts["new"], counts["waiting"])
    time.sleep(0.5)
    assert 1 == collect(replace(context, settings=settings), inbox)["new"]
    assert [("growing.csv", 4)] == ask(context, "select file_name, size_bytes from submission where size_bytes > 1")


def test_files_that_are_old_or_told_are_not_waited_for(context: Context, tmp_path: Path):
    """
    Neither a file that has long been there, nor one that the operator lists, costs a second look.
    """
    lay(tmp_path, "BYT/old.csv", b"1")
    (tmp_path / "BYT" / "told.csv").write_bytes(b"2")
    (tmp_path / "received.csv").write_text("path,received_at\nBYT/told.csv,2026-11-05T10:00:00+07:00\n")
    began = time.monotonic()

    assert 2 == collect(replace(context, settings=replace(context.settings, quiet_seconds=60.0)), tmp_path)["new"]
    assert time.monotonic() - began < 30


def test_unchanged_inbox_is_not_copied_again(context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """
    What is kept is passed by without opening it; touched, it is looked at and stays one submission.
    """
    file = lay(tmp_path, "BYT/a.csv")
    collect(context, tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(LocalPlace, "fetch", None)
        assert (1, 0) == tuple(collect(context, tmp_path)[name] for name in ("files", "new"))
    os.utime(file, (OLD.timestamp() + 60, OLD.timestamp() + 60))

    assert 0 == collect(context, tmp_path)["new"]
    assert [(1, 2)] == ask(context, "select count(distinct submission_id), count(*) from arrival")
    assert [(1,)] == ask(context, "select count(*) from load_step where starts_with(what, 'receive')")


def test_file_leaves_the_inbox_when_it_is_kept(context: Context, tmp_path: Path):
    """
    Where the setting says so, what is kept is removed; what came meanwhile, and what is half-written, stays.
    """
    for path in ("BYT/a.csv", "BNV/b.csv", "BNV/c.csv.part"):
        lay(tmp_path, path, path.encode())
    collect(replace(context, settings=replace(context.settings, removes_taken=True)), tmp_path)

    assert ["c.csv.part"] == [path.name for path in tmp_path.rglob("*") if path.is_file() and "state" not in path.parts]
    assert [(2,)] == ask(context, "select count(*) from submission")


def test_every_file_has_its_receipt(context: Context, tmp_path: Path):
    """
    Refused, copied, sent again under its name, from nobody we know, under the longest of names: each has its own.
    """
    lay(tmp_path, "BYT/a.csv", b"x")
    lay(tmp_path, "BYT/copy.csv", b"x")
    lay(tmp_path, f"XYZ/{LONGEST}")
    lay(tmp_path, "BYT/a.csv.lan-2", b"y")
    collect(context, tmp_path)
    lay(tmp_path, "BYT/a.csv", b"corrected")
    collect(context, tmp_path)
    laid = sorted(path.relative_to(context.settings.home / "outbox") for path in context.settings.home.rglob("*.txt"))

    assert 5 == len(laid)
    assert "Không tiếp nhận" == receipt(context, "BYT", "a.csv")["state_vi"]
    assert "a.csv" == receipt(context, "BYT", "copy.csv")["same_as"]
    assert 9 == receipt(context, "BYT", "a.csv.lan-2")["size_bytes"]
    assert all(len(path.name.encode()) <= 255 for path in laid)


def test_receipt_in_words(context: Context, tmp_path: Path):
    """
    The receipt of a refused file, as its sender reads it.
    """
    lay(tmp_path, "BYT/a.xlsx", b"x")
    collect(context, tmp_path)
    told = (context.settings.home / "outbox" / "BYT" / "a.xlsx.bien-nhan.txt").read_text(encoding="utf-8")

    assert told.splitlines()[:9] == [
        "BIÊN NHẬN TỆP BÁO CÁO",
        "",
        "Nơi gửi: Bộ Y tế (BYT)",
        "Tên tệp: a.xlsx",
        "Dung lượng: 1 byte",
        "Mã kiểm tra nội dung (SHA-256): 2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
        "Thời điểm nhận: 10 giờ 00 phút 00 giây, ngày 05/11/2026 (giờ Việt Nam)",
        "Số tiếp nhận: 1",
        "Tình trạng: Không tiếp nhận",
    ]
    assert "Đề nghị" in told.splitlines()[-1]


def test_receipt_is_laid_again_once_the_file_is_read(context: Context, tmp_path: Path):
    """
    A file that only waits says so; once it is read its receipt says where it stands, and then it is closed.
    """
    from unit.body_reports import as_workbook, good_report

    lay(tmp_path, "BYT/a.xlsx", as_workbook(good_report()))
    collect(context, tmp_path)
    before = receipt(context, "BYT", "a.xlsx")
    normalise(context, None)

    assert ("received", None) == (before["state"], before["findings"])
    assert {"receipts": 1} == lay_receipts(context)
    assert "Đã tiếp nhận toàn bộ" == receipt(context, "BYT", "a.xlsx")["state_vi"]
    assert {"receipts": 0} == lay_receipts(context)


def test_receipt_of_a_marked_document_tells_nothing_of_it():
    """
    Its name is the moment it came.
    """
    name, contents = marked_receipt_files(OLD)

    assert "20261105-100000" == name
    assert b"sha256" not in contents[".bien-nhan.json"]
    assert "bí mật nhà nước" in contents[".bien-nhan.txt"].decode()


def test_marked_document_leaves_no_trace(
    context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    """
    What the guard calls marked is gone from the inbox and the quarantine; nothing is kept but a receipt of its time.
    """
    caplog.set_level("DEBUG")
    lay(tmp_path, "BYT/good.csv", b"good")
    lay(tmp_path, "BYT/plan-bravo.csv", b"marked")

    def guard(settings: object, paths: list[Path], senders: object, watch: object) -> list[ReadResult]:
        details = (("document_number", ""), ("level", "MẬT"))
        marked = Finding("secrecy-mark", Severity.BLOCK, details=details)
        return [ReadResult(None, marked if path.read_bytes() == b"marked" else None) for path in paths]

    monkeypatch.setattr("resolution_monitor.pipeline.taking.guard_files", guard)
    counts = collect(context, tmp_path)
    left = sorted(path.name for path in tmp_path.rglob("*") if path.is_file() and path.name != "CACHEDIR.TAG")

    assert (2, 1, 1) == (counts["files"], counts["new"], counts["marked"])
    assert [("good.csv", "good.csv")] == ask(
        context, "select arrival.file_name, s.file_name from arrival, submission as s"
    )
    assert "bravo" not in caplog.text + str(left)
    assert "20261105-100000.bien-nhan.json" in left
    assert 0 == collect(context, tmp_path)["new"]


def test_names_in_the_outbox_never_meet():
    """
    Versions, names that look like versions, and names cut to what a folder takes are all different.
    """
    written = [
        name_in_outbox("a.csv", ".bien-nhan.json"),
        name_in_outbox("a.csv", ".bien-nhan.json", version=2),
        name_in_outbox("a.csv.lan-2", ".bien-nhan.json"),
        name_in_outbox("ấ" * 300, ".bien-nhan.json"),
        name_in_outbox("ấ" * 301, ".bien-nhan.json"),
    ]

    assert ["a.csv.bien-nhan.json", "a.csv.lan-2.bien-nhan.json"] == written[:2]
    assert 5 == len(set(written))
    assert all(len(name.encode()) <= 255 for name in written)


def test_put_back_writes_the_same_only_once(tmp_path: Path):
    """
    The same content again leaves the file as it is; another takes its place, whole.
    """
    first = put_back(tmp_path, "BYT", LONGEST, b"1")
    before = first.stat().st_ino
    put_back(tmp_path, "BYT", LONGEST, b"1")
    assert before == first.stat().st_ino

    put_back(tmp_path, "BYT", LONGEST, b"2")

    assert b"2" == first.read_bytes()
    assert [LONGEST] == [path.name for path in (tmp_path / "BYT").iterdir()]


def test_folder_of_one_sender_that_is_closed_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """
    A folder that cannot be read is counted, and the others are read.
    """
    lay(tmp_path, "BNV/a.csv")
    lay(tmp_path, "BYT/a.csv")
    entries = LocalPlace.entries

    def closed(place: LocalPlace, folder: str | None) -> object:
        if folder == "BNV":
            raise PermissionError(13, "Permission denied")
        return entries(place, folder)

    monkeypatch.setattr(LocalPlace, "entries", closed)
    listing = waiting_files(LocalPlace(tmp_path), NOW)

    assert (["BYT"], 1) == ([file.sender_id for file in listing.files], listing.closed_folders)
    with pytest.raises(InboxError, match="cannot be read"):
        waiting_files(LocalPlace(tmp_path / "none"), NOW)


def test_no_file_came_after_now(tmp_path: Path):
    """
    Senders set any time they like: one to come is now, one that no calendar holds is no error.
    """
    for name, seconds in (("a.csv", (NOW + timedelta(days=9)).timestamp()), ("b.csv", 2**36), ("c.csv", -(2**36))):
        os.utime(lay(tmp_path, name), (seconds, seconds))

    assert all(file.received_at <= NOW for file in waiting_files(LocalPlace(tmp_path), NOW).files)
    assert 3 == len(waiting_files(LocalPlace(tmp_path), NOW).files)


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ({"RESOLUTION_MONITOR_INBOX": "sftp://bn:geheim@host/in"}, "holds a password"),
        ({"RESOLUTION_MONITOR_INBOX": "ftp://host/in"}, "known: a path, file, sftp, s3"),
        ({"RESOLUTION_MONITOR_INBOX": "/in", "RESOLUTION_MONITOR_OUTBOX": "/in/out"}, "receipts would arrive again"),
        ({"RESOLUTION_MONITOR_INBOX_AFTER": "move"}, "keep or remove"),
        ({"RESOLUTION_MONITOR_INBOX_QUIET_SECONDS": "nan"}, "0 to 3600"),
        ({"RESOLUTION_MONITOR_INBOX_OPTIONS": "/none"}, "cannot be read"),
    ],
)
def test_settings_of_the_inbox_that_cannot_hold(setting: dict[str, str], words: str):
    """
    A wrong setting is told at once, without the password in it.
    """
    with pytest.raises(SettingsError, match=words) as told:
        from_environment(setting)

    assert "geheim" not in str(told.value)


def test_options_are_read_by_their_owner_only(tmp_path: Path):
    """
    A file of passwords that others can read is refused; its longest fitting entry counts; it is never printed.
    """
    options = tmp_path / "options.json"
    options.write_text('{"sftp://": {"password": "a"}, "sftp://bn@host": {"password": "geheim"}}')
    environment = {"RESOLUTION_MONITOR_INBOX_OPTIONS": str(options)}
    options.chmod(0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        from_environment(environment)
    options.chmod(0o600)
    settings = from_environment(environment)

    assert {"password": "geheim"} == settings.options_of("sftp://bn@host/in")
    assert {} == settings.options_of("s3://bucket")
    assert "geheim" not in repr(settings)


def test_what_is_passed_by_is_logged(context: Context, tmp_path: Path, caplog: pytest.LogCaptureFixture):
    """
    A sender's folder that is a link, and hidden names, are told to the log at every collection; no file's name is.
    """
    lay(tmp_path, "BYT/a.csv")
    lay(tmp_path, "BYT/.secret-plan.csv")
    (tmp_path / "BNV").symlink_to(tmp_path / "BYT")
    (tmp_path / ".hidden").mkdir()
    collect(context, tmp_path)

    told = [record for record in caplog.records if record.message == "inbox.names_skipped"]
    assert [(1, 1), (0, 1)] == [(vars(one)["links"], vars(one)["hidden"]) for one in told]
    assert "BYT" == vars(told[1])["sender_id"]
    assert "secret" not in str([vars(record) for record in caplog.records])


@pytest.mark.parametrize("address", ["File:///srv/inbox", "file:///srv/inbox", "/srv/inbox"])
def test_folder_by_url(address: str):
    """
    The kind of a URL is written in any case.
    """
    found = from_environment({"RESOLUTION_MONITOR_INBOX": address, "RESOLUTION_MONITOR_OUTBOX": "/srv/outbox"})

    assert found.inbox == "/srv/inbox"


@pytest.mark.parametrize(
    "address", ["FILE:///", "FILE://", "file://host/inbox", "file://", "ftp://host/x", " ", "a\x00b"]
)
def test_address_that_names_no_folder(address: str):
    """
    It is refused in a sentence.
    """
    with pytest.raises(SettingsError, match=r"names no folder|begins with|lies in the inbox"):
        from_environment({"RESOLUTION_MONITOR_INBOX": address})
