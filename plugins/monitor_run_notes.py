"""Writes on each run of ours what its tasks said of it: a task itself has no way to; Airflow's scheduler runs this."""

import sys
from typing import Any

from airflow.listeners import hookimpl
from airflow.plugins_manager import AirflowPlugin

# As in airflow_host/run_note.py, which the scheduler need not be able to import.
NOTE_KEY = "monitor_note"
_MOST_LETTERS = 1000  # so many fit into Airflow's table


@hookimpl
def on_dag_run_success(dag_run: Any, msg: str) -> None:
    _write_note(dag_run)


@hookimpl
def on_dag_run_failed(dag_run: Any, msg: str) -> None:
    _write_note(dag_run)


def _write_note(dag_run: Any) -> None:
    """In the scheduler's own session, which holds the run; in one of ours where none does (`dag.test`)."""
    from airflow.utils.session import create_session
    from sqlalchemy.orm import object_session

    session = object_session(dag_run)
    if session is not None:
        _note(session, dag_run)
        return
    with create_session() as own:
        _note(own, dag_run)


def _note(session: Any, dag_run: Any) -> None:
    """The newest words of the run's tasks; a person's own note stays."""
    from airflow.models.dagrun import DagRunNote
    from airflow.models.xcom import XComModel
    from sqlalchemy import select

    said = (
        select(XComModel)
        .where(XComModel.dag_id == dag_run.dag_id, XComModel.run_id == dag_run.run_id, XComModel.key == NOTE_KEY)
        .order_by(XComModel.timestamp.desc())
        .limit(1)
    )
    newest, note = session.scalar(said), session.get(DagRunNote, dag_run.id)
    if newest is None or (note is not None and note.user_id is not None):
        return
    if note is None:
        note = DagRunNote(content="")  # type: ignore[no-untyped-call]
        note.dag_run_id = dag_run.id
        session.add(note)
    note.content = str(XComModel.deserialize_value(newest))[:_MOST_LETTERS]


class RunNotes(AirflowPlugin):
    name = "resolution_monitor_run_notes"
    listeners = [sys.modules[__name__]]  # noqa: RUF012 (as Airflow declares it)
