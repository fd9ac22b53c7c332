"""Which scoring run of a period is meant: the one that its newest edition was made from, or one by its number?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from resolution_monitor.errors import NothingToReportError
from resolution_monitor.period import Period
from resolution_monitor.store import score_rows
from resolution_monitor.store.connect import Database


@dataclass(frozen=True, slots=True)
class RunState:
    """What a scoring run went by: all that was recorded until then, and a catalogue."""

    known_at: datetime
    catalogue_sha256: str


def briefed_run(database: Database, period: Period) -> RunState:
    """
    The run that the edition of a period was made from which was made last.

    Raises:
        NothingToReportError: No edition of it was made.
    """
    runs = score_rows.runs_of_period(database, period)
    if not runs or runs[0]["edition_made_at"] is None:
        raise NothingToReportError(f"no edition of {period.name} was made; ./monitor editions lists those that were")
    return _state(runs[0])


def numbered_run(database: Database, period: Period, scoring_run_id: int) -> RunState:
    """
    A run of a period by its number.

    Raises:
        NothingToReportError: The period has no such run.
    """
    runs = score_rows.runs_of_period(database, period)
    found = next((made for made in runs if made["scoring_run_id"] == scoring_run_id), None)
    if found is None:
        numbers = ", ".join(sorted((str(made["scoring_run_id"]) for made in runs), key=int)) or "none"
        raise NothingToReportError(f"there is no run {scoring_run_id} of {period.name}; its runs are: {numbers}")
    return _state(found)


def _state(made: dict[str, Any]) -> RunState:
    return RunState(known_at=made["known_at"], catalogue_sha256=made["catalogue_sha256"])
