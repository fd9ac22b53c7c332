"""Airflow's settings as environment variables, to be set before Airflow is imported; what an operator set stays."""

import os
from collections.abc import Mapping

from resolution_monitor.airflow_host.installation_secret import derived_key, fernet_key, installation_secret
from resolution_monitor.settings import PROJECT_ROOT, Settings

# Who is told by mail that a task failed for good; several addresses with commas.
ALERTS_TO = "RESOLUTION_MONITOR_ALERTS_TO"
METADATA_SETTING = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"

_PATIENCE = {
    # A DAG file that takes longer becomes an error, its DAG is switched off and its tasks fail; on a loaded machine
    # ours passed Airflow's own 30 seconds. Its process gets longer, so that the error names the file.
    "AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT": "180",
    "AIRFLOW__DAG_PROCESSOR__DAG_FILE_PROCESSOR_TIMEOUT": "240",
    # A task that begins while the api-server starts, or starts again, asks on for some minutes; with Airflow's own
    # five attempts it fails, and a try is gone.
    "AIRFLOW__WORKERS__EXECUTION_API_RETRIES": "30",
    "AIRFLOW__WORKERS__EXECUTION_API_RETRY_WAIT_MAX": "15",
}


def needs_embedded_metadata(environment: Mapping[str, str]) -> bool:
    """Whether Airflow's metadata must live in the embedded server, because the operator named no other."""
    return not environment.get(METADATA_SETTING)


def airflow_environment(settings: Settings, environment: Mapping[str, str], metadata_url: str | None) -> dict[str, str]:
    """
    What to add to the environment.

    Args:
        metadata_url: Address of the embedded metadata database; None when the operator names one.
    """
    home = settings.home / "airflow"
    wanted = _PATIENCE | {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(settings.root / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(settings.root / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        # A DAG keeps its schedule from its first sight on, even if that was a run at the terminal.
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__DEFAULT_TIMEZONE": "Asia/Ho_Chi_Minh",
        "AIRFLOW__CORE__FERNET_KEY": fernet_key(installation_secret(home)),
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(settings.logs_folder / "airflow"),
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "RESOLUTION_MONITOR_HOME": str(settings.home),
    }
    if metadata_url:
        wanted[METADATA_SETTING] = metadata_url.replace("postgresql://", "postgresql+psycopg2://", 1)
    return {name: value for name, value in wanted.items() if name not in environment}


def services_environment(
    settings: Settings, environment: Mapping[str, str], metadata_url: str | None
) -> dict[str, str]:
    """
    What to add to the environment of Airflow's services, and of its command line where they are served.

    Args:
        metadata_url: As for airflow_environment.
    """
    secret = installation_secret(settings.home / "airflow")
    wanted = {
        "AIRFLOW__CORE__AUTH_MANAGER": "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        # Workers are forked at once and wait; a stage uses more than one core by itself.
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{address(settings.port)}/execution/",
        "AIRFLOW__API_AUTH__JWT_SECRET": derived_key(secret, "api_auth.jwt_secret"),
        "AIRFLOW__API__SECRET_KEY": derived_key(secret, "api.secret_key"),
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(settings.port),
        # Links in mails lead there.
        "AIRFLOW__API__BASE_URL": address(settings.port),
        "AIRFLOW__API__INSTANCE_NAME": "Resolution Monitor",
        # New files are seen within half a minute; Airflow's own default takes five.
        "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "30",
    }
    own = {name: value for name, value in wanted.items() if name not in environment}
    # Tasks ask the api-server over HTTP: a proxy of the house must not come between.
    direct = {name: _first("127.0.0.1,localhost", environment.get(name, ""), ",") for name in ("NO_PROXY", "no_proxy")}
    settled = {
        "RESOLUTION_MONITOR_HOME": str(settings.home),
        "RESOLUTION_MONITOR_PORT": str(settings.port),
        "PYTHONPATH": _first(str(PROJECT_ROOT / "plugins"), environment.get("PYTHONPATH", ""), os.pathsep),
    }
    return airflow_environment(settings, environment, metadata_url) | own | direct | settled


def _first(own: str, given: str, separator: str) -> str:
    """Ours before what was given, which stays as it is."""
    return own if not given else given if given.startswith(own) else separator.join((own, given))


def address(port: int) -> str:
    """Where the services answer."""
    return f"http://127.0.0.1:{port}"
