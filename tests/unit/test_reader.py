"""Reading in several processes: the same rows as in one, and a process that dies is noticed."""

import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest
from unit.body_reports import OCTOBER, good_report, owed

from resolution_monitor.errors import ReaderError
from resolution_monitor.exchange.plain import report_json
from resolution_monitor.pipeline import Context, reader
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.pipeline.pieces import FILES_A_PIECE

ROWS = """
select submission.sender_id, observation.indicator_id, value, sheet, cell from observation
join submission using (submission_id)
union all select submission.sender_id, task_id, done_pct, sheet, cell from task_report
join submission using (submission_id)
union all select submission.sender_id, check_code, null, sheet, cell from finding join submission using (submission_id)
order by 1, 2, 4, 5
"""


@pytest.fixture
def inbox(tmp_path: Path, catalogue) -> Path:
    """Reports of some bodies; the third speaks for another."""
    bodies = [key for key, items in owed(OCTOBER).items() if any(item in catalogue.tasks for item in items)]
    for key in bodies[: 2 * FILES_A_PIECE]:
        (tmp_path / "inbox" / key).mkdir(parents=True)
        speaker = "BYT" if key == bodies[2] else key
        report = replace(good_report(speaker), obstacles=(), requests=())
        (tmp_path / "inbox" / key / "bao-cao.json").write_bytes(report_json(report))
    return tmp_path / "inbox"


def with_workers(context: Context, workers: int) -> Context:
    return replace(context, settings=replace(context.settings, workers=workers))


def rows(context: Context) -> list[tuple[object, ...]]:
    with context.database.transaction() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(ROWS)]


def test_as_many_processes_as_there_are(context: Context, inbox: Path):
    """
    What several processes read is what one reads: reading once more by one alone changes nothing.
    """
    collect(context, inbox)

    counts = normalise(with_workers(context, 3), OCTOBER)

    assert counts["files"] > 2 * reader._FEW_FILES
    assert counts["values"] > 0
    read = rows(context)
    assert read
    assert 0 == normalise(with_workers(context, 1), OCTOBER)["changed"]
    assert read == rows(context)


def test_a_process_that_dies(context: Context, inbox: Path, monkeypatch: pytest.MonkeyPatch):
    """
    A reading process that is killed ends the stage with our error; run again, every file is read.
    """
    collect(context, inbox)
    with monkeypatch.context() as killing:
        killing.setattr(reader, "_read_piece", _die)
        with pytest.raises(ReaderError, match="run again"):
            normalise(with_workers(context, 2), OCTOBER)
    assert [] == rows(context)

    assert normalise(with_workers(context, 2), OCTOBER)["values"] > 0


def _die(piece: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
