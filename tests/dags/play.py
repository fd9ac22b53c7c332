"""Runs DAGs in this process as an operator might begin them, and prints what Airflow recorded; a process of its own."""

import json
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from resolution_monitor.airflow_host.environment import airflow_environment
from resolution_monitor.settings import from_environment


def at_the_terminal(folder: Path) -> Iterator[list[object]]:
    """Runs of ./monitor run for one tick, as recorded: made twice, and once more when the record is a backfill's."""
    from airflow.models.dagrun import DagRun
    from airflow.utils.session import create_session
    from airflow.utils.types import DagRunTriggeredByType

    from resolution_monitor.airflow_host.run_dag import AskedRun, run_dag

    tick = datetime(2035, 8, 1, tzinfo=UTC)
    for count in range(3):
        asked = AskedRun("briefing_state_budget", "2033", tick, datetime.now(UTC), {"period": "2033"})
        run_dag(folder, asked)
        with create_session() as session:
            run = session.scalars(
                select(DagRun).where(DagRun.dag_id == asked.dag_id, DagRun.logical_date == tick)
            ).one()
            if count == 1:
                run.triggered_by = DagRunTriggeredByType.BACKFILL
    with create_session() as session:
        for run in session.scalars(select(DagRun).where(DagRun.run_id.like("ky%")).order_by(DagRun.id)):
            seconds = (run.end_date - run.start_date).total_seconds()
            yield [run.run_id, run.logical_date == tick, run.triggered_by.value, 0 < seconds < 600]


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
    told["at the terminal"] = list(at_the_terminal(folder))
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
