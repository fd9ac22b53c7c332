"""When made-up reports arrive: in working hours, on time or after, never before their period is open."""

from datetime import datetime, time, timedelta

from resolution_monitor.period import TIME_ZONE
from resolution_monitor.sample.conduct import Conduct, Player
from resolution_monitor.sample.owed import Owed, day_of

# The longest before the due day that a body of this kind sends, and after it when it is late.
_DAYS_EARLY = {Conduct.GOOD: 6, Conduct.SLOW: 3, Conduct.FAILING: 1}
_DAYS_LATE = {Conduct.GOOD: 1, Conduct.SLOW: 4, Conduct.FAILING: 8}
_MINUTES_OF_WORK = 570
_OPENING = time(7, 30)
# What is due the same day at 16:00 comes within these minutes before, or after.
_MINUTES_OF_DAY = 400


def on_time(player: Player, owed: Owed) -> datetime:
    """An instant before the report is due."""
    generator = player.draws(owed.name, "arrival")
    if owed.period.kind == "day":
        return owed.due_at - timedelta(minutes=int(generator.integers(2, _MINUTES_OF_DAY)))
    days = int(generator.integers(_DAYS_EARLY[player.conduct] + 1))
    at = datetime.combine(day_of(owed.due_at) - timedelta(days=days), _OPENING, tzinfo=TIME_ZONE)
    earliest = owed.opens_at + timedelta(hours=1)
    return min(max(at + _into_the_day(player, owed), earliest), owed.due_at - timedelta(minutes=1))


def too_late(player: Player, owed: Owed) -> datetime:
    """An instant after the report was due."""
    generator = player.draws(owed.name, "late arrival")
    if owed.period.kind == "day":
        return owed.due_at + timedelta(minutes=int(generator.integers(2, _MINUTES_OF_DAY)))
    return _days_after(player, owed, int(generator.integers(1, _DAYS_LATE[player.conduct] + 1)))


def second_version(player: Player, owed: Owed) -> datetime:
    """An instant some days after the report was due, when its sender has seen what was wrong."""
    return _days_after(player, owed, int(player.draws(owed.name, "second").integers(1, 10)))


def _days_after(player: Player, owed: Owed, days: int) -> datetime:
    day = day_of(owed.due_at) + timedelta(days=days)
    return datetime.combine(day, _OPENING, tzinfo=TIME_ZONE) + _into_the_day(player, owed)


def _into_the_day(player: Player, owed: Owed) -> timedelta:
    return timedelta(minutes=int(player.draws(owed.name, "minute").integers(_MINUTES_OF_WORK)))
