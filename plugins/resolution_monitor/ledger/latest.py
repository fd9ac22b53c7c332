"""Which report of a body is its latest: the report itself tells, never the rows that are left of it."""

from datetime import date

import pandas

from resolution_monitor.period import parse_period


def latest_reports(reports: pandas.DataFrame, last_day: date) -> pandas.DataFrame:
    """
    Of each body and kind of period the report of the last period, whatever it holds.

    A report of a day does not speak for the month: bodies that report both name their troubles in the monthly one.

    Args:
        reports: agency_id, period_name and submission_id of each report that stands.
        last_day: Reports of periods that end after it are left out.

    Returns:
        One row per body and kind of period: the columns given, period_kind and period_end.
    """
    dated = reports.assign(period=reports["period_name"].map(parse_period))
    dated = dated.assign(
        period_kind=dated["period"].map(lambda period: period.kind),
        period_end=dated["period"].map(lambda period: period.end),
    ).drop(columns="period")
    ordered = dated[dated["period_end"] <= last_day].sort_values("period_end", kind="stable")
    return ordered.drop_duplicates(["agency_id", "period_kind"], keep="last").reset_index(drop=True)
