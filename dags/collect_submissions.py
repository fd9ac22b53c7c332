"""Every quarter of an hour while offices are open: what has arrived is kept, read and receipted.

The inbox is the setting's: a folder, an SFTP server or an object store; a server out of reach is tried again.
"""

import os
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import CronTriggerTimetable, dag, task

from resolution_monitor import pipeline
from resolution_monitor.airflow_host.task_settings import settings_of_task


@dag(
    dag_id="collect_submissions",
    schedule=CronTriggerTimetable("*/15 7-18 * * 1-6", timezone="Asia/Ho_Chi_Minh", run_immediately=timedelta(0)),
    catchup=False,
    max_active_runs=1,
    default_args={
        "retries": 1,
        "retry_delay": timedelta(minutes=5),
        # A collection of a whole day's files takes minutes; one that hangs would keep all that follow waiting.
        "execution_timeout": timedelta(hours=1),
    },
    tags=["operation"],
)
def collect_submissions() -> None:
    @task(task_id="collect_and_read")
    def collect_and_read() -> dict[str, Any]:
        with settings_of_task(os.environ) as settings:
            return pipeline.run_arrivals(settings, datetime.now(UTC))

    collect_and_read()


collect_submissions()
