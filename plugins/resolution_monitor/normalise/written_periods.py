"""Days and periods as Vietnamese text writes them, by a strict grammar: what it does not hold is no date."""

import re
from datetime import date

from resolution_monitor.catalogue.names import fold
from resolution_monitor.errors import PeriodError
from resolution_monitor.normalise.values import clean
from resolution_monitor.period import Period, parse_period

_YEAR = r"(?:(?:/|(?:/? ?nam )) ?)(?P<year>(?:19|20)\d\d)"
_DAY = re.compile(r"(?:ngay )?(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)", re.ASCII)
_LONG_DAY = re.compile(r"ngay (?P<day>\d{1,2}) thang (?P<month>\d{1,2}) nam (?P<year>(?:19|20)\d\d)", re.ASCII)
_ISO_DAY = re.compile(r"(?P<year>(?:19|20)\d\d)/(?P<month>\d\d)/(?P<day>\d\d)", re.ASCII)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
# Kind of period -> how it is written, folded, with one slash for / . or -.
_PERIODS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("quarter", re.compile(rf"quy (?P<number>i{{1,3}}|iv|[1-4]) ?{_YEAR}", re.ASCII)),
    ("half_year", re.compile(rf"6 thang(?: (?P<half>dau|cuoi))? ?{_YEAR}", re.ASCII)),
    ("nine_months", re.compile(rf"9 thang(?: dau)? ?{_YEAR}", re.ASCII)),
    ("month", re.compile(rf"thang (?P<number>0?[1-9]|1[0-2]) ?{_YEAR}", re.ASCII)),
    ("year", re.compile(r"(?:ca )?nam (?P<year>(?:19|20)\d\d)", re.ASCII)),
)


def written_day(text: str) -> date | None:
    """
    A day: "15/11/2025", "15.11.2025", "ngày 15 tháng 11 năm 2025", "2025-11-15".

    Returns:
        None for every other text; the day always comes before the month, and the year has four digits.
    """
    written = _folded(text)
    found = _DAY.fullmatch(written) or _LONG_DAY.fullmatch(written) or _ISO_DAY.fullmatch(written)
    if not found:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def written_period(text: str) -> Period | None:
    """
    A period: "Quý III/2025", "6 tháng đầu năm 2025", "9 tháng năm 2025", "tháng 11/2025", "năm 2025".

    Returns:
        None for every other text: "6 tháng" names no year, and "2025" alone may be any number.
    """
    written = _folded(text)
    for kind, pattern in _PERIODS:
        if found := pattern.fullmatch(written):
            return _period(kind, found.groupdict())
    return None


def _period(kind: str, found: dict[str, str | None]) -> Period | None:
    number = found.get("number") or ""
    part = {
        "quarter": f"-Q{_QUARTERS.get(number)}",
        "half_year": "-H2" if found.get("half") == "cuoi" else "-H1",
        "nine_months": "-9M",
        "month": f"-{number:0>2}",
        "year": "",
    }
    try:
        return parse_period(f"{found['year']}{part[kind]}")
    except PeriodError:
        return None


def _folded(text: str) -> str:
    """Folded piece by piece, so that the marks between numbers stay, each as one slash."""
    pieces = [fold(piece) for piece in re.split(r"[/.\-–]", clean(text))]
    return "" if "" in pieces else "/".join(pieces)
