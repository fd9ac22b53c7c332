"""./monitor clean: the state of the demonstration goes, with its server; never that of an installation."""

import os

from rich.console import Console

from resolution_monitor.errors import SettingsError
from resolution_monitor.pipeline import remove_state
from resolution_monitor.settings import from_environment


def clean() -> None:
    """Stop the demonstration's PostgreSQL and remove var/demo. Nothing else is touched, var/live least of all."""
    settings = from_environment(os.environ)
    demonstration = settings.root / "var" / "demo"
    if settings.home != demonstration:
        raise SettingsError(f"clean removes {demonstration} only; unset RESOLUTION_MONITOR_HOME")
    remove_state(settings)
    Console().print("removed var/demo")
