"""./monitor up: Airflow and the operators' pages on 127.0.0.1, until stopped."""

import os

import typer

from resolution_monitor.settings import of_installation


def up() -> None:
    """
    Serve an installation on 127.0.0.1 until stopped.

    Airflow's services, with the embedded database where DATABASE_URL names none. State
    in var/live; DEMO=1 serves var/demo; RESOLUTION_MONITOR_PORT names another port than 8080.
    """
    from resolution_monitor.airflow_host.launcher import serve
    from resolution_monitor.airflow_host.readiness import require_ready

    settings = of_installation(os.environ)
    require_ready(settings)
    code = serve(settings, os.environ)
    if code:
        raise typer.Exit(code)
