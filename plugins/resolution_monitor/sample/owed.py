"""The reports a demonstration consists of: what each body owes, put together as it would be sent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pandas

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.ledger.items import REPORT_ID
from resolution_monitor.ledger.obligations import every_period_owed, owed_in
from resolution_monitor.period import TIME_ZONE, Period, parse_period

# Figures of every day are shown for a week: what a bulletin and its comparison need.
DAYS_SHOWN = 7
# Figures of a year may be due this much later.
_LONGEST_LAG = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Owed:
    """
    One file that a body owes: everything of one period that is due at one time.

    Attributes:
        items: Indicators and tasks; empty for a body that owes its report alone.
    """

    agency_id: str
    period: Period
    items: tuple[str, ...]
    opens_at: datetime
    due_at: datetime

    @property
    def name(self) -> str:
        """What it is called among the body's; figures of one year that are known at different times are two files."""
        return f"{self.period.name}, {self.due_at:%Y-%m-%d}"


def owed_between(catalogue: Catalogue, first: Period, last: Period) -> dict[str, list[Owed]]:
    """
    By body, by due time: months up to the last, the last days, and all else that is due from the first month on.

    Bodies stand in the order of their codes.
    """
    frame = owed_in(catalogue, every_period_owed(catalogue, first.start - _LONGEST_LAG, last.end))
    chosen = frame[_is_shown(frame, first, last)]
    found: dict[str, list[Owed]] = {}
    for (agency_id, _, period_name), rows in chosen.groupby(["agency_id", "due_at", "period_name"], sort=True):
        found.setdefault(str(agency_id), []).append(_owed(str(agency_id), parse_period(str(period_name)), rows))
    return found


def _is_shown(frame: pandas.DataFrame, first: Period, last: Period) -> pandas.Series:
    ends = frame["period_end"]
    since = pandas.Timestamp(first.start, tz=TIME_ZONE)
    # The month before falls due in the first one: left out, it would be missing everywhere.
    is_month = (frame["period_kind"] == "month") & (frame["due_at"] >= since)
    is_day = (frame["period_kind"] == "day") & (ends > last.end - timedelta(days=DAYS_SHOWN))
    until = frame.loc[is_month, "due_at"].max()
    is_other = ~frame["period_kind"].isin(["month", "day"]) & frame["due_at"].between(since, until)
    return is_month | is_day | is_other


def _owed(agency_id: str, period: Period, rows: pandas.DataFrame) -> Owed:
    return Owed(
        agency_id=agency_id,
        period=period,
        items=tuple(item for item in rows["item_id"] if item != REPORT_ID),
        opens_at=rows["opens_at"].iloc[0].to_pydatetime(),
        due_at=rows["due_at"].iloc[0].to_pydatetime(),
    )


def limits(owed: Iterable[Sequence[Owed]], first: Period) -> tuple[datetime, datetime]:
    """When the demonstration begins, and when nothing more arrives: two weeks after the last report was due."""
    begins_at = datetime.combine(first.start, datetime.min.time(), tzinfo=TIME_ZONE)
    last_due = max(one.due_at for reports in owed for one in reports)
    return begins_at, last_due + timedelta(days=14)


def day_of(moment: datetime) -> date:
    """The last day before an instant, in Vietnamese time: what is due at 24:00 is due on that day."""
    return (moment.astimezone(TIME_ZONE) - timedelta(seconds=1)).date()
