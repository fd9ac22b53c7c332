"""Time as the system sees it: periods by name, working days, and when each report opens, falls due and is briefed."""

from resolution_monitor.period.calendars import (
    PeriodCalendar,
    ReportCalendar,
    as_at_date,
    last_settled,
    period_of_run,
    require_due,
    require_taken,
    tick_of_period,
)
from resolution_monitor.period.kinds import (
    CALENDAR_KINDS,
    DAY,
    DECREE_KINDS,
    KINDS,
    YEAR,
    Period,
    parse_period,
    pattern_of,
    period_begun,
    period_containing,
    periods_between,
    shifted,
    year_period,
)
from resolution_monitor.period.moments import TIME_ZONE, Moment
from resolution_monitor.period.working_days import WorkingDays

__all__ = [
    "CALENDAR_KINDS",
    "DAY",
    "DECREE_KINDS",
    "KINDS",
    "TIME_ZONE",
    "YEAR",
    "Moment",
    "Period",
    "PeriodCalendar",
    "ReportCalendar",
    "WorkingDays",
    "as_at_date",
    "last_settled",
    "parse_period",
    "pattern_of",
    "period_begun",
    "period_containing",
    "period_of_run",
    "periods_between",
    "require_due",
    "require_taken",
    "shifted",
    "tick_of_period",
    "year_period",
]
