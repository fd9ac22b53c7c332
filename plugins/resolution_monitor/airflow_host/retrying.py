"""Tells Airflow which errors of ours a retry may heal."""

import contextlib
from collections.abc import Iterator

from airflow.sdk.exceptions import AirflowFailException

from resolution_monitor.errors import ResolutionMonitorError


@contextlib.contextmanager
def no_vain_retries() -> Iterator[None]:
    """
    End a task at once when trying again cannot help: an empty inbox waits for a person, not for five minutes.

    The run is over then, and the next run of the report need not wait for it.

    Raises:
        AirflowFailException: In place of an error of ours that does not pass by itself.
    """
    try:
        yield
    except ResolutionMonitorError as error:
        if error.may_pass:
            raise
        raise AirflowFailException(str(error)) from error
