"""The daily bulletin, one page: who sent the day's figures, the figures themselves, what is new, due and overdue."""

from typing import Any

from resolution_monitor import wording
from resolution_monitor.brief.briefing import Briefing, content_sha256
from resolution_monitor.brief.contents.bulletin_lists import lists_part
from resolution_monitor.brief.contents.bulletin_reports import day_part
from resolution_monitor.brief.contents.bulletin_tables import workbook_tables
from resolution_monitor.brief.contents.bulletin_values import values_part
from resolution_monitor.brief.contents.head import official_head
from resolution_monitor.brief.contents.resolution_figures import ResolutionFigures
from resolution_monitor.brief.report import Report
from resolution_monitor.brief.resolution_snapshot import ResolutionSnapshot
from resolution_monitor.period import TIME_ZONE, Period, shifted
from resolution_monitor.reporting.layout import DEMONSTRATION


def bulletin_day(report: Report, snapshot: ResolutionSnapshot) -> Briefing:
    """The bulletin of one day, every number a figure with its origin."""
    made = ResolutionFigures(report, snapshot)
    say = report.messages.say
    day = wording.day(snapshot.period.end)
    demonstration = DEMONSTRATION if snapshot.is_demonstration else ""
    title = say("document_title", day=day)
    running = say("running_demonstration", title=title, mark=demonstration) if demonstration else title
    local = snapshot.as_of.astimezone(TIME_ZONE)
    page: dict[str, Any] = {
        **official_head(report, say("abstract", day=day, weekday=_weekday(made, snapshot.period)), running),
        "demonstration": demonstration,
        **day_part(made),
        **values_part(made),
        **lists_part(made),
        "method": say("method", moment=f"{local:%H:%M}", day=wording.day(local.date())),
        **_columns(made),
    }
    tables = workbook_tables(made, page["values"])
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


def _columns(made: ResolutionFigures) -> dict[str, str]:
    days = {"now": made.snapshot.period, "before": shifted(made.snapshot.period, -1)}
    words = {name: f"{day.end:%d/%m}" for name, day in days.items()}
    words |= {f"{name}_weekday": _weekday(made, day) for name, day in days.items()}
    return {key: made.say(key, **words) for key in ("column_now", "column_before", "column_on_time_pct")}


def _weekday(made: ResolutionFigures, day: Period) -> str:
    """Printed beside each day: on a day off little is handled, and that is no news."""
    return made.say(f"weekday_{day.end.weekday()}")
