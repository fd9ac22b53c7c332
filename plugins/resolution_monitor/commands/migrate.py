"""./monitor migrate: the schema and the catalogue's tables, brought up to date."""

import os
from datetime import UTC, datetime

from rich.console import Console

from resolution_monitor import pipeline
from resolution_monitor.settings import from_environment


def migrate() -> None:
    """
    Bring the database up to date.

    Our schema and the catalogue's tables; doing it again changes nothing.
    """
    done = pipeline.prepare(from_environment(os.environ), datetime.now(UTC))
    Console().print(f"migrations applied: {done['migrations']}, catalogue rows changed: {done['catalogue_rows']}")
