"""A random history in a database: each step written as the road writes it, then the month scored."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from histories import File, Step
from tree_case import OCTOBER

from resolution_monitor.ask.month_as_known import month_as_known
from resolution_monitor.ask.resolution_scores import scores_as_stored
from resolution_monitor.pipeline import Context
from resolution_monitor.pipeline.score import score
from resolution_monitor.score.month.scores import score_whole
from resolution_monitor.store import ledger_rows
from resolution_monitor.store.bulk import copy_rows
from resolution_monitor.store.load_step import LoadStep, load_step
from resolution_monitor.store.roles import as_purger
from resolution_monitor.store.submission_rows import ReceivedFile, insert_submissions

REPORT = "resolutions_month"
_TABLES = (
    *(
        "observation",
        "task_report",
        "submission_state",
        "retraction",
        "submission",
        "waiver",
        "reopening",
        "obligation",
        "journal",
    ),
    *("assignment_part", "tree_part", "bundle_part", "scoring_run", "load_step"),
)
_PLACE = {"sheet": "x", "cell": "A1", "is_retraction": False}


def walk_stored(context: Context, steps: Sequence[Step]) -> tuple[int, list[str]]:
    """
    Write and score step by step; then recompute each answer as it was known.

    Returns:
        How many runs went on from an earlier one, and what a recomputation gave differently.
    """
    _empty(context)
    runs: list[tuple[Step, int, dict[str, Any]]] = []
    known: dict[int, tuple[File, int]] = {}
    for step in steps:
        now = replace(context, catalogue=step.catalogue, now=step.at)
        _write(now, step, known)
        outcome = score(now, REPORT, OCTOBER)
        runs.append((step, outcome["scoring_run_id"], _run(context, outcome["scoring_run_id"])))
    differing = []
    for number, (step, scoring_run_id, run) in enumerate(runs, start=1):
        then = month_as_known(context.database, step.catalogue, OCTOBER, run["known_at"])
        again, stored = score_whole(then), scores_as_stored(context.database, scoring_run_id)
        for name in ("assignments", "nodes"):
            if not getattr(again, name).equals(getattr(stored, name)):
                differing.append(f"step {number}: {name}")
    return sum(run["base_run_id"] is not None for _, _, run in runs), differing


def _empty(context: Context) -> None:
    with context.database.transaction() as connection:
        as_purger(connection)
        connection.exec_driver_sql(f"truncate {', '.join(_TABLES)} cascade")


def _run(context: Context, scoring_run_id: int) -> dict[str, Any]:
    with context.database.transaction() as connection:
        found = connection.exec_driver_sql(
            "select known_at, base_run_id from scoring_run where scoring_run_id = %(run)s", {"run": scoring_run_id}
        )
        return dict(found.mappings().one())


def _write(context: Context, step: Step, known: dict[int, tuple[File, int]]) -> None:
    """Args: known: Number of a file -> the file and its submission, of the steps before; this step's are added."""
    with load_step(context.database, "history", step.at) as load:
        _submissions(load, step.files, known)
        for file in step.files:
            _rows(load, *known[file.number], {*file.values, *file.tasks}, is_retraction=False)
    with load_step(context.database, "history", step.at) as load:
        for number, item in dict.fromkeys(step.taken_back):
            _rows(load, *known[number], {item}, is_retraction=True)
    decision = {"reason": "x", "author": "An"}
    for *key, is_withdrawn in step.waivers:
        ledger_rows.save_waiver(context.database, key, **decision, is_withdrawn=is_withdrawn, now=step.at)
    for number, is_withdrawn in step.retracted:
        about = (known[number][1], ("report", "report"))
        ledger_rows.save_retraction(context.database, *about, **decision, is_withdrawn=is_withdrawn, now=step.at)
    for agency_id, period in step.reopened:
        ledger_rows.save_reopening(context.database, agency_id=agency_id, period=period, **decision, now=step.at)


def _submissions(load: LoadStep, files: Sequence[File], known: dict[int, tuple[File, int]]) -> None:
    received = [
        ReceivedFile(one.agency_id, "inbox", "a.xlsx", f"{one.number:064x}", 1, one.received_at) for one in files
    ]
    ids = insert_submissions(load, received).new
    rows = []
    for file in files:
        submission_id = ids[file.agency_id, f"{file.number:064x}"]
        known[file.number] = (file, submission_id)
        rows.append([submission_id, file.state, "{" + file.period.name + "}", load.recorded_at])
    copy_rows(load.connection, "submission_state", ["submission_id", "state", "periods", "recorded_at"], rows)


def _rows(load: LoadStep, file: File, submission_id: int, items: set[str], *, is_retraction: bool) -> None:
    shared = {
        **_PLACE,
        "submission_id": submission_id,
        "agency_id": file.agency_id,
        "period_kind": file.period.kind,
        "period_end": file.period.end,
        "is_retraction": is_retraction,
        "recorded_at": load.recorded_at,
    }
    values = [
        {
            **{**shared, "indicator_id": item, "value": figure, "raw_text": "x", "printed_name": "x"},
            **{"value_state": "no_activity" if figure is None else "reported", "form": "body_report"},
        }
        for item, figure in file.values.items()
        if item in items
    ]
    reports = [
        {
            **{**shared, "task_id": item, "state": "done" if done else "under_way", "done_on": done, "note": ""},
            "product": "1/BC" if done else "",
        }
        for item, done in file.tasks.items()
        if item in items
    ]
    for table, rows in (("observation", values), ("task_report", reports)):
        if rows:
            copy_rows(load.connection, table, list(rows[0]), [list(row.values()) for row in rows])
            load.changed_rows += len(rows)
