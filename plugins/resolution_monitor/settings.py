"""The environment becomes one frozen Settings; nothing below this module reads an environment variable."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from resolution_monitor.addresses import (
    OPTIONS,
    ROOTS,
    channel_options,
    checked_address,
    is_local,
    local_path,
    roots_of,
)
from resolution_monitor.errors import SettingsError
from resolution_monitor.limits import NO_ENVIRONMENT, Limits, limits_of
from resolution_monitor.signing import Signing, signing_of

__all__ = ["CONNECTION", "Settings", "checked_address", "from_environment", "is_local", "local_path", "of_installation"]

if TYPE_CHECKING:
    from upath import UPath

PROJECT_ROOT = Path(__file__).resolve().parents[2]
_INBOX, _OUTBOX = "RESOLUTION_MONITOR_INBOX", "RESOLUTION_MONITOR_OUTBOX"
_AFTER = "RESOLUTION_MONITOR_INBOX_AFTER"
_QUIET = "RESOLUTION_MONITOR_INBOX_QUIET_SECONDS"
CONNECTION = "RESOLUTION_MONITOR_INBOX_CONNECTION"
_UNPROTECTED = "RESOLUTION_MONITOR_UNPROTECTED"


@dataclass(frozen=True, slots=True)
class Settings:
    """
    Where things are and what limits hold.

    Attributes:
        root: The checkout: catalogue/, sql/, report_templates/.
        home: The state folder: raw files, briefings, logs, the embedded database.
        database_url: A PostgreSQL server of the installation, or None for the embedded one.
        map_path: Outlines of the 34 provinces; official geometry takes the place of the shipped file here.
        reader_memory_bytes: Address space the child may use that reads untrusted files.
        reader_seconds: CPU seconds the same child may use for one file.
        workers: How many processes read files at once.
        port: Where `./monitor up` answers on 127.0.0.1.
        inbox: Folder or URL where files arrive; None is inbox/ of the state folder.
        outbox: Folder or URL where receipts and answers go; None is outbox/ of the state folder.
        channel_options: Beginning of a URL -> what its server wants to know: passwords, keys. Never logged.
        inbox_connection: The Airflow connection that holds the secrets of the inbox's server; tasks ask for it.
        quiet_seconds: A file that did not change for so long is whole.
        allows_unprotected: Whether foreign files are read even where the kernel closes no process in.
        removes_taken: Whether a file leaves the inbox once everything about it is kept.
        inbox_roots: Folders and URLs below which a run may name an inbox of its own; None names any: a person at the
            keyboard of this machine may. Tasks of Airflow always have some, or an empty tuple.
        limits: What one sender, and one collection, may take of us.
        signing: With which certificate issued editions are signed; None where the installation signs none.
    """

    root: Path
    home: Path
    database_url: str | None
    map_path: Path
    reader_memory_bytes: int = 1024 * 1024 * 1024
    reader_seconds: float = 60.0
    workers: int = 1
    port: int = 8080
    inbox: str | None = None
    outbox: str | None = None
    channel_options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, repr=False)
    inbox_connection: str | None = None
    quiet_seconds: float = 10.0
    removes_taken: bool = False
    allows_unprotected: bool = False
    inbox_roots: tuple[str, ...] | None = None
    limits: Limits = NO_ENVIRONMENT
    signing: Signing | None = None

    @property
    def inbox_folder(self) -> Path:
        """Where files arrive in an installation unless a setting or a run names another place."""
        return self.home / "inbox"

    @property
    def inbox_address(self) -> str:
        """The inbox as a path or a URL without password; may be told to the log."""
        return self.inbox or str(self.inbox_folder)

    @property
    def outbox_address(self) -> str:
        """Receipts and answers, by sender; a path or a URL without password."""
        return self.outbox or str(self.home / "outbox")

    @property
    def outbox_folder(self) -> "Path | UPath":
        """The outbox to write into; a server is reached when the first file is written."""
        if self.outbox is None or is_local(self.outbox):
            return local_path(self.outbox_address)
        # Imported only here: most commands meet no server.
        from upath import UPath

        place: UPath = UPath(self.outbox, **self.options_of(self.outbox))
        return place

    @property
    def quarantine_folder(self) -> Path:
        """Where arriving files wait for the guard and the mark screen; must stay outside backups."""
        return self.home / "quarantine"

    @property
    def raw_folder(self) -> Path:
        return self.home / "raw"

    def options_of(self, address: str) -> Mapping[str, Any]:
        """What the server of an address wants to know: those of the longest beginning that fits."""
        fitting = [beginning for beginning in self.channel_options if address.startswith(beginning)]
        return self.channel_options[max(fitting, key=len)] if fitting else {}

    @property
    def held_folder(self) -> Path:
        """Refused files, by hash, for a while: nobody could look into them, so they stay outside raw/ and backups."""
        return self.home / "held"

    @property
    def closed_folder(self) -> Path:
        """Files that may bear a mark of secrecy, until a person decides: nobody but their owner opens them."""
        return self.home / "closed"

    @property
    def demonstration_manifest(self) -> Path:
        """Of the demonstration this state folder holds; absent in an installation."""
        return self.home / "demonstration" / "manifest.json"

    @property
    def demonstration_inbox(self) -> Path:
        """Where made-up reports lie; the inbox of a database that holds a demonstration (pipeline.open_context)."""
        return self.demonstration_manifest.parent / "inbox"

    @property
    def briefings_folder(self) -> Path:
        return self.home / "briefings"

    @property
    def logs_folder(self) -> Path:
        return self.home / "logs"


def from_environment(environment: Mapping[str, str], root: Path = PROJECT_ROOT) -> Settings:
    """
    Settings as the environment gives them.

    Unset, RESOLUTION_MONITOR_HOME is var/demo: a command given by mistake then touches the
    demonstration, never an installation.

    Raises:
        SettingsError: DATABASE_URL does not name a PostgreSQL server, the port or the number of workers is none, or a
            setting of the inbox or the outbox is wrong.
    """
    url = environment.get("DATABASE_URL") or None
    if url and not url.startswith(("postgresql://", "postgresql+psycopg2://", "postgres://")):
        raise SettingsError("DATABASE_URL must begin with postgresql://; unset it to use the embedded server")
    home = Path(environment.get("RESOLUTION_MONITOR_HOME") or root / "var" / "demo").absolute()
    shipped_map = root / "report_templates" / "_shared" / "map" / "provinces34.geojson"
    map_path = Path(environment.get("RESOLUTION_MONITOR_MAP") or shipped_map)
    port = _port(environment.get("RESOLUTION_MONITOR_PORT") or "8080")
    workers = _workers(environment.get("RESOLUTION_MONITOR_WORKERS") or str(len(os.sched_getaffinity(0))))
    settings = Settings(
        root=root,
        home=home,
        database_url=url,
        map_path=map_path,
        workers=workers,
        port=port,
        inbox=_address(environment, _INBOX),
        outbox=_address(environment, _OUTBOX),
        channel_options=channel_options(environment.get(OPTIONS)),
        inbox_connection=environment.get(CONNECTION) or None,
        quiet_seconds=_seconds(environment.get(_QUIET) or "10"),
        removes_taken=_removes_taken(environment.get(_AFTER) or "keep"),
        allows_unprotected=environment.get(_UNPROTECTED) == "allow",
        inbox_roots=roots_of(environment.get(ROOTS)),
        limits=limits_of(environment),
        signing=signing_of(environment, root),
    )
    inbox, outbox = (f"{address.rstrip('/')}/" for address in (settings.inbox_address, settings.outbox_address))
    if outbox.startswith(inbox):
        raise SettingsError(f"the outbox lies in the inbox, {inbox}: receipts would arrive again; correct {_OUTBOX}")
    return settings


def of_installation(environment: Mapping[str, str], root: Path = PROJECT_ROOT) -> Settings:
    """
    Settings of the commands that serve an installation: up, airflow, account, doctor.

    Unset, RESOLUTION_MONITOR_HOME is var/live here; DEMO=1 names var/demo.
    """
    served = root / "var" / ("demo" if environment.get("DEMO") == "1" else "live")
    home = environment.get("RESOLUTION_MONITOR_HOME") or str(served)
    return from_environment({**environment, "RESOLUTION_MONITOR_HOME": home}, root)


def _workers(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 64):
        raise SettingsError(f"RESOLUTION_MONITOR_WORKERS is {text!r}; write 1 to 64, or unset it for one a core")
    return int(text)


def _address(environment: Mapping[str, str], name: str) -> str | None:
    address = environment.get(name)
    return checked_address(address, name) if address else None


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 3600:
        raise SettingsError(f"{_QUIET} is {text!r}; write seconds from 0 to 3600")
    return seconds


def _removes_taken(text: str) -> bool:
    if text not in ("keep", "remove"):
        raise SettingsError(f"{_AFTER} is {text!r}; write keep or remove")
    return text == "remove"


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise SettingsError(f"RESOLUTION_MONITOR_PORT is {text!r}; write 1 to 65535, or unset it for 8080")
    return int(text)
