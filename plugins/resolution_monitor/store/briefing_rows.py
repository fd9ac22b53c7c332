"""Editions of briefings and the numbers printed in them."""

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from resolution_monitor.period import Period
from resolution_monitor.store import queries
from resolution_monitor.store.bulk import copy_rows
from resolution_monitor.store.connect import Database
from resolution_monitor.store.load_step import LoadStep, load_step
from resolution_monitor.store.versions import tell_journal

_FIGURE_COLUMNS = ("briefing_id", "figure_id", "printed_text", "value", "unit", "rule", "about", "place", "sources")


@dataclass(frozen=True, slots=True)
class Edition:
    """
    What pins an edition: what it was made of and what came out.

    Attributes:
        before_run_id: The run of the period before that it was held against; None where there was none.
        seen_until: What was recorded later it did not see; None where nothing was recorded.
        content: All that it says: the text whose hash is view_model_sha256.
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
    language: str
    catalogue_sha256: str
    renderer_sha256: str
    seen_until: datetime | None
    content: str


@dataclass(frozen=True, slots=True)
class Issue:
    """
    What was issued, by whom.

    Attributes:
        drafted_as: The edition that was looked at.
        corrects: Number of the issued edition that it corrects; None where it is the first.
    """

    drafted_as: str
    number: str
    place: str
    issued_on: date
    signer: str
    corrects: str | None
    reason: str
    author: str
    now: datetime


def save_edition(
    database: Database, edition: Edition, period: Period, figures: Iterable[Mapping[str, Any]], now: datetime
) -> int:
    """Store an edition with its figures; the same edition again is the same row."""
    with load_step(database, f"brief {edition.report} {period.name}", now) as step:
        return _saved(step, edition, period, figures)


def save_issue(
    database: Database, edition: Edition, period: Period, figures: Iterable[Mapping[str, Any]], issue: Issue
) -> None:
    """Store an issued edition with its number and tell the journal, all at once."""
    with load_step(database, f"issue {edition.report} {period.name}", issue.now) as step:
        written = asdict(issue)
        del written["now"]
        step.execute("brief/insert_edition_issue", briefing_id=_saved(step, edition, period, figures), **written)
        subject = {**written, "edition": edition.edition}
        decision = {name: subject.pop(name) for name in ("author", "reason")}
        tell_journal(step, "issue", subject, **decision)


def _saved(step: LoadStep, edition: Edition, period: Period, figures: Iterable[Mapping[str, Any]]) -> int:
    row = queries.rows(
        step.database,
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
    step.execute("brief/insert_edition_content", briefing_id=briefing_id, **_content(edition))
    if row["is_new"]:
        step.changed_rows += 1
        copy_rows(step.connection, "figure", _FIGURE_COLUMNS, (_row(briefing_id, figure) for figure in figures))
    return briefing_id


def _content(edition: Edition) -> dict[str, Any]:
    kept = {name: getattr(edition, name) for name in ("language", "catalogue_sha256", "renderer_sha256", "seen_until")}
    return {**kept, "view_model": zlib.compress(edition.content.encode(), 9)}


def pdfs_of_edition(database: Database, edition: str) -> list[dict[str, Any]]:
    """Report, state and hash of the PDF, the newest first; empty where there is no such edition."""
    with database.transaction() as connection:
        return queries.rows(database, connection, "brief/pdfs_of_edition", edition=edition)


def _row(briefing_id: int, figure: Mapping[str, Any]) -> list[Any]:
    sources = json.dumps(figure["sources"], ensure_ascii=False)
    plain = (figure[name] for name in ("figure_id", "text", "value", "unit", "rule", "about", "place"))
    return [briefing_id, *plain, sources]
