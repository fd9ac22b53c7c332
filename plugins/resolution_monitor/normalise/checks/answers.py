"""What is looked at once all rows of a body's report are read: the report as a whole."""

from collections.abc import Mapping
from decimal import Decimal

from resolution_monitor.normalise.notes import Notes
from resolution_monitor.reporting.content import BodyReport, TaskState

# So many figures can be alike by chance; more that are all alike were copied.
FEWEST_COPIED = 3
# What a template looks like that was handed out before the catalogue changed.
_OF_ANOTHER_CATALOGUE = {"item-missing", "unknown-code", "item-not-owed", "name-differs", "unit-changed"}


def figures_of(report: BodyReport) -> dict[str, Decimal]:
    """Every figure of a report that can still move, by the code of its item: what is done stays at its hundred."""
    values = {entry.indicator_id: entry.value for entry in report.indicators}
    shares = {entry.task_id: entry.done_pct for entry in report.tasks if entry.state is not TaskState.DONE}
    return {item: figure for item, figure in (values | shares).items() if figure is not None}


def check_copied(notes: Notes, report: BodyReport, before: Mapping[str, Decimal] | None) -> None:
    """
    Figures that are all those of the body's report before may be right; somebody must look.

    Args:
        before: Figures of the last report of the same body and kind of period; None when there was none.
    """
    figures = figures_of(report)
    if before and len(figures) >= FEWEST_COPIED and figures == dict(before):
        notes.add("copied-report", value=str(len(figures)))


def check_stale(notes: Notes, written: str, current: str) -> None:
    """
    A template of another catalogue is told only where it asked for something else than what is owed now.

    Args:
        written: The catalogue's hash in the file; empty where the file has none.
        current: That of the catalogue now.
    """
    if written and written != current and _OF_ANOTHER_CATALOGUE & {finding.check for finding in notes.findings}:
        notes.add("template-stale")
