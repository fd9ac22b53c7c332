"""Tells somebody that a task failed for good: a line in a file always, a mail where addresses are set."""

import html
import logging
import os
import socket
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from resolution_monitor.airflow_host.environment import ALERTS_TO
from resolution_monitor.errors import ResolutionMonitorError
from resolution_monitor.period import TIME_ZONE
from resolution_monitor.settings import Settings, from_environment

log = logging.getLogger(__name__)

FILE_NAME = "failures.log"
_CONNECTION = "smtp_default"


def tell_failure(context: Mapping[str, Any]) -> None:
    """What Airflow calls when a task has failed and is not tried again."""
    instance = context["ti"]
    sentence = " ".join(str(context.get("exception") or "the task was ended from outside").split())
    about = f"{instance.dag_id} {instance.run_id} {instance.task_id}"
    told = [_mailed(address, about, sentence) for address in _addresses()]
    _write_line(" ".join([f"{about}: {sentence}", *filter(None, told)]))


def _addresses() -> list[str]:
    return [address.strip() for address in os.environ.get(ALERTS_TO, "").split(",") if address.strip()]


def _write_line(words: str) -> None:
    """A failure that cannot be written down is still in Airflow's own record and log."""
    try:
        settings: Settings = from_environment(os.environ)
        settings.logs_folder.mkdir(parents=True, exist_ok=True)
        with (settings.logs_folder / FILE_NAME).open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now(UTC).astimezone(TIME_ZONE).isoformat(timespec='seconds')} {words}\n")
    except (OSError, ResolutionMonitorError) as error:
        log.warning("failure.not_written", extra={"error": str(error)})


def _mailed(address: str, about: str, sentence: str) -> str:
    """Nothing where the mail went out; else why it did not: the file is then the only one to tell."""
    # Imported only now: a DAG file names this module, and mail is sent once in months.
    import smtplib

    from airflow.providers.smtp.hooks.smtp import SmtpHook
    from airflow.sdk.exceptions import AirflowException

    page = os.environ.get("AIRFLOW__API__BASE_URL", "")
    text = "".join(f"<p>{html.escape(part)}</p>" for part in (sentence, about, page) if part)
    try:
        with SmtpHook(_CONNECTION) as hook:
            sender = hook.from_email or f"resolution-monitor@{socket.getfqdn()}"
            subject = f"[Resolution Monitor] {about}"
            hook.send_email_smtp(to=[address], subject=subject, html_content=text, from_email=sender)
    except (OSError, smtplib.SMTPException, AirflowException) as error:
        log.warning("failure.not_mailed", extra={"error": str(error)})
        return f"(not mailed to {address}: {' '.join(str(error).split())})"
    return ""
