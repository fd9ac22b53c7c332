"""./monitor clean: the state of the demonstration goes, with its server; never that of an installation."""

import os

from rich.console import Console

from resolution_monitor import pipeline
from resolution_monitor.errors import SettingsError
from resolution_monitor.settings import Settings, from_environment


def clean() -> None:
    """Stop the demonstration's PostgreSQL and remove var/demo. Nothing else is touched, var/live least of all."""
    settings = from_environment(os.environ)
    require_demonstration(settings)
    pipeline.remove_state(settings)
    Console().print("removed var/demo")


def require_demonstration(settings: Settings) -> None:
    """
    Pass only the demonstration's own state folder.

    Raises:
        SettingsError: The state is another folder, or var/demo leads to one: it may be an installation's.
    """
    demonstration = settings.root / "var" / "demo"
    if settings.home != demonstration:
        raise SettingsError(
            f"clean removes {demonstration} only, and RESOLUTION_MONITOR_HOME names {settings.home}; nothing was "
            "removed; unset RESOLUTION_MONITOR_HOME, or remove that folder yourself"
        )
    if demonstration.is_symlink():
        raise SettingsError(f"{demonstration} leads to {demonstration.resolve()}; nothing was removed; remove the link")
