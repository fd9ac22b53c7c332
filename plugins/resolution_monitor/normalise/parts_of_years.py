"""The parts of years that a running text names: "Ước tháng 10 năm 2026", "quý III", "10 tháng", "6 tháng cuối năm"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from resolution_monitor.catalogue.names import fold
from resolution_monitor.period import Period

_LAST_MONTH = 12
_OF_YEAR = r"(?: (?:cua )?(?:nam )?(?P<{}>(?:19|20)\d\d)\b)?"
_MONTH_NAMES = {
    "gieng": 1, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "bay": 7, "tam": 8, "chin": 9, "muoi": 10, "muoi mot": 11,
    "muoi hai": 12, "chap": 12,
}  # fmt: skip
# Without marks these are other words, too ("từ", "năm", "sau"): months only where a year follows.
_UNSURE_MONTHS = {"tu": 4, "nam": 5, "sau": 6}
_NUMBERS = {"hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_NAMES = "|".join(sorted(_MONTH_NAMES, key=len, reverse=True))
# In this order: "ngày 30 tháng 9" is a day, "9 tháng" no month. "tháng 1-10" names no single month and is left alone,
# and so is "các tháng năm 2026": there "năm" is the year's.
_PARTS = re.compile(
    r"\bngay (?P<day>\d{1,2}) (?:thang )?(?P<month_of_day>\d{1,2}) (?:nam )?(?P<year_of_day>(?:19|20)\d\d)\b"
    rf"|\b(?P<months>\d{{1,2}}|{'|'.join(_NUMBERS)}) thang\b(?! \d{{1,2}}\b)(?: (?P<half>dau|cuoi))?"
    + _OF_YEAR.format("year_of_months")
    + r"|\bquy (?P<quarter>iv|i{1,3}|[1-4])\b(?! (?:\d{1,2}|iv|i{1,3})\b)"
    + _OF_YEAR.format("year_of_quarter")
    + rf"|\bthang (?P<month>0?[1-9]|1[0-2]|{_NAMES}|nam(?= nam (?:19|20)\d\d)|(?:tu|sau)(?= (?:nam )?(?:19|20)\d\d))"
    + r"\b(?! \d{1,2}\b)"
    + _OF_YEAR.format("year_of_month")
    + r"|\b(?:ca )?nam (?P<year>(?:19|20)\d\d)\b",
    re.ASCII,
)
# "Tháng 10 so với tháng 9": what follows is what the figure is held against.
_COMPARED = re.compile(r"\bso (?:voi|cung)\b")
_SHORT_NAME = re.compile(
    r"(?:th?(?P<month>\d{1,2})|q ?(?P<quarter>iv|i{1,3}|[1-4])|(?P<months>\d{1,2})t)(?: (?P<year>20\d\d|\d\d))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class PartOfYear:
    """
    Months of a year as a text names them.

    Attributes:
        year: None where the text leaves it to its surroundings.
        day: Of a single day; None for whole months.
        is_bare_year: "năm 2026", which often only says the year of what stands beside it.
    """

    first_month: int
    last_month: int
    year: int | None
    day: int | None = None
    is_bare_year: bool = False

    def ends_with(self, period: Period) -> bool:
        """Whether it may end with the period; a year alone only says the year."""
        if self.year not in (None, period.end.year):
            return False
        is_day = self.day is None or self.day == period.end.day
        return self.is_bare_year or (self.last_month == period.end.month and is_day)

    def is_of(self, period: Period, *, since_january: bool) -> bool:
        """Whether it names just this period, or the months from January to its end; a year alone only says the year."""
        first = 1 if since_january else period.start.month
        is_end_alone = self.is_bare_year or self.day is not None  # "đến ngày 31/10/2026"
        return self.ends_with(period) and (is_end_alone or self.first_month == first)


def parts_of_years(text: str) -> list[PartOfYear]:
    """Every part of a year that a text names, in order; what a figure is compared with is no part of it."""
    written = fold(text)
    compared = _COMPARED.search(written)
    return list(_parts(written[: compared.start()] if compared else written))


def part_in_name(name: str) -> list[PartOfYear]:
    """The same of a sheet's name, which may also be short: "T10", "T10.2026", "Q3-26", "9T"."""
    short = _SHORT_NAME.fullmatch(fold(name))
    if short is None:
        return parts_of_years(name)
    year = short["year"]
    of_year = int(year) + (0 if len(year) > 2 else 2000) if year else None
    months = _months(short["months"], short["quarter"], short["month"], None)
    return [PartOfYear(*months, of_year)] if months else []


def _parts(written: str) -> Iterator[PartOfYear]:
    for found in _PARTS.finditer(written):
        if found["day"]:
            if _is_day(int(found["year_of_day"]), int(found["month_of_day"]), int(found["day"])):
                month = int(found["month_of_day"])
                yield PartOfYear(month, month, int(found["year_of_day"]), int(found["day"]))
            continue
        if found["year"]:
            yield PartOfYear(1, _LAST_MONTH, int(found["year"]), is_bare_year=True)
            continue
        months = _months(found["months"], found["quarter"], found["month"], found["half"])
        if months:
            year = found["year_of_months"] or found["year_of_quarter"] or found["year_of_month"]
            yield PartOfYear(*months, int(year) if year else None)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _months(counted: str | None, quarter: str | None, month: str | None, half: str | None) -> tuple[int, int] | None:
    """First and last month; None where there are none such, as in "18 tháng" or "3 tháng cuối năm"."""
    if counted:
        number = _NUMBERS.get(counted) or int(counted)
        if half == "cuoi":
            return (7, _LAST_MONTH) if number == 6 else None
        return (1, number) if 1 <= number <= _LAST_MONTH else None
    if quarter:
        last = _QUARTERS[quarter] * 3
        return last - 2, last
    names = _MONTH_NAMES | _UNSURE_MONTHS
    named = names[month] if month in names else int(month or 0)
    return (named, named) if 1 <= named <= _LAST_MONTH else None
