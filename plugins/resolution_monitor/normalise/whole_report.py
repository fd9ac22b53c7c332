"""What is told of a body's report as a file: letters lost, sheets not understood, cells not seen, items left out."""

from collections.abc import Callable, Mapping, Sequence

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.normalise.notes import Notes
from resolution_monitor.normalise.report_entries import RowReader
from resolution_monitor.normalise.report_tables import ReportTable, strange_rows
from resolution_monitor.normalise.sections import lost_letters, unparted_line
from resolution_monitor.normalise.unseen import hidden_in, merged_in
from resolution_monitor.normalise.values import text_of
from resolution_monitor.period import Period, parse_period
from resolution_monitor.reporting import layout
from resolution_monitor.terms import Workbook, cell_address

# The keys of the tables that a body owes rows of.
_KEYS = {layout.INDICATORS: "indicator_id", layout.TASKS: "task_id"}
_FIRST_OF_MONTH = "-01"
# Said of a sheet whose table cannot be read: it is told why already.
_UNREAD = ("unknown-header", "form-on-two-sheets")


def has_lost_letters(workbook: Workbook, notes: Notes) -> bool:
    """Whether the template's own words have lost their letters, so that nobody can tell what the file says."""
    lost = lost_letters(workbook)
    if lost is None:
        return False
    check = "letters-lost" if lost.is_ours else "letters-lost-in-text"
    notes.add(check, sheet=lost.sheet or None, cell=lost.cell, value=lost.text)
    return lost.is_ours


def tell_no_meta(workbook: Workbook, metas: int, notes: Notes) -> None:
    """Why nobody knows whose report a file is: two say so, none does, or its columns stand in one cell."""
    unparted = None if metas else unparted_line(workbook)
    if unparted is None:
        notes.add("report-meta-twice" if metas else "report-meta-missing")
        return
    sheet, cell, line = unparted
    notes.add("columns-not-parted", sheet=sheet or None, cell=cell, value=line)


def meant_period(written: str, owes: Callable[[Period], bool]) -> Period:
    """
    The period that a file names.

    Args:
        owes: Whether its sender owes for a period what the file answers: the first of October, as a spreadsheet keeps
            "2026-10", may be meant as the month or as the day.

    Raises:
        PeriodError: It names none.
    """
    period = parse_period(written)
    if period.kind == "day" and period.start.day == 1 and not owes(period):
        month = parse_period(written.strip().removesuffix(_FIRST_OF_MONTH))
        return month if owes(month) else period
    return period


def codes_of(tables: Mapping[str, ReportTable]) -> dict[str, set[str]]:
    """Table -> the codes that stand in it."""
    return {
        name: {text_of(table.held(row, key)) for row in table.rows()}
        for name, key in _KEYS.items()
        if (table := tables.get(name)) is not None
    }


def tell_unseen(workbook: Workbook, tables: Mapping[str, ReportTable], notes: Notes) -> None:
    """What a table's sheet hides, and rows that belong to no table; errors and the like are told row by row."""
    for name, table in tables.items():
        if table.sheet.is_hidden:
            notes.add("hidden-sheet", sheet=table.sheet.name, form=name)
        place = table.sheet, table.first_row, set(table.columns.values())
        for seen in (*hidden_in(*place), *merged_in(*place)):
            notes.add(seen.check, sheet=table.sheet.name, cell=seen.cell, value=seen.value)
    for sheet, row in list(strange_rows(workbook))[:1]:
        text = text_of(sheet.rows[row][0])[:60]
        notes.add("section-not-known", cell=cell_address(row, 0), value=text)


def tell_left_out(
    catalogue: Catalogue, tables: Mapping[str, ReportTable], reader: RowReader, asked: Sequence[str]
) -> None:
    """
    Items asked for by now that have no row at all; one whose row waits has a finding already.

    A table that is missing, or holds not one row that was understood, keeps the report from passing as whole.
    """
    written = {key for _, key in reader.places}.union(*codes_of(tables).values())
    missing = [item for item in asked if item not in written]
    unread = {finding.sheet for finding in reader.notes.findings if finding.check in _UNREAD}
    for name, items in ((layout.INDICATORS, catalogue.indicators), (layout.TASKS, catalogue.tasks)):
        mine = [item for item in asked if item in items]
        if mine and name not in tables:
            missing = [item for item in missing if item not in items]
            if not unread & {name, layout.FIELDS[name]}:
                reader.notes.add("table-missing", value=name, items=", ".join(mine))
    if missing:
        reader.notes.add("item-missing", value=", ".join(missing))
    if asked and not written & set(asked) and tables:
        reader.notes.add("report-without-rows", value=", ".join(asked))
