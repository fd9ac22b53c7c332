"""Days the State works: public holidays, Lunar New Year, swaps."""

from datetime import date, timedelta

import pytest

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.period import WorkingDays


@pytest.mark.parametrize(
    ("new_year", "last_day_worked", "next_day_worked"),
    [
        # 2025 At Ty: 25 January to 2 February, nine days (notice 6150/TB-BLDTBXH of 3 December 2024).
        ("2025-01-29", "2025-01-24", "2025-02-03"),
        # 2026 Binh Ngo: 14 to 22 February, nine days.
        ("2026-02-17", "2026-02-13", "2026-02-23"),
        # 2027 Dinh Mui: computed; eve Friday 5 February, first day Saturday the 6th; two weekend days are made up for.
        ("2027-02-06", "2027-02-03", "2027-02-11"),
    ],
)
def test_lunar_new_year(catalogue: Catalogue, new_year: str, last_day_worked: str, next_day_worked: str):
    """
    No day from the last one worked to the next is worked, and New Year's Day lies between.
    """
    first, last = date.fromisoformat(last_day_worked), date.fromisoformat(next_day_worked)
    between = [first + timedelta(days=count) for count in range(1, (last - first).days)]

    assert date.fromisoformat(new_year) in between
    assert not any(map(catalogue.working_days.is_working_day, between))
    assert last == catalogue.working_days.after(first, 1)


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        ("2025-04-07", False),  # Hung Kings' Day
        ("2025-04-26", True),  # a Saturday worked for 2 May
        ("2025-05-02", False),
        ("2025-09-01", False),  # National Day and the day beside it
        ("2025-09-02", False),
        ("2026-01-01", False),
        ("2026-01-02", False),  # swapped in holidays.yaml
        ("2026-01-10", True),
        ("2026-04-27", False),  # Hung Kings' Day fell on a Sunday
        ("2026-08-22", True),
        ("2026-08-31", False),
        ("2026-11-24", False),  # Culture Day, from 2026 (Resolution 80-NQ/TW)
        ("2025-11-24", True),
        ("2026-10-31", False),  # Saturday
        ("2026-11-02", True),
    ],
)
def test_day(catalogue: Catalogue, day: str, is_worked: bool):
    """
    Public holidays, their make-up days and the year's swaps.
    """
    assert is_worked == catalogue.working_days.is_working_day(date.fromisoformat(day))


def test_catalogue_overrides_the_library():
    """
    A day the catalogue names is as the catalogue says, whatever the public holidays are.
    """
    friday, holiday = date(2026, 10, 30), date(2026, 9, 2)
    swapped = WorkingDays(days_off=frozenset({friday}), days_worked=frozenset({holiday}))

    assert (False, True) == (swapped.is_working_day(friday), swapped.is_working_day(holiday))
    assert date(2026, 11, 2) == swapped.on_or_after(friday)


@pytest.mark.parametrize("year", range(1996, 2100))
def test_every_year_is_known(year: int):
    """
    Lunar New Year takes days off in each year there may be a report of, and most days are worked.
    """
    days = [date(year, 1, 1) + timedelta(days=count) for count in range(365)]
    worked = sum(map(WorkingDays().is_working_day, days))
    weekdays = sum(day.weekday() < 5 for day in days)

    assert 7 <= weekdays - worked <= 14
