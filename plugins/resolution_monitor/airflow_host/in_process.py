"""Runs of a report inside this process: servers up, metadata ready, one DAG run a period."""

import contextlib
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from resolution_monitor.addresses import ROOTS
from resolution_monitor.airflow_host.environment import airflow_environment, needs_embedded_metadata
from resolution_monitor.errors import AirflowRunError, ResolutionMonitorError
from resolution_monitor.period import Period, ReportCalendar, tick_of_period
from resolution_monitor.pipeline import prepare
from resolution_monitor.settings import Settings
from resolution_monitor.store import embedded
from resolution_monitor.store.connect import database
from resolution_monitor.store.driver_errors import errors_as_ours
from resolution_monitor.store.embedded_airflow import airflow_url
from resolution_monitor.store.locks import exclusive
from resolution_monitor.wording import VIETNAMESE

Step = Callable[[str], AbstractContextManager[None]]


@contextlib.contextmanager
def ready_for_runs(settings: Settings, what: str, now: datetime, step: Step) -> Iterator[None]:
    """
    Both databases up and migrated, and these runs ours alone, for as long as the caller is inside.

    Args:
        what: The report, or whatever else only one process may run at a time.
        step: Shows a line while its work is under way.

    Raises:
        BusyError: Another process runs it.
    """
    with contextlib.ExitStack() as stack:
        with step("database"):
            metadata_url = None
            if settings.database_url is None or needs_embedded_metadata(os.environ):
                place = stack.enter_context(embedded.serving(settings.home))
                metadata_url = airflow_url(place)
            if not needs_embedded_metadata(os.environ):
                metadata_url = None
            opened = stack.enter_context(database(settings))
            prepare(settings, now)
            stack.enter_context(exclusive(opened, f"the run of {what}"))
        with step("Airflow and its metadata"):
            os.environ.update(airflow_environment(settings, os.environ, metadata_url))
            # Imported only now: Airflow reads its settings when it is imported.
            from resolution_monitor.airflow_host.metadata import leave_metadata, migrate_metadata

            with errors_as_ours(was_there=True):
                migrate_metadata()
            stack.callback(leave_metadata)  # before the server stops
        yield


def run_period(
    settings: Settings,
    calendar: ReportCalendar,
    period: Period,
    inbox: Path | str | None,
    log_file: Path,
    *,
    is_demonstration: bool = False,
    is_whole: bool = False,
    language: str = VIETNAMESE,
) -> dict[str, Any]:
    """
    One DAG run for a period, at the period's own tick.

    Args:
        inbox: None is the one of the settings, or the demonstration's own.
        is_demonstration: Take the tick for now, so that what arrives later has not arrived yet.
        is_whole: Score everybody, though only some reports changed.
        language: Of the edition.

    Returns:
        Stage -> what it returned.

    Raises:
        ResolutionMonitorError: The error of ours that ended a stage.
        AirflowRunError: Airflow ended the run otherwise than as success.
    """
    from resolution_monitor.airflow_host.run_dag import AskedRun, run_dag

    witness = _ErrorWitness()
    logger = logging.getLogger("resolution_monitor")
    logger.addHandler(witness)
    try:
        tick = tick_of_period(calendar, period)
        parameters: dict[str, Any] = {"period": period.name, "full": is_whole, "language": language}
        parameters |= {"inbox": str(inbox)} if inbox else {}
        # Whoever sits at the keyboard may name any folder; the tasks below run in this process.
        os.environ[ROOTS] = ";".join(map(str, filter(None, (os.environ.get(ROOTS), inbox))))
        parameters |= {"clock": tick.isoformat()} if is_demonstration else {}
        with errors_as_ours(was_there=True):
            asked = AskedRun(f"briefing_{calendar.report}", period.name, tick, datetime.now(UTC), parameters)
            outcome = run_dag(settings.root / "dags", asked)
    finally:
        logger.removeHandler(witness)
    if witness.error:
        raise witness.error
    if outcome.state != "success":
        raise AirflowRunError(f"Airflow ended the run of period {period.name} as {outcome.state}; see {log_file}")
    return outcome.results


class _ErrorWitness(logging.Handler):
    """Remembers the error of ours that ended a stage: Airflow itself only records that a task failed."""

    def __init__(self) -> None:
        super().__init__(level=logging.ERROR)
        self.error: ResolutionMonitorError | None = None

    def emit(self, record: logging.LogRecord) -> None:
        error = getattr(record, "error", None)
        if isinstance(error, ResolutionMonitorError):
            self.error = error
