"""One DAG per report: collect, normalise, score, brief. The logical date is the tick of the briefing day."""

import os
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import DAG, CronTriggerTimetable, Param, dag, task

from resolution_monitor import pipeline
from resolution_monitor.airflow_host.retrying import no_vain_retries


def _run(stage: str, report: str, context: dict[str, Any]) -> dict[str, Any]:
    """One stage of one report, with the clock and the environment read here, at the edge."""
    asked = {name: context["params"][name] for name in ("period", "inbox", "clock", "full", "language")}
    with no_vain_retries():
        return pipeline.run_stage(stage, report, context["logical_date"], asked, os.environ, datetime.now(UTC))


def _briefing(report: str, cron: str) -> DAG:
    params = {name: Param(None, type=["null", "string"]) for name in ("period", "inbox", "clock", "language")}
    params["full"] = Param(False, type="boolean")

    @dag(
        dag_id=f"briefing_{report}",
        # No start date: with one, Airflow begins with the tick that is past, on an inbox that is still empty.
        schedule=CronTriggerTimetable(cron, timezone="Asia/Ho_Chi_Minh"),
        catchup=False,
        max_active_runs=1,
        params=params,
        default_args={"retries": 2, "retry_delay": timedelta(minutes=5)},
        tags=["briefing"],
    )
    def briefing() -> None:
        previous = None
        for name in pipeline.STAGES:
            stage = task(task_id=name)(lambda _name=name, **context: _run(_name, report, context))()
            if previous is not None:
                previous >> stage
            previous = stage

    return briefing()


for _report, _cron in pipeline.schedules(os.environ).items():
    globals()[f"briefing_{_report}"] = _briefing(_report, _cron)
