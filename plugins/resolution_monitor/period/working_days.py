"""Working days of the State: Monday to Friday but for public holidays, with the year's own swaps on top."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

_SATURDAY = 5


@cache
def _official(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """
    Public holidays of one named year, and the weekend days worked in place of others.

    Lunar New Year and Hung Kings' Day are computed; a year whose plan is not yet decided carries the usual one.
    Source: Labour Code 45/2019/QH14, Article 112, as package `holidays` holds it.
    """
    # Imported only here: it holds every country's calendars, and whoever asks for help or a schedule needs none.
    import holidays

    found = holidays.country_holidays("VN", years=year, expand=False)
    return frozenset(found), frozenset(found.weekend_workdays)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """
    What the catalogue adds to the public holidays.

    Attributes:
        days_off: Further days off, such as one swapped for a Saturday.
        days_worked: Days worked though they are a weekend or holiday.
    """

    days_off: frozenset[date] = field(default_factory=frozenset)
    days_worked: frozenset[date] = field(default_factory=frozenset)

    def is_working_day(self, day: date) -> bool:
        if day in self.days_worked or day in self.days_off:
            return day in self.days_worked
        days_off, days_worked = _official(day.year)
        return day in days_worked or (day.weekday() < _SATURDAY and day not in days_off)

    def on_or_after(self, day: date) -> date:
        """The day itself if it is worked, else the next that is (Civil Code 91/2015/QH13, Article 148(5))."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after a day."""
        for _ in range(count):
            day = self.on_or_after(day + timedelta(days=1))
        return day
