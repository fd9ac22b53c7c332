"""./monitor airflow ...: Airflow's own command line for an installation."""

import os

import typer

from resolution_monitor.settings import of_installation


def airflow_command(context: typer.Context) -> None:
    """
    Run Airflow's own command line on an installation.

    For example: ./monitor airflow backfill create --help. State as for up; no command of ours comes between.
    """
    from resolution_monitor.airflow_host.pass_through import run_airflow

    code = run_airflow(of_installation(os.environ), os.environ, context.args)
    if code:
        raise typer.Exit(code)
