"""./monitor account: accounts of the operators' pages."""

import os
import secrets
from typing import Annotated

import typer
from rich.console import Console

from resolution_monitor.errors import SettingsError
from resolution_monitor.settings import of_installation

account = typer.Typer(
    add_completion=False, no_args_is_help=True, rich_markup_mode=None, help="Accounts of the operators' pages."
)


@account.callback()
def accounts() -> None:
    """Accounts of the operators' pages; others are made with ./monitor airflow users create."""


@account.command()
def reset_password(user: Annotated[str, typer.Option(help="Whose.")] = "admin") -> None:
    """
    Give an account a new password.

    It is made by chance, shown once and kept nowhere; the account's open sessions end. State as for up.
    """
    from resolution_monitor.airflow_host.answers import ask_airflow
    from resolution_monitor.airflow_host.pass_through import installation_environment

    settings = of_installation(os.environ)
    password = secrets.token_urlsafe(12)
    request = {"question": "reset_password", "purpose": "reset the password", "user": user, "password": password}
    with installation_environment(settings, os.environ) as environment:
        answer = ask_airflow(request, environment, settings.logs_folder / "prepare.log")
    if not answer["found"]:
        there_are = ", ".join(answer["users"]) or "none; make up makes the first"
        raise SettingsError(f"there is no account {user!r}; there are: {there_are}")
    Console(highlight=False).print(f"account: {user}   password: {password}", markup=False)
