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
    The context of the state folder that the environment names, to ask: nothing can be written with it.

    Args:
        period: The one that is asked about, if any.
        as_of: When it has to have come; None: by now.

    Raises:
        NothingToReportError: Nothing was ever run there.
        PeriodError: The period has not come yet.
    """
    with _opened(period, as_of, reads_only=True) as context:
        yield context


@contextlib.contextmanager
def opened_to_write(period: Period | None = None, as_of: datetime | None = None) -> "Iterator[pipeline.Context]":
    """The same for a command that notes something: it may append, as the service does."""
    with _opened(period, as_of, reads_only=False) as context:
        yield context


@contextlib.contextmanager
def _opened(period: Period | None, as_of: datetime | None, *, reads_only: bool) -> "Iterator[pipeline.Context]":
    settings = from_environment(os.environ)
    if settings.database_url is None and not (settings.home / "postgres").exists():
        raise NothingToReportError(f"nothing was run yet in {settings.home}; begin with make run")
    now = datetime.now(UTC)
    with pipeline.open_context(settings, now, trusts_stored=True, reads_only=reads_only) as context:
        if period is not None:
            pipeline.require_come(context, period, as_of)
        yield context
