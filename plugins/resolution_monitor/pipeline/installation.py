"""What a state folder is: an installation or a demonstration, told by its database and never by a file beside it."""

import json
from datetime import datetime, timedelta

from resolution_monitor.ask.server import server_state
from resolution_monitor.errors import SettingsError
from resolution_monitor.settings import Settings
from resolution_monitor.store.connect import Database, database
from resolution_monitor.store.driver_errors import errors_as_ours
from resolution_monitor.store.embedded_place import find_place
from resolution_monitor.store.identity import bind
from resolution_monitor.store.kind_rows import Kind, kind_of, say_kind
from resolution_monitor.store.load_step import first_load_at

# The first load of a demonstration bears its first moment; an installation's came when it came.
_NEAR = timedelta(days=1)


def know_installation(settings: Settings, opened: Database) -> None:
    """
    After migration: one id for state folder and database, and the mark of a demonstration made before there was one.

    Raises:
        SettingsError: State folder and database are not each other's.
        StorageError: The state folder cannot be written.
    """
    first = first_load_at(opened)
    with errors_as_ours():
        bind(settings, opened.engine, is_loaded=first is not None)
    if kind_of(opened) is None and _was_demonstration(settings, first):
        say_kind(opened, Kind.DEMONSTRATION)


def _was_demonstration(settings: Settings, first: datetime | None) -> bool:
    """Its manifest alone proves nothing: a demonstration that was refused on an installation left one, too."""
    begins_at = _manifest_begins_at(settings)
    return begins_at is not None and first is not None and first <= begins_at + _NEAR


def _manifest_begins_at(settings: Settings) -> datetime | None:
    try:
        told = json.loads(settings.demonstration_manifest.read_text(encoding="utf-8"))
        return datetime.fromisoformat(told["begins_at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def holds_demonstration(opened: Database) -> bool:
    """Whether everything in this database is made up."""
    return kind_of(opened) is Kind.DEMONSTRATION


def call_installation(settings: Settings) -> None:
    """Say that this state folder is an installation, unless it is a demonstration; said once and for good."""
    with database(settings) as opened:
        say_kind(opened, Kind.INSTALLATION)


def call_demonstration(settings: Settings) -> None:
    """
    Say that this state folder is a demonstration; said once and for good.

    Raises:
        SettingsError: It is an installation.
    """
    with database(settings) as opened:
        if say_kind(opened, Kind.DEMONSTRATION) is not Kind.DEMONSTRATION:
            raise _mixed(settings)


def require_no_installation(settings: Settings) -> None:
    """
    Refuse to make a demonstration of what is anything else; looks only, and makes no state folder.

    Raises:
        SettingsError: The state folder holds an installation, or files that somebody sent.
    """
    is_there = settings.database_url is not None or find_place(settings.home).home.exists()
    kind = first = None
    if is_there:
        with database(settings, only_looks=True) as opened:
            kind, first = kind_of(opened), _first_load(opened)
    if kind is Kind.DEMONSTRATION or (kind is None and _was_demonstration(settings, first)):
        return
    has_post = settings.inbox_folder.is_dir() and any(path.is_file() for path in settings.inbox_folder.rglob("*"))
    if kind is Kind.INSTALLATION or first is not None or has_post:
        raise _mixed(settings)


def require_time_to_run_forwards(settings: Settings, begins_at: datetime) -> None:
    """
    Refuse a demonstration where loads of a later time came first: its briefings would see none of its reports.

    Raises:
        SettingsError: The first load of the database is later than the demonstration's begin.
    """
    if settings.database_url is None and not find_place(settings.home).home.exists():
        return
    with database(settings, only_looks=True) as opened:
        first = _first_load(opened)
    if first is not None and first > begins_at + _NEAR:
        raise SettingsError(
            f"the demonstration begins on {begins_at:%Y-%m-%d}, and {settings.home} was first loaded on "
            f"{first:%Y-%m-%d}; time in a database only runs forwards, and nothing was written: name another state "
            "folder, RESOLUTION_MONITOR_HOME=/path/to/new make run"
        )


def _first_load(opened: Database) -> datetime | None:
    """None too where our schema is not there yet."""
    return first_load_at(opened) if server_state(opened).migrations else None


def _mixed(settings: Settings) -> SettingsError:
    return SettingsError(
        f"{settings.home} holds an installation, and made-up reports are never mixed with real ones; nothing was "
        "written: name another state folder, RESOLUTION_MONITOR_HOME=/path/to/new make run"
    )
