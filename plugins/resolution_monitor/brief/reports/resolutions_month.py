"""The monthly briefing on the resolutions: two pages on what to decide, what is red and why, and the annexes behind."""

from resolution_monitor import wording
from resolution_monitor.brief.kinds import PERIOD, Page, ReportKind, Tables
from resolution_monitor.brief.parts.month_annexes import annexes_part
from resolution_monitor.brief.parts.month_counts import counts_part
from resolution_monitor.brief.parts.month_decisions import decision_part
from resolution_monitor.brief.parts.month_lag import lateness_part
from resolution_monitor.brief.parts.month_obstacles import obstacles_part
from resolution_monitor.brief.parts.month_overdue import overdue_part, unverified_part
from resolution_monitor.brief.parts.month_reports import readiness_part, reports_part
from resolution_monitor.brief.parts.month_resolutions import resolutions_part
from resolution_monitor.brief.parts.month_tables import workbook_tables
from resolution_monitor.brief.parts.month_targets import targets_part
from resolution_monitor.brief.parts.month_things import things_of
from resolution_monitor.brief.parts.month_trust import trust_part
from resolution_monitor.brief.parts.resolution_figures import ResolutionFigures
from resolution_monitor.period import Period, shifted


def _title_words(made: ResolutionFigures) -> dict[str, str]:
    return {"month": wording.month(made.snapshot.period.end, made.language)}


def _page(made: ResolutionFigures) -> Page:
    things = things_of(made, made.assignments, made.snapshot.now)
    return {
        "demonstration": made.demonstration,
        **readiness_part(made),
        **decision_part(made),
        **counts_part(made, things),
        **resolutions_part(made, things),
        **lateness_part(made, things),
        **targets_part(made, things),
        **overdue_part(made),
        **obstacles_part(made),
        **reports_part(made),
        **unverified_part(made),
        **trust_part(made),
        **annexes_part(made, things),
        **_columns(made),
    }


def _columns(made: ResolutionFigures) -> dict[str, str]:
    """Headings that name the two months."""
    period = made.snapshot.period
    before = shifted(period, -1)
    words = {"before": str(before.end.month), "now": str(period.end.month)}
    return {
        "column_marks": made.say("column_marks", **words),
        "column_change": made.say("column_change", **words),
        "compared_with": made.say(_compared_with(made, before), **words),
    }


def _compared_with(made: ResolutionFigures, before: Period) -> str:
    """What is said of the month before: compared, not made yet although something was owed for it, or none."""
    if made.has_before:
        return "compared_with"
    was_owed = bool((made.snapshot.reports["period_name"] == before.name).any())
    return "compared_with_unmade" if was_owed else "compared_with_none"


def _tables(made: ResolutionFigures, page: Page) -> Tables:
    return workbook_tables(made)


REPORT = ReportKind(needs=PERIOD, title_words=_title_words, page=_page, tables=_tables)
