"""Which files may bear a mark of secrecy, and what was decided of them: never more of them than sender and time."""

from pathlib import Path

from resolution_monitor.period import TIME_ZONE
from resolution_monitor.store.closed_rows import ClosedFile, closed_files
from resolution_monitor.store.connect import Database


def closed_lines(database: Database, folder: Path, *, everything: bool) -> list[str]:
    """One sentence for each file that waits for a decision; `everything` tells decided ones as well."""
    return [_line(one, folder) for one in closed_files(database) if everything or one.decision is None]


def _line(one: ClosedFile, folder: Path) -> str:
    came = f"{one.received_at.astimezone(TIME_ZONE):%Y-%m-%d %H:%M}"
    told = f"{one.closed_number}: a file of {one.sender_id}, {came}"
    if one.decision is None:
        return f"{told}, waits in {folder / str(one.closed_number)}"
    done = "released" if one.decision == "release" else "turned away"
    return f"{told}, {done} by {one.author}: {one.reason}"
