"""The report on a settled budget year: revenue of provinces and spending of central bodies, plan against result."""

from typing import Any

from resolution_monitor.brief.briefing import Briefing, content_sha256
from resolution_monitor.brief.contents.budget_figures import BudgetFigures
from resolution_monitor.brief.contents.budget_headline import headline
from resolution_monitor.brief.contents.budget_revenue import measured_provinces, named_short, province_page
from resolution_monitor.brief.contents.budget_spending import spending_page
from resolution_monitor.brief.contents.budget_tables import workbook_tables
from resolution_monitor.brief.contents.budget_trust import notes_for_leaders, trust_page, unmatched_rows
from resolution_monitor.brief.contents.head import official_head
from resolution_monitor.brief.report import Report
from resolution_monitor.brief.snapshot import Snapshot
from resolution_monitor.period import tick_of_period


def state_budget(report: Report, snapshot: Snapshot) -> Briefing:
    """The briefing of one budget year, every number a figure with its cells."""
    made = BudgetFigures(report, snapshot)
    say = report.messages.say
    title = say("document_title", period=snapshot.period.name)
    unmatched = unmatched_rows(report, made)
    provinces = measured_provinces(made)
    page: dict[str, Any] = {
        **official_head(report, say("abstract", period=snapshot.period.name), title),
        **headline(report, made, notes_for_leaders(report, made, unmatched, named_short(made, provinces))),
        **province_page(report, made, provinces),
        **spending_page(report, made),
        **trust_page(report, made, unmatched),
    }
    tables = workbook_tables(made, unmatched)
    content = content_sha256([page, tables, report.renderer_sha256])
    edition = f"RM-{report.code}-{snapshot.period.name}-{content[:8]}"
    page["footer"] = say("footer", edition=edition)
    return Briefing(
        report=report.name,
        edition=edition,
        title=title,
        made_for=tick_of_period(snapshot.catalogue.calendars[report.name], snapshot.period),
        page=page,
        tables=tables,
        figures=tuple(made.book.figures),
    )
