"""One DAG per report: collect, normalise, score, brief. The logical date is the tick of the briefing day."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from airflow.sdk import DAG, CronTriggerTimetable, chain, dag, task

from resolution_monitor import pipeline
from resolution_monitor.airflow_host.briefing_form import form_of, title_of
from resolution_monitor.airflow_host.briefing_task import edition_asset, walk
from resolution_monitor.airflow_host.failures import tell_failure
from resolution_monitor.period import ReportCalendar
from resolution_monitor.settings import from_environment


def _briefing(calendar: ReportCalendar) -> DAG:
    @dag(
        dag_id=f"briefing_{calendar.report}",
        dag_display_name=title_of(calendar),
        description="Thu nhận, đọc, chấm điểm, lập báo cáo · Collect, read, score, brief",
        doc_md=str(Path(__file__).with_suffix(".md")),
        # With a delta of nothing, and no start date, Airflow waits for the next tick; else it takes one that passed
        # within a tenth of the interval (36 days of a year), on an inbox that is still empty.
        schedule=CronTriggerTimetable(calendar.cron, timezone="Asia/Ho_Chi_Minh", run_immediately=timedelta(0)),
        catchup=False,
        max_active_runs=1,
        params=form_of(calendar, from_environment(os.environ)),
        default_args={"retries": 2, "retry_delay": timedelta(minutes=5), "on_failure_callback": tell_failure},
        tags=["briefing"],
    )
    def briefing() -> None:
        def stage(name: str) -> Any:
            made = [edition_asset(calendar.report)] if name == pipeline.STAGE_NAMES[-1] else []
            return task(task_id=name, outlets=made)(lambda **context: walk(name, calendar.report, context))()

        chain(*map(stage, pipeline.STAGE_NAMES))

    return briefing()


for _report, _calendar in pipeline.schedules(os.environ).items():
    globals()[f"briefing_{_report}"] = _briefing(_calendar)
