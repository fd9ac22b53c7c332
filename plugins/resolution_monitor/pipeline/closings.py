"""What closes items, gathered once at an edge: task reports and figures that count, as known now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from resolution_monitor.ledger.closings import Closings, Told, closes
from resolution_monitor.normalise.body_report import ReportReading
from resolution_monitor.period import TIME_ZONE
from resolution_monitor.pipeline.closing_figures import ClosingFigures
from resolution_monitor.pipeline.context import Context
from resolution_monitor.reporting.documents import document_key
from resolution_monitor.store import closing_rows, document_rows
from resolution_monitor.terms import ReportedValue, Submission


@dataclass(frozen=True, slots=True)
class ClosedItems:
    """What is closed, kept up while files are read one after the other."""

    closings: Closings
    figures: ClosingFigures

    def note(self, submission: Submission, reading: object, values: Sequence[ReportedValue]) -> None:
        """Take a reading of a file in place of what is known of that file."""
        tasks = told_of_tasks(submission, reading) if isinstance(reading, ReportReading) else ()
        self.closings.note(submission.submission_id, [*tasks, *self.figures.told_by(submission, values)])


def closed_items_of(context: Context) -> ClosedItems:
    """What was reported of items that can be closed, as the road sees it."""
    figures = ClosingFigures(context)
    told = closing_rows.figures_counted(context.database, figures.item_ids, context.sees_until)
    return ClosedItems(Closings([*_of_tasks(context), *figures.told(told)]), figures)


def closings_of(context: Context) -> Closings:
    """The same, for those who read no files."""
    return closed_items_of(context).closings


def _of_tasks(context: Context) -> Iterator[Told]:
    disproved = _disproved(context)
    for row in closing_rows.task_reports_counted(context.database, context.sees_until):
        yield Told(
            agency_id=row["agency_id"],
            item_id=row["item_id"],
            period_end=row["period_end"],
            is_closed=closes(row["state"], row["done_on"], row["product"]),
            done_on=row["done_on"],
            product=row["product"] or "",
            submission_id=row["submission_id"],
            received_at=row["received_at"],
            disproved_on=disproved.get((row["agency_id"], row["item_id"], document_key(row["product"]))),
        )


def _disproved(context: Context) -> dict[tuple[str, str, str], date]:
    """Since when documents are known to prove nothing, by body, item and document."""
    found = document_rows.documents_as_known(context.database, context.sees_until)
    rows = found[found["verdict"] == "invalid"].to_dict("records")
    return {
        (row["agency_id"], row["item_id"], row["document_key"]): row["recorded_at"].astimezone(TIME_ZONE).date()
        for row in rows
    }


def told_of_tasks(submission: Submission, reading: ReportReading) -> Iterator[Told]:
    """What a file of this run says of tasks, before it is kept."""
    if reading.report is None:
        return
    for entry in reading.report.tasks:
        yield Told(
            agency_id=submission.sender_id,
            item_id=entry.task_id,
            period_end=reading.report.period.end,
            is_closed=closes(entry.state.value, entry.done_on, entry.product),
            done_on=entry.done_on,
            product=entry.product,
            submission_id=submission.submission_id,
            received_at=submission.received_at,
        )
