"""calendars.yaml alone becomes the calendar of each report: what a scheduler reads every half minute."""

from pathlib import Path

import yaml

from resolution_monitor.catalogue.calendar_entries import period_calendar, report_calendar
from resolution_monitor.errors import CatalogueError
from resolution_monitor.period import ReportCalendar


def read_report_calendars(folder: Path) -> dict[str, ReportCalendar]:
    """
    Report -> when it is made and on what; whoever then makes it reads and checks the whole catalogue.

    Raises:
        CatalogueError: The file cannot be understood; every problem of the catalogue is named.
    """
    try:
        return _read(folder / "calendars.yaml")
    except (OSError, yaml.YAMLError, ValueError, LookupError, TypeError, AttributeError, CatalogueError):
        # Imported only here: it brings the schemas' checker, which says what is wrong and where.
        from resolution_monitor.catalogue.load import load_catalogue

        return load_catalogue(folder).calendars


def _read(file: Path) -> dict[str, ReportCalendar]:
    entries = yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)
    clocks = {clock.calendar: clock for clock in map(period_calendar, entries["calendars"])}
    return {entry["report"]: report_calendar(entry, clocks) for entry in entries["reports"]}
