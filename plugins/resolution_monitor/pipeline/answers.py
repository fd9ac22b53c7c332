"""After reading: every sender gets an answer to its file, its own workbook where cells are to be mended."""

import itertools
import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

from resolution_monitor.collect.inbox import OPERATOR
from resolution_monitor.collect.land import raw_path
from resolution_monitor.collect.outbox import put_back
from resolution_monitor.exchange.answer import Answer, AnsweredFinding, answer_name, answer_of
from resolution_monitor.exchange.answer_plain import answer_csv, answer_json
from resolution_monitor.exchange.feedback import findings_workbook
from resolution_monitor.pipeline.answer_process import AnswerProcess
from resolution_monitor.pipeline.context import Context
from resolution_monitor.settings import Settings
from resolution_monitor.store import answer_rows
from resolution_monitor.store.answer_rows import UnansweredFile
from resolution_monitor.store.load_step import load_step
from resolution_monitor.terms import Severity, SubmissionState

log = logging.getLogger(__name__)

# What came before is not answered in hindsight: an installation that begins to answer does not flood its outbox.
_LOOKS_BACK = timedelta(days=31)
# So many answers are noted by one load.
_FILES_A_LOAD = 250
_WORKBOOK = b"PK"


def write_answers(context: Context, submission_ids: Sequence[int] | None = None) -> dict[str, int]:
    """
    Lay an answer into the outbox for every file that was read or refused and not answered yet.

    A run that ends half-way is taken up by the next: an answer is noted once it lies there, and the same answer again
    changes nothing.

    Args:
        submission_ids: Only these; None answers all that wait.

    Returns:
        How many were answered, and how many of them with their own workbook.

    Raises:
        StorageError: The outbox cannot be written.
    """
    waiting = answer_rows.unanswered_files(context.database, context.now - _LOOKS_BACK)
    asked = None if submission_ids is None else set(submission_ids)
    files = iter([file for file in waiting if asked is None or file.submission_id in asked])
    counts = {"answered": 0, "marked": 0}
    while batch := list(itertools.islice(files, _FILES_A_LOAD)):
        found = answer_rows.findings_of(context.database, [file.submission_id for file in batch])
        contents = _contents(context.settings, [(file, _answer(file, found[file.submission_id])) for file in batch])
        names: dict[int, str] = {}
        for file, (content, is_marked) in zip(batch, contents, strict=True):
            names[file.submission_id] = answer_name(file.file_name)
            if file.sender_id != OPERATOR:  # files without a sender have nobody to be answered
                put_back(context.settings.outbox_folder, file.sender_id, names[file.submission_id], content)
                counts["marked"] += is_marked
        with load_step(context.database, f"answer {len(names)} files", context.now) as step:
            answer_rows.save_answers(step, names)
        counts["answered"] += len(names)
    log.info("answers.written", extra=counts)
    return counts


def is_answered(context: Context, row: Mapping[str, Any]) -> bool:
    """Whether a file with this sender, state and time of receipt has an answer, or gets one in this run."""
    is_read = row["state"] != SubmissionState.RECEIVED.value
    return is_read and row["sender_id"] != OPERATOR and bool(row["received_at"] >= context.now - _LOOKS_BACK)


def _answer(file: UnansweredFile, findings: Sequence[Mapping[str, Any]]) -> Answer:
    told = [
        AnsweredFinding(
            severity=Severity(row["severity"]),
            check=row["check_code"],
            sheet=row["sheet"],
            cell=row["cell"],
            value=row["raw_value"],
            text=row["text_vi"],
            action=row["action_vi"],
            fill=row["fill"],
        )
        for row in findings
    ]
    state = SubmissionState(file.state)
    return answer_of(file.file_name, state, told, is_demonstration=file.is_demonstration)


def _contents(settings: Settings, asked: Sequence[tuple[UnansweredFile, Answer]]) -> Iterator[tuple[bytes, bool]]:
    """The answers in order, each made by one of as many children as there are processors."""
    workers = max(min(os.cpu_count() or 1, len(asked)), 1)
    parts = [asked[start::workers] for start in range(workers)]
    with ThreadPoolExecutor(workers) as pool:
        made = list(pool.map(lambda part: _in_one_process(settings, part), parts))
    for number in range(len(asked)):
        yield made[number % workers][number // workers]


def _in_one_process(settings: Settings, asked: Sequence[tuple[UnansweredFile, Answer]]) -> list[tuple[bytes, bool]]:
    with AnswerProcess(settings) as process:
        return [content_of(process, raw_path(settings.raw_folder, file.sha256), answer) for file, answer in asked]


def content_of(process: AnswerProcess, path: Path, answer: Answer) -> tuple[bytes, bool]:
    """The answer to a file in its own kind, and whether it is the file itself with marks."""
    ending = answer_name(answer.file_name).rsplit(".", 1)[-1]
    if ending == "csv":
        return answer_csv(answer), False
    if ending == "json":
        return answer_json(answer), False
    # A file that was refused unread is never opened.
    content = path.read_bytes() if answer.can_be_marked and path.exists() else b""
    marked = process.marked(content, answer) if content.startswith(_WORKBOOK) else None
    return (marked, True) if marked is not None else (findings_workbook(answer), False)
