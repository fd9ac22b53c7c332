"""Spans and names of every kind of period, and what holds for all of them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolution_monitor.errors import PeriodError
from resolution_monitor.period import KINDS, parse_period, period_begun, period_containing, periods_between, shifted

DAYS = st.dates(date(1901, 1, 1), date(2098, 12, 31))
# Nine months are counted from the beginning of the year: each holds the first half, and no one holds the year's end.
NINE_MONTHS = {"nine_months", "decree_nine_months"}
PARTITIONS = [kind for kind in KINDS if kind not in NINE_MONTHS]


@pytest.mark.parametrize(
    ("name", "kind", "start", "end"),
    [
        ("2026-10-31", "day", "2026-10-31", "2026-10-31"),
        ("2026-W44", "week", "2026-10-26", "2026-11-01"),  # Monday to Sunday
        ("2026-W01", "week", "2025-12-29", "2026-01-04"),  # the ISO year, not the year of its Monday
        ("2026-10", "month", "2026-10-01", "2026-10-31"),
        ("2024-02", "month", "2024-02-01", "2024-02-29"),
        ("2026-Q4", "quarter", "2026-10-01", "2026-12-31"),
        ("2026-H2", "half_year", "2026-07-01", "2026-12-31"),
        ("2026-9M", "nine_months", "2026-01-01", "2026-09-30"),
        ("2026", "year", "2026-01-01", "2026-12-31"),
        # Decree 09/2019/ND-CP, Article 12
        ("2026-10D", "decree_month", "2026-09-15", "2026-10-14"),
        ("2026-01D", "decree_month", "2025-12-15", "2026-01-14"),
        ("2026-Q1D", "decree_quarter", "2025-12-15", "2026-03-14"),
        ("2026-Q4D", "decree_quarter", "2026-09-15", "2026-12-14"),
        ("2026-H1D", "decree_half_year", "2025-12-15", "2026-06-14"),
        ("2026-H2D", "decree_half_year", "2026-06-15", "2026-12-14"),
        ("2026-9MD", "decree_nine_months", "2025-12-15", "2026-09-14"),
        ("2026D", "decree_year", "2025-12-15", "2026-12-14"),
    ],
)
def test_span_of_name(name: str, kind: str, start: str, end: str):
    """
    A name stands for one span, and the span for that name.
    """
    period = parse_period(name)

    assert (kind, start, end) == (period.kind, period.start.isoformat(), period.end.isoformat())
    assert name == period.name


@pytest.mark.parametrize(
    "name",
    [
        "2026-00",
        "2026-13",
        "2026-Q0",
        "2026-Q5",
        "2026-H3",
        "2026-W00",
        "2026-W54",
        "2025-W53",
        "2026-02-29",
        "2026-9",
        "2026-10-31D",
        "2026-W44D",
        "2026-10d",
        "26-10",
        "2026-10-1",
        "2026/10",
        "1899",
        "2026-Q4DD",
    ],
)
def test_name_of_nothing(name: str):
    """
    What is no period is refused; a day or week that the calendar lacks is none either.
    """
    with pytest.raises(PeriodError, match="such as 2013"):
        parse_period(name)


@pytest.mark.parametrize("kind", PARTITIONS)
@given(day=DAYS)
def test_every_day_has_one_period(kind: str, day: date):
    """
    Every day lies in one period of each kind and in neither neighbour, and the periods leave no gap.
    """
    period = period_containing(kind, day)

    assert period.holds(day)
    assert period.end + timedelta(days=1) == shifted(period, 1).start
    assert shifted(period, -1).end + timedelta(days=1) == period.start


@pytest.mark.parametrize("kind", sorted(NINE_MONTHS))
@given(day=DAYS)
def test_nine_months_are_the_exception(kind: str, day: date):
    """
    A day lies in the nine months of its year or, in the year's last three months, in none: that is said, not hidden.
    """
    begun = period_begun(kind, day)
    is_in_last_months = not begun.holds(day)

    assert (day > begun.end) == is_in_last_months
    assert timedelta(days=92) >= shifted(begun, 1).start - begun.end - timedelta(days=1) >= timedelta(days=91)
    if is_in_last_months:
        with pytest.raises(PeriodError, match="choose a quarter"):
            period_containing(kind, day)
    else:
        assert begun == period_containing(kind, day)


@pytest.mark.parametrize("kind", KINDS)
@given(day=DAYS, steps=st.integers(-40, 40))
def test_names_and_steps_lead_back(kind: str, day: date, steps: int):
    """
    A period's name leads back to it, and so do as many steps back as forward.
    """
    period = period_begun(kind, day)

    assert period == parse_period(period.name)
    assert period == shifted(shifted(period, steps), -steps)
    assert period_begun(kind, shifted(period, 1).start) == shifted(period, 1)


@pytest.mark.parametrize("kind", KINDS)
@given(first=st.dates(date(2020, 1, 1), date(2027, 1, 1)), length=st.integers(0, 400))
def test_periods_between_end_between(kind: str, first: date, length: int):
    """
    Exactly the periods that end on one of the days are given, in order.
    """
    last = first + timedelta(days=length)
    ends = [period.end for period in periods_between(kind, first, last)]
    every_day = [first + timedelta(days=count) for count in range(length + 1)]

    assert [day for day in every_day if period_begun(kind, day).end == day] == ends


def test_quarter_lies_between_its_months():
    """
    From May to October end six months, two quarters, one half-year and the nine months, but no year.
    """
    first, last = date(2026, 5, 1), date(2026, 10, 31)
    counts = {kind: len(periods_between(kind, first, last)) for kind in KINDS}

    assert {"day": 184, "week": 26, "month": 6, "quarter": 2, "half_year": 1, "nine_months": 1, "year": 0} == {
        kind: counts[kind] for kind in KINDS if not kind.startswith("decree_")
    }
    assert [6, 2, 1, 1, 0] == [counts[kind] for kind in KINDS if kind.startswith("decree_")]


def test_unknown_kind():
    """
    A kind that is none is refused with the list of kinds.
    """
    with pytest.raises(PeriodError, match="'fortnight' is not known; there are: day, week"):
        period_begun("fortnight", date(2026, 10, 1))
