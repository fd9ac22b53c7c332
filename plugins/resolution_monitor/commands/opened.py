"""Opens what commands ask from: settings, schema up to date, database up."""

import contextlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime

from resolution_monitor import pipeline
from resolution_monitor.errors import NothingToReportError
from resolution_monitor.period import Period
from resolution_monitor.settings import from_environment


@contextlib.contextmanager
def opened_context(period: Period | None = None, as_of: datetime | None = None) -> "Iterator[pipeline.Context]":
    """
    The context of the state folder that the environment names.

    Args:
        period: The one that is asked about, if any.
        as_of: When it has to have come; None: by now.

    Raises:
        NothingToReportError: Nothing was ever run there.
        PeriodError: The period has not come yet.
    """
    settings = from_environment(os.environ)
    if settings.database_url is None and not (settings.home / "postgres").exists():
        raise NothingToReportError(f"nothing was run yet in {settings.home}; begin with make run")
    with pipeline.open_context(settings, datetime.now(UTC), trusts_stored=True) as context:
        if period is not None:
            pipeline.require_come(context, period, as_of)
        yield context
