"""The command line: ./monitor COMMAND. Errors of ours end in one sentence and their exit code."""

import logging
import os
import sys
import traceback
from datetime import UTC, datetime

import typer

from resolution_monitor.commands.account import account
from resolution_monitor.commands.airflow_command import airflow_command
from resolution_monitor.commands.catalogue import catalogue
from resolution_monitor.commands.check import check
from resolution_monitor.commands.clean import clean
from resolution_monitor.commands.corrections import changes, retract
from resolution_monitor.commands.demonstrate import demonstrate
from resolution_monitor.commands.doctor import doctor
from resolution_monitor.commands.early_warning import lag, needed, reliability
from resolution_monitor.commands.explain import explain
from resolution_monitor.commands.findings import findings
from resolution_monitor.commands.golden import golden
from resolution_monitor.commands.ledger import missing, reopen, status, waive
from resolution_monitor.commands.migrate import migrate
from resolution_monitor.commands.names import names
from resolution_monitor.commands.official import official
from resolution_monitor.commands.preview import preview
from resolution_monitor.commands.questions import answer_question, questions, to_verify, verifications, verified
from resolution_monitor.commands.read import read
from resolution_monitor.commands.run import run
from resolution_monitor.commands.sample import sample
from resolution_monitor.commands.scores import scores
from resolution_monitor.commands.secrecy import purge, verify
from resolution_monitor.commands.template import template
from resolution_monitor.commands.tiers import tiers
from resolution_monitor.commands.up import up
from resolution_monitor.errors import EXIT_CODES, ResolutionMonitorError
from resolution_monitor.personal import masked
from resolution_monitor.settings import from_environment

_EXIT_CODES = "\n".join(f"  {code:>3}  {meaning}" for code, meaning in EXIT_CODES.items())

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Follow the Politburo's strategic resolutions: collect reports, score them, render briefings.\n\n"
    "State lies in var/demo unless RESOLUTION_MONITOR_HOME names another folder; DATABASE_URL names a PostgreSQL "
    f"server in place of the embedded one.\n\n\b\nExit codes:\n{_EXIT_CODES}",
)
COMMANDS = (
    *(run, demonstrate, preview, scores, official, tiers, explain, findings, names, read),
    *(template, check, status, missing, changes, waive, reopen, retract),
    *(purge, verify),
    *(reliability, lag, needed),
    *(questions, answer_question, verified, verifications, to_verify),
    *(sample, golden, migrate, up, doctor),
)
for command in COMMANDS:
    app.command()(command)
app.command(
    name="airflow", add_help_option=False, context_settings={"allow_extra_args": True, "ignore_unknown_options": True}
)(airflow_command)
app.add_typer(account, name="account")
app.command(hidden=True)(clean)
app.add_typer(catalogue, name="catalogue")


def main() -> int:
    # Events go to whoever listens (a run's progress, Airflow's log); with nobody there they are not for the terminal.
    logging.getLogger("resolution_monitor").addHandler(logging.NullHandler())
    try:
        app(prog_name="./monitor")
    except ResolutionMonitorError as error:
        print(f"monitor: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("monitor: stopped; run again to finish, nothing was lost", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read us has enough
        return 0
    except Exception:
        print(f"monitor: a bug of ours; please report it with {_note_crash()}", file=sys.stderr)
        return 1
    return 0


def _note_crash() -> str:
    """Keep the traceback for the report; the name of its file, or the traceback itself when it cannot be kept."""
    try:
        folder = from_environment(os.environ).logs_folder
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"crash-{datetime.now(UTC):%Y%m%dT%H%M%S}.log"
        file.write_text(masked(traceback.format_exc()), encoding="utf-8")
    except (OSError, ResolutionMonitorError):
        return traceback.format_exc()
    return str(file)


if __name__ == "__main__":
    sys.exit(main())
