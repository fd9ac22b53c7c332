"""What an installation needs every night: the ledger filled ahead, kept files and scores proven, leftovers removed."""

import hashlib
from datetime import timedelta
from pathlib import Path

from resolution_monitor.collect.land import raw_path, sweep
from resolution_monitor.errors import StorageError
from resolution_monitor.period import TIME_ZONE, Period, period_begun, shifted
from resolution_monitor.pipeline.ledger import fill_ledger
from resolution_monitor.pipeline.prove_scores import prove_scores
from resolution_monitor.pipeline.road import Road, stage
from resolution_monitor.store import submission_rows

_MONTHS_AHEAD = 2
_KEPT_LOGS = timedelta(days=90)
_READ_BYTES = 1024 * 1024


@stage
def keep_house(road: Road) -> dict[str, int]:
    """
    Note what is owed in the coming months, prove kept files and the newest scores, and remove what runs left behind.

    Raises:
        StorageError: A kept file is gone or is no longer what was received.
        DatabaseError: Scores of which only a part was made anew are not those of all bodies.
    """
    first, last = _months(road)
    filled = fill_ledger(road, first, last)
    sweep(road.settings.raw_folder)
    checked = _prove_files(road)
    removed = _remove_old_logs(road)
    proven = prove_scores(road)
    return {"obligations": filled["changed"], "files": checked, "scorings": proven, "logs_removed": removed}


def _months(road: Road) -> tuple[Period, Period]:
    this_month = period_begun("month", road.now.astimezone(TIME_ZONE).date())
    return this_month, shifted(this_month, _MONTHS_AHEAD)


def _prove_files(road: Road) -> int:
    hashes = submission_rows.kept_hashes(road.database)
    for sha256 in hashes:
        path = raw_path(road.settings.raw_folder, sha256)
        if not path.exists():
            raise StorageError(f"the kept file {path} is gone; restore it from a backup")
        if _sha256(path) != sha256:
            raise StorageError(f"the kept file {path} is no longer what was received; restore it from a backup")
    return len(hashes)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_READ_BYTES):
            digest.update(block)
    return digest.hexdigest()


def _remove_old_logs(road: Road) -> int:
    oldest = (road.now - _KEPT_LOGS).timestamp()
    old = [path for path in road.settings.logs_folder.rglob("*.log") if path.stat().st_mtime < oldest]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
