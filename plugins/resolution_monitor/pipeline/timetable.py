"""What a DAG file knows before any task runs: the reports, when each is made, and its stages."""

from collections.abc import Mapping

from resolution_monitor.brief.report import require_language
from resolution_monitor.catalogue.report_calendars import read_report_calendars
from resolution_monitor.errors import PeriodError
from resolution_monitor.period import Period, ReportCalendar
from resolution_monitor.settings import Settings, from_environment

# In the order of the road.
STAGE_NAMES = ("collect", "normalise", "score", "brief")


def schedules(environment: Mapping[str, str]) -> dict[str, ReportCalendar]:
    """Report -> when it is made and on what."""
    return read_report_calendars(from_environment(environment).root / "catalogue")


def calendar_of(settings: Settings, report: str) -> ReportCalendar:
    """
    When a report is made and on what.

    Raises:
        PeriodError: There is no such report.
    """
    calendars = read_report_calendars(settings.root / "catalogue")
    if report not in calendars:
        raise PeriodError(f"report {report!r} is not known; there are: {', '.join(calendars)}")
    return calendars[report]


def require_report_of(settings: Settings, calendar: ReportCalendar, period: Period) -> None:
    """
    Refuse a period of another kind than the report's, naming the reports that are made on it.

    Raises:
        PeriodError: It is of another kind.
    """
    if period.kind == calendar.period_kind:
        return
    calendars = read_report_calendars(settings.root / "catalogue")
    fitting = [f"--report {name}" for name, one in calendars.items() if one.period_kind == period.kind]
    named = f"write {' or '.join(fitting)}" if fitting else "no report is made on such a period"
    raise PeriodError(f"{calendar.report} is made by {calendar.period_kind}, and {period.name} is none; {named}")


def require_written(settings: Settings, report: str, language: str) -> None:
    """
    Refuse a language that a report is not written in, before anything is begun.

    Raises:
        RenderError: It has no messages, or no known way of writing numbers.
    """
    require_language(settings.root / "report_templates", report, language)
