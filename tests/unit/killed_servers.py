"""An embedded server for tests that kill it, and what any command asks of it."""

import os
import signal
from dataclasses import replace
from pathlib import Path

from resolution_monitor.settings import from_environment
from resolution_monitor.store import embedded
from resolution_monitor.store.connect import database


def killed(place: embedded.ServerPlace) -> None:
    pid = embedded.server_pid(place)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)


def one(home: Path) -> int:
    """What any command does: open the database, and ask something."""
    settings = replace(from_environment({"RESOLUTION_MONITOR_HOME": str(home)}), database_url=None)
    with database(settings) as opened, opened.transaction() as connection:
        return int(connection.exec_driver_sql("select 1").scalar() or 0)
