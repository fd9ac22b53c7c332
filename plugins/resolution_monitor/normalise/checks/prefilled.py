"""The cells that we filled in: whoever changes them changes the question, and no answer fits any more."""

from datetime import date

from resolution_monitor.catalogue.entries import Indicator, Task
from resolution_monitor.normalise.days import day_of
from resolution_monitor.normalise.report_cells import RowCells, shown
from resolution_monitor.normalise.report_tables import folded
from resolution_monitor.reporting import layout
from resolution_monitor.wording import day

# Of one text cell; what is longer belongs into the letter that comes with the report.
_MOST_LETTERS = 2_000
_TEXTS = {
    layout.INDICATORS: ("explanation",),
    layout.TASKS: ("product", "evidence", "note"),
    layout.OBSTACLES: ("text",),
    layout.REQUESTS: ("text", "cost_of_delay"),
}


def check_indicator_cells(cells: RowCells, indicator: Indicator) -> None:
    """The name belongs to the code, and the unit is the one that is asked for."""
    check_lengths(cells)
    _check_name(cells, indicator.indicator_id, indicator.name_vi)
    held = cells.held("unit")
    if isinstance(held, str) and held != indicator.unit and folded_unit(held) != folded_unit(indicator.unit):
        cells.note("unit-changed", "unit", shown(held), item=indicator.indicator_id, expected=indicator.unit)


def check_task_cells(cells: RowCells, task: Task) -> None:
    """The name belongs to the code, and the due day is that of the catalogue."""
    check_lengths(cells)
    _check_name(cells, task.task_id, task.name_vi)
    held = cells.held("due_on")
    if held is None or task.due_on is None or _is_same_day(held, task.due_on):
        return
    cells.note("due-day-changed", "due_on", shown(held), item=task.task_id, expected=day(task.due_on))


def _is_same_day(held: object, expected: date) -> bool:
    return held == expected or day_of(held) == expected  # type: ignore[arg-type]


def folded_unit(unit: str) -> str:
    """Folding takes away "%", which tells units apart."""
    return folded(unit.replace("%", " phan tram "))


def _check_name(cells: RowCells, item: str, name: str) -> None:
    held = cells.held("name")
    if isinstance(held, str) and held != name and folded(held) not in ("", folded(name)):
        cells.note("name-differs", "name", shown(held)[:120], item=item, expected=name)


def check_lengths(cells: RowCells) -> None:
    for field in _TEXTS[cells.table.name]:
        held = cells.held(field)
        if isinstance(held, str) and len(held) > _MOST_LETTERS:
            told = {"letters": str(len(held)), "limit": str(_MOST_LETTERS)}
            cells.note("text-too-long", field, shown(held)[:60] + " ...", **told)
