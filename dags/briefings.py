"""One DAG per report: collect, normalise, score, brief. The logical date is the tick of the briefing day."""

import os
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import DAG, CronTriggerTimetable, Param, dag, task

from resolution_monitor import pipeline
from resolution_monitor.airflow_host.retrying import no_vain_retries


def _run(stage: str, report: str, context: dict[str, Any]) -> dict[str, Any]:
    """One stage of one report, with the clock and the environment read here, at the edge."""
    asked = {name: context["params"][name] for name in ("period", "inbox", "clock", "full")}
    with no_vain_retries():
        return pipeline.run_stage(stage, report, context["logical_date"], asked, os.environ, datetime.now(UTC))


def _briefing(report: str, cron: str) -> DAG:
    params = {name: Param(None, type=["null", "string"]) for name in ("period", "inbox", "clock")}
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
        previous = None
        for name in pipeline.STAGES:
            stage = task(task_id=name)(lambda _name=name, **context: _run(_name, report, context))()
            if previous is not None:
                previous >> stage
            previous = stage

    return briefing()


for _report, _cron in pipeline.schedules(os.environ).items():
    globals()[f"briefing_{_report}"] = _briefing(_report, _cron)
