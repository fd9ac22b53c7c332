"""Every night: the ledger filled ahead, kept files proven whole, missing periods noted, old logs removed."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from airflow.sdk import CronTriggerTimetable, dag, task

from resolution_monitor import pipeline
from resolution_monitor.airflow_host.briefing_task import told
from resolution_monitor.airflow_host.failures import tell_failure


@dag(
    dag_id="maintenance",
    dag_display_name="Bảo trì hằng đêm · Nightly maintenance",
    description="Ghi nghĩa vụ sắp tới, kiểm tra tệp đã lưu · The ledger filled ahead, kept files proven whole",
    doc_md=str(Path(__file__).with_suffix(".md")),
    schedule=CronTriggerTimetable("0 2 * * *", timezone="Asia/Ho_Chi_Minh", run_immediately=timedelta(0)),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": timedelta(minutes=5), "on_failure_callback": tell_failure},
    tags=["operation"],
)
def maintenance() -> None:
    @task(task_id="maintenance")
    def keep(**context: Any) -> dict[str, Any]:
        return told("maintenance", context, pipeline.run_maintenance)

    keep()


maintenance()
