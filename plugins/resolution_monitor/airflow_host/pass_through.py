"""Airflow's own command line, with the settings and the database of an installation."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence

from resolution_monitor.airflow_host.environment import needs_embedded_metadata, services_environment
from resolution_monitor.settings import Settings
from resolution_monitor.store import embedded
from resolution_monitor.store.embedded_airflow import airflow_url


@contextlib.contextmanager
def installation_environment(settings: Settings, environment: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """
    The environment in which Airflow finds the installation; the embedded server runs as long as the caller is inside.

    Raises:
        DatabaseError: The embedded server does not start.
        StorageError: The state folder cannot be written.
    """
    with contextlib.ExitStack() as stack:
        metadata_url = None
        if needs_embedded_metadata(environment):
            place = stack.enter_context(embedded.serving(settings.home))
            metadata_url = airflow_url(place)
        yield {**environment, **services_environment(settings, environment, metadata_url)}


def run_airflow(settings: Settings, environment: Mapping[str, str], arguments: Sequence[str]) -> int:
    """
    Run one command of Airflow's in the foreground.

    Returns:
        Its exit code; not at all where no server has to be kept up meanwhile: Airflow then takes our place, and a
        service manager's signals go to it.
    """
    command = [sys.executable, "-m", "airflow", *arguments]
    if not needs_embedded_metadata(environment):
        own = {**environment, **services_environment(settings, environment, None)}
        os.execve(sys.executable, command, own)  # noqa: S606 - our own interpreter, no shell wanted
    with installation_environment(settings, environment) as own:
        return subprocess.run(command, env=own, check=False).returncode
