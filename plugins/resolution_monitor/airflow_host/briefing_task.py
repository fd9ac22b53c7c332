"""What a task of ours does under Airflow: its stage of the road, and afterwards words for the run and its asset."""

import logging
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from airflow.sdk import Asset

from resolution_monitor import pipeline
from resolution_monitor.airflow_host.run_note import NOTE_KEY, note_of
from resolution_monitor.airflow_host.task_settings import settings_of_task
from resolution_monitor.errors import ResolutionMonitorError
from resolution_monitor.settings import Settings

log = logging.getLogger(__name__)
Result = dict[str, Any]

_OF_AN_EDITION = ("period", "edition", "pdf", "xlsx", "submissions", "findings", "figures")


def edition_asset(report: str) -> Asset:
    """What a briefing makes, for whoever waits for it: each event names period, edition and files."""
    # Without a scheme of its own: for one Airflow looks through all providers, whenever a DAG file is read.
    return Asset(name=f"edition_{report}", group="editions")


def walk(stage: str, report: str, context: Mapping[str, Any]) -> Result:
    """One stage of one report, with the clock and the environment read here, at the edge."""
    # A run begun without a logical date has none in its context at all.
    begun = context.get("logical_date") or context["dag_run"].run_after
    result = told(
        stage,
        context,
        lambda settings, now: pipeline.run_stage(stage, report, begun, context["params"], settings, now),
    )
    if "edition" in result:
        context["ti"].xcom_push(NOTE_KEY, note_of(result))
        event = context["outlet_events"][edition_asset(report)]
        event.extra = {name: result[name] for name in _OF_AN_EDITION}
    return result


def told(name: str, context: Mapping[str, Any], work: Callable[[Settings, datetime], Result]) -> Result:
    """
    Work of a task, whose error is also told to the run's note.

    Raises:
        AirflowFailException: In place of an error of ours that does not pass by itself.
    """
    with settings_of_task(os.environ) as settings:
        try:
            return work(settings, datetime.now(UTC))
        except ResolutionMonitorError as error:
            log.error("%s", error)  # before the traceback, which is Airflow's
            context["ti"].xcom_push(NOTE_KEY, f"{name}: {error}")
            raise
