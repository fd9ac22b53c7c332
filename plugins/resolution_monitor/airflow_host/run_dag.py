"""One DAG run in this process, recorded in Airflow's metadata like any other."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from resolution_monitor.errors import AirflowRunError


@dataclass(frozen=True, slots=True)
class DagRunOutcome:
    """How Airflow recorded a run, and what its tasks returned."""

    state: str
    results: dict[str, Any]


def run_dag(dags_folder: Path, dag_id: str, logical_date: datetime, parameters: dict[str, Any]) -> DagRunOutcome:
    """
    Run a DAG once for a logical date; a run of that date that exists is made again, not added to.

    Raises:
        AirflowRunError: The DAG cannot be loaded.
    """
    from airflow.dag_processing.dagbag import DagBag
    from airflow.utils.session import create_session

    bag = DagBag(dags_folder)
    dag = bag.dags.get(dag_id)
    if dag is None:
        reasons = "; ".join(bag.import_errors.values()) or "no such DAG"
        raise AirflowRunError(f"DAG {dag_id} cannot be loaded: {reasons}")
    for operator in dag.tasks:
        operator.retries = 0  # whoever waits at the terminal wants the reason now, not after the pause of a retry
    run = dag.test(logical_date=logical_date, run_conf=parameters)
    with create_session() as session:
        instances = run.get_task_instances(session=session)
        results = {ti.task_id: ti.xcom_pull(task_ids=ti.task_id, session=session) for ti in instances}
    return DagRunOutcome(state=str(run.state), results=results)
