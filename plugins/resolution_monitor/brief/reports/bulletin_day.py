"""The daily bulletin, one page: who sent the day's figures, the figures themselves, what is new, due and overdue."""

from typing import Any

from resolution_monitor import wording
from resolution_monitor.brief.kinds import DAY, Page, ReportKind
from resolution_monitor.brief.parts.bulletin_lists import lists_part
from resolution_monitor.brief.parts.bulletin_reports import day_part
from resolution_monitor.brief.parts.bulletin_tables import workbook_tables
from resolution_monitor.brief.parts.bulletin_values import values_part
from resolution_monitor.brief.parts.resolution_figures import ResolutionFigures
from resolution_monitor.period import Period, shifted


def _title_words(made: ResolutionFigures) -> dict[str, str]:
    day = made.snapshot.period
    return {"day": wording.day(day.end, made.language), "weekday": _weekday(made, day)}


def _page(made: ResolutionFigures) -> Page:
    return {
        "demonstration": made.demonstration,
        **day_part(made),
        **values_part(made),
        **lists_part(made),
        "method": made.say("method"),
        **_columns(made),
    }


def _columns(made: ResolutionFigures) -> dict[str, str]:
    days = {"now": made.snapshot.period, "before": shifted(made.snapshot.period, -1)}
    words = {name: wording.day_of_month(day.end, made.language) for name, day in days.items()}
    words |= {f"{name}_weekday": _weekday(made, day) for name, day in days.items()}
    return {key: made.say(key, **words) for key in ("column_now", "column_before", "column_on_time_pct")}


def _weekday(made: ResolutionFigures, day: Period) -> str:
    """Printed beside each day: on a day off little is handled, and that is no news."""
    return made.say(f"weekday_{day.end.weekday()}")


def _tables(made: ResolutionFigures, page: Page) -> dict[str, list[dict[str, Any]]]:
    return workbook_tables(made, page["values"])


REPORT = ReportKind(needs=DAY, title_words=_title_words, page=_page, tables=_tables)
