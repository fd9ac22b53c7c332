"""What an installation needs every night: the ledger filled ahead, kept files and scores proven, leftovers removed."""

from datetime import timedelta

from resolution_monitor.errors import StorageError
from resolution_monitor.pipeline.context import Context, stage
from resolution_monitor.pipeline.ledger import fill_ledger, months_ahead
from resolution_monitor.pipeline.marked_files import let_go
from resolution_monitor.pipeline.note_gaps import note_gaps
from resolution_monitor.pipeline.prove_scores import prove_scores
from resolution_monitor.pipeline.verify import ProofState, verify

_KEPT_LOGS = timedelta(days=90)


@stage
def maintenance(context: Context) -> dict[str, int]:
    """
    Note what is owed in the coming months, prove kept files and the newest scores, and remove what runs left behind.

    Raises:
        StorageError: A kept file is gone or is no longer what was received.
        DatabaseError: Scores of which only a part was made anew are not those of all bodies.
    """
    first, last = months_ahead(context)
    filled = fill_ledger(context, first, last)
    checked = _prove_files(context)
    removed = {"held_removed": let_go(context), "logs_removed": _remove_old_logs(context)}
    proven = prove_scores(context)
    gaps = {f"missing_{report}": len(names) for report, names in note_gaps(context).items() if names}
    return {"obligations": filled["changed"], "files": checked, "scorings": proven, **removed, **gaps}


def _prove_files(context: Context) -> int:
    count = 0
    for proof in verify(context):
        if proof.state is ProofState.MISSING:
            raise StorageError(f"the kept file {proof.path} is gone; restore it from a backup")
        if proof.state is ProofState.TAMPERED:
            raise StorageError(f"the kept file {proof.path} is no longer what was received; restore it from a backup")
        count += proof.state in (ProofState.KEPT, ProofState.HELD)
    return count


def _remove_old_logs(context: Context) -> int:
    oldest = (context.now - _KEPT_LOGS).timestamp()
    old = [path for path in context.settings.logs_folder.rglob("*.log") if path.stat().st_mtime < oldest]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
