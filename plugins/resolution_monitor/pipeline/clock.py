"""The moment a run takes for now: the edge's clock, or in a demonstration the one its manifest tells."""

from datetime import datetime

from resolution_monitor.errors import SettingsError
from resolution_monitor.settings import Settings


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
