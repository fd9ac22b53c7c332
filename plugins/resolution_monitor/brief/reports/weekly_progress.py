"""The weekly report: what moved, who must be urged, what falls due in two weeks, what was asked in the week."""

from resolution_monitor import wording
from resolution_monitor.brief.kinds import WEEK, Page, ReportKind, Tables
from resolution_monitor.brief.parts.month_counts import counts_part
from resolution_monitor.brief.parts.month_things import Thing, things_of
from resolution_monitor.brief.parts.resolution_figures import ResolutionFigures
from resolution_monitor.brief.parts.week_due import due_in_two_weeks, due_part, late_of
from resolution_monitor.brief.parts.week_movement import better_and_worse, movement_part, moves_of
from resolution_monitor.brief.parts.week_room import Wish, room_of
from resolution_monitor.brief.parts.week_tables import workbook_tables
from resolution_monitor.brief.parts.week_urged import (
    asked_in_week,
    asked_part,
    new_obstacles,
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
    room = _room(made, things)
    return {
        "demonstration": made.demonstration,
        **urged_part(made),
        **counts_part(made, things),
        "compared_with": made.say("compared_with" if made.has_before else "compared_with_none"),
        "overdue_trend": overdue_trend(made),
        **movement_part(made, things, room["moves"]),
        **due_part(made, room["due"]),
        **asked_part(made, room["told"]),
        **obstacles_of_week(made, room["told"]),
        "reports": weekly_reports(made),
        "method": made.say("method"),
    }


def _room(made: ResolutionFigures, things: list[Thing]) -> dict[str, int]:
    """Rows of the lists; two that stand beside each other take as much as the longer."""
    moves = max(map(len, better_and_worse(moves_of(made, things))))
    told = max(len(asked_in_week(made)), len(new_obstacles(made)))
    wishes = {
        "moves": Wish(moves, least=3, most=6, lines=2),
        "due": Wish(len(late_of(due_in_two_weeks(made))), least=3, most=8, lines=1),
        "told": Wish(told, least=2, most=5, lines=2),
    }
    return room_of(wishes)


def _tables(made: ResolutionFigures, page: Page) -> Tables:
    return workbook_tables(made, things_of(made, made.assignments, made.snapshot.now))


REPORT = ReportKind(needs=WEEK, title_words=_title_words, page=_page, tables=_tables)
