"""From when a claim that something is done may count: no report can make it older than the period it came in.

Source: docs/method.md, clause 2.5, day of a deliverable.
"""

from datetime import date, datetime

from resolution_monitor.period import TIME_ZONE, Period, PeriodCalendar, WorkingDays, period_begun


def claimed_from(
    calendar: PeriodCalendar, working_days: WorkingDays, period: Period, received_at: datetime | None
) -> date:
    """
    The first day that a report of a period can speak for.

    That of its period. What came after the cut-off, as a late report or as a correction of an earlier month, speaks for
    the period in which it came: else whoever corrects August in November would have been done in August.

    Args:
        received_at: When the claim first came; None where that is not known.
    """
    if received_at is None or received_at < calendar.cut_off_at(period, working_days):
        return period.start
    return max(period.start, period_begun(period.kind, received_at.astimezone(TIME_ZONE).date()).start)
