"""Airflow's settings as environment variables, to be set before Airflow is imported; what an operator set stays."""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from pathlib import Path

from resolution_monitor.settings import Settings

METADATA_SETTING = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"


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
    wanted = {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(settings.root / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(settings.root / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DEFAULT_TIMEZONE": "Asia/Ho_Chi_Minh",
        "AIRFLOW__CORE__FERNET_KEY": _fernet_key(home),
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(settings.logs_folder / "airflow"),
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "RESOLUTION_MONITOR_HOME": str(settings.home),
    }
    if metadata_url:
        wanted[METADATA_SETTING] = metadata_url.replace("postgresql://", "postgresql+psycopg2://", 1)
    return {name: value for name, value in wanted.items() if name not in environment}


def _fernet_key(home: Path) -> str:
    """The installation's own key, made once."""
    secret_file = home / "secret"
    if not secret_file.exists():
        home.mkdir(parents=True, exist_ok=True)
        secret_file.touch(mode=0o600)
        secret_file.write_text(secrets.token_urlsafe(32))
    digest = hashlib.sha256(secret_file.read_bytes()).digest()
    return base64.urlsafe_b64encode(digest).decode()
