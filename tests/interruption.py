"""Runs of the road that are killed at a chosen point, or at a chosen time, and run again: the same must be left.

A point is a commit, a rename, a replace or an unlink of the run, before it or after it. Runs are forked off a process
in which everything is imported, and end by SIGKILL.
"""

import contextlib
import functools
import hashlib
import json
import os
import select
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg2
from sqlalchemy.engine.default import DefaultDialect
from unit.body_reports import as_workbook, good_report

from resolution_monitor.pipeline import context, prepare, run_arrivals
from resolution_monitor.settings import from_environment
from resolution_monitor.store import embedded

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
PHASES = ("before", "after")
# Rows that must be there once, whatever happened; numbers that a database gives differ from run to run.
QUESTIONS = {
    "submissions": "select sender_id, file_name, sha256, received_at, state, periods from standing_submission"
    " join submission using (submission_id, sender_id, file_name, sha256, received_at)",
    "observations": "select o.agency_id, o.indicator_id, o.period_end, o.value, o.cell, o.is_retraction, s.sha256"
    " from observation as o join submission as s using (submission_id)",
    "tasks": "select t.agency_id, t.task_id, t.state, t.done_pct, t.is_retraction, s.sha256"
    " from task_report as t join submission as s using (submission_id)",
    "findings": "select f.check_code, f.cell, f.raw_value, f.is_withdrawn, s.sender_id, s.sha256"
    " from finding as f join submission as s using (submission_id)",
    "arrivals": "select a.sender_id, a.file_name, a.version, a.told_state, s.sha256"
    " from arrival as a join submission as s using (submission_id)",
}


@dataclass(frozen=True)
class Ground:
    """An inbox with every kind of file, and a database that one run after the other uses."""

    inbox: Path
    work: Path
    database_url: str
    removes_taken: bool


@dataclass
class Run:
    """One state folder, walked as often as it takes."""

    ground: Ground
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        return {
            "RESOLUTION_MONITOR_HOME": str(self.home),
            "RESOLUTION_MONITOR_INBOX_QUIET_SECONDS": "0",
            "RESOLUTION_MONITOR_INBOX_AFTER": "remove" if self.ground.removes_taken else "keep",
            "DATABASE_URL": self.ground.database_url,
        }


def lay_ground(work: Path, server: embedded.ServerPlace, *, removes_taken: bool) -> Ground:
    """Files accepted, copied, refused, of nobody we know, of the operator; and a database that knows the catalogue."""
    context.load_catalogue = functools.cache(context.load_catalogue)  # type: ignore[attr-defined]
    inbox = work / "laid"
    files = {
        "BYT/a.xlsx": as_workbook(good_report()),
        "BYT/copy.xlsx": as_workbook(good_report()),
        "BYT/refused.xlsx": b"no workbook",
        "XYZ/unknown.csv": b"a,b\n",
        "root.csv": b"c,d\n",
    }
    for path, content in files.items():
        (inbox / path).parent.mkdir(parents=True, exist_ok=True)
        (inbox / path).write_bytes(content)
    admin_url = embedded.url_of(server, "postgres")
    name = f"i_{os.urandom(6).hex()}"
    _administer(admin_url, f'create database "{name}"')
    url = embedded.url_of(server, name)
    prepare(from_environment({"RESOLUTION_MONITOR_HOME": str(work), "DATABASE_URL": url}), NOW)
    return Ground(inbox, work, url, removes_taken)


@contextlib.contextmanager
def new_run(ground: Ground) -> Iterator[Run]:
    """A fresh state folder, and nothing received."""
    run = Run(ground, ground.work / f"home-{os.urandom(4).hex()}")
    _administer(ground.database_url, "set monitor.purging = 'on'; truncate monitor.submission cascade")
    shutil.copytree(ground.inbox, run.home / "inbox")
    try:
        yield run
    finally:
        shutil.rmtree(run.home, ignore_errors=True)


def _administer(url: str, statement: str) -> None:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(statement)


def walk(run: Run, *, kill_at: tuple[int, str] | None = None, kill_after: float | None = None) -> list[str] | None:
    """
    Take the inbox down the road in a process of its own.

    Args:
        kill_at: Number of a point from 1, and whether the process dies before it or after it.
        kill_after: Seconds after which the process dies.

    Returns:
        The points that were passed; None when the process was killed.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _be_the_run(run, kill_at, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        if kill_after is not None and not select.select([told], [], [], kill_after)[0]:
            os.kill(child, signal.SIGKILL)
        words = told.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return None
    assert status == 0, words.decode()
    points: list[str] = json.loads(words)
    return points


def _be_the_run(run: Run, kill_at: tuple[int, str] | None, writing: int) -> None:
    """The child's whole life; it never returns."""
    code = 1
    try:
        with contextlib.redirect_stderr(sys.stdout):
            points = _watched(kill_at)
            run_arrivals(from_environment(run.environment), NOW)
        os.write(writing, json.dumps(points).encode())
        code = 0
    except BaseException as error:
        os.write(writing, repr(error).encode())
        raise
    finally:
        os._exit(code)


def _watched(kill_at: tuple[int, str] | None) -> list[str]:
    """Count every point from now on, and die at the chosen one."""
    points: list[str] = []

    def pass_by(name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def passed(*arguments: Any, **named: Any) -> Any:
            points.append(name)
            number = len(points)
            if kill_at == (number, "before"):
                os.kill(os.getpid(), signal.SIGKILL)
            try:
                return act(*arguments, **named)
            finally:
                if kill_at == (number, "after"):
                    os.kill(os.getpid(), signal.SIGKILL)

        return passed

    for name in ("rename", "replace", "unlink"):
        setattr(os, name, pass_by(name, getattr(os, name)))
    DefaultDialect.do_commit = pass_by("commit", DefaultDialect.do_commit)  # type: ignore[method-assign]
    return points


def state_of(run: Run) -> dict[str, object]:
    """What the run left behind, without the numbers and times that the database gives."""
    connection = psycopg2.connect(run.environment["DATABASE_URL"], options="-c search_path=monitor -c timezone=UTC")
    with contextlib.closing(connection), connection.cursor() as cursor:
        state: dict[str, object] = {}
        for name, question in QUESTIONS.items():
            cursor.execute(question)
            state[name] = sorted(repr(row) for row in cursor.fetchall())
        cursor.execute("select sender_id, sha256, submission_id from submission")
        numbers = {(sender, sha256): number for sender, sha256, number in cursor.fetchall()}
    state["kept"] = sorted(_kept(run.home / "raw"))
    state["waiting"] = sorted(path.name for path in (run.home / "quarantine").iterdir())
    state["inbox"] = sorted(path.name for path in (run.home / "inbox").rglob("*") if path.is_file())
    state["receipts"] = sorted(_receipts(run.home / "outbox", numbers))
    return state


def _kept(raw: Path) -> Iterator[str]:
    for path in raw.rglob("*"):
        if path.is_file():
            assert path.name == hashlib.sha256(path.read_bytes()).hexdigest()
            yield path.name


def _receipts(outbox: Path, numbers: dict[tuple[str, str], int]) -> Iterator[str]:
    """Each with the number of the submission that there is."""
    for path in outbox.rglob("*.json"):
        told = json.loads(path.read_bytes())
        assert numbers[told["sender_id"], told["sha256"]] == told.pop("submission")
        assert path.with_suffix(".txt").exists()
        yield json.dumps(told)
