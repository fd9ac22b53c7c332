"""./monitor backup, restore: all of an installation into one folder, and back into a new state folder."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from resolution_monitor import pipeline
from resolution_monitor.settings import of_installation


def backup(to: Annotated[Path, typer.Argument(help="A folder that is not there yet, on another disk.")]) -> None:
    """
    Write all of an installation into one new folder, while it runs.

    Both databases, the files received, editions, receipts and answers, the installation's secret and its purge key.
    Left out, because nobody has cleared it yet: inbox, held, closed, quarantine. State as for up.
    """
    settings = of_installation(os.environ)
    made = pipeline.back_up(settings, to.absolute(), _metadata_url(), datetime.now(UTC))
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"{len(made.files)} files of {settings.home}: {to}", markup=False)
    if "airflow.dump" not in made.files:
        console.print("without Airflow's database, which is no PostgreSQL: back it up by its own means", markup=False)
    if made.left_out:
        console.print(f"left out, because we know nothing of it: {', '.join(made.left_out)}", markup=False)


def restore(source: Annotated[Path, typer.Argument(metavar="FROM", help="A folder that backup wrote.")]) -> None:
    """
    Make a new state folder what the backed up one was.

    Every file is proved by its hash before anything is written. Cut short, call it again. State as for up; with
    DATABASE_URL the database must be empty.
    """
    settings = of_installation(os.environ)
    made = pipeline.restore(settings, source.absolute(), _metadata_url())
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"{len(made.files)} files of {made.made_at}: {settings.home}", markup=False)
    console.print("next: ./monitor verify proves the files received; make up serves it", markup=False)


def _metadata_url() -> str | None:
    """Airflow's database where the operator named one."""
    from resolution_monitor.airflow_host.environment import METADATA_SETTING

    return os.environ.get(METADATA_SETTING) or None
