"""Every quarter of an hour while offices are open: what has arrived is kept, read and receipted.

The inbox is the setting's: a folder, an SFTP server or an object store; a server out of reach is tried again.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

from airflow.sdk import CronTriggerTimetable, dag, task

from resolution_monitor import pipeline
from resolution_monitor.airflow_host.briefing_task import told
from resolution_monitor.airflow_host.failures import tell_failure


@dag(
    dag_id="collect_submissions",
    dag_display_name="Thu nhận báo cáo · Collect submissions",
    description="15 phút một lần trong giờ làm việc · Every 15 minutes while offices are open",
    doc_md=str(Path(__file__).with_suffix(".md")),
    schedule=CronTriggerTimetable("*/15 7-18 * * 1-6", timezone="Asia/Ho_Chi_Minh", run_immediately=timedelta(0)),
    catchup=False,
    max_active_runs=1,
    default_args={
        "retries": 1,
        "retry_delay": timedelta(minutes=5),
        "on_failure_callback": tell_failure,
        # A collection of a whole day's files takes minutes; one that hangs would keep all that follow waiting.
        "execution_timeout": timedelta(hours=1),
    },
    tags=["operation"],
)
def collect_submissions() -> None:
    @task(task_id="collect_and_read")
    def collect_and_read(**context: Any) -> dict[str, Any]:
        return told("collect_and_read", context, pipeline.run_arrivals)

    collect_and_read()


collect_submissions()
