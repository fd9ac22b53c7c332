"""Editions of briefings and the numbers printed in them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from resolution_monitor.period import Period
from resolution_monitor.store import queries
from resolution_monitor.store.bulk import copy_rows
from resolution_monitor.store.connect import Database
from resolution_monitor.store.load_step import load_step

_FIGURE_COLUMNS = ("briefing_id", "figure_id", "printed_text", "value", "unit", "rule", "about", "place", "sources")


@dataclass(frozen=True, slots=True)
class Edition:
    """
    What pins an edition: what it was made of and what came out.

    Attributes:
        before_run_id: The run of the period before that it was held against; None where there was none.
    """

    report: str
    edition: str
    scoring_run_id: int
    before_run_id: int | None
    known_at: datetime
    rules_version: str
    lock_sha256: str
    snapshot_sha256: str
    view_model_sha256: str
    pdf_sha256: str
    xlsx_sha256: str
    state: str


def save_edition(
    database: Database, edition: Edition, period: Period, figures: Iterable[Mapping[str, Any]], now: datetime
) -> int:
    """Store an edition with its figures; the same edition again is the same row."""
    with load_step(database, f"brief {edition.report} {period.name}", now) as step:
        row = queries.rows(
            database,
            step.connection,
            "versions/note/briefing",
            **{name: getattr(edition, name) for name in Edition.__dataclass_fields__},
            period_kind=period.kind,
            period_end=period.end,
            recorded_at=step.recorded_at,
        )[0]
        briefing_id = int(row["briefing_id"])
        inputs = {"scoring_run_id": edition.scoring_run_id, "before_run_id": edition.before_run_id}
        step.execute("brief/insert_edition_input", briefing_id=briefing_id, **inputs)
        if row["is_new"]:
            step.changed_rows += 1
            copy_rows(step.connection, "figure", _FIGURE_COLUMNS, (_row(briefing_id, figure) for figure in figures))
    return briefing_id


def newest_editions(database: Database) -> list[dict[str, Any]]:
    """The edition of each report and period that was made last, with the runs it was made from."""
    with database.transaction() as connection:
        return queries.rows(database, connection, "brief/newest_editions")


def pdfs_of_edition(database: Database, edition: str) -> list[dict[str, Any]]:
    """Report, state and hash of the PDF, the newest first; empty where there is no such edition."""
    with database.transaction() as connection:
        return queries.rows(database, connection, "brief/pdfs_of_edition", edition=edition)


def _row(briefing_id: int, figure: Mapping[str, Any]) -> list[Any]:
    sources = json.dumps(figure["sources"], ensure_ascii=False)
    plain = (figure[name] for name in ("figure_id", "text", "value", "unit", "rule", "about", "place"))
    return [briefing_id, *plain, sources]
