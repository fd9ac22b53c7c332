"""Which documents a body named as proof of an item, in the files that count."""

from resolution_monitor.pipeline.context import Context
from resolution_monitor.reporting.documents import document_in
from resolution_monitor.store import closing_rows


def proofs_told(context: Context, agency_id: str, item_id: str) -> list[str]:
    """Numbers of the documents, in the order in which they were first named."""
    if item_id in context.catalogue.tasks:
        rows = closing_rows.task_reports_counted(context.database, context.sees_until)
        named = [row["product"] for row in rows if (row["agency_id"], row["item_id"]) == (agency_id, item_id)]
        return [number for number in dict.fromkeys(named) if number]
    figures = closing_rows.figures_counted(context.database, [item_id], context.sees_until)
    found = [document_in(one["explanation"] or "") for one in figures if one["agency_id"] == agency_id]
    return list(dict.fromkeys(one.number for one in found if one is not None))
