"""What a DAG file knows before any task runs: the reports, when each is made, and its stages."""

from collections.abc import Mapping

from resolution_monitor.brief.report import require_language
from resolution_monitor.catalogue.report_calendars import read_report_calendars
from resolution_monitor.errors import PeriodError
from resolution_monitor.period import ReportCalendar
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


def require_written(settings: Settings, report: str, language: str) -> None:
    """
    Refuse a language that a report is not written in, before anything is begun.

    Raises:
        RenderError: It has no messages, or no known way of writing numbers.
    """
    require_language(settings.root / "report_templates", report, language)
