"""Opens the road for commands that ask: settings, schema up to date, database up."""

import contextlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime

from resolution_monitor.errors import NothingToReportError
from resolution_monitor.pipeline import Road, open_road
from resolution_monitor.settings import from_environment


@contextlib.contextmanager
def opened_road() -> Iterator[Road]:
    """
    The road of the state folder that the environment names.

    Raises:
        NothingToReportError: Nothing was ever run there.
    """
    settings = from_environment(os.environ)
    if settings.database_url is None and not (settings.home / "postgres").exists():
        raise NothingToReportError(f"nothing was run yet in {settings.home}; begin with make run")
    with open_road(settings, datetime.now(UTC)) as road:
        yield road
