"""./monitor demonstrate: six months of made-up reports through every stage, each at its own tick."""

import os
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from resolution_monitor import pipeline
from resolution_monitor.commands.progress import Progress
from resolution_monitor.period import (
    Period,
    ReportCalendar,
    parse_period,
    period_begun,
    periods_between,
    shifted,
    tick_of_period,
)
from resolution_monitor.settings import Settings, from_environment

MONTHLY, WEEKLY, DAILY = "resolutions_month", "weekly_progress", "bulletin_day"


def demonstrate(
    first: Annotated[str, typer.Option("--from", help="First month.")] = "2026-05",
    last: Annotated[str, typer.Option("--to", help="Last month.")] = "2026-10",
    seed: Annotated[int, typer.Option(min=0, help="The same seed makes the same reports.")] = 1,
) -> None:
    """
    Make up the reports of every body and take them from the inbox to PDF and Excel.

    Each briefing is made at its own tick: what arrives later has not arrived yet.

    Everything is marked DỮ LIỆU MINH HỌA. Running again is always safe.
    """
    from resolution_monitor.airflow_host.in_process import ready_for_runs
    from resolution_monitor.airflow_host.readiness import require_ready
    from resolution_monitor.pipeline.sample import write_sample

    settings = from_environment(os.environ)
    months = parse_period(first), parse_period(last)
    folder = settings.demonstration_manifest.parent
    require_ready(settings)
    pipeline.require_no_installation(settings)
    may_begin = partial(pipeline.require_time_to_run_forwards, settings)
    progress = Progress(settings.logs_folder / "demonstration.log")
    progress.say(f"Resolution Monitor: demonstration {first} to {last}, seed {seed}; state in {settings.home}")
    with progress.others_to_log():
        with progress.step("made-up reports"):
            manifest = write_sample(settings, *months, seed=seed, folder=folder, may_begin=may_begin)
        with ready_for_runs(settings, "the demonstration", manifest.begins_at, progress.step):
            pipeline.call_demonstration(settings)
            results = [
                _walk(settings, progress, *run, settings.demonstration_inbox) for run in _runs(settings, *months)
            ]
    _say_files(progress, results[-3:])


def _runs(settings: Settings, first: Period, last: Period) -> list[tuple[ReportCalendar, Period]]:
    """A briefing for every month, the last week that begins in them and the last day but one, in the order of ticks."""
    monthly, weekly, daily = (pipeline.calendar_of(settings, name) for name in (MONTHLY, WEEKLY, DAILY))
    runs = [(monthly, month) for month in periods_between(first.kind, first.start, last.end)]
    last_day = periods_between(daily.period_kind, last.end, last.end)[-1]
    runs.append((daily, shifted(last_day, -1)))
    runs.append((weekly, period_begun(weekly.period_kind, last.end)))
    return sorted(runs, key=lambda run: tick_of_period(*run))


def _walk(
    settings: Settings, progress: Progress, calendar: ReportCalendar, period: Period, inbox: Path
) -> tuple[str, dict[str, Any]]:
    from resolution_monitor.airflow_host.in_process import run_period

    progress.say(f"{calendar.report} {period.name}")
    progress.wait("Airflow starts the run")
    result = run_period(settings, calendar, period, inbox, progress.log_file, is_demonstration=True)
    if calendar.report == MONTHLY:
        pipeline.verify_told_documents(settings, period, tick_of_period(calendar, period))
    return period.name, result["brief"]


def _say_files(progress: Progress, results: list[tuple[str, dict[str, Any]]]) -> None:
    progress.say("Open:")
    for name, brief in results:
        progress.say(f"  {brief['pdf']}")
        progress.say(f"  {brief['xlsx']}")
        progress.say(f"  {brief['findings']} findings: ./monitor findings --period {name}")
