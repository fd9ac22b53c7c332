"""What a task works with: the settings, with the secrets that Airflow keeps for the inbox in one of its connections."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from airflow.sdk import Connection
from airflow.sdk.exceptions import AirflowNotFoundException

from resolution_monitor.airflow_host.retrying import no_vain_retries
from resolution_monitor.errors import SettingsError
from resolution_monitor.settings import CONNECTION, Settings, from_environment, is_local

# What paramiko and s3fs call a connection's login and password; of SFTP the login stands in the URL.
_NAMES = {"sftp": {"password": "password"}, "s3": {"login": "key", "password": "secret"}}


@contextlib.contextmanager
def settings_of_task(environment: Mapping[str, str]) -> Iterator[Settings]:
    """
    The settings for as long as a task works; its errors are told as Airflow understands them.

    Raises:
        AirflowFailException: In place of an error of ours that does not pass by itself.
    """
    with no_vain_retries():
        settings = from_environment(environment)
        # Whoever starts a run by form or API sits anywhere: without a root named, no other inbox is read.
        settings = replace(settings, inbox_roots=settings.inbox_roots or ())
        yield _with_secrets(settings, settings.inbox_connection) if settings.inbox_connection else settings


def _with_secrets(settings: Settings, conn_id: str) -> Settings:
    """
    The settings, knowing what the inbox's server wants to know from an Airflow connection.

    Raises:
        SettingsError: There is no such connection, it is another server's, or the inbox needs none.
    """
    if is_local(settings.inbox_address):
        raise SettingsError(f"{CONNECTION} names {conn_id!r}, and the inbox is a folder; unset it, or name the server")
    try:
        connection = Connection.get(conn_id)
    except AirflowNotFoundException as error:
        raise SettingsError(
            f"Airflow has no connection {conn_id!r}, which {CONNECTION} names; "
            f"./monitor airflow connections add {conn_id} makes it"
        ) from error
    address = urlsplit(settings.inbox_address)
    if connection.host and connection.host != address.hostname:
        raise SettingsError(
            f"connection {conn_id!r} is for {connection.host}, and the inbox lies on {address.hostname}; its password "
            f"is sent to nobody else: correct the connection or {CONNECTION}"
        )
    server = f"{address.scheme}://{address.netloc}"
    return replace(settings, channel_options={**settings.channel_options, server: _options(connection, address.scheme)})


def _options(connection: Any, scheme: str) -> dict[str, Any]:
    """What stands in the options file for others: the extra as it is, login and password by their names there."""
    named = {name: getattr(connection, field) for field, name in _NAMES[scheme].items()}
    return {**connection.extra_dejson, **{name: value for name, value in named.items() if value}}
