"""When a period opens, falls due, is cut off and briefed, and which period an instant therefore speaks of."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from resolution_monitor.errors import PeriodError
from resolution_monitor.period.kinds import (
    DAY,
    WEEK,
    Period,
    first_of_month,
    period_begun,
    shifted,
)
from resolution_monitor.period.moments import TIME_ZONE, Moment
from resolution_monitor.period.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class PeriodCalendar:
    """
    The clock of one chain of reports.

    Attributes:
        opens, due, cut_off: When reports are taken, should be here, and no longer make the briefing.
        briefing: The tick of its briefing; None where none is made on it. Never moved: a scheduler has to know it.
        revision_months: How long after the cut-off corrections are taken without a reopening.
        moves_to_working_day: Whether due and cut-off give way to the next working day.
        assumed: Which of these are our own setting, not a rule of theirs.
    """

    calendar: str
    period_kind: str
    opens: Moment
    due: Moment
    cut_off: Moment
    briefing: Moment | None
    revision_months: int
    moves_to_working_day: bool
    assumed: tuple[str, ...]
    source: str
    confidence: str

    def opens_at(self, period: Period, working_days: WorkingDays, lag_days: int = 0) -> datetime:
        return self.opens.of(period, working_days, self._base(period, lag_days))

    def due_at(self, period: Period, working_days: WorkingDays, lag_days: int = 0) -> datetime:
        """
        Until when a report is on time.

        Args:
            lag_days: Days after the period's end before its figure can be known at all.
        """
        return self.due.of(period, working_days, self._base(period, lag_days))

    def cut_off_at(self, period: Period, working_days: WorkingDays, lag_days: int = 0) -> datetime:
        """From when a report is missing."""
        return self.cut_off.of(period, working_days, self._base(period, lag_days))

    def closes_at(self, period: Period, working_days: WorkingDays, lag_days: int = 0) -> datetime:
        """From when corrections need a reopening: the cut-off's day, so many months later, or the month's last."""
        cut_off = self.cut_off_at(period, working_days, lag_days)
        first = first_of_month(cut_off.year, cut_off.month + self.revision_months)
        last = first_of_month(first.year, first.month + 1) - timedelta(days=1)
        return cut_off.replace(year=first.year, month=first.month, day=min(cut_off.day, last.day))

    def _base(self, period: Period, lag_days: int) -> date:
        """The day that stands for the period's end: a fixed day of the month stays one, in the first month it can."""
        known_on = period.end + timedelta(days=lag_days)
        if self.due.day is None:
            return known_on
        base = period.end
        while self.due.day_for(base) < known_on:
            base = first_of_month(base.year, base.month + 1)
        return base


@dataclass(frozen=True, slots=True)
class ReportCalendar:
    """
    When a briefing is made and on which kind of period it then reports.

    Attributes:
        name_vi, name_en: What its makers call it; empty where the catalogue gives no name.
    """

    report: str
    period_kind: str
    tick: Moment
    name_vi: str = ""
    name_en: str = ""

    @property
    def cron(self) -> str:
        """The ticks as a scheduler's expression, in Vietnamese time."""
        hour, minute = divmod(self.tick.minutes, 60)
        if self.period_kind == DAY:
            return f"{minute} {hour} * * *"
        if self.period_kind == WEEK:
            return f"{minute} {hour} * * {self.tick.days_later % 7}"  # a week ends on Sunday, cron's day 0
        period = period_begun(self.period_kind, date(2000, 12, 31))
        year = [shifted(period, -back) for back in range(12)]
        months = sorted({self.tick.fixed(one).month for one in year})
        days = {self.tick.fixed(one).day for one in year}
        return f"{minute} {hour} {days.pop()} {'*' if len(months) == 12 else ','.join(map(str, months))} *"


def tick_of_period(calendar: ReportCalendar, period: Period) -> datetime:
    """
    The tick on which the briefing of a period is made.

    Raises:
        PeriodError: The report is not made on periods of this kind.
    """
    if period.kind != calendar.period_kind:
        example = period_begun(calendar.period_kind, period.end).name
        raise PeriodError(
            f"period {period.name} is not one of {calendar.report}, which is made by {calendar.period_kind}; "
            f"write one such as {example}"
        )
    return calendar.tick.fixed(period)


def period_of_run(calendar: ReportCalendar, tick: datetime) -> Period:
    """The period a run reports on: that of the last tick not after the run's logical date."""
    return _last_reached(calendar.period_kind, tick, calendar.tick.fixed)


def last_settled(calendar: PeriodCalendar, working_days: WorkingDays, moment: datetime, lag_days: int = 0) -> Period:
    """
    The last period whose cut-off has passed.

    Args:
        lag_days: Days after a period's end before its figure can be known at all.
    """
    return _last_reached(
        calendar.period_kind, moment, lambda period: calendar.cut_off_at(period, working_days, lag_days)
    )


def as_at_date(calendar: PeriodCalendar, working_days: WorkingDays, moment: datetime, lag_days: int = 0) -> date:
    """The day scores are computed at: the end of the last period whose cut-off has passed, not the day of running."""
    return last_settled(calendar, working_days, moment, lag_days).end


def _last_reached(kind: str, moment: datetime, instant_of: Callable[[Period], datetime]) -> Period:
    """The last period whose instant is not after `moment`; instants grow from period to period."""
    local = moment.astimezone(TIME_ZONE)
    period = period_begun(kind, local.date())
    while instant_of(period) > local:
        period = shifted(period, -1)
    while instant_of(shifted(period, 1)) <= local:
        period = shifted(period, 1)
    return period


def require_due(calendar: ReportCalendar, period: Period, now: datetime) -> None:
    """
    Refuse a period whose briefing has not come due.

    Raises:
        PeriodError: The period's tick lies after `now`, or it is of another kind than the report's.
    """
    tick = tick_of_period(calendar, period)
    if tick > now:
        raise PeriodError(
            f"period {period.name} has not come yet: its {calendar.report} briefing is due on "
            f"{tick:%Y-%m-%d %H:%M} Vietnamese time; choose an earlier period"
        )


def require_taken(
    calendars: Iterable[PeriodCalendar], working_days: WorkingDays, period: Period, now: datetime
) -> None:
    """
    Refuse a period of which no report can be there yet: a month before its end, a day before it begins.

    Raises:
        PeriodError: Reports of it are taken from a later moment on.
    """
    opened = [one.opens_at(period, working_days) for one in calendars if one.period_kind == period.kind]
    begins_at = min(opened, default=datetime.combine(period.end + timedelta(days=1), time(), TIME_ZONE))
    if begins_at > now:
        raise PeriodError(
            f"period {period.name} has not come yet: reports of it are taken from {begins_at:%Y-%m-%d %H:%M} "
            "Vietnamese time; choose an earlier period"
        )
