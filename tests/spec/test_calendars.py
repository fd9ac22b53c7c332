"""Every calendar as a table: opening, due, cut-off, tick; and what holds for each over forty years."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.errors import PeriodError
from resolution_monitor.period import (
    TIME_ZONE,
    PeriodCalendar,
    ReportCalendar,
    as_at_date,
    last_settled,
    parse_period,
    period_begun,
    period_of_run,
    periods_between,
    require_due,
    tick_of_period,
)

DECREE_AND_STATISTICS = [
    "decree_month",
    "decree_quarter",
    "decree_half_year",
    "decree_nine_months",
    "decree_year",
    "quarter",
    "half_year",
    "nine_months",
    "year",
]
CALENDARS = ["day", "week", "month", *DECREE_AND_STATISTICS]
BRIEFED = ["day", "week", "month", "decree_quarter", "decree_half_year", "decree_nine_months", "decree_year"]


def written(moment: datetime) -> str:
    return f"{moment:%m-%d %H:%M}"


def report_on(catalogue: Catalogue, name: str) -> ReportCalendar:
    calendar = catalogue.period_calendars[name]
    assert calendar.briefing is not None
    return ReportCalendar(report="trial", period_kind=calendar.period_kind, tick=calendar.briefing)


DAYS_OF_A_PERIOD = """
calendar            period      opens        due          cut-off      closes      tick
day                 2026-10-31  10-31 00:00  10-31 16:00  11-01 00:00  2027-11-01  11-01 06:00
week                2026-W44    10-26 00:00  11-02 00:00  11-02 00:00  2027-11-02  11-02 07:00
month               2026-10     11-01 00:00  11-11 00:00  11-12 00:00  2027-11-12  11-12 07:00
month               2026-12     01-01 00:00  01-11 00:00  01-12 00:00  2028-01-12  01-12 07:00
# 14 October 2026 is a Wednesday: due Thursday 24:00, cut off Friday 24:00.
decree_month        2026-10D    10-15 00:00  10-16 00:00  10-17 00:00  2027-10-17  -
# 14 February 2026 is the first Saturday of the Lunar New Year's holiday: the next days worked are the 23rd and 24th.
decree_month        2026-02D    02-15 00:00  02-24 00:00  02-25 00:00  2027-02-25  -
# 14 August 2026 is a Friday: due Monday.
decree_month        2026-08D    08-15 00:00  08-18 00:00  08-19 00:00  2027-08-19  -
decree_quarter      2026-Q3D    09-15 00:00  09-16 00:00  09-17 00:00  2027-09-17  09-19 07:00
decree_half_year    2026-H1D    06-15 00:00  06-16 00:00  06-17 00:00  2027-06-17  06-19 07:00
decree_nine_months  2026-9MD    09-15 00:00  09-16 00:00  09-17 00:00  2027-09-17  09-19 07:00
decree_year         2026D       12-15 00:00  12-16 00:00  12-17 00:00  2027-12-17  12-19 07:00
quarter             2026-Q3     10-01 00:00  10-02 00:00  10-03 00:00  2027-10-03  -
half_year           2026-H1     07-01 00:00  07-02 00:00  07-03 00:00  2027-07-03  -
nine_months         2026-9M     10-01 00:00  10-02 00:00  10-03 00:00  2027-10-03  -
# 1 January 2026 is a holiday and the 2nd was swapped for the 10th: the 5th and 6th are the next days worked.
year                2025        01-01 00:00  01-06 00:00  01-07 00:00  2027-01-07  -
"""
ROWS = [re.split(r"  +", line) for line in DAYS_OF_A_PERIOD.split("\n")[2:-1] if not line.startswith("#")]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}-{row[1]}")
def test_days_of_a_period(catalogue: Catalogue, row: list[str]):
    """
    24:00 is written as 00:00 of the next day; all in Vietnamese time.
    """
    calendar, period = catalogue.period_calendars[row[0]], parse_period(row[1])
    opens, due, cut_off, closes = (
        one(period, catalogue.working_days)
        for one in (calendar.opens_at, calendar.due_at, calendar.cut_off_at, calendar.closes_at)
    )
    tick = written(calendar.briefing.fixed(period)) if calendar.briefing else "-"

    assert row[2:] == [written(opens), written(due), written(cut_off), f"{closes:%Y-%m-%d}", tick]


def test_every_calendar_is_in_the_tables(catalogue: Catalogue):
    """
    A calendar that is added is added to these tables.
    """
    assert CALENDARS == list(catalogue.period_calendars)
    assert BRIEFED == [name for name, one in catalogue.period_calendars.items() if one.briefing]


@pytest.mark.parametrize(
    ("calendar", "period", "lag_days", "due"),
    [
        ("month", "2026-10", 0, "11-11 00:00"),
        ("month", "2026-10", 10, "11-11 00:00"),  # known on the 10th: that is the day it is due
        ("month", "2026-10", 11, "12-11 00:00"),  # known on the 11th: into the next month's report
        ("day", "2026-10-31", 1, "11-01 16:00"),
        (
            "quarter",
            "2026-Q3",
            36,
            "11-07 00:00",
        ),  # 30 Sep + 36 = Thu 5 Nov, which makes Fri 6 Nov - 24:00 is the 7th
        ("year", "2025", 90, "04-02 00:00"),  # 31 December + 90 = 31 March, due a working day later
    ],
)
def test_publication_lag_moves_the_due_day(catalogue: Catalogue, calendar: str, period: str, lag_days: int, due: str):
    """
    A figure is never due before it can be known; a fixed day of the month stays that day.
    """
    found = catalogue.period_calendars[calendar].due_at(parse_period(period), catalogue.working_days, lag_days)

    assert due == written(found)


@pytest.mark.parametrize("lag_days", [0, 5, 10, 20, 30, 120, 300])
@pytest.mark.parametrize("name", CALENDARS)
def test_instants_keep_their_order(catalogue: Catalogue, name: str, lag_days: int):
    """
    In every period of forty years: opened, due, cut off, briefed, closed, in that order.
    """
    calendar, working_days = catalogue.period_calendars[name], catalogue.working_days
    years = (
        (date(2005, 1, 1), date(2045, 1, 1)) if name not in ("day", "week") else (date(2025, 1, 1), date(2028, 1, 1))
    )
    for period in periods_between(calendar.period_kind, *years):
        instants = [
            calendar.opens_at(period, working_days, lag_days),
            calendar.due_at(period, working_days, lag_days),
            calendar.cut_off_at(period, working_days, lag_days),
        ]
        if calendar.briefing and not lag_days:
            instants.append(calendar.briefing.fixed(period))
        instants.append(calendar.closes_at(period, working_days, lag_days))

        assert sorted(instants) == instants
        assert period.end + timedelta(days=lag_days) <= instants[1].date()


@pytest.mark.parametrize("name", CALENDARS)
@given(day=st.dates(date(1996, 1, 1), date(2090, 1, 1)), lag_days=st.integers(0, 100))
def test_working_days_where_the_calendar_says_so(catalogue: Catalogue, name: str, day: date, lag_days: int):
    """
    Where due and cut-off give way to working days, both fall on one; 24:00 belongs to the day it ends.
    """
    calendar, working_days = catalogue.period_calendars[name], catalogue.working_days
    period = period_begun(calendar.period_kind, day)
    ends = [one(period, working_days, lag_days) for one in (calendar.due_at, calendar.cut_off_at)]
    days = [(end - timedelta(seconds=1)).date() for end in ends]

    assert calendar.moves_to_working_day == (name in DECREE_AND_STATISTICS)
    assert not calendar.moves_to_working_day or all(map(working_days.is_working_day, days))


@pytest.mark.parametrize(
    ("calendar", "cron"),
    [
        ("day", "0 6 * * *"),
        ("week", "0 7 * * 1"),
        ("month", "0 7 12 * *"),
        ("decree_quarter", "0 7 19 3,6,9,12 *"),
        ("decree_half_year", "0 7 19 6,12 *"),
        ("decree_nine_months", "0 7 19 9 *"),
        ("decree_year", "0 7 19 12 *"),
    ],
)
def test_cron(catalogue: Catalogue, calendar: str, cron: str):
    """
    A scheduler is told the ticks of each briefing.
    """
    assert cron == report_on(catalogue, calendar).cron


def test_cron_of_state_budget(catalogue: Catalogue):
    """
    The budget report's own tick stays 1 August 07:00.
    """
    assert "0 7 1 8 *" == catalogue.calendars["state_budget"].cron


@pytest.mark.parametrize(
    ("calendar", "tick", "period"),
    [
        ("day", "2026-11-01T06:00", "2026-10-31"),
        ("day", "2026-11-01T05:59", "2026-10-30"),
        ("week", "2026-11-02T07:00", "2026-W44"),
        ("week", "2026-11-02T06:59", "2026-W43"),
        ("month", "2026-11-12T07:00", "2026-10"),
        ("month", "2026-11-12T06:59", "2026-09"),
        ("month", "2026-11-27T13:37", "2026-10"),  # started by hand at an odd time
        ("decree_quarter", "2026-12-19T07:00", "2026-Q4D"),
        ("decree_quarter", "2026-12-19T06:59", "2026-Q3D"),
        ("decree_half_year", "2026-11-22T00:00", "2026-H1D"),
        ("decree_nine_months", "2026-11-22T00:00", "2026-9MD"),
        ("decree_nine_months", "2026-09-19T06:59", "2025-9MD"),
        ("decree_year", "2026-11-22T00:00", "2025D"),
    ],
)
def test_period_of_tick(catalogue: Catalogue, calendar: str, tick: str, period: str):
    """
    A run reports on the period of the last tick that is not after it.
    """
    moment = datetime.fromisoformat(tick).replace(tzinfo=TIME_ZONE)

    assert period == period_of_run(report_on(catalogue, calendar), moment.astimezone(UTC)).name


@pytest.mark.parametrize("name", BRIEFED)
@given(day=st.dates(date(1990, 1, 1), date(2090, 1, 1)), wait=st.integers(0, 999))
def test_tick_leads_back_to_its_period(catalogue: Catalogue, name: str, day: date, wait: int):
    """
    From a period's tick until just before the next one, a run reports on that period.
    """
    calendar = report_on(catalogue, name)
    period = period_begun(calendar.period_kind, day)
    tick = tick_of_period(calendar, period)
    following = min(
        tick_of_period(calendar, one)
        for one in periods_between(
            calendar.period_kind, period.end + timedelta(days=1), period.end + timedelta(days=800)
        )
    )

    assert period == period_of_run(calendar, tick + wait * (following - tick) / 1000)


def test_period_of_another_kind(catalogue: Catalogue):
    """
    A report is refused a period of a kind it is not made on, with an example of its own.
    """
    with pytest.raises(
        PeriodError, match="2026-10 is not one of state_budget, which is made by year; write one such as 2026"
    ):
        require_due(catalogue.calendars["state_budget"], parse_period("2026-10"), datetime(2026, 11, 20, tzinfo=UTC))


@pytest.mark.parametrize(
    ("calendar", "moment", "as_at"),
    [
        ("month", "2026-11-12T00:00", "2026-10-31"),  # the cut-off itself has passed
        ("month", "2026-11-11T23:59", "2026-09-30"),
        ("day", "2026-11-12T00:00", "2026-11-11"),
        ("week", "2026-11-08T23:59", "2026-11-01"),
        ("decree_month", "2026-02-24T23:59", "2026-01-14"),
        ("decree_month", "2026-02-25T00:00", "2026-02-14"),
        ("year", "2026-11-20T00:00", "2025-12-31"),
    ],
)
def test_as_at_date(catalogue: Catalogue, calendar: str, moment: str, as_at: str):
    """
    Scores are computed at the end of the last period whose cut-off has passed, not on the day of running.
    """
    chain: PeriodCalendar = catalogue.period_calendars[calendar]
    instant = datetime.fromisoformat(moment).replace(tzinfo=TIME_ZONE)

    assert as_at == as_at_date(chain, catalogue.working_days, instant).isoformat()
    assert as_at == last_settled(chain, catalogue.working_days, instant.astimezone(UTC)).end.isoformat()
