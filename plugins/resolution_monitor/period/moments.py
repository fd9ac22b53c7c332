"""Instants that follow from a day by a rule: day 10 of the next month, one working day later, the same day at 16:00."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from resolution_monitor.period.kinds import Period, first_of_month
from resolution_monitor.period.working_days import WorkingDays

TIME_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class Moment:
    """
    How an instant follows from a period's last day. One of `day`, `days_later` and `working_days_later` rules.

    Attributes:
        minutes: After midnight in Vietnamese time; 1440 is 24:00, the end of the day.
        months_later, day: That day of the month, so many months after the base day's.
        days_later: Calendar days after the base day.
        working_days_later: Working days after the base day; 0 means none are counted.
        is_moved: Whether a day that is not worked gives way to the next that is.
        is_from_start: Whether it counts from the period's first day instead of its last.
    """

    minutes: int
    months_later: int = 0
    day: int | None = None
    days_later: int = 0
    working_days_later: int = 0
    is_moved: bool = False
    is_from_start: bool = False

    def of(self, period: Period, working_days: WorkingDays, base: date | None = None) -> datetime:
        """The instant for a period; `base` stands for its last day where that is later known."""
        day = self.day_for(period.start if self.is_from_start else base or period.end)
        if self.working_days_later:
            day = working_days.after(day, self.working_days_later)
        elif self.is_moved:
            day = working_days.on_or_after(day)
        return self._at(day)

    def fixed(self, period: Period) -> datetime:
        """The instant for a period where no working day plays a part, as in a scheduler's expression."""
        return self._at(self.day_for(period.end))

    def day_for(self, base: date) -> date:
        """The day before any move to a working one."""
        if self.day is not None:
            return first_of_month(base.year, base.month + self.months_later).replace(day=self.day)
        return base + timedelta(days=self.days_later)

    def _at(self, day: date) -> datetime:
        return datetime.combine(day, time(), tzinfo=TIME_ZONE) + timedelta(minutes=self.minutes)
