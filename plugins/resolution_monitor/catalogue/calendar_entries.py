"""Entries of calendars.yaml and holidays.yaml become calendars and working days."""

from dataclasses import replace
from datetime import date
from typing import Any

from resolution_monitor.errors import CatalogueError
from resolution_monitor.period import Moment, PeriodCalendar, ReportCalendar, WorkingDays

_FILE = "catalogue/calendars.yaml"
_LAST_MONTH = 12


def working_days_of(entries: dict[str, Any]) -> WorkingDays:
    """The swaps of holidays.yaml on top of the public holidays."""
    days_off, days_worked = (
        frozenset(date.fromisoformat(entry["day"]) for entry in entries[key]) for key in ("days_off", "days_worked")
    )
    return WorkingDays(days_off=days_off, days_worked=days_worked)


def period_calendar(entry: dict[str, Any]) -> PeriodCalendar:
    """One entry of `calendars`."""
    is_moved = entry["moves_to_working_day"]
    return PeriodCalendar(
        calendar=entry["calendar"],
        period_kind=entry["period_kind"],
        opens=_moment(entry["opens"]),
        due=replace(_moment(entry["due"]), is_moved=is_moved),
        cut_off=replace(_moment(entry["cut_off"]), is_moved=is_moved),
        briefing=_moment(entry["briefing"]) if entry["briefing"] else None,
        revision_months=entry["revision_months"],
        moves_to_working_day=is_moved,
        assumed=tuple(entry["assumed"]),
        source=entry["source"],
        confidence=entry["confidence"],
    )


def report_calendar(entry: dict[str, Any], calendars: dict[str, PeriodCalendar]) -> ReportCalendar:
    """
    One entry of `reports`: on the briefing tick of a calendar, or with a yearly tick of its own.

    Raises:
        CatalogueError: The calendar it names is unknown or has no briefing.
    """
    if "calendar" in entry:
        calendar = calendars.get(entry["calendar"])
        if calendar is None or calendar.briefing is None:
            briefed = ", ".join(name for name, one in calendars.items() if one.briefing)
            raise CatalogueError(
                f"{_FILE}: entry {entry['report']!r}: calendar {entry['calendar']!r} has no briefing; choose {briefed}"
            )
        return ReportCalendar(entry["report"], calendar.period_kind, calendar.briefing, **_names(entry))
    tick = entry["tick"]
    months_later = _LAST_MONTH * (entry["years_back"] - 1) + tick["month"]
    moment = Moment(minutes=60 * tick["hour"], months_later=months_later, day=tick["day"])
    return ReportCalendar(entry["report"], entry["period_kind"], moment, **_names(entry))


def _names(entry: dict[str, Any]) -> dict[str, str]:
    return {f"name_{language}": name for language, name in entry.get("names", {}).items()}


def _moment(entry: dict[str, Any]) -> Moment:
    hours, minutes = map(int, entry["time"].split(":"))
    return Moment(
        minutes=60 * hours + minutes,
        months_later=entry.get("months_later", 0),
        day=entry.get("day"),
        days_later=entry.get("days_later", 0),
        working_days_later=entry.get("working_days_later", 0),
        is_from_start="from" in entry,
    )
