"""What an installation needs every night: the ledger filled ahead, kept files proven whole, old logs removed."""

import hashlib
from datetime import timedelta
from pathlib import Path

from resolution_monitor.collect.land import raw_path
from resolution_monitor.errors import StorageError
from resolution_monitor.period import TIME_ZONE, Period, period_begun, shifted
from resolution_monitor.pipeline.ledger import fill_ledger
from resolution_monitor.pipeline.road import Road, stage
from resolution_monitor.store import submission_rows

_MONTHS_AHEAD = 2
_KEPT_LOGS = timedelta(days=90)
_READ_BYTES = 1024 * 1024


@stage
def keep_house(road: Road) -> dict[str, int]:
    """
    Note what is owed in the coming months, hash every kept file again, and remove old logs.

    Raises:
        StorageError: A kept file is gone or is no longer what was received.
    """
    first, last = _months(road)
    filled = fill_ledger(road, first, last)
    checked = _prove_files(road)
    return {"obligations": filled["changed"], "files": checked, "logs_removed": _remove_old_logs(road)}


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
