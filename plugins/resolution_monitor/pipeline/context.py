"""What every stage needs, and how the log is told of a stage."""

import contextlib
import functools
import logging
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ParamSpec, TypeVar

from resolution_monitor.brief.reports import require_whole
from resolution_monitor.catalogue.checks_version import checks_version
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.errors import ResolutionMonitorError, storage_error
from resolution_monitor.settings import Settings
from resolution_monitor.store import embedded
from resolution_monitor.store.checked_catalogue import checked_catalogue
from resolution_monitor.store.connect import Database, database
from resolution_monitor.store.kind_rows import Kind, kind_of
from resolution_monitor.store.roles import READER, SERVICE
from resolution_monitor.wording import VIETNAMESE

log = logging.getLogger(__name__)
Arguments = ParamSpec("Arguments")
Outcome = TypeVar("Outcome")


@dataclass(frozen=True, slots=True)
class Context:
    """
    What every stage needs: where things are, what the catalogue says, and the time that edge code read.

    Attributes:
        sees_until: In a demonstration, whose clock lies before the newest load: what was recorded later is not seen.
            None sees everything; an installation's hosts need not agree on the second.
        is_whole: Score everybody, though only some reports changed.
        language: Of the edition; each has its own files, and none takes the place of another's.
    """

    settings: Settings
    catalogue: Catalogue
    database: Database
    now: datetime
    sees_until: datetime | None = None
    is_whole: bool = False
    language: str = VIETNAMESE


def stage(function: Callable[Arguments, Outcome]) -> Callable[Arguments, Outcome]:
    """Tell the log when a stage begins and how it ends; the error goes on to whoever called."""
    name = function.__name__

    @functools.wraps(function)
    def told(*arguments: Arguments.args, **named: Arguments.kwargs) -> Outcome:
        log.info("%s.started", name)
        try:
            outcome = function(*arguments, **named)
        except ResolutionMonitorError as error:
            log.error("%s.failed", name, extra={"error": error, "exit_code": error.exit_code})
            raise
        log.info("%s.finished", name, extra={"outcome": outcome})
        return outcome

    return told


@contextlib.contextmanager
def open_context(
    settings: Settings,
    now: datetime,
    sees_until: datetime | None = None,
    *,
    trusts_stored: bool = False,
    reads_only: bool = False,
) -> Iterator[Context]:
    """
    The context with its database open and its catalogue loaded; of a demonstration its inbox is its own.

    Args:
        trusts_stored: Do not check again a catalogue that these very checks passed when it was stored (`prepare`): for
            commands that ask, where checking would be a fifth of their time.
        reads_only: Work as the reader, whom the database lets change nothing.
    """
    with database(settings, READER if reads_only else SERVICE) as opened:
        folder = settings.root / "catalogue"
        checked = checked_catalogue(settings.home, checks_version(folder)) if trusts_stored else None
        catalogue = load_catalogue(folder, checked)
        require_whole(catalogue.calendars, settings.root / "report_templates")
        if settings.inbox is None and kind_of(opened) is Kind.DEMONSTRATION:
            settings = replace(settings, inbox=str(settings.demonstration_inbox))
        yield Context(settings=settings, catalogue=catalogue, database=opened, now=now, sees_until=sees_until)


def lay_out(settings: Settings) -> None:
    """
    Make the inbox and the outbox where they are folders of the state: whoever looks for them finds them.

    Raises:
        StorageError: The state folder cannot be written.
    """
    own = [] if settings.inbox else [settings.inbox_folder]
    own += [] if settings.outbox else [settings.home / "outbox"]
    try:
        for folder in (settings.home, *own):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(settings.home, error) from error


def remove_state(settings: Settings) -> None:
    """
    Stop the embedded server of a state folder and remove the folder.

    Raises:
        DatabaseError: Another process is using it.
    """
    embedded.remove(settings.home)
    shutil.rmtree(settings.home, ignore_errors=True)
