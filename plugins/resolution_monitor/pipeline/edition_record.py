"""What is kept of an edition, so that it can be told again: what it saw, what it said, and the hashes of both."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from resolution_monitor.brief.briefing import Briefing, text_sha256
from resolution_monitor.brief.kinds import AnySnapshot
from resolution_monitor.brief.report import Report
from resolution_monitor.pipeline.context import Context
from resolution_monitor.score.version import rules_version
from resolution_monitor.settings import Settings
from resolution_monitor.store.briefing_rows import Edition
from resolution_monitor.store.load_step import last_load_at


@dataclass(frozen=True, slots=True)
class Made:
    """
    An edition that was just made, or made again.

    Attributes:
        run: The scoring run it rests on; its "before" is that of the period before, or None.
    """

    report: Report
    snapshot: AnySnapshot
    briefing: Briefing
    run: dict[str, Any]


def seen_until(context: Context) -> datetime | None:
    """What an edition that is made now may see: all that was recorded so far; less in a demonstration."""
    return context.sees_until or last_load_at(context.database)


def lock_sha256(settings: Settings) -> str:
    """Of the locked packages: files made under another lock may differ in their bytes."""
    return hashlib.sha256((settings.root / "requirements.txt").read_bytes()).hexdigest()


def edition_of(context: Context, made: Made, pdf: bytes, xlsx: bytes) -> Edition:
    """The row of an edition."""
    before, content = made.run["before"], made.briefing.content
    return Edition(
        report=made.briefing.report,
        edition=made.briefing.edition,
        scoring_run_id=made.run["scoring_run_id"],
        before_run_id=before["scoring_run_id"] if before else None,
        known_at=made.run["known_at"],
        rules_version=rules_version(),
        lock_sha256=lock_sha256(context.settings),
        snapshot_sha256=made.snapshot.sha256,
        view_model_sha256=text_sha256(content),
        pdf_sha256=hashlib.sha256(pdf).hexdigest(),
        xlsx_sha256=hashlib.sha256(xlsx).hexdigest(),
        state=made.briefing.state,
        language=made.report.language,
        catalogue_sha256=context.catalogue.sha256,
        renderer_sha256=made.report.renderer_sha256,
        seen_until=context.sees_until,
        content=content,
    )
