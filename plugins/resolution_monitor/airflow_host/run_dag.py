"""One DAG run in this process, recorded in Airflow's metadata like any other."""

import contextlib
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from resolution_monitor.errors import AirflowRunError

# Of the runs that this module makes; those of people, backfills and the schedule are Airflow's record, and stay.
_OURS = "test"


@dataclass(frozen=True, slots=True)
class DagRunOutcome:
    """How Airflow recorded a run, and what its tasks returned."""

    state: str
    results: dict[str, Any]


@dataclass(frozen=True, slots=True)
class AskedRun:
    """
    A run that is asked for.

    Attributes:
        period: Stands in its run id.
        tick: Its logical date, where no run of others holds that.
        now: When it begins.
        parameters: As the form would fill them in.
    """

    dag_id: str
    period: str
    tick: datetime
    now: datetime
    parameters: dict[str, Any]


def run_dag(dags_folder: Path, asked: AskedRun) -> DagRunOutcome:
    """
    Run a DAG once for a period; an earlier run of ours for it is made again, not added to.

    Where the schedule, a backfill or a person made a run of that tick, its record stays: ours then bears the moment it
    begins as its date.

    Raises:
        AirflowRunError: The DAG cannot be loaded.
    """
    from airflow.dag_processing.dagbag import DagBag
    from airflow.utils.session import create_session

    bag = DagBag(dags_folder)
    dag = bag.dags.get(asked.dag_id)
    if dag is None:
        reasons = "; ".join(bag.import_errors.values()) or "no such DAG"
        raise AirflowRunError(f"DAG {asked.dag_id} cannot be loaded: {reasons}")
    for operator in dag.tasks:
        # Whoever waits at the terminal wants the reason now, not after the pause of a retry nor in a mail.
        operator.retries, operator.on_failure_callback = 0, []
        # Airflow's task runner takes SIGTERM for itself, in this process, and asks the task to end: ours ends the run.
        operator.on_kill = _on_sigterm(signal.getsignal(signal.SIGTERM))  # type: ignore[method-assign, union-attr]
    run_id, date = _free_name(asked)
    with _recorded_as(run_id, asked.now):
        run = dag.test(logical_date=date, run_conf=asked.parameters)
    with create_session() as session:
        instances = run.get_task_instances(session=session)
        results = {ti.task_id: ti.xcom_pull(task_ids=ti.task_id, session=session) for ti in instances}
    return DagRunOutcome(state=str(run.state), results=results)


def _on_sigterm(listener: Any) -> Callable[[], None]:
    """What whoever called us does when asked to end; nothing where nobody listens."""
    return partial(listener, signal.SIGTERM, None) if callable(listener) else lambda: None


def _free_name(asked: AskedRun) -> tuple[str, datetime]:
    """Run id and logical date under which nothing of others is replaced."""
    from airflow.models.dagrun import DagRun

    run_id = f"ky__{asked.period}"
    named: tuple[dict[str, Any], ...] = ({"logical_date": asked.tick}, {"run_id": run_id})
    taken = [run for names in named for run in DagRun.find(dag_id=asked.dag_id, **names)]
    ours = [run for run in taken if run.triggered_by is not None and run.triggered_by.value == _OURS]
    is_free = taken == [run for run in ours if run.logical_date == asked.tick]
    return (run_id, asked.tick) if is_free else (f"{run_id}__{asked.now:%Y%m%dT%H%M%S.%f}", asked.now)


@contextlib.contextmanager
def _recorded_as(run_id: str, began_at: datetime) -> Iterator[None]:
    """
    Give a run its name and its begin.

    `DAG.test` names a run by its date and has it begin then: a run for a tick of the past month lasted 19 days.
    """
    from airflow.models import dagrun

    theirs = dagrun.get_or_create_dagrun

    def create(**given: Any) -> Any:
        return theirs(**{**given, "run_id": run_id, "start_date": began_at, "run_after": began_at})

    with patch.object(dagrun, "get_or_create_dagrun", create):
        yield
