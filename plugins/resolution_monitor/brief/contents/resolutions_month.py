"""The monthly briefing on the resolutions: what to decide, what is red, who did not report, what is overdue."""

from typing import Any

from resolution_monitor.brief.briefing import Briefing, content_sha256
from resolution_monitor.brief.contents.head import official_head
from resolution_monitor.brief.contents.month_decisions import decision_part
from resolution_monitor.brief.contents.month_overdue import overdue_part
from resolution_monitor.brief.contents.month_reports import readiness_part, reports_part
from resolution_monitor.brief.contents.month_resolutions import resolutions_part
from resolution_monitor.brief.contents.month_tables import workbook_tables
from resolution_monitor.brief.contents.month_trust import trust_part
from resolution_monitor.brief.contents.resolution_figures import ResolutionFigures
from resolution_monitor.brief.report import Report
from resolution_monitor.brief.resolution_snapshot import ResolutionSnapshot
from resolution_monitor.period import Period, shifted
from resolution_monitor.reporting.layout import DEMONSTRATION


def resolutions_month(report: Report, snapshot: ResolutionSnapshot) -> Briefing:
    """The briefing of one month, every number a figure with its origin."""
    made = ResolutionFigures(report, snapshot)
    say = report.messages.say
    demonstration = DEMONSTRATION if snapshot.is_demonstration else ""
    title = say("document_title", month=month_words(snapshot.period))
    running = say("running_demonstration", title=title, mark=demonstration) if demonstration else title
    page: dict[str, Any] = {
        **official_head(report, say("abstract", month=month_words(snapshot.period)), running),
        "demonstration": demonstration,
        **readiness_part(made),
        **decision_part(made),
        **resolutions_part(made),
        **reports_part(made),
        **overdue_part(made),
        **trust_part(made),
        **_columns(made),
    }
    tables = workbook_tables(made)
    content = content_sha256([page, tables, report.renderer_sha256])
    edition = f"RM-{report.code}-{snapshot.period.name}-{content[:8]}"
    page["footer"] = say("footer", edition=edition)
    return Briefing(
        report=report.name,
        edition=edition,
        title=title,
        made_for=snapshot.as_of,
        page=page,
        tables=tables,
        figures=tuple(made.book.figures),
        demonstration=demonstration,
        state="provisional" if page["is_provisional"] else "draft",
    )


def month_words(period: Period) -> str:
    """ "10/2026"."""
    return f"{period.end:%m/%Y}"


def _columns(made: ResolutionFigures) -> dict[str, str]:
    """Headings that name the two months."""
    period = made.snapshot.period
    before = made.snapshot.before.period if made.snapshot.before else shifted(period, -1)
    words = {"before": str(before.end.month), "now": str(period.end.month)}
    return {
        "column_marks": made.say("column_marks", **words),
        "column_change": made.say("column_change", **words),
        "compared_with": made.say("compared_with", **words) if made.has_before else made.say("compared_with_none"),
    }
