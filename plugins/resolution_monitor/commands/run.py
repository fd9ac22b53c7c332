"""./monitor run: periods through Airflow, in this process, from the inbox to PDF and Excel."""

import os
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from resolution_monitor import pipeline
from resolution_monitor.commands.progress import Progress
from resolution_monitor.errors import InboxError
from resolution_monitor.period import parse_period, require_due
from resolution_monitor.settings import checked_address, from_environment, is_local, local_path
from resolution_monitor.wording import VIETNAMESE


def run(
    period: Annotated[list[str], typer.Option(help="Period, such as 2013; may be given several times.")],
    inbox: Annotated[
        str | None,
        typer.Option(help="Folder or URL of arriving files, one folder a sender. Default: inbox/ of the state."),
    ] = None,
    report: Annotated[str, typer.Option(help="Which report.")] = "state_budget",
    language: Annotated[str, typer.Option(help="Language of the edition, such as en.")] = VIETNAMESE,
    full: Annotated[bool, typer.Option("--full", help="Score every body, also those without news.")] = False,
) -> None:
    """
    Take periods from the inbox to PDF and Excel.

    Collect, normalise, score, brief: one Airflow run a period, in this process.

    Running again is always safe: the same input gives the same rows and the same bytes.
    """
    from resolution_monitor.airflow_host.in_process import ready_for_runs, run_period
    from resolution_monitor.airflow_host.readiness import require_ready

    settings = from_environment(os.environ)
    now = datetime.now(UTC)
    calendar = pipeline.calendar_of(settings, report)
    pipeline.require_written(settings, report, language)
    periods = [parse_period(name) for name in period]
    for one in periods:
        pipeline.require_report_of(settings, calendar, one)
        require_due(calendar, one, now)
    place = checked_address(inbox, "--inbox") if inbox else None
    if place and is_local(place) and not local_path(place).is_dir():
        raise InboxError(f"the inbox {place} does not exist; name a folder with --inbox")
    require_ready(settings)
    progress = Progress(settings.logs_folder / "run.log")
    progress.say(f"Resolution Monitor: {report}; state in {settings.home}")
    results = {}
    with progress.others_to_log(), ready_for_runs(settings, report, now, progress.step):
        for one in periods:
            progress.say(f"period {one.name}")
            progress.wait("Airflow starts the run")
            results[one.name] = run_period(
                settings, calendar, one, place, progress.log_file, is_whole=full, language=language
            )
    _say_files(progress, results)


def _say_files(progress: Progress, results: dict[str, dict[str, Any]]) -> None:
    progress.say("Open:")
    for name, result in results.items():
        brief = result["brief"]
        progress.say(f"  {brief['pdf']}")
        progress.say(f"  {brief['xlsx']}")
        progress.say(f"  {brief['findings']} findings: ./monitor findings --period {name}")
