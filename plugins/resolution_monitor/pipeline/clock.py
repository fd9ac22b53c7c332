"""The moment a run takes for now: the edge's clock, or in a demonstration the one its runs name."""

from datetime import datetime, timedelta

from resolution_monitor.errors import SettingsError
from resolution_monitor.period import Period, require_taken
from resolution_monitor.pipeline.context import Context
from resolution_monitor.pipeline.installation import holds_demonstration
from resolution_monitor.settings import Settings
from resolution_monitor.store.connect import database
from resolution_monitor.store.load_step import last_load_at

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
    with database(settings) as opened:
        is_demonstration = holds_demonstration(opened)
    if not is_demonstration:
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
