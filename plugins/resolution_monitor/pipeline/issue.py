"""An edition is issued: the same page under number, place, day and signer; an error of it gets a corrigendum."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from resolution_monitor.ask.editions import language_of
from resolution_monitor.ask.figure_sources import edition_named, period_of
from resolution_monitor.brief.assembly import briefing_of
from resolution_monitor.brief.parts.head import Issued
from resolution_monitor.brief.render_pdf import pdf_maker
from resolution_monitor.brief.reports import kind_of
from resolution_monitor.errors import IssueError
from resolution_monitor.pipeline.context import Context, stage
from resolution_monitor.pipeline.edition_again import context_then, made_again
from resolution_monitor.pipeline.edition_record import Made, edition_of
from resolution_monitor.pipeline.files import rendered, stem_of, write_once
from resolution_monitor.pipeline.ledger import decision_of
from resolution_monitor.store import edition_rows
from resolution_monitor.store.briefing_rows import Issue, save_issue

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Order:
    """
    What is ordered.

    Attributes:
        edition: The draft that was looked at, by its name.
        number, place, issued_on, signer: What the issued one bears.
        corrects: Number of the issued edition that it corrects; None where it is the first of its period.
    """

    edition: str
    number: str
    place: str
    issued_on: date
    signer: str
    corrects: str | None
    reason: str
    author: str


@stage
def issue_edition(context: Context, order: Order) -> dict[str, str]:
    """
    Issue a draft as it was looked at: it is made again from what it saw, and must say the same.

    Returns:
        edition: the name of the issued one; pdf, xlsx: its files, which are never written again.

    Raises:
        NothingToReportError: There is no such edition.
        IssueError: It is no draft, the number is taken or none, its period was issued before, or it no longer says what
            was looked at.
        LedgerError: The reason or the author is empty.
        StorageError: The files cannot be written, or others of an issued edition are there.
    """
    decision = decision_of(order.reason, order.author)
    made = edition_rows.editions_made(context.database)
    draft = edition_named(context.database, order.edition)
    issued = _checked(order, draft, [one for one in made if one["number"] is not None])
    with pdf_maker() as maker:
        then, seen = _as_seen(context, draft)
        briefing = briefing_of(kind_of(draft["report"]), seen.report, seen.snapshot, issued)
        pdf, xlsx = rendered(seen.report, briefing, seen.snapshot.period, maker)
    stem = context.settings.briefings_folder / stem_of(seen.report, briefing, seen.snapshot.period)
    files = write_once(stem, pdf, xlsx)
    edition = edition_of(then, Made(seen.report, seen.snapshot, briefing, seen.run), pdf, xlsx)
    row = _row(context, order, issued, decision)
    save_issue(context.database, edition, seen.snapshot.period, map(asdict, briefing.figures), row)
    return {"edition": briefing.edition, **files}


def _row(context: Context, order: Order, issued: Issued, decision: Mapping[str, str]) -> Issue:
    return Issue(
        drafted_as=order.edition,
        number=issued.number,
        place=issued.place,
        issued_on=issued.issued_on,
        signer=issued.signer,
        corrects=order.corrects,
        **decision,
        now=context.now,
    )


def _checked(order: Order, draft: Row, issued: Sequence[Row]) -> Issued:
    """
    What the edition will bear.

    Raises:
        IssueError: See issue_edition.
    """
    number, place, signer = (getattr(order, name).strip() for name in ("number", "place", "signer"))
    if not re.fullmatch("[0-9]+[a-z]?", number) or not place or not signer:
        raise IssueError("write the number alone, such as 123 (its symbol is a setting), and name place and signer")
    if draft["number"] is not None:
        raise IssueError(f"{order.edition} was issued as number {draft['number']}; an error of it gets a corrigendum")
    taken = [one for one in issued if (one["number"], one["issued_on"].year) == (number, order.issued_on.year)]
    if taken:
        raise IssueError(f"number {number} of {order.issued_on.year} is that of {taken[0]['edition']}; take another")
    return Issued(number, place, order.issued_on, signer, _corrected(order, draft, issued))


def _corrected(order: Order, draft: Row, issued: Sequence[Row]) -> tuple[str, date] | None:
    """Number and day of the issued edition that this one corrects; None where none was issued."""
    same = [one for one in issued if _about(one) == _about(draft)]
    named = [one for one in same if one["number"] == order.corrects]
    if order.corrects is not None and not named:
        known = ", ".join(one["number"] for one in same) or "none"
        raise IssueError(f"no edition of {_said(draft)} was issued as number {order.corrects}; issued were: {known}")
    if order.corrects is None and same:
        last = same[-1]["number"]
        raise IssueError(
            f"{_said(draft)} was issued as number {last} and stays; to correct it, issue this with --corrects {last}"
        )
    return (named[-1]["number"], named[-1]["issued_on"]) if named else None


def _about(edition: Row) -> tuple[Any, ...]:
    return edition["report"], edition["period_kind"], edition["period_end"], language_of(edition["edition"])


def _said(edition: Row) -> str:
    return f"{edition['report']} {period_of(edition).name}"


def _as_seen(context: Context, draft: Row) -> tuple[Context, Made]:
    """The draft made again, once it is sure that it says what was looked at."""
    content = edition_rows.content_of_edition(context.database, draft["briefing_id"])
    again = f"make it again: ./monitor run --report {draft['report']} --period {period_of(draft).name}"
    if content is None:
        raise IssueError(f"what {draft['edition']} says was not kept, so it cannot be issued as it is; {again}")
    then = context_then(context, content)
    made = made_again(then, draft)
    if (made.snapshot.sha256, made.briefing.sha256) != (draft["snapshot_sha256"], draft["view_model_sha256"]):
        raise IssueError(f"{draft['edition']} would no longer say what was looked at (./monitor verify); {again}")
    return then, made
