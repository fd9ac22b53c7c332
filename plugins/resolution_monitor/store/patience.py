"""A server that starts or recovers is waited for: nobody is refused because of a moment."""

import time
from collections.abc import Callable
from typing import TypeVar

import psycopg2

from resolution_monitor.store.driver_errors import is_coming_up

PATIENCE_SECONDS = 60.0
_LOOK_SECONDS = 0.1
Connection = TypeVar("Connection")


def connected(connect: Callable[[], Connection], bring_back: Callable[[], None] | None) -> Connection:
    """
    Connect, waiting for a server that says it will answer soon.

    Args:
        bring_back: Starts a server that is gone, or waits for it; None where it is not ours, and is never started.

    Raises:
        psycopg2.OperationalError: It refuses, or is not back within a minute.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return connect()
        except psycopg2.OperationalError as error:
            if time.monotonic() > deadline or not is_coming_up(error, refused_too=bring_back is not None):
                raise
        if bring_back is not None:
            bring_back()
        time.sleep(_LOOK_SECONDS)
