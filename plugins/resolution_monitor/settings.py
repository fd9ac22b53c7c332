"""The environment becomes one frozen Settings; nothing below this module reads an environment variable."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from resolution_monitor.errors import SettingsError

PROJECT_ROOT = Path(__file__).resolve().parents[2]


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
    """

    root: Path
    home: Path
    database_url: str | None
    map_path: Path
    reader_memory_bytes: int = 1024 * 1024 * 1024
    reader_seconds: float = 60.0
    workers: int = 1
    port: int = 8080

    @property
    def inbox_folder(self) -> Path:
        return self.home / "inbox"

    @property
    def outbox_folder(self) -> Path:
        """Receipts and answers, by sender."""
        return self.home / "outbox"

    @property
    def raw_folder(self) -> Path:
        return self.home / "raw"

    @property
    def held_folder(self) -> Path:
        """Refused files, by hash, for a while: nobody could look into them, so they stay outside raw/ and backups."""
        return self.home / "held"

    @property
    def demonstration_manifest(self) -> Path:
        """Of the demonstration this state folder holds; absent in an installation."""
        return self.home / "demonstration" / "manifest.json"

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
        SettingsError: DATABASE_URL does not name a PostgreSQL server, or the port or the number of workers is none.
    """
    url = environment.get("DATABASE_URL") or None
    if url and not url.startswith(("postgresql://", "postgresql+psycopg2://", "postgres://")):
        raise SettingsError("DATABASE_URL must begin with postgresql://; unset it to use the embedded server")
    home = Path(environment.get("RESOLUTION_MONITOR_HOME") or root / "var" / "demo").absolute()
    shipped_map = root / "report_templates" / "_shared" / "map" / "provinces34.geojson"
    map_path = Path(environment.get("RESOLUTION_MONITOR_MAP") or shipped_map)
    port = _port(environment.get("RESOLUTION_MONITOR_PORT") or "8080")
    workers = _workers(environment.get("RESOLUTION_MONITOR_WORKERS") or str(len(os.sched_getaffinity(0))))
    return Settings(root=root, home=home, database_url=url, map_path=map_path, workers=workers, port=port)


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


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise SettingsError(f"RESOLUTION_MONITOR_PORT is {text!r}; write 1 to 65535, or unset it for 8080")
    return int(text)
