"""./monitor migrate: the schema and the catalogue's tables, brought up to date."""

import os
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console

from resolution_monitor import pipeline
from resolution_monitor.settings import from_environment


def migrate(
    installation: Annotated[
        bool, typer.Option("--installation", hidden=True, help="Of make up: not a demonstration.")
    ] = False,
) -> None:
    """
    Bring the database up to date.

    Our schema and the catalogue's tables; doing it again changes nothing.
    """
    settings = from_environment(os.environ)
    done = pipeline.prepare(settings, datetime.now(UTC))
    if installation:
        pipeline.call_installation(settings)
    Console().print(f"migrations applied: {done['migrations']}, catalogue rows changed: {done['catalogue_rows']}")
