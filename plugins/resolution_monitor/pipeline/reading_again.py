"""Accepted files are read once more, because a person says so: first what it would change, then the change itself."""

from collections.abc import Mapping, Sequence
from typing import Any

from resolution_monitor.errors import LedgerError
from resolution_monitor.period import Period
from resolution_monitor.pipeline.context import Context, stage
from resolution_monitor.pipeline.names import with_settled_names
from resolution_monitor.pipeline.reader import read_submissions
from resolution_monitor.pipeline.reading import KeptOutcome, save_outcomes
from resolution_monitor.store import submission_rows
from resolution_monitor.store.load_step import LoadStep, load_step, rehearsal
from resolution_monitor.store.versions import tell_journal

Changes = Sequence[Mapping[str, Any]]


@stage
def preview_reread(context: Context, period: Period, agency_id: str | None = None) -> Changes:
    """
    What reading the files of a period again would change; nothing is kept.

    Returns:
        One row per file and item that would be another: submission_id, sender_id, file_name, item_id ("file" for the
        file's own state), old, new, sheet, cell. None in old or new: not told.

    Raises:
        LedgerError: No file speaks of the period.
    """
    context, outcomes = _read(context, period, agency_id)
    with rehearsal(context.database, context.now) as step:
        return _saved(step, outcomes)


@stage
def reread(context: Context, period: Period, agency_id: str | None = None, *, reason: str, author: str) -> Changes:
    """
    Read the files of a period again and keep what they say now; what that changed, see preview_reread.

    Raises:
        LedgerError: No file speaks of the period, or the reason or author is empty.
    """
    if not reason.strip() or not author.strip():
        raise LedgerError("the reason or the author is empty; say who decides and why, it is kept in the journal")
    context, outcomes = _read(context, period, agency_id)
    with load_step(context.database, f"read {len(outcomes)} files again", context.now) as step:
        changes = _saved(step, outcomes)
        asked = {"period": period.name, "sender_id": agency_id, "files": len(outcomes), "changes": len(changes)}
        tell_journal(step, "reread", asked, author=author.strip(), reason=reason.strip())
    return changes


def _read(context: Context, period: Period, agency_id: str | None) -> tuple[Context, list[KeptOutcome]]:
    submissions = submission_rows.submissions_of_period(context.database, period.name, agency_id)
    if not submissions:
        whose = f" of {agency_id}" if agency_id else ""
        raise LedgerError(f"no file{whose} speaks of {period.name}; see ./monitor status --period {period.name}")
    context = with_settled_names(context)
    return context, [outcome for outcomes in read_submissions(context, submissions) for outcome in outcomes]


def _saved(step: LoadStep, outcomes: Sequence[KeptOutcome]) -> Changes:
    save_outcomes(step, outcomes)
    return submission_rows.changes_of_load(step, [outcome.reading.submission_id for outcome in outcomes])
