"""The workbook of the weekly report."""

from typing import Any

from resolution_monitor.brief.figures import places
from resolution_monitor.brief.parts.figure_table import figure_rows
from resolution_monitor.brief.parts.month_tables import file_row, obstacle_row, request_row
from resolution_monitor.brief.parts.month_things import Thing
from resolution_monitor.brief.parts.resolution_figures import ResolutionFigures, Row, is_overdue
from resolution_monitor.brief.parts.week_due import due_in_two_weeks
from resolution_monitor.brief.parts.week_movement import WORDS, Move, moves_of
from resolution_monitor.brief.snapshot import records


def workbook_tables(made: ResolutionFigures, things: list[Thing]) -> dict[str, list[dict[str, Any]]]:
    """Sheet key of workbook.yaml -> rows by column key."""
    return {
        "moves": [_move(made, move) for move in moves_of(made, things)],
        "due": [_assignment(made, row) for row in due_in_two_weeks(made)],
        "overdue": [_assignment(made, row) for row in made.assignments if is_overdue(row)],
        "requests": [request_row(made, row) for row in records(made.snapshot.requests)],
        "obstacles": [obstacle_row(made, row) for row in records(made.snapshot.obstacles)],
        "files": [file_row(made, row) for row in made.files],
        "figures": figure_rows(made.book.figures, made.report.messages),
    }


def _move(made: ResolutionFigures, move: Move) -> dict[str, Any]:
    thing = move.thing
    return {
        "code": thing.item_id,
        "resolution": thing.resolution,
        "name": made.item(thing.item_id),
        "lead": ", ".join(made.name(lead) for lead in thing.leads),
        "state_before": WORDS[move.before],
        "state": WORDS[thing.state],
        "cell": places(made.sources(thing.assignments)),
    }


def _assignment(made: ResolutionFigures, row: Row) -> dict[str, Any]:
    return {
        "code": row["item_id"],
        "resolution": row["resolution"],
        "name": made.item(row["item_id"]),
        "lead": made.name(row["agency_id"]),
        "due_on": row["due_on"],
        "overdue_days": int(row["overdue_days"]) if is_overdue(row) else None,
        "cell": places(made.sources([row])),
    }
