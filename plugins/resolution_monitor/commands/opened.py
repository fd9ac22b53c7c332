"""Opens what commands ask from: settings, schema up to date, database up."""

import contextlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime

from resolution_monitor import pipeline
from resolution_monitor.errors import NothingToReportError
from resolution_monitor.settings import from_environment


@contextlib.contextmanager
def opened_context() -> "Iterator[pipeline.Context]":
    """
    The context of the state folder that the environment names.

    Raises:
        NothingToReportError: Nothing was ever run there.
    """
    settings = from_environment(os.environ)
    if settings.database_url is None and not (settings.home / "postgres").exists():
        raise NothingToReportError(f"nothing was run yet in {settings.home}; begin with make run")
    with pipeline.open_context(settings, datetime.now(UTC), trusts_stored=True) as context:
        yield context
