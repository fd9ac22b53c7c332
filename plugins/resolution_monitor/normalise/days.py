"""A day of the calendar, out of a day of the workbook or out of text; what its time of day says is told beside it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from resolution_monitor.normalise.values import clean
from resolution_monitor.normalise.written_periods import written_day
from resolution_monitor.period import TIME_ZONE
from resolution_monitor.terms import CellValue

_DAY = re.compile(
    r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4}|\d\d)(?: (?P<time>\d\d:\d\d)(?::\d\d)?)?", re.ASCII
)
_LONG_DAY = re.compile(r"(?:ngày )?(?P<day>\d{1,2}) tháng (?P<month>\d{1,2}) năm (?P<year>\d{4})", re.IGNORECASE)
_STAMP = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?\s?(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII)
_WEEKDAY = re.compile(r"^(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật),?\s+|\s*\((?:thứ \w+|chủ nhật)\)$", re.IGNORECASE)
_CENTURY, _SHORTEST_YEAR = 2000, 100
_MIDNIGHT = "00:00"
# Some libraries write a day as so many seconds before its midnight (SheetJS, in zones that were shifted in 1900).
_JUST_BEFORE = time(23, 58)


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """
    Attributes:
        told: The day with its time of day, where it has one that is no midnight; else empty.
    """

    day: date
    told: str = ""


def read_day(held: CellValue) -> WrittenDay | None:
    """
    The day that a cell means; the day comes before the month, as here.

    Returns:
        None when it is none.
    """
    if isinstance(held, datetime):
        return _of_moment(held)
    if isinstance(held, date):
        return WrittenDay(held)
    return _of_text(clean(held)) if isinstance(held, str) else None


def day_of(held: CellValue) -> date | None:
    """The same without its time of day."""
    found = read_day(held)
    return found.day if found else None


def _of_moment(moment: datetime) -> WrittenDay:
    if moment.tzinfo is not None:
        moment = moment.astimezone(TIME_ZONE).replace(tzinfo=None)
    if moment.time() == time(0):
        return WrittenDay(moment.date())
    day = moment.date() + timedelta(days=1) if moment.time() >= _JUST_BEFORE else moment.date()
    return WrittenDay(day, f"{moment:%d/%m/%Y %H:%M}")


def _of_text(text: str) -> WrittenDay | None:
    text = _WEEKDAY.sub("", text).rstrip(" .,")
    if _STAMP.fullmatch(text):
        try:
            return _of_moment(datetime.fromisoformat(text.replace(" ", "T", 1).replace(" ", "")))
        except ValueError:
            return None
    if found := _DAY.fullmatch(text) or _LONG_DAY.fullmatch(text):
        year = int(found["year"])
        moment = found.groupdict().get("time") or _MIDNIGHT
        try:
            day = date(year if year >= _SHORTEST_YEAR else _CENTURY + year, int(found["month"]), int(found["day"]))
        except ValueError:
            return None
        return WrittenDay(day, "" if moment == _MIDNIGHT else f"{day:%d/%m/%Y} {moment}")
    written = written_day(text)
    return WrittenDay(written) if written else None
