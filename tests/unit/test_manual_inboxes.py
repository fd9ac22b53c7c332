"""A run's parameters name an inbox only below roots of the settings; whoever sits at the keyboard names any folder."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import NOW, ROOT
from unit.body_reports import as_workbook, good_report
from unit.test_secrecy_road import lay, one

from resolution_monitor.addresses import ROOTS, require_allowed
from resolution_monitor.errors import InboxError, SettingsError
from resolution_monitor.pipeline import Context, run_stage
from resolution_monitor.settings import from_environment

ASKED = {"period": "2026-10", "language": None}


def collected(context: Context, inbox: Path | str, *roots: Path) -> dict[str, object]:
    settings = replace(context.settings, inbox_roots=tuple(map(str, roots)), removes_taken=True)
    return run_stage("collect", "resolutions_month", NOW, {**ASKED, "inbox": str(inbox)}, settings, NOW)


def report(folder: Path, sender: str = "BYT") -> Path:
    path = folder / sender / "bc.xlsx"
    path.parent.mkdir(parents=True)
    path.write_bytes(as_workbook(good_report()))
    return path


def test_folder_of_the_host_is_refused(context: Context, tmp_path: Path):
    """
    Any folder that no root names: nothing of it is read, stored or removed.
    """
    path = report(tmp_path / "foreign")
    for roots in ((), (tmp_path / "manual",), (tmp_path / "foreig",)):
        with pytest.raises(InboxError, match="lies below no root"):
            collected(context, tmp_path / "foreign", *roots)

    assert path.exists()
    assert 0 == one(context, "select count(*) from submission")


@pytest.mark.parametrize("way", ["link", "..", "file://"])
def test_ways_around_a_root(context: Context, tmp_path: Path, way: str):
    """
    A link below a root, or a name that climbs out of it, leads where it leads.
    """
    report(tmp_path / "foreign")
    root = tmp_path / "manual"
    root.mkdir()
    (root / "link").symlink_to(tmp_path / "foreign")
    inbox = {"link": root / "link", "..": f"{root}/../foreign", "file://": f"FILE://{root}/../foreign"}[way]
    with pytest.raises(InboxError, match="lies below no root"):
        collected(context, inbox, root)


def test_folder_below_a_root(context: Context, tmp_path: Path):
    """
    It is read as the configured inbox is, one folder a sender, else the operator's; nothing is removed.
    """
    path = report(tmp_path / "manual" / "november")
    (tmp_path / "manual" / "november" / "loose.xlsx").write_bytes(path.read_bytes() + b" ")
    for inbox in (tmp_path / "manual" / "november", f"File://{tmp_path}/manual/november"):
        collected(context, inbox, tmp_path / "manual")

    assert path.exists()
    assert "BYT operator" == one(context, "select string_agg(sender_id, ' ' order by sender_id) from submission")


def test_folder_of_a_sender_is_no_inbox(context: Context):
    """
    Whoever may write into its own folder of the inbox cannot have it read as an inbox, and so speak for others.
    """
    lay(context, "BYT", "BNV/bc.xlsx", as_workbook(good_report()))
    inbox = context.settings.inbox_folder
    with pytest.raises(InboxError, match="lies within the inbox itself"):
        collected(context, inbox / "BYT", inbox, inbox.parent)


def test_configured_inbox_needs_no_root(context: Context):
    """
    It may be named, however it is written; and only there files are removed.
    """
    path = lay(context, "BYT", "bc.xlsx", as_workbook(good_report()))
    collected(context, f"{context.settings.inbox_folder}/../inbox/")

    assert not path.exists()


def test_servers_below_a_root():
    """
    The same of a server: below the same address, and no other.
    """
    require_allowed("sftp://a@host/in/x", "/srv/inbox", ["sftp://a@host/in"])
    for other in ("sftp://a@host/inbox2", "sftp://b@host/in/x", "s3://in/x", "sftp://a@host/in/../x", "/srv/in"):
        with pytest.raises(InboxError):
            require_allowed(other, "/srv/inbox", ["sftp://a@host/in"])


def test_tasks_of_airflow_always_ask(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """
    Without a root named no other inbox is read; at the keyboard every folder is.
    """
    from resolution_monitor.airflow_host.task_settings import settings_of_task

    monkeypatch.setenv("RESOLUTION_MONITOR_HOME", str(tmp_path))
    monkeypatch.delenv(ROOTS, raising=False)
    assert from_environment(os.environ).inbox_roots is None
    with settings_of_task(os.environ) as settings:
        assert () == settings.inbox_roots
    monkeypatch.setenv(ROOTS, f"{ROOT}; sftp://a@host/in")
    with settings_of_task(os.environ) as settings:
        assert (str(ROOT), "sftp://a@host/in") == settings.inbox_roots
    monkeypatch.setenv(ROOTS, "ftp://x")
    with pytest.raises(SettingsError, match="known: a path"):
        from_environment(os.environ)


@pytest.mark.parametrize("language", ["../vi", "/etc/passwd", "vi/../vi", "vi\x00"])
def test_language_is_no_path(context: Context, language: str):
    """
    What a form names besides is looked up among names and never opened as a path.
    """
    asked = {**ASKED, "inbox": None, "language": language}
    with pytest.raises(Exception, match="is written in"):
        run_stage("collect", "resolutions_month", NOW, asked, context.settings, NOW)
