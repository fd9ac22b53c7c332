"""The report on a settled budget year: revenue of provinces and spending of central bodies, plan against result."""

from resolution_monitor.brief.kinds import BUDGET_YEAR, Page, ReportKind, Tables
from resolution_monitor.brief.parts.budget_figures import BudgetFigures
from resolution_monitor.brief.parts.budget_headline import headline
from resolution_monitor.brief.parts.budget_revenue import measured_provinces, named_short, province_page
from resolution_monitor.brief.parts.budget_spending import spending_page
from resolution_monitor.brief.parts.budget_tables import workbook_tables
from resolution_monitor.brief.parts.budget_trust import notes_for_leaders, trust_page, unmatched_rows


def _title_words(made: BudgetFigures) -> dict[str, str]:
    return {"period": made.snapshot.period.name}


def _page(made: BudgetFigures) -> Page:
    report, unmatched = made.report, unmatched_rows(made)
    provinces = measured_provinces(made)
    return {
        "running": report.messages.say("running_title", **_title_words(made)),
        **headline(report, made, notes_for_leaders(report, made, unmatched, named_short(made, provinces))),
        **province_page(report, made, provinces),
        **spending_page(report, made),
        **trust_page(report, made, unmatched),
    }


def _tables(made: BudgetFigures, page: Page) -> Tables:
    return workbook_tables(made, unmatched_rows(made))


REPORT = ReportKind(needs=BUDGET_YEAR, title_words=_title_words, page=_page, tables=_tables)
