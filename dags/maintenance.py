"""Every night: the ledger filled ahead, kept files proven whole, old logs removed."""

import os
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import CronTriggerTimetable, dag, task

from resolution_monitor import pipeline
from resolution_monitor.airflow_host.task_settings import settings_of_task


@dag(
    dag_id="maintenance",
    schedule=CronTriggerTimetable("0 2 * * *", timezone="Asia/Ho_Chi_Minh", run_immediately=timedelta(0)),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": timedelta(minutes=5)},
    tags=["operation"],
)
def maintenance() -> None:
    @task(task_id="maintenance")
    def keep() -> dict[str, Any]:
        with settings_of_task(os.environ) as settings:
            return pipeline.run_maintenance(settings, datetime.now(UTC))

    keep()


maintenance()
