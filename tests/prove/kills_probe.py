"""A warm process on a state folder that asks its database whenever it is told to: how long the answer takes."""

import os
import sys
import time

from resolution_monitor.errors import ResolutionMonitorError
from resolution_monitor.settings import Settings, from_environment
from resolution_monitor.store import embedded
from resolution_monitor.store.connect import database


def main() -> None:
    """Keeps the server up while it lives, as a command does that is inside."""
    settings = from_environment(os.environ)
    with embedded.serving(settings.home):
        _say("ready")
        for _ in sys.stdin:
            began = time.monotonic()
            _say(f"{_asked(settings)} {time.monotonic() - began:.4f}")


def _asked(settings: Settings) -> str:
    """What any command does first."""
    try:
        with database(settings) as opened, opened.transaction() as connection:
            connection.exec_driver_sql("select count(*) from submission").scalar()
    except ResolutionMonitorError as error:
        return f"refused-{error.exit_code}"
    return "served"


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
