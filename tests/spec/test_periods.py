"""Periods, their ticks, and what lies in the future."""

from datetime import UTC, datetime

import pytest

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.errors import PeriodError
from resolution_monitor.period import TIME_ZONE, parse_period, period_of_run, require_due, tick_of_period, year_period


@pytest.mark.parametrize(
    ("tick", "expected"),
    [
        ("2015-08-01T07:00", "2013"),  # the tick itself
        ("2015-08-01T06:59", "2012"),  # a minute before it, the last tick was a year ago
        ("2016-01-01T00:00", "2013"),
        ("2016-07-31T23:59", "2013"),
    ],
)
def test_period_of_run(catalogue: Catalogue, tick: str, expected: str):
    """
    A run reports on the period of the last tick that is not after it.
    """
    moment = datetime.fromisoformat(tick).replace(tzinfo=TIME_ZONE)

    assert expected == period_of_run(catalogue.calendars["state_budget"], moment).name


@pytest.mark.parametrize("year", range(2004, 2026))
def test_tick_and_period_are_inverse(catalogue: Catalogue, year: int):
    """
    A period's tick leads back to the period, in any time zone.
    """
    calendar = catalogue.calendars["state_budget"]
    tick = tick_of_period(calendar, year_period(year))

    assert str(year) == period_of_run(calendar, tick.astimezone(UTC)).name


@pytest.mark.parametrize("name", ["", "13", "20x3", "2013-13", "2013 Q1", "3013"])
def test_unknown_period(name: str):
    """
    A name that is no period is refused with an example.
    """
    with pytest.raises(PeriodError, match="such as 2013"):
        parse_period(name)


def test_future_period(catalogue: Catalogue):
    """
    A period whose briefing has not come due is refused with its date.
    """
    calendar = catalogue.calendars["state_budget"]
    now = datetime(2026, 7, 31, 23, 59, tzinfo=UTC)

    require_due(calendar, year_period(2023), now)
    with pytest.raises(PeriodError, match="2026-08-01 07:00"):
        require_due(calendar, year_period(2024), datetime(2026, 7, 31, 23, 59, tzinfo=UTC))
