"""First stage on the road: every file of the inbox is kept under its hash and noted as a submission."""

from pathlib import Path

from resolution_monitor.collect.inbox import OPERATOR, InboxFile, waiting_files
from resolution_monitor.collect.land import land, raw_path, sweep
from resolution_monitor.collect.read import ReadResult, guard_files
from resolution_monitor.errors import InboxError
from resolution_monitor.pipeline.reading import named, save_reading, save_state
from resolution_monitor.pipeline.road import Road, stage
from resolution_monitor.store import submission_rows
from resolution_monitor.store.load_step import load_step
from resolution_monitor.terms import SubmissionState


@stage
def collect(road: Road, inbox: Path) -> dict[str, int]:
    """
    Keep every file of the inbox under its hash and note it as a submission.

    Raises:
        InboxError: The inbox cannot be read, or is empty and nothing was ever received.
        StorageError: The disk is full.
    """
    files = waiting_files(inbox)
    if not files and not submission_rows.count_submissions(road.database):
        raise InboxError(f"the inbox {inbox} is empty and nothing was received before; lay workbooks into it")
    sweep(road.settings.raw_folder)
    received = {file: _receive(road, file) for file in files}
    new = {file: submission for file, submission in received.items() if submission}
    paths = [raw_path(road.settings.raw_folder, submission[1]) for submission in new.values()]
    results = guard_files(road.settings, paths)
    refused = [_note_refusal(road, *entry) for entry in zip(new.items(), results, strict=True)]
    return {"files": len(files), "new": len(new), "refused": sum(refused)}


def _receive(road: Road, file: InboxFile) -> tuple[int, str] | None:
    """Id and hash of a new submission; None when it is known already."""
    landed = land(file.path, road.settings.raw_folder)
    with load_step(road.database, f"receive {file.path.name}", road.now) as step:
        submission_id = submission_rows.insert_submission(
            step,
            sender_id=file.sender_id,
            channel="operator" if file.sender_id == OPERATOR else "inbox",
            file_name=file.path.name,
            sha256=landed.sha256,
            size_bytes=landed.size_bytes,
            received_at=file.received_at,
        )
        if submission_id is not None:
            save_state(road, step, submission_id, SubmissionState.RECEIVED, None)
    return None if submission_id is None else (submission_id, landed.sha256)


def _note_refusal(road: Road, received: tuple[InboxFile, tuple[int, str]], result: ReadResult) -> bool:
    """Say at once why the guard refuses a new submission; whether it does."""
    file, (submission_id, _) = received
    if result.refusal:
        with load_step(road.database, f"refuse {file.path.name}", road.now) as step:
            save_reading(road, step, submission_id, [named(result.refusal, file.path.name)], None)
    return result.refusal is not None
