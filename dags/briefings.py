"""One DAG per report: collect, normalise, score, brief. The logical date is the tick of the briefing day."""

import os
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import DAG, CronTriggerTimetable, Param, chain, dag, task

from resolution_monitor import pipeline
from resolution_monitor.airflow_host.task_settings import settings_of_task


def _run(stage: str, report: str, context: dict[str, Any]) -> dict[str, Any]:
    """One stage of one report, with the clock and the environment read here, at the edge."""
    asked = {name: context["params"][name] for name in ("period", "inbox", "clock", "full", "language")}
    with settings_of_task(os.environ) as settings:
        return pipeline.run_stage(stage, report, context["logical_date"], asked, settings, datetime.now(UTC))


def _briefing(report: str, cron: str) -> DAG:
    params = {name: Param(None, type=["null", "string"]) for name in ("period", "inbox", "clock", "language")}
    params["full"] = Param(False, type="boolean")

    @dag(
        dag_id=f"briefing_{report}",
        # With a delta of nothing, and no start date, Airflow waits for the next tick; else it takes one that passed
        # within a tenth of the interval (36 days of a year), on an inbox that is still empty.
        schedule=CronTriggerTimetable(cron, timezone="Asia/Ho_Chi_Minh", run_immediately=timedelta(0)),
        catchup=False,
        max_active_runs=1,
        params=params,
        default_args={"retries": 2, "retry_delay": timedelta(minutes=5)},
        tags=["briefing"],
    )
    def briefing() -> None:
        def stage(name: str) -> Any:
            return task(task_id=name)(lambda **context: _run(name, report, context))()

        chain(*map(stage, pipeline.STAGE_NAMES))

    return briefing()


for _report, _cron in pipeline.schedules(os.environ).items():
    globals()[f"briefing_{_report}"] = _briefing(_report, _cron)
