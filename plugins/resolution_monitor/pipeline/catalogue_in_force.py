"""Schema and catalogue brought up to date, and what may not change by itself refused."""

import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from resolution_monitor.ask.server import server_state
from resolution_monitor.brief.reports import require_whole
from resolution_monitor.catalogue.checks_version import checks_version
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.catalogue.undated import undated_changes
from resolution_monitor.errors import CatalogueError
from resolution_monitor.period import TIME_ZONE, parse_period
from resolution_monitor.pipeline.catalogue_then import catalogue_of_version
from resolution_monitor.pipeline.context import Context, lay_out, stage
from resolution_monitor.pipeline.installation import know_installation
from resolution_monitor.score.screens.runs import require_every_screen
from resolution_monitor.settings import Settings
from resolution_monitor.store import catalogue_versions
from resolution_monitor.store.catalogue_rows import save_catalogue
from resolution_monitor.store.checked_catalogue import note_checked
from resolution_monitor.store.connect import Database, database
from resolution_monitor.store.migrate import migrate, read_migrations

log = logging.getLogger(__name__)


@stage
def prepare(settings: Settings, now: datetime) -> dict[str, int]:
    """
    Bring the schema and the catalogue's tables up to date, and see that there is an inbox and an outbox.

    Doing it again changes nothing.

    Raises:
        StorageError: The state folder cannot be written.
        CatalogueError: The catalogue changes facts, without a day, that accepted reports rest on.
        SettingsError: State folder and database are not each other's.
    """
    lay_out(settings)
    folder = settings.root / "catalogue"
    catalogue = load_catalogue(folder)
    require_whole(catalogue.calendars, settings.root / "report_templates")
    require_every_screen(catalogue.screening.screens)
    with database(settings) as opened:
        applied = migrate(opened, settings.root / "sql" / "migrations")
        know_installation(settings, opened)
        require_dated(opened, catalogue)
        changed = save_catalogue(opened, catalogue.at(now.astimezone(TIME_ZONE).date()), now)
        if catalogue_versions.version_as_known(opened) != catalogue.sha256:
            files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(_files(folder))}
            catalogue_versions.save_version(opened, catalogue.sha256, files, now)
        note_checked(settings.home, catalogue.sha256, checks_version(folder))
    return {"migrations": len(applied), "catalogue_rows": changed}


def require_dated(opened: Database, catalogue: Catalogue) -> None:
    """
    Refuse a catalogue that says otherwise of the past than the one in force, unless a named person accepted it.

    Raises:
        CatalogueError: Every fact that changed without a day, each with what to do.
    """
    changes = changes_of_past(opened, catalogue)
    if changes and not catalogue_versions.is_accepted(opened, catalogue.sha256):
        raise CatalogueError(*changes)


def require_dated_here(settings: Settings) -> None:
    """
    The same for whoever only checks: where nothing was run yet nothing rests on the catalogue, and nothing is refused.

    A database that lags behind our migrations is left to `prepare`.

    Raises:
        CatalogueError: As require_dated.
        DatabaseError: The database cannot be reached.
    """
    if settings.database_url is None and not (settings.home / "postgres").exists():
        return
    with database(settings) as opened:
        if len(server_state(opened).migrations) == len(read_migrations(settings.root / "sql" / "migrations")):
            require_dated(opened, load_catalogue(settings.root / "catalogue"))


def changes_of_past(opened: Database, catalogue: Catalogue) -> list[str]:
    """What the catalogue says otherwise, of periods that accepted reports rest on, than the one in force; sentences."""
    in_force = catalogue_versions.version_as_known(opened)
    if in_force is None or in_force == catalogue.sha256:
        return []
    days = [parse_period(name).end for name in catalogue_versions.periods_reported(opened)]
    if not days:
        return []
    try:
        before = catalogue_of_version(opened, in_force)
    except CatalogueError as error:
        # Written for an older version of the software: what it said of the past cannot be compared any more.
        log.warning("catalogue.unreadable", extra={"catalogue_sha256": in_force, "error": error})
        return []
    return undated_changes(before, catalogue, days)


def correct_catalogue(context: Context, *, reason: str, author: str) -> list[str]:
    """
    Accept, as a named person, that the catalogue says otherwise of the past; what that is.

    Accepted reports are not read again by this: ./monitor reread does that, period by period.

    Raises:
        CatalogueError: Nothing of the past changes, or the reason or author is empty.
    """
    if not reason.strip() or not author.strip():
        raise CatalogueError("the reason or the author is empty; say who decides and why, it is kept in the journal")
    changes = changes_of_past(context.database, context.catalogue)
    if not changes:
        raise CatalogueError("the catalogue changes nothing that accepted reports rest on; there is nothing to accept")
    words = {"reason": reason.strip(), "author": author.strip()}
    catalogue_versions.save_correction(context.database, context.catalogue.sha256, changes, **words, now=context.now)
    return changes


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
