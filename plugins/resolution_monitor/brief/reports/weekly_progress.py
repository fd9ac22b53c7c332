"""The weekly report: what moved, who must be urged, what falls due in two weeks, what was asked in the week."""

from resolution_monitor import wording
from resolution_monitor.brief.kinds import WEEK, Page, ReportKind, Tables
from resolution_monitor.brief.parts.month_counts import counts_part
from resolution_monitor.brief.parts.month_things import things_of
from resolution_monitor.brief.parts.resolution_figures import ResolutionFigures
from resolution_monitor.brief.parts.week_due import due_part
from resolution_monitor.brief.parts.week_movement import movement_part
from resolution_monitor.brief.parts.week_tables import workbook_tables
from resolution_monitor.brief.parts.week_urged import (
    asked_part,
    obstacles_of_week,
    overdue_trend,
    urged_part,
    weekly_reports,
)


def _title_words(made: ResolutionFigures) -> dict[str, str]:
    period = made.snapshot.period
    return {
        "week": str(period.start.isocalendar().week),
        "first": wording.day_of_month(period.start, made.language),
        "last": wording.day(period.end, made.language),
    }


def _page(made: ResolutionFigures) -> Page:
    things = things_of(made, made.assignments, made.snapshot.now)
    return {
        "demonstration": made.demonstration,
        **urged_part(made),
        **counts_part(made, things),
        "compared_with": made.say("compared_with" if made.has_before else "compared_with_none"),
        "overdue_trend": overdue_trend(made),
        **movement_part(made, things),
        **due_part(made),
        **asked_part(made),
        **obstacles_of_week(made),
        "reports": weekly_reports(made),
        "method": made.say("method"),
    }


def _tables(made: ResolutionFigures, page: Page) -> Tables:
    return workbook_tables(made, things_of(made, made.assignments, made.snapshot.now))


REPORT = ReportKind(needs=WEEK, title_words=_title_words, page=_page, tables=_tables)
