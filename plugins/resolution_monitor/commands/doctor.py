"""./monitor doctor: what is wrong with an installation, in sentences."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from resolution_monitor.errors import DOCTOR_FOUND_PROBLEMS
from resolution_monitor.settings import Settings, of_installation

if TYPE_CHECKING:
    from resolution_monitor.ask.installation import Verdict


class Form(StrEnum):
    """How the verdicts are written."""

    TEXT = "text"
    JSON = "json"


def doctor(form: Annotated[Form, typer.Option("--format", help="How to write it.")] = Form.TEXT) -> None:
    """
    Tell what is wrong with an installation, and what to do.

    One line a check: machine, packages, fonts, port, sandbox, databases, DAGs, schedule. Changes nothing. Ends with 60
    when there is something to mend. State as for up.
    """
    settings = of_installation(os.environ)
    console = Console(highlight=False, soft_wrap=True)
    verdicts = []
    for verdict in _examined(settings):
        verdicts.append(verdict)
        if form is Form.TEXT:
            console.print(_line(verdict), markup=False, style=None if verdict.is_ok else "bold")
    if form is Form.JSON:
        console.file.write(json.dumps([asdict(verdict) for verdict in verdicts], ensure_ascii=False, indent=1) + "\n")
    else:
        problems = sum(not verdict.is_ok for verdict in verdicts)
        console.print(f"{len(verdicts)} checks of {settings.home}: {_counted(problems)}", markup=False)
    if not all(verdict.is_ok for verdict in verdicts):
        raise typer.Exit(DOCTOR_FOUND_PROBLEMS)


def _examined(settings: Settings) -> "Iterator[Verdict]":
    from resolution_monitor.airflow_host.examine_children import examine_children
    from resolution_monitor.airflow_host.examine_machine import examine_machine
    from resolution_monitor.airflow_host.examine_stores import examine_stores

    yield from examine_machine(settings)
    yield from examine_children(settings)
    yield from examine_stores(settings, os.environ, lambda: datetime.now(UTC))


def _counted(problems: int) -> str:
    return "no problem" if not problems else "1 problem" if problems == 1 else f"{problems} problems"


def _line(verdict: "Verdict") -> str:
    state = "ok     " if verdict.is_ok else "PROBLEM"
    return f"{state}  {verdict.check}: {verdict.text}" + (f"\n         -> {verdict.action}" if verdict.action else "")
