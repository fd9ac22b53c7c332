"""The services of an installation: what is started, where it writes its words, how long that log may grow."""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from resolution_monitor.settings import Settings

_LOG_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Service:
    """One of Airflow's long-running parts."""

    name: str
    command: tuple[str, ...]
    log: Path


def services(settings: Settings) -> tuple[Service, ...]:
    """
    In the order of starting; the first is stopped last, so that a task can still say how it ended.

    Nothing of ours waits for a triggerer: Airflow's home page shows it in red where none runs (decision 0038). No log
    server: it would listen on all addresses, and the api-server reads the same files.
    """
    arguments = {
        # A connection left open by a browser holds up the end of the server no longer than this.
        "api-server": ("--host", "127.0.0.1", "--port", str(settings.port), "--workers", "1", "--worker-timeout", "5"),
        "dag-processor": (),
        "scheduler": ("--skip-serve-logs",),
        "triggerer": ("--skip-serve-logs",),
    }
    return tuple(
        Service(
            name=name,
            command=(sys.executable, "-m", "airflow", name, *rest),
            log=settings.logs_folder / f"{name}.log",
        )
        for name, rest in arguments.items()
    )


def limit_log(log: Path) -> None:
    """Move what a full log holds to one older file beside it; the service goes on writing to the same one."""
    if log.exists() and log.stat().st_size > _LOG_BYTES:
        shutil.copyfile(log, log.with_suffix(".log.1"))
        with log.open("r+b") as file:
            file.truncate(0)  # it is open for appending, so the next word stands at the beginning
