"""The moment a run takes for now: the edge's clock, or in a demonstration the one its manifest tells."""

from datetime import datetime, timedelta

from resolution_monitor.errors import SettingsError
from resolution_monitor.period import Period, require_taken
from resolution_monitor.pipeline.context import Context
from resolution_monitor.settings import Settings
from resolution_monitor.store.connect import database
from resolution_monitor.store.load_step import first_load_at, last_load_at

# The loads of a run bear times a few microseconds after its moment, one after the other.
OWN_LOADS = timedelta(seconds=1)


def moment_of_run(settings: Settings, named: str | None, now: datetime) -> datetime:
    """
    The moment a run's parameters name, else `now`.

    Raises:
        SettingsError: A moment is named although the state folder holds no demonstration, or it is no moment.
    """
    if not named:
        return now
    if not settings.demonstration_manifest.exists():
        raise SettingsError(
            f"a run may name its clock only in a demonstration, and {settings.home} holds none; leave `clock` out"
        )
    try:
        moment = datetime.fromisoformat(named)
    except ValueError as error:
        raise SettingsError(f"clock {named!r} is no moment; write one such as 2026-11-12T07:00:00+07:00") from error
    if moment.tzinfo is None:
        raise SettingsError(f"clock {named!r} has no offset; write one such as 2026-11-12T07:00:00+07:00")
    return moment


def require_time_to_run_forwards(settings: Settings, begins_at: datetime) -> None:
    """
    Refuse a demonstration where loads of a later time came first: its briefings would see none of its reports.

    Raises:
        SettingsError: The first load of the database is later than the demonstration's begin.
    """
    with database(settings) as opened:
        first = first_load_at(opened)
    if first is not None and first > begins_at + timedelta(days=1):
        raise SettingsError(
            f"the demonstration begins on {begins_at:%Y-%m-%d}, and {settings.home} was first loaded on "
            f"{first:%Y-%m-%d}; time in a database only runs forwards: begin with make clean, or name another state "
            "folder with RESOLUTION_MONITOR_HOME"
        )


def require_come(context: Context, period: Period, as_of: datetime | None = None) -> None:
    """
    Refuse to speak of a period of which no report can be there: the ledger is filled ahead, and would make one up.

    A demonstration tells its own time: what was loaded later than now is its now.

    Raises:
        PeriodError: The period has not come by then.
    """
    last = last_load_at(context.database)
    now = as_of or (max(context.now, last) if last else context.now)
    require_taken(context.catalogue.period_calendars.values(), context.catalogue.working_days, period, now)
