"""One edition of any report: its page under the official head, its tables, and the name that its content gives it."""

from typing import Any

from resolution_monitor.brief.briefing import Briefing, content_sha256
from resolution_monitor.brief.kinds import AnySnapshot, ReportKind
from resolution_monitor.brief.parts.head import Issued, official_head
from resolution_monitor.brief.parts.limit_words import limits_of_formats
from resolution_monitor.brief.report import Report


def briefing_of(
    kind: ReportKind[Any, Any], report: Report, snapshot: AnySnapshot, issued: Issued | None = None
) -> Briefing:
    """
    The briefing that a report makes of a snapshot, every number a figure with its origin.

    Args:
        issued: Number, place, day and signer; None for a draft.
    """
    made = kind.needs.figures(report, snapshot)
    report = made.report
    say, words = report.messages.say, kind.title_words(made)
    title = say("document_title", **words)
    mark = made.demonstration
    running = say("running_demonstration", title=title, mark=mark) if mark else title
    page = {**official_head(report, say("abstract", **words), running, issued), **kind.page(made)}
    tables = kind.tables(made, page)
    content = content_sha256([page, tables, made.words, report.renderer_sha256])
    edition = f"RM-{report.code}-{snapshot.period.name}{report.language_mark}-{content[:8]}"
    page["footer"] = say("footer", edition=edition)
    return Briefing(
        report=report.name,
        edition=edition,
        title=title,
        made_for=snapshot.as_of,
        page=page,
        tables=tables,
        figures=tuple(made.book.figures),
        demonstration=mark,
        state="issued" if issued else "provisional" if page.get("is_provisional") else "draft",
        words=made.words,
        limits=limits_of_formats(made.limits),
    )
