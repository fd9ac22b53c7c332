"""Accepted files are read once more, because a person says so: first what it would change, then the change itself."""

from collections.abc import Mapping, Sequence
from typing import Any

from resolution_monitor.errors import LedgerError
from resolution_monitor.period import Period
from resolution_monitor.pipeline.names import with_settled_names
from resolution_monitor.pipeline.reader import read_submissions
from resolution_monitor.pipeline.reading import KeptOutcome, save_outcomes
from resolution_monitor.pipeline.road import Road, stage
from resolution_monitor.store import submission_rows
from resolution_monitor.store.load_step import LoadStep, load_step, rehearsal
from resolution_monitor.store.versions import tell_journal

Changes = Sequence[Mapping[str, Any]]


@stage
def preview_reread(road: Road, period: Period, agency_id: str | None = None) -> Changes:
    """
    What reading the files of a period again would change; nothing is kept.

    Returns:
        One row per file and item that would be another: submission_id, sender_id, file_name, item_id ("file" for the
        file's own state), old, new, sheet, cell. None in old or new: not told.

    Raises:
        LedgerError: No file speaks of the period.
    """
    road, outcomes = _read(road, period, agency_id)
    with rehearsal(road.database, road.now) as step:
        return _saved(step, outcomes)


@stage
def reread(road: Road, period: Period, agency_id: str | None = None, *, reason: str, author: str) -> Changes:
    """
    Read the files of a period again and keep what they say now; what that changed, see preview_reread.

    Raises:
        LedgerError: No file speaks of the period, or the reason or author is empty.
    """
    if not reason.strip() or not author.strip():
        raise LedgerError("the reason or the author is empty; say who decides and why, it is kept in the journal")
    road, outcomes = _read(road, period, agency_id)
    with load_step(road.database, f"read {len(outcomes)} files again", road.now) as step:
        changes = _saved(step, outcomes)
        asked = {"period": period.name, "sender_id": agency_id, "files": len(outcomes), "changes": len(changes)}
        tell_journal(step, "reread", asked, author=author.strip(), reason=reason.strip())
    return changes


def _read(road: Road, period: Period, agency_id: str | None) -> tuple[Road, list[KeptOutcome]]:
    submissions = submission_rows.submissions_of_period(road.database, period.name, agency_id)
    if not submissions:
        whose = f" of {agency_id}" if agency_id else ""
        raise LedgerError(f"no file{whose} speaks of {period.name}; see ./monitor status --period {period.name}")
    road = with_settled_names(road)
    return road, [outcome for outcomes in read_submissions(road, submissions) for outcome in outcomes]


def _saved(step: LoadStep, outcomes: Sequence[KeptOutcome]) -> Changes:
    save_outcomes(step, outcomes)
    return submission_rows.changes_of_load(step, [outcome.reading.submission_id for outcome in outcomes])
