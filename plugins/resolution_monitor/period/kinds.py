"""Periods of every kind: their spans, their names, and the way from one to the next."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from resolution_monitor.errors import PeriodError
from resolution_monitor.period.otherwise import meant_by

DAY, WEEK, YEAR = "day", "week", "year"
DECREE = "decree_"

# Kind -> months it spans; they are counted from January.
_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "nine_months": 9, YEAR: 12}
CALENDAR_KINDS = (DAY, WEEK, *_MONTHS)
DECREE_KINDS = tuple(f"{DECREE}{kind}" for kind in _MONTHS)
KINDS = (*CALENDAR_KINDS, *DECREE_KINDS)

_LAST_DAY_OF_DECREE = 14
_YEARS = r"(?P<year>(?:19|20)\d\d)"
_DECREE_MARK = r"(?P<decree>D?)"
_NAMES = {
    DAY: re.compile(rf"{_YEARS}-(?P<month>\d\d)-(?P<number>\d\d)", re.ASCII),
    WEEK: re.compile(rf"{_YEARS}-W(?P<number>\d\d)", re.ASCII),
    "month": re.compile(rf"{_YEARS}-(?P<number>0[1-9]|1[0-2]){_DECREE_MARK}", re.ASCII),
    "quarter": re.compile(rf"{_YEARS}-Q(?P<number>[1-4]){_DECREE_MARK}", re.ASCII),
    "half_year": re.compile(rf"{_YEARS}-H(?P<number>[12]){_DECREE_MARK}", re.ASCII),
    "nine_months": re.compile(rf"{_YEARS}-9M{_DECREE_MARK}", re.ASCII),
    YEAR: re.compile(rf"{_YEARS}{_DECREE_MARK}", re.ASCII),
}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """
    One reporting period; `start` and `end` are its first and last day.

    Plain kinds follow the calendar. Kinds that begin with `decree_` are cut on the 14th of their last month, as
    Decree 09/2019/ND-CP (Article 12) has it for periodic reports; its Article 1 assignments statistics to the calendar.
    """

    kind: str
    start: date
    end: date

    @property
    def name(self) -> str:
        """How it is written: 2026-10-31, 2026-W44, 2026-10, 2026-Q4, 2026-H2, 2026-9M, 2026; by the decree 2026-10D."""
        if self.kind == DAY:
            return self.end.isoformat()
        if self.kind == WEEK:
            year, week, _ = self.start.isocalendar()
            return f"{year}-W{week:02}"
        plain = self.kind.removeprefix(DECREE)
        number = _number(plain, self.end.month)
        part = {"month": f"-{number:02}", "quarter": f"-Q{number}", "half_year": f"-H{number}", "nine_months": "-9M"}
        return f"{self.end.year}{part.get(plain, '')}{'D' if plain != self.kind else ''}"

    def holds(self, day: date) -> bool:
        return self.start <= day <= self.end


def pattern_of(kind: str) -> str:
    """How a name of a kind is written, as a regular expression that browsers understand, too."""
    plain = kind.removeprefix(DECREE)
    named = _NAMES[plain].pattern.replace(_DECREE_MARK, "D" if plain != kind else "")
    return f"^{re.sub(r'[?]P<[a-z]+>', '', named)}$"


def year_period(year: int) -> Period:
    """The budget year, which is the calendar year (Law 83/2015/QH13 on the state budget, Article 14)."""
    return Period(kind=YEAR, start=date(year, 1, 1), end=date(year, 12, 31))


def parse_period(name: str) -> Period:
    """
    The period of a written name.

    Raises:
        PeriodError: The name is not one of a known kind, or names a day or week that does not exist.
    """
    for kind, pattern in _NAMES.items():
        named = pattern.fullmatch(name.strip())
        if named:
            return _named_period(kind, named)
    meant = meant_by(name)
    is_one = meant is not None and any(pattern.fullmatch(meant) for pattern in _NAMES.values())
    question = f"did you mean {meant}? Otherwise " if is_one else ""
    raise PeriodError(
        f"period {name!r} is not known; {question}write a year such as 2013, 2026-H2, 2026-9M, 2026-Q4, 2026-10, "
        "2026-W44 or 2026-10-31; D behind a month, quarter, half-year or year means the period of Decree 09/2019: "
        "2026-10D"
    )


def _named_period(kind: str, named: re.Match[str]) -> Period:
    found = named.groupdict()
    year, number = int(found["year"]), int(found.get("number") or 1)
    try:
        if kind == DAY:
            return _day_period(date(year, int(found["month"]), number))
        if kind == WEEK:
            return _week_period(date.fromisocalendar(year, number, 1))
    except ValueError as error:
        raise PeriodError(
            f"period {named[0]!r} does not exist ({error}); a day is written such as 2013-12-31"
        ) from error
    return _months_period(f"{DECREE}{kind}" if found["decree"] else kind, year, number)


def _day_period(day: date) -> Period:
    return Period(kind=DAY, start=day, end=day)


def _week_period(day: date) -> Period:
    """Monday to Sunday, numbered as in ISO 8601."""
    monday = day - timedelta(days=day.weekday())
    return Period(kind=WEEK, start=monday, end=monday + timedelta(days=6))


def _months_period(kind: str, year: int, number: int) -> Period:
    """
    The `number`-th period of a year, counted from 1; nine months have one a year, from its beginning.

    Source: Decree 09/2019/ND-CP, Article 12, for month, quarter, half-year and year. It names no nine months; they are
    cut as the half-year is (system default).
    """
    months = _MONTHS[kind.removeprefix(DECREE)]
    first, after = first_of_month(year, (number - 1) * months + 1), first_of_month(year, number * months + 1)
    if kind.startswith(DECREE):
        first, last = first_of_month(first.year, first.month - 1), first_of_month(after.year, after.month - 1)
        return Period(
            kind=kind, start=first.replace(day=_LAST_DAY_OF_DECREE + 1), end=last.replace(day=_LAST_DAY_OF_DECREE)
        )
    return Period(kind=kind, start=first, end=after - timedelta(days=1))


def first_of_month(year: int, month: int) -> date:
    """First day of a month; months below 1 and above 12 lie in the years before and after."""
    years, index = divmod(month - 1, 12)
    return date(year + years, index + 1, 1)


def _number(plain: str, month: int) -> int:
    """Which period of its year a month lies in, counted from 1."""
    return -(-month // _MONTHS[plain])


def period_containing(kind: str, day: date) -> Period:
    """
    The one period of a kind that holds a day.

    Raises:
        PeriodError: The kind is unknown, or no period of it holds the day: nine months are counted from the beginning
            of the year and leave its last three months out.
    """
    period = period_begun(kind, day)
    if not period.holds(day):
        raise PeriodError(
            f"no period of kind {kind} holds {day}: {period.name} ended on {period.end}; choose a quarter"
        )
    return period


def period_begun(kind: str, day: date) -> Period:
    """
    The last period of a kind that began on or before a day; it holds the day, but for nine months at a year's end.

    Raises:
        PeriodError: The kind is unknown.
    """
    if kind == DAY:
        return _day_period(day)
    if kind == WEEK:
        return _week_period(day)
    if kind not in KINDS:
        raise PeriodError(f"kind of period {kind!r} is not known; there are: {', '.join(KINDS)}")
    plain = kind.removeprefix(DECREE)
    is_next_month = plain != kind and day.day > _LAST_DAY_OF_DECREE
    month = first_of_month(day.year, day.month + is_next_month)
    number = min(_number(plain, month.month), 12 // _MONTHS[plain])
    return _months_period(kind, month.year, number)


def shifted(period: Period, steps: int) -> Period:
    """The period `steps` later of the same kind; earlier where negative: -1 is the previous one."""
    if period.kind in (DAY, WEEK):
        return period_begun(period.kind, period.start + timedelta(days=steps * (7 if period.kind == WEEK else 1)))
    plain = period.kind.removeprefix(DECREE)
    a_year = 12 // _MONTHS[plain]
    year, index = divmod(period.end.year * a_year + _number(plain, period.end.month) - 1 + steps, a_year)
    return _months_period(period.kind, year, index + 1)


def periods_between(kind: str, first: date, last: date) -> list[Period]:
    """The periods of a kind that end on a day from `first` to `last`, in order."""
    period = period_begun(kind, first)
    while period.end < first:
        period = shifted(period, 1)
    found = []
    while period.end <= last:
        found.append(period)
        period = shifted(period, 1)
    return found
