"""Looks at the machine and the checkout, and has what it sees judged."""

import hashlib
import importlib.metadata
import os
import shutil
import stat
import sys
import zoneinfo
from collections.abc import Iterator
from pathlib import Path

from resolution_monitor.airflow_host.environment import address
from resolution_monitor.airflow_host.health import ailing, ask_health
from resolution_monitor.airflow_host.launcher import require_free_port, served_by
from resolution_monitor.airflow_host.readiness import missing_libraries
from resolution_monitor.ask.installation import (
    Verdict,
    disk_verdict,
    fonts_verdict,
    free_port_verdict,
    ignore_verdict,
    packages_verdict,
    pango_verdict,
    python_verdict,
    served_port_verdict,
    state_verdict,
    time_zone_verdict,
)
from resolution_monitor.errors import SettingsError
from resolution_monitor.settings import Settings

_SECRETS = ("airflow/secret", "postgres/password", "postgres/airflow_password", "up.lock")


def examine_machine(settings: Settings) -> Iterator[Verdict]:
    """One verdict after the other; looks only, changes nothing."""
    root = settings.root
    yield python_verdict(sys.version_info[:2])
    yield packages_verdict(_text(root / "requirements.txt") or "", _installed())
    yield pango_verdict(missing_libraries())
    yield _fonts(root / "report_templates" / "_shared" / "fonts")
    yield ignore_verdict(_text(root / "plugins" / ".airflowignore"))
    yield time_zone_verdict(is_found="Asia/Ho_Chi_Minh" in zoneinfo.available_timezones())
    place = next(folder for folder in (settings.home, *settings.home.parents) if folder.is_dir())
    is_read_only = bool(os.statvfs(place).f_flag & os.ST_RDONLY)
    yield disk_verdict(place, shutil.disk_usage(place).free, is_read_only=is_read_only)
    secrets = {name: _mode(settings.home / name) for name in _SECRETS}
    found_secrets = {name: mode for name, mode in secrets.items() if mode is not None}
    yield state_verdict(settings.home, _mode(settings.home), found_secrets)
    yield _port(settings)


def _installed() -> dict[str, str]:
    installed: dict[str, str] = {}
    for found in importlib.metadata.distributions():
        installed.setdefault(found.name, found.version)  # of two, Python imports the one it finds first
    return installed


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _fonts(folder: Path) -> Verdict:
    lines = (_text(folder / "SHA256SUMS") or "").splitlines()
    listed = {name: digest for digest, name in (line.split(maxsplit=1) for line in lines)}
    found = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in listed if (folder / name).is_file()
    }
    return fonts_verdict(listed, found)


def _mode(path: Path) -> int | None:
    return stat.S_IMODE(path.stat().st_mode) if path.exists() else None


def _port(settings: Settings) -> Verdict:
    serving = served_by(settings)
    try:
        require_free_port(settings.port)
        is_free = True
    except SettingsError:
        is_free = False
    if serving is None:
        return free_port_verdict(settings.port, is_free=is_free)
    return served_port_verdict(serving.pid, serving.port, ailing(ask_health(address(serving.port))))
