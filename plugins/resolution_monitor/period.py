"""Reporting periods by name, and which period a briefing of a given tick reports on."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from resolution_monitor.errors import PeriodError

TIME_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
YEAR = "year"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One reporting period; `start` and `end` are its first and last day."""

    kind: str
    start: date
    end: date

    @property
    def name(self) -> str:
        """How it is written on the command line and in file names: 2013."""
        return f"{self.end.year}"


@dataclass(frozen=True, slots=True)
class ReportCalendar:
    """
    When a report is made and what it then reports on.

    Attributes:
        tick_month, tick_day, tick_hour: The briefing's tick in Vietnamese time, every year.
        years_back: The tick of year Y reports on year Y - years_back.
    """

    report: str
    period_kind: str
    tick_month: int
    tick_day: int
    tick_hour: int
    years_back: int

    @property
    def cron(self) -> str:
        return f"0 {self.tick_hour} {self.tick_day} {self.tick_month} *"


def year_period(year: int) -> Period:
    """The budget year, which is the calendar year (Law 83/2015/QH13 on the state budget, Article 14)."""
    return Period(kind=YEAR, start=date(year, 1, 1), end=date(year, 12, 31))


def parse_period(name: str) -> Period:
    """
    The period of a written name.

    Raises:
        PeriodError: The name is not one of a known kind.
    """
    if not re.fullmatch(r"(19|20)\d\d", name.strip()):
        raise PeriodError(f"period {name!r} is not known; a year is written with four digits, such as 2013")
    return year_period(int(name))


def tick_of_period(calendar: ReportCalendar, period: Period) -> datetime:
    """The tick on which the briefing of a period is made."""
    year = period.end.year + calendar.years_back
    return datetime(year, calendar.tick_month, calendar.tick_day, calendar.tick_hour, tzinfo=TIME_ZONE)


def period_of_run(calendar: ReportCalendar, tick: datetime) -> Period:
    """The period a run reports on: that of the last tick not after the run's logical date."""
    local = tick.astimezone(TIME_ZONE)
    this_year = year_period(local.year - calendar.years_back)
    if tick_of_period(calendar, this_year) <= local:
        return this_year
    return year_period(this_year.end.year - 1)


def require_due(calendar: ReportCalendar, period: Period, now: datetime) -> None:
    """
    Refuse a period whose briefing has not come due.

    Raises:
        PeriodError: The period's tick lies after `now`.
    """
    tick = tick_of_period(calendar, period)
    if tick > now:
        raise PeriodError(
            f"period {period.name} has not come yet: its {calendar.report} briefing is due on "
            f"{tick:%Y-%m-%d %H:%M} Vietnamese time; choose an earlier period"
        )
