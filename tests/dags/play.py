"""Runs DAGs in this process as an operator might begin them, and prints what Airflow recorded; a process of its own."""

import json
import os
import sys
from datetime import datetime

from sqlalchemy import select

from resolution_monitor.airflow_host.environment import airflow_environment
from resolution_monitor.settings import from_environment


def main() -> None:
    settings = from_environment(os.environ)
    os.environ.update(airflow_environment(settings, os.environ, None))
    from airflow.dag_processing.dagbag import DagBag
    from airflow.models.asset import AssetEvent
    from airflow.models.dagrun import DagRunNote
    from airflow.utils.session import create_session

    from resolution_monitor.airflow_host.metadata import migrate_metadata

    migrate_metadata()
    folder, told = settings.root / "dags", {}
    for name, (dag_id, date, conf) in json.loads(sys.stdin.read()).items():
        dag = DagBag(folder).dags[dag_id]  # anew: what one run names in the form stays in the DAG's parameters
        run = dag.test(logical_date=date and datetime.fromisoformat(date), run_conf=conf)
        with create_session() as session:
            tasks = run.get_task_instances(session=session)
            note = session.scalar(select(DagRunNote.content).where(DagRunNote.dag_run_id == run.id))
            told[name] = {
                "state": str(run.state),
                "note": note,
                "tries": {ti.task_id: [str(ti.state), ti.try_number] for ti in tasks},
                "results": {ti.task_id: ti.xcom_pull(task_ids=ti.task_id, session=session) for ti in tasks},
                "events": [
                    event.extra
                    for event in session.scalars(select(AssetEvent).where(AssetEvent.source_run_id == run.run_id))
                ],
            }
    told["dags"] = {
        dag_id: {
            "title": dag.dag_display_name,
            "doc": dag.doc_md,
            "description": dag.description,
            "params": {key: dag.params.get_param(key).schema for key in dag.params},
        }
        for dag_id, dag in DagBag(folder).dags.items()
    }
    sys.stdout.write("TOLD" + json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
