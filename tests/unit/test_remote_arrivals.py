"""An inbox and an outbox on an SFTP server: the same road, over the network."""

import logging
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sftp_server import PASSWORD, SftpServer, serving_sftp
from unit.body_reports import as_workbook, good_report
from unit.test_arrivals import ask, lay

from resolution_monitor.collect.inbox import waiting_files
from resolution_monitor.collect.places import open_place
from resolution_monitor.errors import ChannelError, SettingsError
from resolution_monitor.pipeline import Context
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.pipeline.receipts import lay_receipts
from resolution_monitor.settings import Settings, from_environment


@pytest.fixture
def sftp(tmp_path: Path) -> Iterator[SftpServer]:
    (tmp_path / "in").mkdir()
    with serving_sftp(tmp_path) as server:
        yield server


def on_sftp(settings: Settings, sftp: SftpServer, **options: object) -> Settings:
    told = {"password": PASSWORD, "host_key": sftp.host_key, **options}
    given = {key: value for key, value in told.items() if value is not None}
    places = {"inbox": sftp.address("/in"), "outbox": sftp.address("/out")}
    return replace(settings, **places, channel_options={"sftp://": given})  # type: ignore[arg-type]


def test_road_over_sftp(context: Context, sftp: SftpServer, tmp_path: Path, caplog: pytest.LogCaptureFixture):
    """
    What lies on the server is taken once, read, answered there and removed there; links and half-written files stay.
    """
    caplog.set_level(logging.DEBUG)
    content = as_workbook(good_report())
    lay(tmp_path, "in/BYT/Báo cáo #1 ?.xlsx", content)
    lay(tmp_path, "in/BNV/b.csv.part")
    (tmp_path / "in" / "BNV" / "link.csv").symlink_to("/etc/hostname")
    at = replace(context, settings=replace(on_sftp(context.settings, sftp), removes_taken=True))
    counts = collect(at, at.settings.inbox_address)
    normalise(at, None)
    lay_receipts(at)

    assert (1, 1, 1) == (counts["files"], counts["new"], counts["receipts"])
    assert [("accepted", len(content))] == ask(
        context, "select state, size_bytes from standing_submission join submission using (submission_id)"
    )
    told = (tmp_path / "out" / "BYT" / "Báo cáo #1 ?.xlsx.bien-nhan.txt").read_text(encoding="utf-8")
    assert "Đã tiếp nhận toàn bộ" in told
    assert ["b.csv.part", "link.csv"] == sorted(path.name for path in (tmp_path / "in").rglob("*.*"))
    assert PASSWORD not in caplog.text


def test_huge_file_on_a_server_is_not_copied(context: Context, sftp: SftpServer, tmp_path: Path):
    """
    Its size is looked at first, in the listing and again before it is copied; its sender is told, others go on.
    """
    os.truncate(lay(tmp_path, "in/BYT/huge.xlsx"), 3 * 1024**3)
    lay(tmp_path, "in/BNV/a.csv", b"a;b;c")
    at = replace(context, settings=on_sftp(context.settings, sftp))
    counts = collect(at, at.settings.inbox_address)

    assert (1, 1) == (counts["new"], counts["too_large"])
    assert "vượt xa giới hạn" in (tmp_path / "out/BYT/huge.xlsx.bien-nhan.txt").read_text(encoding="utf-8")
    with open_place(at.settings, at.settings.inbox_address) as place, pytest.raises(FileNotFoundError):
        place.fetch("BYT", "huge.xlsx", tmp_path / "copy", most=1_000)


def test_clock_of_the_server_is_not_asked(context: Context, sftp: SftpServer, tmp_path: Path):
    """
    Whatever time the server tells, a file is whole when two looks see the same, and not when it grew between them.
    """
    for name, age in (("ahead.csv", 86_400), ("behind.csv", -(10**9)), ("growing.csv", -(10**9))):
        lay(tmp_path, f"in/BYT/{name}", name.encode())
        sftp.ages[name] = age
    settings = replace(on_sftp(context.settings, sftp), quiet_seconds=0.3)
    looks: list[int] = []
    real = os.scandir

    def grows(path: object) -> object:
        looks.append(1)
        with (tmp_path / "in" / "BYT" / "growing.csv").open("ab") as stream:
            stream.write(b"more")
        return real(path)  # type: ignore[call-overload]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("sftp_server.os.scandir", grows)
        counts = collect(replace(context, settings=settings), settings.inbox_address)

    assert (3, 2, 1) == (counts["files"], counts["new"], counts["waiting"])
    assert len(looks) >= 4


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"host_key": None}, SettingsError, "name no host_key"),
        ({"host_key": "ssh-ed25519 AAAA"}, ChannelError, "another host key"),
        ({"password": "wrong"}, ChannelError, "Authentication failed"),
    ],
)
def test_server_that_cannot_be_trusted(
    sftp: SftpServer, tmp_path: Path, options: dict[str, object], error: type[Exception], words: str
):
    """
    Nothing is asked of a server that is not the one named, and no password is told.
    """
    settings = on_sftp(from_environment({"RESOLUTION_MONITOR_HOME": str(tmp_path)}), sftp, **options)

    with pytest.raises(error, match=words) as told, open_place(settings, settings.inbox_address) as place:
        waiting_files(place, None)  # type: ignore[arg-type]
    assert PASSWORD not in str(told.value)


def test_server_that_is_not_there(tmp_path: Path):
    """
    A server that does not answer is told in a sentence, and Airflow may try again.
    """
    key = "ssh-ed25519 AAAA"
    settings = replace(
        from_environment(
            {"RESOLUTION_MONITOR_HOME": str(tmp_path), "RESOLUTION_MONITOR_INBOX": "sftp://127.0.0.1:9/in"}
        ),
        channel_options={"sftp://": {"host_key": key}},
    )

    with pytest.raises(ChannelError, match=r"cannot be reached") as told, open_place(settings, settings.inbox_address):
        pass
    assert told.value.may_pass
